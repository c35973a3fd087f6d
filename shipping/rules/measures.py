"""Units of the trade made one, and the ways in which tariffs round."""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import lru_cache

from shipping.exceptions import RoundingUnknown, UnitUnknown

MM_PER_UNIT = {
    "mm": Decimal(1), "cm": Decimal(10), "dm": Decimal(100), "m": Decimal(1000), "in": Decimal("25.4"), "ft": Decimal("304.8"),
}  # fmt: skip
"""The inch is 25.4 mm by definition."""
G_PER_UNIT = {
    "g": Decimal(1), "kg": Decimal(1000), "t": Decimal(1_000_000), "lb": Decimal("453.59237"), "oz": Decimal("28.349523125"),
}  # fmt: skip
"""The pound is 453.59237 g by definition."""
MM3_PER_M3 = Decimal(10) ** 9
MM3_PER_CM3 = Decimal(1000)
DIRECTIONS = {
    "ceil": ROUND_CEILING, "up": ROUND_CEILING, "floor": ROUND_FLOOR, "down": ROUND_FLOOR, "half_up": ROUND_HALF_UP,
    "nearest": ROUND_HALF_UP, "round": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "half_down": ROUND_HALF_DOWN,
}  # fmt: skip
WRITTEN = re.compile(r"(?P<direction>[a-z]+(?:_[a-z]+)?)(?:_(?P<step>[0-9]+(?:\.[0-9]+)?))?")


@dataclass(frozen=True)
class Rounding:
    """To which step a tariff rounds, and which way. A step of 0 leaves the value as it is."""

    direction: str = "none"
    step: Decimal = Decimal(0)

    def apply(self, value: Decimal) -> Decimal:
        """The value in whole steps."""
        if not self.step:
            return value
        return (value / self.step).quantize(Decimal(1), rounding=DIRECTIONS[self.direction]) * self.step

    def __str__(self) -> str:
        return f"{self.direction}_{self.step.normalize():f}" if self.step else "none"


EXACT = Rounding()


@lru_cache(maxsize=256)
def parse_rounding(written: str) -> Rounding:
    """Read “none”, “ceil_1”, “ceil_0.5”, “half_up_1”, “floor_0.1”; a direction alone means whole units. Raises RoundingUnknown."""
    text = written.strip().lower()
    if text in {"", "none", "exact"}:
        return EXACT
    match = WRITTEN.fullmatch(text)
    if match is None or match["direction"] not in DIRECTIONS:
        raise RoundingUnknown(rounding=written)
    step = Decimal(match["step"] or 1)
    if step <= 0:
        raise RoundingUnknown(rounding=written)
    return Rounding(match["direction"], step)


def to_mm(length: Decimal, unit: str) -> Decimal:
    """A length in millimetres. Raises UnitUnknown."""
    if unit not in MM_PER_UNIT:
        raise UnitUnknown(unit=unit)
    return length * MM_PER_UNIT[unit]


def to_g(weight: Decimal, unit: str) -> Decimal:
    """A weight in grams. Raises UnitUnknown."""
    if unit not in G_PER_UNIT:
        raise UnitUnknown(unit=unit)
    return weight * G_PER_UNIT[unit]


def from_mm(length_mm: Decimal, unit: str) -> Decimal:
    """Millimetres in another unit."""
    return length_mm / to_mm(Decimal(1), unit)


def from_g(weight_g: Decimal, unit: str) -> Decimal:
    """Grams in another unit."""
    return weight_g / to_g(Decimal(1), unit)


def to_m3(volume_mm3: Decimal) -> Decimal:
    """Cubic millimetres as cubic metres."""
    return volume_mm3 / MM3_PER_M3
