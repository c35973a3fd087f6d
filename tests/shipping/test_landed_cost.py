"""The landed cost of a product: what it says, what it does not know and says so, who may see what."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from listings.models import PackageType, PriceBreak
from reference.models import FxRate
from shipping.rules.incoterms import Leg
from shipping.rules.zones import Place
from shipping.selectors.landed_cost import Order, estimate_landed_cost
from tests.listings.factories import make_company, make_listing, make_user
from tests.shipping.cards import card
from tests.shipping.test_cards import bring_in

pytestmark = pytest.mark.django_db
GERMANY = Place("DE", "10115", city="Berlin")
DAYS = {"valid_from": "2026-01-01", "valid_until": "2199-12-31", "currency": "USD"}


@pytest.fixture
def listing():
    """600 kg of coffee cost $5.60 a kilogram, FOB Tema; 30 kg in a carton of 31 kg."""
    listing = make_listing(company=make_company(country="GH"), title="Washed Arabica")
    revision = listing.live_revision or listing.revisions.get()
    revision.unit, revision.currency, revision.incoterm, revision.incoterm_place, revision.hs_code = (
        "kg",
        "USD",
        "FOB",
        "Tema",
        "090111",
    )
    revision.price_visibility, revision.minimum_order = "public", Decimal(60)
    revision.save()
    PriceBreak.objects.filter(revision=revision).delete()
    PriceBreak.objects.create(revision=revision, minimum_quantity=Decimal(60), unit_price=Decimal("5.60"))
    PackageType.objects.filter(revision=revision).delete()
    PackageType.objects.create(
        revision=revision, position=0, kind="carton", contents=Decimal(30), net_weight_g=30_000, gross_weight_g=31_000,
        length_mm=600, width_mm=400, height_mm=250,
    )  # fmt: skip
    return listing


@pytest.fixture
def air():
    return bring_in(publish=True, card=card(**DAYS), surcharges=None)


def estimate(listing, quantity=600, *, to=GERMANY, user=None, **wish):
    return estimate_landed_cost(
        listing=listing, revision=listing.live_revision, order=Order(Decimal(quantity), to, **wish), user=user or make_user()
    )  # fmt: skip


def test_goods_and_freight_of_the_card_are_in_every_rung(listing, air):
    found = estimate(listing)
    rungs = {rung.term: rung.per_lot for rung in found.ladder}
    freight = found.chosen.amount
    assert (found.goods.amount, len(found.ladder), freight > 0) == (Decimal("3360.00"), 11, True)
    assert rungs["FOB"].seller == Decimal("3360.00")
    assert rungs["CPT"].seller == Decimal("3360.00") + freight
    assert {share.seller + share.buyer for share in rungs.values()} == {rungs["DAP"].total}


def test_what_nobody_knows_is_named_and_the_sum_is_at_least(listing, air):
    rung = estimate(listing).ladder[-1]
    assert {Leg.DESTINATION_TERMINAL, Leg.DELIVERY, Leg.IMPORT_CLEARANCE} <= set(rung.missing)
    assert rung.is_at_least


def test_an_order_travels_in_whole_packages(listing, air):
    assert [package.count for package in estimate(listing, 601).packages] == [21]


def test_an_insurance_that_is_paid_for_is_counted_on_110_percent(listing, air):
    found = estimate(listing, premium_percent=Decimal("0.5"))
    base = Decimal("3360.00") + found.chosen.amount
    assert found.figures[Leg.INSURANCE].amount == round(base * Decimal("0.0055"), 2)
    told = {rung.term: len(rung.advice) for rung in estimate(listing).ladder}
    assert told["CIP"] == 1, "who takes no insurance is told what CIP asks"


def test_a_card_in_another_currency_needs_a_fresh_rate(listing):
    bring_in(publish=True, card=card(**{**DAYS, "currency": "EUR"}), surcharges=None)
    found = estimate(listing)
    assert (found.chosen.amount, found.ladder, "last seven days" in found.obstacle) == (None, (), True)
    old = timezone.localdate() - timedelta(days=8)
    FxRate.objects.create(day=old, base="EUR", quote="USD", units=Decimal("1.10"), source="ECB")
    assert estimate(listing).ladder == ()
    FxRate.objects.create(day=timezone.localdate(), base="EUR", quote="USD", units=Decimal("1.10"), source="ECB")
    assert estimate(listing).ladder


def test_a_price_that_holds_carriage_already_is_not_added_to(listing, air):
    listing.live_revision.incoterm, listing.live_revision.incoterm_place = "CIF", "Hamburg"
    found = estimate(listing)
    assert (found.ladder, "holds carriage already" in found.obstacle, bool(found.freights)) == ((), True, True)


# --- the page ---


def get(client, listing, **query):
    return client.get(f"/products/{listing.pk}/landed/", query)


def test_the_page_says_it_without_an_account(client, listing, air):
    page = get(client, listing, to="DE", quantity="600").text
    assert [
        words
        for words in ("$3,360.00", "At your door in Germany, at least", "Not in it, because nobody has told us", "FCA")
        if words not in page
    ] == []


def test_a_product_without_packing_names_what_is_missing(client, listing, air):
    PackageType.objects.all().delete()
    page = get(client, listing, to="DE", quantity="600").text
    assert ("Missing: the packages in which it is sold" in page, "Ask the exporter" in page) == (True, True)


def test_no_card_for_a_market_shows_no_estimate(client, listing, air):
    page = get(client, listing, to="JP", quantity="600").text
    assert ("No rate card covers this order to Japan yet." in page, "At your door" in page) == (True, False)


@pytest.mark.parametrize(
    "query", [{"to": "DE", "quantity": "0"}, {"to": "XX", "quantity": "5"}, {"to": "", "quantity": "5"}]
)
def test_an_order_that_makes_no_sense_is_told(query, client, listing, air):
    assert get(client, listing, **query).status_code == 422


def test_prices_for_some_eyes_only_stay_hidden(client, listing, air):
    listing.live_revision.price_visibility = "request"
    listing.live_revision.save()
    page = get(client, listing, to="DE", quantity="600").text
    assert ("3,360" in page, "not shown to you" in page) == (False, True)


def test_a_product_that_is_not_public_has_no_page(client, listing, air):
    listing.state = "draft"
    listing.save()
    assert get(client, listing, to="DE", quantity="600").status_code == 404


def test_the_product_page_carries_the_form(client, listing, air):
    assert "Estimate the landed cost" in client.get(listing.get_absolute_url()).text
