"""Officers draft for a firm that the agency entered, until the firm itself takes over."""

from django.db import transaction

from accounts.models import User
from core import audit
from core.errors import NotAllowed
from storefronts.choices import Role
from storefronts.exceptions import AlreadyConfirmed, FirmNotConfirmed
from storefronts.models import Company, Member


@transaction.atomic
def draft_for_firm(*, officer: User, company_id: int) -> Member:
    """The officer may write this firm's storefront and products as an editor, and send none of it; officers may. Twice is once.

    Every entry of the audit names the officer. Raises NotAllowed, AlreadyConfirmed once the firm has taken over.
    """
    if not officer.is_officer:
        raise NotAllowed
    company = Company.objects.select_for_update().filter(pk=company_id).first()
    if company is None or not Company.objects.unconfirmed().filter(pk=company_id).exists():  # read after the lock
        raise AlreadyConfirmed
    seat, is_new = Member.objects.get_or_create(
        company=company, user=officer, defaults={"role": Role.EDITOR, "is_agency": True}
    )
    if is_new:
        audit.record("storefronts.agency_drafts", subject=company, actor=officer, fields=["members"])
    return seat


def end_drafting(*, company: Company) -> None:
    """The firm has taken over: officers leave, and no printed code opens it. Under the company's lock, with the firm's first person."""
    company.members.filter(is_agency=True).delete()
    company.claim_codes.filter(used_at=None).delete()


def require_firm(*, member: Member) -> None:
    """What is sent to the agency is sent by the firm. Raises FirmNotConfirmed for an officer who drafts for it."""
    if member.is_agency:
        raise FirmNotConfirmed
