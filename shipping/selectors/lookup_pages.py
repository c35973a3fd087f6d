"""A lookup's page: how far it is, the offers, and what the order comes to with one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from reference.rules import DOLLAR
from reference.selectors import get_country_name
from shipping.choices import LookupState
from shipping.models import Lookup
from shipping.rules.loads import build_load
from shipping.rules.lookups import FreightRequest, read_request
from shipping.selectors.landed_cost import Order, count_lookup
from shipping.selectors.landed_words import Option, Told, tell_landed_cost, tell_load, tell_options
from shipping.selectors.lookups import Progress, describe_progress, find_state

MOST_PREMIUM = Decimal(20)
LONGEST_KEY = 19


@dataclass(frozen=True)
class LookupPage:
    """What the page shows. `told` is the landed cost with the offer that counts, None for a lookup of no product."""

    request: FreightRequest
    place: str
    load: str
    progress: Progress
    options: Sequence[Option]
    told: Told | None
    is_expired: bool
    insurance: str
    ask_again: Sequence[tuple[str, str]]


def show_lookup(*, lookup: Lookup, user: Any, chosen: str = "", insurance: str = "") -> LookupPage:
    """The page of a lookup; `chosen` is the key of an offer, `insurance` a premium in percent, both as typed: what is nonsense counts for nothing."""
    request = read_request(lookup.request)
    premium = _read_premium(insurance)
    order = Order(request.quantity or Decimal(1), request.destination, _read_key(chosen), premium)
    found, freights = count_lookup(lookup=lookup, order=order, user=user)
    revision = lookup.listing.live_revision if lookup.listing else None
    told = tell_landed_cost(found=found, revision=revision, order=order) if found and revision else None
    options = told.options if told else tell_options(freights=freights, chosen=None, currency=DOLLAR)
    return LookupPage(
        request, get_country_name(code=request.destination.country, language=get_language() or "en"),
        tell_load(load=build_load(request.packages), packages=request.packages), describe_progress(lookup=lookup), options, told,
        find_state(lookup=lookup, now=timezone.now()) == LookupState.EXPIRED, insurance if premium is not None else "",
        _list_fields(request, insurance),
    )  # fmt: skip


def _list_fields(request: FreightRequest, insurance: str) -> list[tuple[str, str]]:
    """What the form of the order held, to be sent once more."""
    to = request.destination
    quantity = f"{request.quantity:f}" if request.quantity else ""
    return [
        ("to", to.country),
        ("postcode", to.postcode),
        ("town", to.city),
        ("quantity", quantity),
        ("insurance", insurance),
    ]


def _read_key(typed: str) -> int | None:
    """The key of an offer; None for what is none, however many digits it has."""
    return int(typed) if typed.isdecimal() and len(typed) < LONGEST_KEY else None


def _read_premium(typed: str) -> Decimal | None:
    try:
        premium = Decimal(typed)
    except InvalidOperation:
        return None
    return premium if premium.is_finite() and 0 <= premium <= MOST_PREMIUM else None
