"""Packing: what a package holds, weighs and measures, and whether that can be true together."""

from dataclasses import dataclass
from dataclasses import field as default
from decimal import Decimal
from math import pi

from core.errors import gettext_noop

MOST_PACKAGES = 8
UNIT_GRAMS = {"g": 1, "kg": 1000, "t": 1_000_000}
TOLERANCE = Decimal("0.05")
HEAVIEST_G = 40_000_000
LONGEST_MM = 20_000
DENSEST_G_PER_LITRE = 20_000  # lead weighs 11.3 kg a litre, gold 19.3

WEIGHT_MISSING = gettext_noop("Give the net and the gross weight.")
CONTENTS_MISSING = gettext_noop("Say how much one package holds.")
GROSS_TOO_LOW = gettext_noop("The gross weight must be higher than the net weight: it includes the package itself.")
NET_DIFFERS = gettext_noop("The contents weigh %(expected)s, but the net weight says %(net)s. Correct one of them.")
SIZE_PARTLY = gettext_noop("Give length, width and height, or leave all three empty.")
DRUM_PARTLY = gettext_noop("Give diameter and height, or leave both empty.")
TOO_HEAVY = gettext_noop("A package of more than 40 tonnes cannot be shipped. Check the weight.")
TOO_LONG = gettext_noop(
    "A package longer than 20 metres cannot be shipped. Check the size: it is typed in centimetres."
)
TOO_DENSE = gettext_noop(
    "The package is too small for its weight. Check the size, typed in centimetres, and the weight, typed in kilograms."
)


@dataclass(frozen=True)
class PackageFacts:
    """One kind of package. `contents` in the listing's unit; weights in grams, sizes in millimetres, None where not given."""

    kind: str
    contents: Decimal
    net_weight_g: int
    gross_weight_g: int
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    diameter_mm: int | None = None

    @property
    def volume_litres(self) -> Decimal | None:
        """Outer volume; None while a size is missing."""
        if self.diameter_mm and self.height_mm:
            square_mm = Decimal(self.diameter_mm) ** 2 * Decimal(str(round(pi / 4, 10)))
            return (square_mm * self.height_mm / 1_000_000).quantize(Decimal("0.1"))
        if self.length_mm and self.width_mm and self.height_mm:
            return (Decimal(self.length_mm) * self.width_mm * self.height_mm / 1_000_000).quantize(Decimal("0.1"))
        return None


@dataclass(frozen=True)
class PackingProblem:
    """What is wrong, at which field; grams in `values` are written in the reader's way by the form."""

    field: str
    message: str
    values: dict[str, int] = default(default_factory=dict)


def check_package(package: PackageFacts, *, unit: str) -> list[PackingProblem]:
    """Everything that cannot be true of one package; `unit` is what the listing is sold by ("" while unknown)."""
    checks = (_check_weights(package), _check_net(package, unit), _check_size(package), _check_density(package))
    return [problem for problem in checks if problem]


def _check_weights(package: PackageFacts) -> PackingProblem | None:
    if package.gross_weight_g > HEAVIEST_G:
        return PackingProblem("gross_weight", TOO_HEAVY)
    if package.gross_weight_g <= package.net_weight_g:
        return PackingProblem("gross_weight", GROSS_TOO_LOW)
    return None


def _check_net(package: PackageFacts, unit: str) -> PackingProblem | None:
    if unit not in UNIT_GRAMS:
        return None
    expected = package.contents * UNIT_GRAMS[unit]
    if abs(expected - package.net_weight_g) <= expected * TOLERANCE:
        return None
    return PackingProblem("net_weight", NET_DIFFERS, {"expected": round(expected), "net": package.net_weight_g})


def _check_size(package: PackageFacts) -> PackingProblem | None:
    box = (package.length_mm, package.width_mm, package.height_mm)
    if max((side or 0) for side in (*box, package.diameter_mm)) > LONGEST_MM:
        return PackingProblem("height" if package.diameter_mm else "length", TOO_LONG)
    if package.diameter_mm:
        return None if package.height_mm else PackingProblem("height", DRUM_PARTLY)
    if package.kind == "drum" and package.height_mm and not package.length_mm and not package.width_mm:
        return PackingProblem("diameter", DRUM_PARTLY)
    missing = [name for name, side in zip(("length", "width", "height"), box, strict=True) if not side]
    return PackingProblem(missing[0], SIZE_PARTLY) if missing and len(missing) < 3 else None


def _check_density(package: PackageFacts) -> PackingProblem | None:
    litres = package.volume_litres
    if litres is None or package.gross_weight_g <= max(litres, Decimal("0.1")) * DENSEST_G_PER_LITRE:
        return None
    return PackingProblem("height" if package.diameter_mm else "length", TOO_DENSE)
