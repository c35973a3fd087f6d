"""People join a company by a mailed invitation, change their role, and leave."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import audit
from core.errors import NotAllowed, NotFound
from core.mail import queue_mail
from storefronts.choices import Role
from storefronts.exceptions import (
    AlreadyInvited,
    AlreadyMember,
    InvitationForSomebodyElse,
    LastOwner,
    TooManyInvitations,
)
from storefronts.models import Company, Invitation, Member
from storefronts.selectors.members import get_invitation, hash_token
from storefronts.services.agency import end_drafting
from storefronts.services.ownership import lapse_offers, lock_as_owner

INVITATION_LASTS = timedelta(days=7)
MOST_OPEN_INVITATIONS = 20


@transaction.atomic
def invite_member(*, member: Member, email: str, role: str, language: str) -> Invitation:
    """Mail an invitation that is good for seven days; owners only. Only a hash of its token is kept.

    Raises AlreadyMember, AlreadyInvited while an earlier one is open, TooManyInvitations, NotAllowed.
    """
    company, email, now = lock_as_owner(member=member), email.strip().lower(), timezone.now()
    if company.members.filter(user__email__iexact=email).exists():
        raise AlreadyMember(email=email)
    waiting = company.invitations.select_for_update().filter(accepted_at=None, revoked_at=None)
    waiting.filter(expires_at__lte=now).update(revoked_at=now)
    if waiting.filter(email__iexact=email).exists():
        raise AlreadyInvited(email=email)
    if waiting.count() >= MOST_OPEN_INVITATIONS:
        raise TooManyInvitations
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        company=company,
        email=email,
        role=Role(role),
        token_hash=hash_token(token=token),
        invited_by=member.user,
        expires_at=now + INVITATION_LASTS,
    )
    url = settings.SITE_URL + reverse("storefronts:invitation", args=[token])
    context = {
        "company": company.legal_name,
        "inviter": str(member.user),
        "url": url,
        "expires_at": invitation.expires_at,
    }
    queue_mail(to=email, template="invitation", context=context, language=language)
    audit.record(
        "storefronts.member_invited",
        subject=company,
        actor=member.user,
        fields=["role"],
        values={"email": email, "role": role},
    )
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, user: User) -> Member:
    """Join the company with the invited role. Who belongs to it already keeps their role, and the invitation is used up.

    Raises InvitationUsed, InvitationRevoked, InvitationExpired, NotFound, InvitationForSomebodyElse, NotAllowed for officers.
    """
    if user.is_officer:
        raise NotAllowed
    company_id = get_invitation(token=token).company_id
    company = Company.objects.select_for_update().get(pk=company_id)
    invitation = get_invitation(token=token, for_update=True)
    if invitation.email.lower() != user.email.lower():
        raise InvitationForSomebodyElse(invited=invitation.email, email=user.email)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    end_drafting(company=company)
    member, _ = Member.objects.get_or_create(company=company, user=user, defaults={"role": invitation.role})
    audit.record("storefronts.member_joined", subject=company, actor=user, fields=["role"])
    return member


@transaction.atomic
def revoke_invitation(*, member: Member, invitation_id: int) -> None:
    """Take an open invitation back; its link stops working. Raises NotFound when it is not open any more."""
    company = lock_as_owner(member=member)
    invitation = (
        company.invitations.select_for_update().filter(pk=invitation_id, accepted_at=None, revoked_at=None).first()
    )
    if invitation is None:
        raise NotFound
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    audit.record("storefronts.invitation_revoked", subject=company, actor=member.user, fields=["invitation"])


@transaction.atomic
def change_role(*, member: Member, member_id: int, role: str) -> Member:
    """Give a colleague, or oneself, another role; owners only. Raises LastOwner when nobody would be left as owner."""
    company = lock_as_owner(member=member)
    colleague = _get_colleague(company, member_id)
    if role != Role.OWNER:
        _refuse_last_owner(company, colleague)
    if Role.OWNER in {colleague.role, role}:
        lapse_offers(company=company, person=colleague.user)
    colleague.role = Role(role)
    colleague.save(update_fields=["role"])
    audit.record(
        "storefronts.role_changed",
        subject=company,
        actor=member.user,
        fields=["role"],
        values={"member": member_id, "role": role},
    )
    return colleague


@transaction.atomic
def remove_member(*, member: Member, member_id: int) -> None:
    """Take a colleague out of the company; owners only. Raises LastOwner, NotFound."""
    company = lock_as_owner(member=member)
    colleague = _get_colleague(company, member_id)
    _take_out(company, colleague, actor=member.user, act="left" if colleague.pk == member.pk else "removed")


@transaction.atomic
def leave_company(*, member: Member) -> None:
    """Leave by oneself, whatever the role. Raises LastOwner."""
    company = Company.objects.select_for_update().get(pk=member.company_id)
    _take_out(company, _get_colleague(company, member.pk), actor=member.user, act="left")


@transaction.atomic
def say_works_alone(*, member: Member) -> None:
    """The owner says that nobody else works here; the first steps then wait for no colleague. Raises NotAllowed."""
    company = lock_as_owner(member=member)
    if company.works_alone:
        return
    company.works_alone = True
    company.save(update_fields=["works_alone"])
    audit.record("storefronts.said_works_alone", subject=company, actor=member.user, fields=["works_alone"])


def _get_colleague(company: Company, member_id: int) -> Member:
    colleague = company.members.select_related("user").filter(pk=member_id).first()
    if colleague is None:
        raise NotFound
    return colleague


def _refuse_last_owner(company: Company, colleague: Member) -> None:
    if colleague.role == Role.OWNER and not company.members.filter(role=Role.OWNER).exclude(pk=colleague.pk).exists():
        raise LastOwner


def _take_out(company: Company, colleague: Member, *, actor: User, act: str) -> None:
    _refuse_last_owner(company, colleague)
    lapse_offers(company=company, person=colleague.user)
    record = {"member": colleague.user_id}
    colleague.delete()
    audit.record(f"storefronts.member_{act}", subject=company, actor=actor, fields=["members"], values=record)
