"""The whole card: clean values, faults and warnings, and what differs from the version before."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from shipping.rules.cardfile.card import CardTerms, read_terms
from shipping.rules.cardfile.prices import PlacedPrice, read_prices
from shipping.rules.cardfile.surcharges import PlacedSurcharge, read_surcharges
from shipping.rules.cardfile.table import Problem, Sheet
from shipping.rules.cardfile.zones import SIDES, PlacedMember, read_zones


@dataclass(frozen=True)
class CardPlan:
    """What a file holds. With a problem nothing of it is written; a warning forbids nothing."""

    terms: CardTerms
    zones: tuple[PlacedMember, ...]
    prices: tuple[PlacedPrice, ...]
    surcharges: tuple[PlacedSurcharge, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def read_card(sheets: Mapping[str, Sheet], *, countries: frozenset[str], currencies: frozenset[str]) -> CardPlan:
    """Read every sheet and note every fault, in the order of the file."""
    problems: list[Problem] = []
    warnings: list[Problem] = []
    terms = read_terms(sheets["card"], problems, currencies=currencies)
    zones = read_zones(sheets["zones"], problems, countries=countries)
    named = {side: _list_zones(sheets["zones"], side) for side in SIDES}
    prices = read_prices(
        sheets["prices"], problems, warnings, origins=named["origin"], destinations=named["destination"]
    )
    surcharges = read_surcharges(sheets.get("surcharges"), problems, areas=named["area"])
    places = list(sheets)
    ordered = sorted(problems, key=lambda problem: (places.index(problem.sheet), problem.row, problem.column))
    return CardPlan(terms, tuple(zones), tuple(prices), tuple(surcharges), tuple(ordered), tuple(warnings))


def _list_zones(sheet: Sheet, side: str) -> set[str]:
    """The names that rows of a side use, good rows or not, so that one fault is told once."""
    rows = [cells for cells in sheet.rows if cells["side"].text.strip().lower() == side]
    return {" ".join(cells["zone"].text.split()) for cells in rows}


@dataclass(frozen=True)
class PriceChange:
    """A price of a lane that is new, gone or other than before; None where there is none."""

    origin: str
    destination: str
    basis: str
    container: str
    starts_at: Decimal
    before: Decimal | None
    after: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """By how much it rose or fell, to a tenth of a percent."""
        if not self.before or self.after is None:
            return None
        return ((self.after - self.before) / self.before * 100).quantize(Decimal("0.1"))


PriceKey = tuple[str, str, str, str, Decimal]


def compare_prices(before: Mapping[PriceKey, Decimal], after: Mapping[PriceKey, Decimal]) -> list[PriceChange]:
    """Every step whose price is not the same, by lane and beginning."""
    return [
        PriceChange(*key, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]


def find_rises(prices: Mapping[PriceKey, Decimal]) -> list[PriceChange]:
    """Steps of a lane that cost more for each measure than the step below; `before` is the step below."""
    ordered = [key for key in sorted(prices) if key[2] in {"per_kg", "per_wm"}]
    return [
        PriceChange(*above, prices[below], prices[above])
        for below, above in pairwise(ordered)
        if below[:4] == above[:4] and prices[above] > prices[below]
    ]
