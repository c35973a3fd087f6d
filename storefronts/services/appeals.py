"""A company asks that another officer looks at the same facts again."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from core.errors import NotFound
from moderation.models import Case, Decision
from moderation.services import record_appeal
from storefronts.choices import CompanyState, ProposalState
from storefronts.models import Company, Member
from storefronts.rules import UNCHECKED_STATES
from storefronts.services.companies import lock_company


@transaction.atomic
def appeal_company_decision(*, decision: Decision, person: User, text: str) -> Case:
    """Put the refused facts before another officer, as they were sent. Owners and editors may.

    Raises NotAllowed, CompanyIsSuspended, and what `moderation.services.record_appeal` raises. Taking the facts back
    withdraws the appeal.
    """
    Company.objects.select_for_update().get(pk=decision.case.subject_id)
    member = Member.objects.select_related("user").filter(company=int(decision.case.subject_id), user=person).first()
    if member is None:
        raise NotFound
    company = lock_company(member=member, in_review=True)
    case = record_appeal(decision=decision, person=person, text=text)
    revision = company.revisions.latest("number")
    revision.state, revision.submitted_at = ProposalState.IN_REVIEW, timezone.now()
    revision.save(update_fields=["state", "submitted_at", "updated_at"])
    if company.state in UNCHECKED_STATES:
        company.state = CompanyState.SUBMITTED
        company.save(update_fields=["state"])
    audit.record("storefronts.decision_appealed", subject=company, actor=person, fields=["state"])
    return case
