"""Chargeable weight: what carriers bill, the heavier of the scales and the volume, in the tariff's own rounding.

The divisor is cubic centimetres for a kilogram (5000: express, 6000: air) or, where a tariff is written in inches and pounds, cubic
inches for a pound (139, 166); kg per m³ says the same the other way round (167: air, 333: road, 1000: sea).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shipping.rules.measures import EXACT, Rounding, from_g, from_mm, to_m3


class Compare(StrEnum):
    """Where the scales are held against the volume: for each piece, or once for the shipment."""

    PIECE = "piece"
    SHIPMENT = "shipment"


@dataclass(frozen=True)
class Piece:
    """So many equal pieces: sizes in millimetres, gross weight of one in grams."""

    length_mm: Decimal
    width_mm: Decimal
    height_mm: Decimal
    weight_g: Decimal
    count: int = 1


@dataclass(frozen=True)
class WeightRule:
    """How a tariff weighs. Sizes are rounded in `length_unit`, weights in `weight_unit`; the divisor is the cube of the one for one of the other.

    Without a divisor and without kg per m³ only the scales count. `compare` None: by piece where pieces are rounded, else by shipment.
    """

    divisor: Decimal | None = None
    kg_per_m3: Decimal | None = None
    size_rounding: Rounding = EXACT
    piece_rounding: Rounding = EXACT
    shipment_rounding: Rounding = EXACT
    minimum: Decimal = Decimal(0)
    compare: Compare | None = None
    length_unit: str = "cm"
    weight_unit: str = "kg"

    @property
    def compares_pieces(self) -> bool:
        return self.compare is Compare.PIECE or (self.compare is None and self.piece_rounding != EXACT)


@dataclass(frozen=True)
class Weighed:
    """A shipment on both scales, in the rule's units; `volumetric` has the pieces' rounding, `raw` none."""

    sizes: tuple[tuple[Decimal, Decimal, Decimal], ...]
    volume: Decimal
    volume_m3: Decimal
    actual: Decimal
    raw: Decimal
    volumetric: Decimal
    chargeable: Decimal


def weigh(pieces: Sequence[Piece], rule: WeightRule) -> Weighed:
    """Round the sizes, take the volume, round piece by piece and then the shipment; never less than the minimum."""
    sizes = tuple(_round_sizes(piece, rule) for piece in pieces)
    actual, raw, volumetric, chargeable, volume = (Decimal(0) for _ in range(5))
    for piece, (length, width, height) in zip(pieces, sizes, strict=True):
        cube = length * width * height
        on_scales, by_volume = from_g(piece.weight_g, rule.weight_unit), _weigh_cube(cube, rule)
        volume += cube * piece.count
        actual += on_scales * piece.count
        raw += by_volume * piece.count
        volumetric += rule.piece_rounding.apply(by_volume) * piece.count
        chargeable += rule.piece_rounding.apply(max(on_scales, by_volume)) * piece.count
    if not rule.compares_pieces:
        chargeable = max(actual, raw)
    chargeable = max(rule.shipment_rounding.apply(chargeable), rule.minimum)
    return Weighed(sizes, volume, _to_m3(volume, rule), actual, raw, volumetric, chargeable)


def _round_sizes(piece: Piece, rule: WeightRule) -> tuple[Decimal, Decimal, Decimal]:
    length, width, height = (
        rule.size_rounding.apply(from_mm(size_mm, rule.length_unit))
        for size_mm in (piece.length_mm, piece.width_mm, piece.height_mm)
    )
    return length, width, height


def _weigh_cube(cube: Decimal, rule: WeightRule) -> Decimal:
    if rule.divisor:
        return cube / rule.divisor
    if rule.kg_per_m3:
        return from_g(_to_m3(cube, rule) * rule.kg_per_m3 * 1000, rule.weight_unit)
    return Decimal(0)


def _to_m3(cube: Decimal, rule: WeightRule) -> Decimal:
    side_mm = Decimal(1) / from_mm(Decimal(1), rule.length_unit)
    return to_m3(cube * side_mm**3)
