"""The Incoterm ladder: what each term costs the seller and the buyer, from figures that say where they come from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from core.errors import gettext_noop
from core.money import Money
from shipping.rules.incoterms import TERMS, Advice, Leg, Mode, NamedPlace, advise_on, list_sellers_legs
from shipping.rules.insurance import BOUND_TERMS, LEAST_PERCENT

COVER_TOO_LOW = gettext_noop(
    "Under %(term)s the goods are insured for at least 110 percent of their price; here it is %(percent)s percent."
)


class Standing(StrEnum):
    """How sure a figure is. An unknown one is no zero."""

    FIRM = "firm"
    ESTIMATE = "estimate"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Figure:
    """What a leg costs in the ladder's currency, who says so and as of which day. `is_recoverable`: a tax that the buyer gets back."""

    amount: Decimal | None
    standing: Standing
    source: str
    as_of: date | None = None
    is_recoverable: bool = False

    def __post_init__(self) -> None:
        if (self.amount is None) != (self.standing is Standing.UNKNOWN):
            message = "only an unknown figure has no amount"
            raise AssertionError(message)

    @property
    def counted(self) -> Decimal:
        """What it adds to a sum that reads "at least" where it is unknown."""
        return self.amount or Decimal(0)


UNKNOWN = Figure(None, Standing.UNKNOWN, "")
OPTIONAL = frozenset({Leg.UNLOADING})
"""Unloading is most often done by the buyer's own people: it is missed only where somebody asked for its price."""


@dataclass(frozen=True)
class Sale:
    """A lot: the price of the goods at the seller's door, how many units, and the figure of each leg, all in one currency.

    A leg without a figure is unknown. `insured_percent` is how much of the price the insurance covers.
    """

    goods: Money
    quantity: Decimal
    figures: Mapping[Leg, Figure]
    mode: Mode
    insured_percent: Decimal | None = None
    place: NamedPlace = NamedPlace.USUAL

    def figure_of(self, leg: Leg) -> Figure:
        """The leg's figure in whole minor units; unknown where there is none."""
        return self._rounded.get(leg, UNKNOWN)

    @cached_property
    def _rounded(self) -> Mapping[Leg, Figure]:
        return {
            leg: one
            if one.amount is None
            else replace(one, amount=Money(one.amount, self.goods.currency).round_minor().amount)
            for leg, one in self.figures.items()
        }

    @cached_property
    def legs(self) -> list[Leg]:
        """The legs that count, in order."""
        return [leg for leg in Leg if leg in self.figures or leg not in OPTIONAL]

    @property
    def is_worth_showing(self) -> bool:
        """Whether there is anything to estimate from: without main carriage a page shows no box."""
        return self.figure_of(Leg.MAIN_CARRIAGE).amount is not None


@dataclass(frozen=True)
class Share:
    """What falls on each side, and the headline: what the goods cost the buyer at the door without tax that comes back."""

    seller: Decimal
    buyer: Decimal
    total: Decimal
    headline: Decimal
    recoverable: Decimal


@dataclass(frozen=True)
class Rung:
    """One term: who pays what per lot and per unit, which legs are missing, and warnings. `is_at_least` where a leg is unknown."""

    term: str
    per_lot: Share
    per_unit: Share
    seller_legs: tuple[Leg, ...]
    buyer_legs: tuple[Leg, ...]
    missing: tuple[Leg, ...]
    seller_missing: tuple[Leg, ...]
    advice: tuple[Advice, ...]

    @property
    def is_at_least(self) -> bool:
        return bool(self.missing)

    @property
    def is_price_complete(self) -> bool:
        """Whether the seller can quote this term: none of their own legs is unknown."""
        return not self.seller_missing


def build_ladder(sale: Sale) -> list[Rung]:
    """All eleven terms in the order of the seller's duties."""
    return [build_rung(sale, code) for code in TERMS]


def build_rung(sale: Sale, code: str) -> Rung:
    """One term. The seller's part is the price under the term, the buyer's what they pay beside it; both add up to the total."""
    sellers = list_sellers_legs(code, sale.place)
    seller_legs = tuple(leg for leg in sale.legs if leg in sellers)
    buyer_legs = tuple(leg for leg in sale.legs if leg not in sellers)
    goods = sale.goods.round_minor().amount
    seller = goods + sum((sale.figure_of(leg).counted for leg in seller_legs), Decimal(0))
    buyer = sum((sale.figure_of(leg).counted for leg in buyer_legs), Decimal(0))
    recoverable = sum(
        (sale.figure_of(leg).counted for leg in sale.legs if sale.figure_of(leg).is_recoverable), Decimal(0)
    )
    missing = tuple(leg for leg in sale.legs if sale.figure_of(leg).amount is None)
    lot = Share(seller, buyer, seller + buyer, seller + buyer - recoverable, recoverable)
    return Rung(
        code, lot, _divide(lot, sale), seller_legs, buyer_legs, missing,
        tuple(leg for leg in missing if leg in sellers), _advise(sale, code),
    )  # fmt: skip


def _divide(lot: Share, sale: Sale) -> Share:
    """Per unit: total, seller's part and tax rounded, the others are what is left, so that they add up to the cent."""
    total, seller, recoverable = (
        Money(amount / sale.quantity, sale.goods.currency).round_minor().amount
        for amount in (lot.total, lot.seller, lot.recoverable)
    )
    return Share(seller, total - seller, total, total - recoverable, recoverable)


def _advise(sale: Sale, code: str) -> tuple[Advice, ...]:
    advice = [found for found in [advise_on(code, sale.mode)] if found]
    percent = sale.insured_percent
    if code in BOUND_TERMS and percent is not None and percent < LEAST_PERCENT:
        advice.append(Advice(COVER_TOO_LOW, {"term": code, "percent": f"{percent.normalize():f}"}))
    return tuple(advice)
