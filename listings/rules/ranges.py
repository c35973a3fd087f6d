"""Ranges that buyers filter by: minimum orders in one measure, days until ready to ship."""

from dataclasses import dataclass
from decimal import Decimal

MEASURES: dict[str, tuple[str, Decimal]] = {
    "kg": ("kg", Decimal(1)),
    "g": ("kg", Decimal("0.001")),
    "t": ("kg", Decimal(1000)),
    "l": ("l", Decimal(1)),
    "ml": ("l", Decimal("0.001")),
    "m3": ("l", Decimal(1000)),
    "piece": ("piece", Decimal(1)),
    "pair": ("piece", Decimal(1)),
    "set": ("piece", Decimal(1)),
    "pack": ("piece", Decimal(1)),
    "dozen": ("piece", Decimal(12)),
    "m": ("m", Decimal(1)),
    "m2": ("m2", Decimal(1)),
}
MINIMUM_ORDER_LIMITS: dict[str, tuple[int, ...]] = {
    "kg": (50, 500, 5000),
    "piece": (10, 100, 1000),
    "l": (50, 500, 5000),
    "m": (50, 500),
    "m2": (50, 500),
}
MINIMUM_ORDER_RANGES = tuple(
    f"{measure}-{limit}" for measure, limits in MINIMUM_ORDER_LIMITS.items() for limit in limits
)
LEAD_TIME_LIMITS = (10, 20, 30)
LEAD_TIME_RANGES = tuple(str(limit) for limit in LEAD_TIME_LIMITS)


def measure_minimum_order(minimum_order: Decimal, unit: str) -> tuple[str, Decimal] | None:
    """The measure and the size in it: 2 tonnes are 2000 kg, a dozen is 12 pieces. None for a unit without a measure."""
    if unit not in MEASURES:
        return None
    measure, factor = MEASURES[unit]
    return measure, minimum_order * factor


def list_minimum_order_ranges(minimum_order: Decimal | None, unit: str) -> list[str]:
    """Every "at most" range that the order falls into, such as kg-500 and kg-5000 for 60 kg."""
    measured = measure_minimum_order(minimum_order, unit) if minimum_order is not None else None
    if measured is None:
        return []
    measure, size = measured
    return [f"{measure}-{limit}" for limit in MINIMUM_ORDER_LIMITS[measure] if size <= limit]


def list_lead_time_ranges(days: int | None) -> list[str]:
    """Every "up to" range that the days fall into."""
    return [] if days is None else [str(limit) for limit in LEAD_TIME_LIMITS if days <= limit]


PRICE_STEPS = (1, 5, 20, 100)
"""Edges of the price bands in a currency about as dear as the euro; others take a round multiple of them."""


@dataclass(frozen=True)
class Band:
    """Prices from `low` to below `high`, in one currency; open where there is no edge."""

    low: Decimal | None
    high: Decimal | None

    @property
    def key(self) -> str:
        """The band in an address, such as 5-20 or 100-."""
        return f"{'' if self.low is None else f'{self.low:f}'}-{'' if self.high is None else f'{self.high:f}'}"


def list_price_bands(units_per_eur: Decimal) -> list[Band]:
    """The bands of a currency: edges 1, 5, 20, 100 for the euro and the dollar, 100, 500, 2000, 10000 for the yen."""
    scale = Decimal(10) ** max(
        0, units_per_eur.adjusted() + (1 if units_per_eur.scaleb(-units_per_eur.adjusted()) >= 4 else 0)
    )
    edges = [step * scale for step in PRICE_STEPS]
    pairs = zip((None, *edges), (*edges, None), strict=True)
    return [Band(low, high) for low, high in pairs]
