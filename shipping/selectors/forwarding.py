"""Requests to forwarders: who may send them, what became of them, and the signed link behind which a forwarder answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.errors import NotFound
from core.money import format_money
from core.templatetags.ui import listed
from listings.selectors.words import format_days
from shipping.choices import Audience, ForwarderRequestState
from shipping.models import Forwarder, ForwarderRequest, Lookup, Offer
from shipping.rules.forwarding import order_legs
from shipping.rules.incoterms import LEG_NAMES, Leg
from shipping.selectors.cargo import CargoFact
from shipping.selectors.forwarders import find_unreachable
from storefronts.selectors import find_membership

SALT = "shipping.forwarder"


class Right(StrEnum):
    """Whether somebody may ask forwarders, or what keeps them from it."""

    MAY = "may"
    SIGN_IN = "sign_in"
    CONFIRM = "confirm"
    ROLE = "role"


@dataclass(frozen=True)
class Choice:
    """A forwarder who can be asked, unless mails do not reach them."""

    pk: int
    name: str
    takes_mails: bool


@dataclass(frozen=True)
class SentRequest:
    """A request that was mailed. `note` are the forwarder's words, for those alone who may ask."""

    name: str
    state: str
    label: str
    asked_at: datetime
    expires_at: datetime
    answered_at: datetime | None
    note: str


@dataclass(frozen=True)
class Forwarding:
    """What a lookup's page shows of forwarders."""

    right: Right
    choices: Sequence[Choice]
    sent: Sequence[SentRequest]
    is_day_over: bool

    @property
    def may_ask(self) -> bool:
        return self.right is Right.MAY and not self.is_day_over

    @property
    def needs_sign_in(self) -> bool:
        return self.right is Right.SIGN_IN

    @property
    def needs_address(self) -> bool:
        return self.right is Right.CONFIRM


def describe_forwarding(*, lookup: Lookup, user: Any) -> Forwarding:
    """Who can still be asked about a lookup that this person may see, and what became of requests; at most six queries."""
    right, is_day_over = find_right(lookup=lookup, user=user), is_ship_day_over(lookup=lookup)
    requests = list(lookup.forwarder_requests.select_related("forwarder").order_by("asked_at", "pk"))
    asked = {request.forwarder_id for request in requests}
    choices = [] if right is not Right.MAY or is_day_over else _list_choices(lookup, asked)
    return Forwarding(right, choices, [_tell_sent(one, with_note=right is Right.MAY) for one in requests], is_day_over)


def find_right(*, lookup: Lookup, user: Any) -> Right:
    """Officers, owners and editors of the exporter, and for buyers' lookups whoever has a confirmed address. The lookup is one that they see."""
    if not user.is_authenticated:
        return Right.SIGN_IN
    if user.is_officer:
        return Right.MAY
    member = find_membership(user=user, company=lookup.company)
    if member is not None:
        return Right.MAY if member.can_edit else Right.ROLE
    if lookup.audience != Audience.BUYERS:
        return Right.ROLE
    return Right.MAY if EmailAddress.objects.filter(user=user, verified=True).exists() else Right.CONFIRM


def is_ship_day_over(*, lookup: Lookup) -> bool:
    """Nobody can carry goods that were to leave before today."""
    return date.fromisoformat(lookup.request["ship_on"]) < timezone.localdate()


def list_askable(*, lookup: Lookup) -> list[Forwarder]:
    """The agency's forwarders and the exporter's own that may be asked and carry to the destination; one query."""
    country = lookup.request["destination"]["country"]
    return [one for one in Forwarder.objects.asked_for(company_id=lookup.company_id) if one.carries_to(country)]


def build_link(*, request: ForwarderRequest) -> str:
    """The whole address at which the forwarder answers, in their language. The same for reminders; it ends with the request."""
    token = signing.Signer(salt=SALT).sign(f"{request.pk}.{request.key}")
    with translation.override(request.forwarder.language):
        return f"{settings.SITE_URL}{reverse('shipping:freight', args=[token])}"


def get_linked_request(*, token: str) -> ForwarderRequest:
    """The request behind a link, open or not. Raises NotFound for what we never signed, and for links that another one replaced."""
    try:
        number, _dot, key = signing.Signer(salt=SALT).unsign(token).partition(".")
    except signing.BadSignature as error:
        raise NotFound from error
    found = (
        ForwarderRequest.objects.select_related("lookup", "forwarder", "asked_by", "attempt")
        .filter(pk=int(number), key=key)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def is_open(*, request: ForwarderRequest, now: datetime) -> bool:
    """It can be answered still, whether or not a worker has written down that its time is over."""
    return request.state == ForwarderRequestState.ASKED and now < request.expires_at


def describe_answer(*, request: ForwarderRequest) -> list[CargoFact]:
    """What a forwarder answered, in the language that is active; nothing before."""
    offer = Offer.objects.filter(attempt=request.attempt_id).first() if request.attempt_id else None
    label = _("Why not") if request.state == ForwarderRequestState.DECLINED else _("Note")
    words = [CargoFact(label, request.note)] if request.note else []
    return [*(_describe_offer(offer) if offer else ()), *words]


def _describe_offer(offer: Offer) -> list[CargoFact]:
    price = format_money(offer.price, language=get_language() or "en")
    legs = order_legs(offer.covers)
    return [
        CargoFact(_("Price"), price, code=True),
        CargoFact(_("How the goods go"), offer.get_mode_display()),
        *([CargoFact(_("On the way"), format_days(days=offer.transit_days))] if offer.transit_days else []),
        *([CargoFact(_("Valid until"), date_format(offer.valid_until, "j M Y"))] if offer.valid_until else []),
        CargoFact(_("Within the price"), listed(_(LEG_NAMES[Leg(leg)]) for leg in ("main_carriage", *legs))),
    ]


def _list_choices(lookup: Lookup, asked: set[int]) -> list[Choice]:
    left = [one for one in list_askable(lookup=lookup) if one.pk not in asked]
    unreachable = find_unreachable(addresses=[one.email for one in left])
    return [Choice(one.pk, one.name, one.email.lower() not in unreachable) for one in left]


def _tell_sent(request: ForwarderRequest, *, with_note: bool) -> SentRequest:
    is_over = request.state == ForwarderRequestState.ASKED and timezone.now() >= request.expires_at
    state = ForwarderRequestState.EXPIRED if is_over else ForwarderRequestState(request.state)
    return SentRequest(
        request.forwarder.name, state.value, str(state.label), request.asked_at, request.expires_at, request.answered_at,
        request.note if with_note else "",
    )  # fmt: skip
