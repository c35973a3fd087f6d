"""Plain shapes and sums of the reference room: lay words and exchange rates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

EURO = "EUR"
DOLLAR = "USD"
RATE_DAYS = 14
"""How old a rate may be: over holidays none is published, and older ones mislead."""


@dataclass(frozen=True)
class Concept:
    """One kind of thing that buyers look for, or a quality of things, with its words by language. A quality has no category."""

    key: str
    category: str
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Rate:
    """On `day`, one unit of `base` was worth `units` of `quote` (ISO 4217)."""

    day: date
    base: str
    quote: str
    units: Decimal


@dataclass(frozen=True)
class Rates:
    """What was known on `day`: units of each currency for one euro, and the day that each rate is of."""

    day: date
    units_per_eur: Mapping[str, Decimal] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)

    def convert(self, amount: Decimal, source: str, target: str) -> Decimal | None:
        """The amount in the other currency, unrounded; None where a rate is missing."""
        if source == target:
            return amount
        before, after = self.units_per_eur.get(source), self.units_per_eur.get(target)
        return amount / before * after if before and after else None


def join_rates(rates: list[Rate], *, day: date) -> Rates:
    """Rates against the euro; where a bank quotes against the dollar or the other way round, through that.

    Of several for one currency the newest counts, a direct one before one through the dollar.
    """
    newest_first = sorted(rates, key=lambda rate: rate.day, reverse=True)
    units, days = {EURO: Decimal(1)}, {EURO: day}
    for pivot in (EURO, DOLLAR):
        if pivot not in units:
            continue
        for rate in newest_first:
            other, value = (rate.quote, rate.units) if rate.base == pivot else (rate.base, 1 / rate.units)
            if pivot in {rate.base, rate.quote} and other not in units:
                units[other] = units[pivot] * value
                days[other] = min(rate.day, days[pivot])
    return Rates(day, units, days)
