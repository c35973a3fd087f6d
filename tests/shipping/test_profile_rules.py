"""What a charge of a shipping profile comes to."""

from decimal import Decimal

import pytest

from core.money import Money
from shipping.rules.loads import Load, Method
from shipping.rules.profiles import Charge, ProfileFacts, count_charge
from shipping.rules.zones import Place

LOAD = Load((), 620_000, Decimal("1.25"), Method.EQUAL)


@pytest.mark.parametrize(
    ("basis", "amount", "minimum", "comes_to"),
    [
        ("shipment", "45", "0", "45.00"),
        ("kg", "0.0855", "0", "53.01"),
        ("kg", "0.0855", "60", "60.00"),
        ("m3", "30", "0", "37.50"),
        ("m3", "30", "37.49", "37.50"),
        ("kg", "0", "0", "0.00"),
    ],
)
def test_a_charge_counts_its_measure_and_asks_its_least(basis, amount, minimum, comes_to):
    charge = Charge("pickup", basis, Decimal(amount), "USD", Decimal(minimum))
    assert count_charge(charge, LOAD) == Money(Decimal(comes_to), "USD")


def test_a_charge_is_rounded_to_what_its_currency_knows():
    assert count_charge(Charge("pickup", "kg", Decimal("0.85"), "XOF"), LOAD) == Money(Decimal(527), "XOF")


def test_the_origin_is_the_place_of_the_profile():
    facts = ProfileFacts("Tema", "GH", "Tema", postcode="GT-020", locode="GHTEM")
    assert facts.origin == Place("GH", postcode="GT-020", city="Tema", locode="GHTEM")
