"""What a forwarder may answer, how long a request stands, and when it is brought to mind."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.bank_words import speaks_of_payment_change
from shipping.choices import CardMode
from shipping.exceptions import AccountWritten, OfferDayImpossible, OfferImpossible, RefusalUnexplained
from shipping.rules.incoterms import Leg

REQUEST_LASTS = timedelta(days=7)
REMINDERS = (timedelta(days=2), timedelta(days=5))
LOOKUPS_A_DAY = 3
"""For how many lookups a buyer may ask forwarders; an exporter asks for its own goods and is not counted."""
LONGEST_NOTE = 1000
LONGEST_REFUSAL = 200
OFFER_HOLDS_AT_MOST = timedelta(days=366)
LONGEST_TRANSIT_DAYS = 365
EXTRA_LEGS = (Leg.PICKUP, Leg.EXPORT_CLEARANCE, Leg.ORIGIN_TERMINAL, Leg.DESTINATION_TERMINAL, Leg.DELIVERY)
"""What a forwarder may include beside the main carriage, which is always within the price."""


@dataclass(frozen=True)
class ForwarderOffer:
    """What a forwarder asks for the whole load; `legs` are included beside the main carriage, `valid_until` is the last day."""

    amount: Decimal
    currency: str
    mode: str
    valid_until: date
    transit_days: int | None = None
    legs: tuple[str, ...] = ()
    note: str = ""


def check_offer(offer: ForwarderOffer, *, today: date, currencies: Collection[str]) -> None:
    """Raises OfferImpossible, OfferDayImpossible or AccountWritten."""
    if offer.amount <= 0 or offer.currency not in currencies or offer.mode not in CardMode.values:
        raise OfferImpossible
    if not today <= offer.valid_until <= today + OFFER_HOLDS_AT_MOST:
        raise OfferDayImpossible(first=today, last=today + OFFER_HOLDS_AT_MOST)
    if speaks_of_payment_change(offer.note):
        raise AccountWritten


def check_refusal(reason: str) -> None:
    """Raises RefusalUnexplained or AccountWritten."""
    if not reason.strip():
        raise RefusalUnexplained
    if speaks_of_payment_change(reason):
        raise AccountWritten(field="reason")


def order_legs(legs: Collection[str]) -> list[str]:
    """The extra legs among these, in the order of the way."""
    return [leg.value for leg in EXTRA_LEGS if leg.value in legs]
