"""The landed cost of an exporter with a shipping profile: where it leaves from, and which legs its figures fill."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shipping.models import ShippingProfile
from shipping.rules.incoterms import Leg
from shipping.rules.ladder import Standing
from shipping.rules.profiles import Charge, ProfileFacts
from shipping.services.profiles import save_profile
from tests.listings.factories import make_member
from tests.shipping.cards import ZONES, card
from tests.shipping.test_cards import bring_in
from tests.shipping.test_landed_cost import DAYS, estimate, get, listing  # noqa: F401  the fixture

pytestmark = pytest.mark.django_db
CHARGES = (
    Charge("pickup", "shipment", Decimal(45), "USD"),
    Charge("export_clearance", "shipment", Decimal(30), "USD"),
    Charge("origin_terminal", "kg", Decimal("0.10"), "USD", Decimal(40)),
)


def make_profile(listing, *charges, **place):  # noqa: F811
    facts = ProfileFacts("Tema", **{"country": "GH", "city": "Tema", **place})
    return save_profile(member=make_member(company=listing.company), facts=facts, charges=charges)


@pytest.fixture
def air():
    return bring_in(publish=True, card=card(**DAYS), surcharges=None)


@pytest.fixture
def at_the_door(listing):  # noqa: F811
    listing.live_revision.incoterm, listing.live_revision.incoterm_place = "EXW", "Ho"
    return listing


def test_own_figures_fill_the_legs_that_the_price_does_not_hold(at_the_door, air):
    make_profile(at_the_door, *CHARGES)
    figures = estimate(at_the_door).figures
    load = estimate(at_the_door).chosen.load
    assert (figures[Leg.PICKUP].amount, figures[Leg.EXPORT_CLEARANCE].amount) == (Decimal("45.00"), Decimal("30.00"))
    assert figures[Leg.ORIGIN_TERMINAL].amount == Decimal(load.weight_g) / 10_000
    assert figures[Leg.PICKUP].standing is Standing.ESTIMATE
    assert figures[Leg.PICKUP].source == "shipping profile “Tema” of the exporter"


def test_what_the_price_holds_already_is_not_paid_twice(listing, air):  # noqa: F811
    make_profile(listing, *CHARGES)
    figures = estimate(listing).figures
    held = (Leg.PICKUP, Leg.EXPORT_CLEARANCE, Leg.ORIGIN_TERMINAL)
    assert [figures[leg].amount for leg in held] == [Decimal(0)] * 3
    assert figures[Leg.PICKUP].source == "in the price, FOB Tema"


def test_a_courier_carries_the_pickup_and_the_terminal_but_clears_nothing(at_the_door):
    bring_in(publish=True, card=card(**DAYS, mode="courier"), surcharges=None)
    make_profile(at_the_door, *CHARGES)
    figures = estimate(at_the_door).figures
    assert (figures[Leg.PICKUP].amount, figures[Leg.ORIGIN_TERMINAL].amount) == (Decimal(0), Decimal(0))
    assert figures[Leg.EXPORT_CLEARANCE].amount == Decimal("30.00")


def test_a_leg_that_the_profile_does_not_price_stays_unknown(at_the_door, air):
    make_profile(at_the_door, CHARGES[0])
    rung = estimate(at_the_door).ladder[-1]
    assert {Leg.EXPORT_CLEARANCE, Leg.ORIGIN_TERMINAL} <= set(rung.missing)
    assert Leg.PICKUP not in rung.missing


def test_the_order_leaves_from_the_place_of_the_profile(listing):  # noqa: F811
    zones = [ZONES[0], ["Accra", "origin", "locode", "GH", "GHTEM", ""], *ZONES[2:]]
    bring_in(publish=True, card=card(**DAYS), zones=zones, surcharges=None)
    assert not estimate(listing).freights
    make_profile(listing, locode="GHTEM")
    assert len(estimate(listing).freights) == 1


def test_a_profile_costs_at_most_two_queries_more(at_the_door, air):
    estimate(at_the_door)
    with CaptureQueriesContext(connection) as before:
        estimate(at_the_door)
    make_profile(at_the_door, *CHARGES)
    with CaptureQueriesContext(connection) as after:
        estimate(at_the_door)
    assert (len(before), len(after)) == (14, 15), "one to look for a profile, one for its charges"


def test_the_page_names_the_profile(client, at_the_door, air):
    at_the_door.live_revision.save()
    make_profile(at_the_door, *CHARGES)
    page = get(client, at_the_door, to="DE", quantity="600").text
    assert "shipping profile “Tema” of the exporter" in page
    assert "$45.00" in page


def test_cards_are_asked_for_the_day_on_which_the_goods_leave(at_the_door):
    today = timezone.localdate()
    bring_in(
        publish=True,
        card=card(**{**DAYS, "valid_from": str(today), "valid_until": str(today + timedelta(days=4))}),
        surcharges=None,
    )
    profile = make_profile(at_the_door)
    found = estimate(at_the_door)
    ShippingProfile.objects.filter(pk=profile.pk).update(handling_days=5)
    assert (len(found.freights), len(estimate(at_the_door).freights)) == (1, 0)


def test_insurance_covers_the_sellers_own_legs_too(at_the_door, air):
    make_profile(at_the_door, Charge("pickup", "shipment", Decimal(1000), "USD"))
    found = estimate(at_the_door, premium_percent=Decimal("0.5"))
    paid = next(rung.per_lot.seller for rung in found.ladder if rung.term == "CPT")
    assert paid == Decimal("4360.00") + found.chosen.amount
    assert found.figures[Leg.INSURANCE].amount == round(paid * Decimal("0.0055"), 2)
