"""Prices of the main carriage, whoever named them: of a rate card, a carrier or a forwarder, as pages show and landed costs count them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.money import Money
from reference.rules import Rates
from shipping.choices import CardMode, OfferStanding, OwnerKind, ProviderKind
from shipping.models import Attempt, Lookup, Offer, Tariff
from shipping.rules.incoterms import Leg
from shipping.rules.ladder import Standing
from shipping.rules.loads import Load
from shipping.rules.lookups import find_outliers
from shipping.selectors.card_offers import CardOffer

DOOR_TO_DOOR = {CardMode.COURIER, CardMode.POST, CardMode.ROAD}
CARRIED_ALONG = frozenset({Leg.PICKUP, Leg.ORIGIN_TERMINAL, Leg.DESTINATION_TERMINAL, Leg.DELIVERY})
"""What carriers from door to door do within their price."""

TOLD = (
    "pk", "attempt_id", "mode", "service_name", "amount", "currency", "standing", "covers", "transit_days", "valid_until", "version__number",
    "version__tariff__name", "version__tariff__owner_kind", "version__tariff__forwarder",
)  # fmt: skip
"""What of an offer a price is told from, as plain rows: a lookup has many, and is read each second."""


@dataclass(frozen=True)
class Freight:
    """A price, in its own currency and in the wanted one (None where no rate of the last seven days is known).

    `key` names it on its page; `covers` are the legs done within the price beside the main carriage; `load` is what was priced, None
    where only the provider knows. `is_current`: its last day has not passed.
    """

    key: int
    by: str
    mode: str
    service: str
    price: Money
    amount: Decimal | None
    source: str
    standing: Standing
    as_of: date
    covers: frozenset[Leg]
    transit_days: int | None
    valid_until: date | None
    is_current: bool = True
    load: Load | None = None


def tell_cards(*, offers: Sequence[CardOffer], currency: str, rates: Rates) -> list[Freight]:
    """Prices of cards that were counted just now; `key` is the card's version. The cheapest first."""
    return _sort_freights(_tell_card(offer, offer.version.tariff, currency, rates) for offer in offers)


def tell_offers(*, lookup: Lookup, currency: str, rates: Rates) -> list[Freight]:
    """The offers of a lookup; `key` is the offer. The cheapest first. Two queries, one where its attempts were read before."""
    attempts = {attempt.pk: attempt for attempt in lookup.attempts.all()}
    offers = Offer.objects.filter(attempt__in=attempts).order_by("pk").values_list(*TOLD, named=True)
    return _sort_freights(_tell_offer(offer, attempts[offer.attempt_id], currency, rates) for offer in offers)


def _sort_freights(freights: Iterable[Freight]) -> list[Freight]:
    """The cheapest first; those whose currency has no fresh rate keep their own and stand last."""
    return sorted(freights, key=lambda freight: (freight.amount is None, freight.amount or Decimal(0)))


def _convert_price(price: Money, currency: str, rates: Rates) -> Decimal | None:
    """The price in whole minor units of the currency; None without a rate of the last seven days."""
    amount = rates.convert_fresh(price.amount, price.currency, currency)
    return None if amount is None else Money(amount, currency).round_minor().amount


def list_outliers(*, freights: Iterable[Freight]) -> frozenset[int]:
    """The keys of current prices that are at least five times the median."""
    return find_outliers({one.key: one.amount for one in freights if one.amount is not None and one.is_current})


def list_covered(*, mode: str) -> frozenset[Leg]:
    """The legs within a price of this mode, beside the main carriage."""
    return CARRIED_ALONG if mode in DOOR_TO_DOOR else frozenset()


def _tell_card(offer: CardOffer, tariff: Tariff, currency: str, rates: Rates) -> Freight:
    price = offer.price.total
    return Freight(
        offer.version.pk, _name_card_owner(tariff.name, tariff.owner_kind, tariff.forwarder), tariff.mode, "", price,
        _convert_price(price, currency, rates), _tell_version(tariff.name, offer.version.number),
        Standing.ESTIMATE if offer.load.is_estimate else Standing.FIRM, rates.day, list_covered(mode=tariff.mode), offer.transit_days,
        offer.version.valid_until, load=offer.load,
    )  # fmt: skip


def _tell_version(name: str, number: int) -> str:
    """A version of a card as the source of a figure."""
    return _("rate card “%(name)s”, version %(number)s") % {"name": name, "number": number}


def _name_card_owner(name: str, owner_kind: str, forwarder: str) -> str:
    """Whose price it is, as pages name it."""
    return forwarder if owner_kind == OwnerKind.FORWARDER else name


def _tell_offer(row: Any, attempt: Attempt, currency: str, rates: Rates) -> Freight:
    price, number, name = Money(row.amount, row.currency), row.version__number, row.version__tariff__name
    return Freight(
        row.pk, _name_card_owner(name, row.version__tariff__owner_kind, row.version__tariff__forwarder) if number else attempt.label, row.mode,
        row.service_name, price, _convert_price(price, currency, rates),
        _tell_version(name, number) if number else _tell_provider(attempt),
        Standing.FIRM if row.standing == OfferStanding.FIRM else Standing.ESTIMATE, _find_day(attempt, rates.day),
        frozenset(map(Leg, row.covers)), row.transit_days, row.valid_until, is_current=_is_current(row.valid_until, attempt, rates.day),
    )  # fmt: skip


def _is_current(valid_until: date | None, attempt: Attempt, today: date) -> bool:
    """Its last day has not passed, and what a carrier told is no older than such prices stay."""
    is_fresh = attempt.fresh_until is None or timezone.now() < attempt.fresh_until
    return is_fresh and (valid_until is None or valid_until >= today)


def _tell_provider(attempt: Attempt) -> str:
    words = _("offer of %(name)s") if attempt.kind == ProviderKind.FORWARDER else _("price told by %(name)s")
    return words % {"name": attempt.label}


def _find_day(attempt: Attempt, today: date) -> date:
    return attempt.answered_at.date() if attempt.answered_at else today
