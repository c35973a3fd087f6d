"""An owner hands the company to a colleague, who accepts or declines; every step is taken under the company's row lock."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import audit
from core.errors import NotAllowed, NotFound
from core.mail import queue_mail
from storefronts.choices import OfferOutcome, Role
from storefronts.exceptions import AlreadyOwner, OfferImpossible, OfferOpen
from storefronts.models import Company, Member, OwnershipOffer
from storefronts.selectors.ownership import get_offer

OFFER_LASTS = timedelta(days=7)


@transaction.atomic
def offer_ownership(*, member: Member, member_id: int) -> OwnershipOffer:
    """Offer the company to a colleague for seven days; both are mailed. Owners may.

    Raises NotFound, AlreadyOwner, OfferImpossible (officers, closed accounts), OfferOpen while another one is, NotAllowed.
    """
    company, now = lock_as_owner(member=member), timezone.now()
    colleague = company.members.select_related("user").filter(pk=member_id).first()
    if colleague is None:
        raise NotFound
    if colleague.role == Role.OWNER:
        raise AlreadyOwner(name=str(colleague.user))
    if colleague.user.is_officer or not colleague.user.is_active:
        raise OfferImpossible
    waiting = company.ownership_offers.filter(outcome=OfferOutcome.OPEN)
    waiting.filter(expires_at__lte=now).update(outcome=OfferOutcome.LAPSED, closed_at=now)
    if waiting.exists():
        raise OfferOpen
    offer = OwnershipOffer.objects.create(
        company=company, offered_to=colleague.user, offered_by=member.user, expires_at=now + OFFER_LASTS
    )
    _mail_both(offer, company, "ownership_offered")
    _record("offered", offer, company, actor=member.user)
    return offer


@transaction.atomic
def accept_ownership(*, member: Member, offer_id: int) -> Member:
    """The colleague becomes the owner, and who offered it an editor; both are mailed. Raises NotFound, OfferGone."""
    company = Company.objects.select_for_update().get(pk=member.company_id)
    offer = get_offer(member=member, offer_id=offer_id)
    taker = company.members.select_for_update().filter(user=offer.offered_to).first()
    giver = company.members.select_for_update().filter(user=offer.offered_by, role=Role.OWNER).first()
    if taker is None or giver is None:  # cannot be while it is open: leaving and losing the role close it
        raise NotFound
    taker.role, giver.role = Role.OWNER, Role.EDITOR
    taker.save(update_fields=["role"])
    giver.save(update_fields=["role"])
    _close(offer, OfferOutcome.ACCEPTED)
    _mail_both(offer, company, "ownership_moved")
    _record("accepted", offer, company, actor=member.user)
    return taker


@transaction.atomic
def decline_ownership(*, member: Member, offer_id: int) -> None:
    """The colleague does not want it; everything stays as it is. Raises NotFound, OfferGone."""
    company = Company.objects.select_for_update().get(pk=member.company_id)
    offer = get_offer(member=member, offer_id=offer_id)
    _close(offer, OfferOutcome.DECLINED)
    _record("declined", offer, company, actor=member.user)


@transaction.atomic
def withdraw_ownership(*, member: Member, offer_id: int) -> None:
    """Take an offer back: who made it, or another owner. Raises NotFound, OfferGone."""
    company = Company.objects.select_for_update().get(pk=member.company_id)
    is_owner = company.members.filter(pk=member.pk, role=Role.OWNER).exists()
    offer = get_offer(member=member, offer_id=offer_id, as_giver=True)
    if not is_owner:
        raise NotAllowed
    _close(offer, OfferOutcome.WITHDRAWN)
    _record("withdrawn", offer, company, actor=member.user)


def lock_as_owner(*, member: Member) -> Company:
    """The member's company, locked, if they are an owner at this moment; raises NotAllowed."""
    company = Company.objects.select_for_update().get(pk=member.company_id)
    if not company.members.filter(pk=member.pk, role=Role.OWNER).exists():
        raise NotAllowed
    return company


def lapse_offers(*, company: Company, person: User) -> None:
    """Who left, or has another role now, neither gives nor takes the company any more. Under the company's lock."""
    waiting = company.ownership_offers.filter(Q(offered_to=person) | Q(offered_by=person), outcome=OfferOutcome.OPEN)
    waiting.update(outcome=OfferOutcome.LAPSED, closed_at=timezone.now())


def _close(offer: OwnershipOffer, outcome: OfferOutcome) -> None:
    offer.outcome, offer.closed_at = outcome, timezone.now()
    offer.save(update_fields=["outcome", "closed_at"])


def _record(act: str, offer: OwnershipOffer, company: Company, *, actor: User) -> None:
    values = {"offered_to": offer.offered_to_id, "offered_by": offer.offered_by_id}
    audit.record(f"storefronts.ownership_{act}", subject=company, actor=actor, fields=["role"], values=values)


def _mail_both(offer: OwnershipOffer, company: Company, template: str) -> None:
    """The same mail to both, each in their own language, so that nobody's company moves unseen."""
    team = reverse("storefronts:team", args=[company.slug])
    answer = reverse("storefronts:ownership", args=[company.slug, offer.pk])
    links = {offer.offered_by: team, offer.offered_to: answer if offer.outcome == OfferOutcome.OPEN else team}
    for person, path in links.items():
        context = {
            "company": company.legal_name, "giver": str(offer.offered_by), "taker": str(offer.offered_to),
            "expires_at": offer.expires_at, "url": settings.SITE_URL + path,
        }  # fmt: skip
        queue_mail(to=person.email, template=template, context=context, language=person.language)
