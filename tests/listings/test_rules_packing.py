"""What a package can hold, weigh and measure, without a database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from listings.rules.packing import (
    DRUM_PARTLY,
    GROSS_TOO_LOW,
    NET_DIFFERS,
    SIZE_PARTLY,
    TOO_DENSE,
    TOO_HEAVY,
    TOO_LONG,
    PackageFacts,
    check_package,
)

SACK = PackageFacts("sack", Decimal(60), 60_000, 60_700, length_mm=700, width_mm=450, height_mm=250)
DRUM = PackageFacts("drum", Decimal(200), 184_000, 200_000, diameter_mm=585, height_mm=880)


@pytest.mark.parametrize(
    ("package", "unit"),
    [(SACK, "kg"), (DRUM, "l"), (replace(SACK, length_mm=None, width_mm=None, height_mm=None), "kg")],
)
def test_a_plausible_package_is_accepted(package, unit):
    assert check_package(package, unit=unit) == []


@pytest.mark.parametrize(
    ("package", "unit", "field", "message"),
    [
        (replace(SACK, gross_weight_g=60_000), "kg", "gross_weight", GROSS_TOO_LOW),
        (replace(SACK, net_weight_g=6_000), "kg", "net_weight", NET_DIFFERS),
        (SACK, "t", "net_weight", NET_DIFFERS),
        (replace(SACK, width_mm=None), "kg", "width", SIZE_PARTLY),
        (replace(DRUM, height_mm=None), "l", "height", DRUM_PARTLY),
        (replace(DRUM, diameter_mm=None), "l", "diameter", DRUM_PARTLY),
        (replace(SACK, length_mm=21_000), "kg", "length", TOO_LONG),
        (
            replace(SACK, contents=Decimal(41_000), net_weight_g=41_000_000, gross_weight_g=41_100_000),
            "kg",
            "gross_weight",
            TOO_HEAVY,
        ),
        (replace(SACK, length_mm=70, width_mm=45, height_mm=25), "kg", "length", TOO_DENSE),
    ],
)
def test_what_cannot_be_true_is_named(package, unit, field, message):
    found = check_package(package, unit=unit)
    assert (field, message) in [(problem.field, problem.message) for problem in found]


def test_the_net_weight_is_compared_only_when_the_unit_is_a_mass():
    assert check_package(replace(SACK, contents=Decimal(12)), unit="piece") == []


@pytest.mark.parametrize(
    ("package", "litres"), [(SACK, "78.8"), (DRUM, "236.5"), (replace(SACK, height_mm=None), None)]
)
def test_the_volume_is_in_litres(package, litres):
    assert package.volume_litres == (Decimal(litres) if litres else None)
