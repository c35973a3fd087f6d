"""Who belongs to a company, and what waits for an answer to an invitation."""

import hashlib
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core.errors import NotAllowed, NotFound
from storefronts.choices import Role
from storefronts.exceptions import InvitationExpired, InvitationGone, InvitationRevoked, InvitationUsed
from storefronts.models import AgencyFacts, Company, Invitation, Member
from storefronts.rules import TOLD_FIELDS


def get_membership(*, user: Any, slug: str, roles: tuple[str, ...] = ()) -> Member:
    """The person's place in a company, with company, logo and user loaded.

    Raises NotFound for strangers, NotAllowed for a member who holds none of the roles (any role will do when none is named).
    """
    if not user.is_authenticated:
        raise NotFound
    member = (
        Member.objects.select_related("company__logo", "company__cover", "user")
        .filter(company__slug=slug, user=user)
        .first()
    )
    if member is None:
        raise NotFound
    if roles and member.role not in roles:
        raise NotAllowed
    return member


def find_membership(*, user: Any, company: Company) -> Member | None:
    """The person's place in a company, or None."""
    return company.members.filter(user=user).first() if user.is_authenticated else None


def find_told_facts(*, member: Member) -> AgencyFacts | None:
    """What the firm told the agency alone, for its owner; None for colleagues, and before anything was told."""
    if member.role != Role.OWNER:
        return None
    return AgencyFacts.objects.only("company", *TOLD_FIELDS).filter(company=member.company_id).first()


def list_memberships(*, user: Any) -> list[Member]:
    """The companies of a person, first joined first."""
    if not user.is_authenticated:
        return []
    return list(Member.objects.select_related("company").filter(user=user))


def list_team(*, company: Company) -> QuerySet[Member]:
    """The people of a company, first joined first."""
    return company.members.filter(is_agency=False).select_related("user")


def is_owner(*, company: Company, member_id: int) -> bool:
    """Whether this colleague owns the company."""
    return company.members.filter(pk=member_id, role=Role.OWNER).exists()


def list_open_invitations(*, company: Company) -> QuerySet[Invitation]:
    """Invitations that can still be accepted, the latest first."""
    return company.invitations.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()).select_related(
        "invited_by"
    )


def hash_token(*, token: str) -> str:
    """What is kept of an invitation's token; the token itself is only in the mail."""
    return hashlib.sha256(token.encode()).hexdigest()


def get_invitation(*, token: str, for_update: bool = False) -> Invitation:
    """The invitation that a link leads to, still open, with its company.

    Raises NotFound for a token that never was, and InvitationUsed, InvitationRevoked or InvitationExpired.
    """
    rows = Invitation.objects.select_related("company", "invited_by")
    rows = rows.select_for_update(of=("self",)) if for_update else rows
    invitation = rows.filter(token_hash=hash_token(token=token)).first()
    if invitation is None:
        raise NotFound
    fault = _find_fault(invitation)
    if fault:
        raise fault
    return invitation


def _find_fault(invitation: Invitation) -> InvitationGone | None:
    if invitation.accepted_at:
        return InvitationUsed()
    if invitation.revoked_at:
        return InvitationRevoked()
    return None if invitation.is_open_at(timezone.now()) else InvitationExpired()
