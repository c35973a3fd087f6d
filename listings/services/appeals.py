"""An exporter asks that another officer looks at the same revision again."""

from django.db import transaction

from accounts.models import User
from core.audit import record
from core.errors import NotFound
from listings.choices import RevisionState
from listings.models import Listing
from listings.services.revisions import lock_listing
from moderation.models import Case, Decision
from moderation.services import record_appeal
from storefronts.models import Member


@transaction.atomic
def appeal_revision_decision(*, decision: Decision, person: User, text: str) -> Case:
    """Put a refused revision before another officer, as it was decided. Owners and editors may.

    Raises NotAllowed, CompanyIsSuspended, and what `moderation.services.record_appeal` raises. Taking the revision back
    withdraws the appeal.
    """
    company = Listing.objects.filter(pk=decision.case.subject_id).values("company")
    member = Member.objects.select_related("company", "user").filter(company__in=company, user=person).first()
    if member is None:
        raise NotFound
    listing = lock_listing(member=member, listing_id=int(decision.case.subject_id))
    case = record_appeal(decision=decision, person=person, text=text)
    revision = listing.revisions.latest("number")
    revision.state = RevisionState.IN_REVIEW
    revision.save(update_fields=["state"])
    record("listings.decision_appealed", subject=revision, actor=person, fields=["state"])
    return case
