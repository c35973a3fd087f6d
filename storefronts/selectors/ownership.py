"""The offer to hand a company over, as the one who gives and the one who takes read it."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errors import NotFound
from storefronts.choices import OfferOutcome, Role
from storefronts.exceptions import OfferAccepted, OfferDeclined, OfferExpired, OfferGone, OfferLapsed, OfferWithdrawn
from storefronts.models import Company, Member, OwnershipOffer
from storefronts.rules import Todo

ENDS: dict[str, type[OfferGone]] = {
    OfferOutcome.ACCEPTED: OfferAccepted, OfferOutcome.DECLINED: OfferDeclined, OfferOutcome.WITHDRAWN: OfferWithdrawn,
    OfferOutcome.LAPSED: OfferLapsed,
}  # fmt: skip


def get_offer(*, member: Member, offer_id: int, as_giver: bool = False) -> OwnershipOffer:
    """An offer that is still open, made to this person; `as_giver`: made by them, or by anybody if they are an owner.

    Raises NotFound for everybody else, and OfferAccepted, OfferDeclined, OfferWithdrawn, OfferExpired or OfferLapsed.
    """
    rows = OwnershipOffer.objects.filter(company=member.company_id).select_related("offered_to", "offered_by")
    if not as_giver:
        rows = rows.filter(offered_to=member.user)
    elif member.role != Role.OWNER:
        rows = rows.filter(offered_by=member.user)
    offer = rows.filter(pk=offer_id).first()
    if offer is None:
        raise NotFound
    if offer.outcome != OfferOutcome.OPEN:
        raise ENDS[offer.outcome]
    if not offer.is_open_at(timezone.now()):
        raise OfferExpired
    return offer


def find_open_offer(*, company: Company) -> OwnershipOffer | None:
    """The one offer that can still be accepted."""
    rows = company.ownership_offers.filter(outcome=OfferOutcome.OPEN, expires_at__gt=timezone.now())
    return rows.select_related("offered_to", "offered_by").first()


def list_heirs(*, company: Company) -> QuerySet[Member]:
    """The colleagues to whom the company can be offered: neither owners nor officers, their accounts open."""
    rows = company.members.exclude(role=Role.OWNER).filter(user__is_staff=False, user__is_active=True)
    return rows.select_related("user")


def list_offer_todos(*, member: Member) -> Sequence[Todo]:
    """The offer that waits for this person's answer; one query."""
    if member.role == Role.OWNER:
        return []
    offer = find_open_offer(company=member.company)
    if offer is None or offer.offered_to_id != member.user_id:
        return []
    title = _("%(name)s offers you the ownership") % {"name": offer.offered_by}
    text = _("Answer until %(day)s.") % {"day": date_format(timezone.localtime(offer.expires_at), "j M Y")}
    url = reverse("storefronts:ownership", args=[member.company.slug, offer.pk])
    return [Todo(1, "key", "info", title, text, url, _("Read the offer"))]
