"""Prices, days and weights that no column holds: a carrier's slip or an order that is not meant costs nobody else's answer."""

from decimal import Decimal

import pytest
from django.urls import reverse

from listings.models import PackageType
from shipping.models import Lookup, Offer
from shipping.providers.reading import read_days, read_number, read_price, read_weight_g
from tests.shipping.asking import DHL, UPS, answer, make_account, outcomes
from tests.shipping.asking import ask as ask_freight
from tests.shipping.cards import PRICES, card
from tests.shipping.carriers import DHL_RATES, dhl_product, dhl_rates
from tests.shipping.test_cards import bring_in
from tests.shipping.test_landed_cost import DAYS, listing
from tests.shipping.test_lookup_pages import ORDER
from tests.shipping.test_lookups import carriers, company

pytestmark = pytest.mark.django_db
__all__ = ["carriers", "company", "listing"]
HEAVY = {"volumetric": 999_999_999, "provided": 24.7, "unitOfMeasurement": "metric"}


@pytest.mark.parametrize(
    ("product", "ends", "told"),
    [
        (dhl_product(billing=(0.00001, "GHS")), "failed", []),
        (dhl_product(deliveryCapabilities={"totalTransitDays": 99_999}), "ok", [(Decimal("180.0000"), None)]),
        (dhl_product(weight=HEAVY), "ok", [(Decimal("180.0000"), 4)]),
        (dhl_product(billing=(7.43001, "GHS")), "ok", [(Decimal("7.4300"), 4)]),
        (dhl_product(billing=("9999999999.999999", "GHS")), "failed", []),
    ],
)
def test_a_carriers_slip_is_its_own_and_the_others_are_not_affected(company, carriers, product, ends, told):
    make_account(DHL, company)
    make_account(UPS, company)
    carriers.lay_out(DHL_RATES, dhl_rates(product))
    lookup = answer(ask_freight(company))
    assert [state for _label, state, _failure in outcomes(lookup)] == [ends, "ok"]
    offers = Offer.objects.filter(attempt__account__carrier=DHL)
    assert list(offers.values_list("amount", "transit_days")) == told


def test_what_is_read_of_a_carrier_fits_what_it_is_kept_in():
    assert (read_price("0.004"), read_price("0.01"), read_number("9999999999")) == (None, Decimal("0.01"), None)
    assert (read_days("365"), read_days(366)) == (365, None)
    assert (read_weight_g(1_000_000, "KG"), read_weight_g(1_000_001, "KG")) == (Decimal(10) ** 9, None)


def test_a_card_that_comes_to_nothing_has_no_price_and_the_lookup_stands(client, listing):
    prices = [PRICES[0], ["Accra", "Europe", "per_kg", "0", "", "0", "4"]]
    bring_in(publish=True, card=card(**DAYS | {"minimum_charge": None}), surcharges=None, prices=prices)
    answered = client.post(reverse("shipping:ask_freight", args=[listing.pk]), ORDER)
    assert (answered.status_code, Lookup.objects.get().state, Offer.objects.count()) == (302, "complete", 0)


def test_an_order_that_nobody_can_mean_has_no_price_at_any_door(client, listing):
    bring_in(publish=True, card=card(**DAYS), surcharges=None)
    PackageType.objects.filter(revision=listing.live_revision).update(contents=1)
    order = {"listing": listing.pk, "quantity": "99999999", "to": {"country": "DE", "town": "Berlin"}}
    told = client.post(reverse("api-shipping-lookups"), order, content_type="application/json")
    asked = client.post(reverse("shipping:ask_freight", args=[listing.pk]), ORDER | {"quantity": "99999999"})
    assert (told.status_code, told.json()["offers"], asked.status_code) == (201, [], 302)
