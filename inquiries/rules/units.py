"""Quantities in another unit of the same kind: tonnes in kilograms, dozens in pieces. What cannot be converted is unknown, not wrong."""

from decimal import Decimal

FACTORS: dict[str, tuple[str, Decimal]] = {
    "g": ("mass", Decimal(1)), "kg": ("mass", Decimal(1000)), "t": ("mass", Decimal(1_000_000)),
    "ml": ("volume", Decimal(1)), "l": ("volume", Decimal(1000)), "m3": ("volume", Decimal(1_000_000)),
    "piece": ("count", Decimal(1)), "dozen": ("count", Decimal(12)),
}  # fmt: skip
"""A unit's kind, and how many of the kind's smallest unit it holds. Pairs, sets, packs, metres and m² stand alone."""


def convert_quantity(quantity: Decimal, unit: str, other: str) -> Decimal | None:
    """The quantity in the other unit, exact; None where the two are of different kinds."""
    if unit == other:
        return quantity
    kind, factor = FACTORS.get(unit, ("", Decimal(1)))
    other_kind, other_factor = FACTORS.get(other, ("", Decimal(1)))
    return quantity * factor / other_factor if kind and kind == other_kind else None


def fits_unit(unit: str, other: str) -> bool:
    """The two can be converted into one another."""
    return convert_quantity(Decimal(1), unit, other) is not None


def list_fitting_units(unit: str) -> list[str]:
    """The unit itself, then those that it can be converted into."""
    return [unit, *(other for other in FACTORS if other != unit and fits_unit(other, unit))]
