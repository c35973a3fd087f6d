"""A company asks that another officer looks at the same certificate again."""

from django.db import transaction

from accounts.models import User
from certifications.models import Certificate
from certifications.services.drafts import require_writer
from certifications.services.submission import reopen_certificate
from core import audit
from core.errors import NotFound
from moderation.models import Case, Decision
from moderation.services import record_appeal
from storefronts.models import Member


@transaction.atomic
def appeal_certificate_decision(*, decision: Decision, person: User, text: str) -> Case:
    """Put a refused certificate before another officer, as it was decided. Owners and editors may.

    Raises NotAllowed, CompanySuspendedNow, NotFound, and what `moderation.services.record_appeal` raises.
    """
    certificate = _lock_for(decision, person)
    case = record_appeal(decision=decision, person=person, text=text)
    reopen_certificate(certificate=certificate)
    audit.record("certifications.decision_appealed", subject=certificate, actor=person, fields=["state"])
    return case


@transaction.atomic
def appeal_revocation(*, decision: Decision, person: User, text: str) -> Case:
    """Ask another officer whether a revoked certificate holds after all; it stays revoked until then. Raises as above."""
    certificate = _lock_for(decision, person)
    case = record_appeal(decision=decision, person=person, text=text)
    audit.record("certifications.decision_appealed", subject=certificate, actor=person)
    return case


def _lock_for(decision: Decision, person: User) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("company")
    certificate = rows.get(pk=decision.case.subject_id)
    member = Member.objects.select_related("company", "user").filter(company=certificate.company, user=person).first()
    if member is None:
        raise NotFound
    require_writer(member=member)
    return certificate
