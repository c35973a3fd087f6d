"""The packages of an order: how many of a listing's packages a quantity needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from shipping.exceptions import MeasureMissing
from shipping.rules.loads import Package


@dataclass(frozen=True)
class PackedIn:
    """One kind of package as the exporter describes it, and how much it holds, in the listing's unit."""

    holds: Decimal
    package: Package


def pack_order(quantity: Decimal, kinds: Sequence[PackedIn]) -> tuple[Package, ...]:
    """Whole packages of the largest kind that the order fills at least once, else of the smallest; the last one may be half empty.

    Exporters ship in the packages that they name, so a rest travels in a whole one. Raises MeasureMissing where none is named.
    """
    if not kinds:
        raise MeasureMissing("packing")
    by_size = sorted(kinds, key=lambda kind: kind.holds)
    chosen = next((kind for kind in reversed(by_size) if kind.holds <= quantity), by_size[0])
    count = int((quantity / chosen.holds).to_integral_value(rounding=ROUND_CEILING))
    return (replace(chosen.package, count=max(count, 1)),)
