"""The pages of lookups and their API: asked with and without htmx, polled with an ETag, nothing shown as current that is not."""

from uuid import uuid4

import pytest
from django.urls import reverse

from listings.models import Listing
from shipping.choices import Audience
from shipping.models import Attempt, Lookup, Offer
from storefronts.models import Company
from tests.listings.factories import make_company, make_member, make_officer, make_user
from tests.shipping.asking import DHL, UPS, answer, let_time_pass, make_account
from tests.shipping.asking import ask as ask_freight
from tests.shipping.cards import card
from tests.shipping.carriers import DHL_RATES, dhl_product, dhl_rates
from tests.shipping.test_cards import bring_in
from tests.shipping.test_landed_cost import DAYS, listing
from tests.shipping.test_lookups import carriers

pytestmark = pytest.mark.django_db
__all__ = ["carriers", "listing"]
ORDER = {"to": "DE", "postcode": "10115", "town": "Berlin", "quantity": "600", "insurance": ""}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def accounts(listing, carriers):
    listing.company.city = "Accra"
    listing.company.save(update_fields=["city"])
    return make_account(DHL, listing.company), make_account(UPS, listing.company)


def ask(client, listing, headers=None, **change):
    return client.post(reverse("shipping:ask_freight", args=[listing.pk]), {**ORDER, **change}, headers=headers)


def show(client, lookup, headers=None, **query):
    return client.get(lookup.get_absolute_url(), query, headers=headers)


def test_a_stranger_asks_and_is_led_to_the_lookup(client, listing, accounts):
    answered = ask(client, listing)
    lookup = Lookup.objects.get()
    assert (answered.status_code, answered["Location"], lookup.state) == (302, lookup.get_absolute_url(), "running")


def test_while_it_runs_the_page_refreshes_itself_and_says_how_far_it_is(client, listing, accounts):
    ask(client, listing)
    page = show(client, Lookup.objects.get()).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "0 of 2 carriers have answered. The rest follows within 12 seconds." in page
    assert '<progress class="bar" max="2" value="0"' in page


def test_when_it_has_ended_nothing_refreshes_and_the_offers_stand_there(client, listing, accounts):
    ask(client, listing)
    page = show(client, answer(Lookup.objects.get())).content.decode()
    assert ('http-equiv="refresh"' in page, "hx-trigger" in page) == (False, False)
    assert ("2 of 2 carriers have answered" in page, "EXPRESS WORLDWIDE" in page, "$211.10" in page) == (
        True,
        True,
        True,
    )


def test_the_ladder_counts_with_the_offer_that_is_chosen(client, listing, accounts):
    ask(client, listing)
    lookup = answer(Lookup.objects.get())
    ups = Offer.objects.get(attempt__account__carrier=UPS)
    page = show(client, lookup, chosen=ups.pk).content.decode()
    assert ("price told by UPS" in page, "The same order under every Incoterm" in page) == (True, True)


def test_a_carrier_that_did_not_answer_is_named(client, listing, accounts):
    ask(client, listing)
    lookup = answer(Lookup.objects.get())
    Attempt.objects.filter(lookup=lookup, account__carrier=DHL).update(state="timeout", failure="timeout")
    page = show(client, lookup).content.decode()
    assert ("Nothing was heard from DHL Express" in page, "No answer in time" in page) == (True, True)


def test_htmx_gets_the_answers_in_its_place(client, listing, accounts):
    answered = ask(client, listing, headers=HTMX)
    page = answered.content.decode()
    assert (answered.status_code, page.count('id="lookup"'), "<html" in page) == (200, 1, False)
    assert f'hx-get="{Lookup.objects.get().get_absolute_url()}?short=&amp;insurance="' in page


def test_polling_gets_304_until_something_lands(client, listing, accounts):
    ask(client, listing)
    lookup = Lookup.objects.get()
    etag = show(client, lookup, headers=HTMX)["ETag"]
    unchanged = show(client, lookup, headers={**HTMX, "If-None-Match": etag})
    answer(lookup)
    changed = show(client, lookup, headers={**HTMX, "If-None-Match": etag})
    assert (unchanged.status_code, changed.status_code) == (304, 200)


def test_a_kept_answer_says_since_when_it_stands(client, listing, accounts):
    ask(client, listing)
    lookup = answer(Lookup.objects.get())
    let_time_pass(lookup, minutes=10)
    told = lookup.attempts.get(account__carrier=DHL).answered_at
    page = show(client, lookup).content.decode()
    assert f"from cache at {told:%-H:%M}" in page


def test_an_old_price_is_never_shown_as_current(client, listing, accounts):
    ask(client, listing)
    lookup = answer(Lookup.objects.get())
    let_time_pass(lookup, minutes=31)
    page = show(client, lookup).content.decode()
    assert ("These prices are no longer current" in page, page.count("no longer current</span>")) == (True, 2)
    assert "Ask again" in page


def test_a_price_far_above_the_others_is_marked(client, listing, accounts, carriers):
    bring_in(publish=True, card=card(**{**DAYS, "currency": "USD"}), surcharges=None)
    carriers.lay_out(DHL_RATES, dhl_rates(dhl_product(billing=(170.5, "USD"))))
    ask(client, listing)
    lookup = answer(Lookup.objects.get())
    Offer.objects.filter(attempt__account__carrier=UPS).update(amount=999_999)
    page = show(client, lookup).content.decode()
    assert page.count("far above the others") == 1


def test_who_types_no_country_keeps_what_was_typed(client, listing):
    answered = ask(client, listing, to="")
    assert (answered.status_code, Lookup.objects.count()) == (422, 0)
    assert 'value="10115"' in answered.content.decode()


def test_a_product_without_packages_is_not_looked_up(client, listing):
    listing.live_revision.package_types.all().delete()
    answered = ask(client, listing)
    assert (answered.status_code, Lookup.objects.count()) == (422, 0)
    assert "Missing: the packages in which it is sold." in answered.content.decode()


def test_a_made_up_lookup_is_not_found(client):
    assert client.get(reverse("shipping:lookup", args=[uuid4()])).status_code == 404


def test_what_an_exporter_asked_is_hidden_from_everybody_else(client, listing):
    lookup = ask_freight(listing.company, audience=Audience.COMPANY)
    seen = {}
    for name, user in {
        "member": make_member(company=listing.company).user, "officer": make_officer(), "buyer": make_user(),
        "another": make_member(company=make_company()).user,
    }.items():  # fmt: skip
        client.force_login(user)
        seen[name] = show(client, lookup).status_code
    assert seen == {"member": 200, "officer": 200, "buyer": 404, "another": 404}


def test_a_product_page_asks_at_once_where_a_carrier_is_open_to_buyers(client, listing, accounts):
    bring_in(publish=True, card=card(**DAYS), surcharges=None)
    page = client.get(reverse("shipping:landed", args=[listing.pk]), ORDER).content.decode()
    assert f'hx-post="{reverse("shipping:ask_freight", args=[listing.pk])}" hx-trigger="load, submit"' in page


def test_a_remembered_destination_shows_its_estimate_at_once(client, listing):
    ask(client, listing)
    page = client.get(listing.get_absolute_url()).content.decode()
    assert ('hx-trigger="load, submit"' in page, '<option value="DE" selected>' in page) == (True, True)


def test_a_page_for_a_stranger_remembers_nothing(client, listing):
    page = client.get(listing.get_absolute_url()).content.decode()
    assert 'hx-trigger="load, submit"' not in page


def post(client, product, **change):
    wanted = {"listing": product.pk, "quantity": "600", "to": {"country": "DE", "postcode": "10115", "town": "Berlin"}}
    return client.post("/api/v1/shipping/lookups/", {**wanted, **change}, content_type="application/json")


def test_the_api_asks_and_tells(client, listing, accounts):
    bring_in(publish=True, card=card(**DAYS), surcharges=None)
    asked = post(client, listing)
    said = asked.json()
    assert (asked.status_code, said["state"], [one["state"] for one in said["attempts"]]) == (
        201,
        "running",
        ["ok", "queued", "queued"],
    )
    known = {"If-None-Match": asked["ETag"]}
    assert client.get(asked["Location"], headers=known).status_code == 304
    answer(Lookup.objects.get())
    told = client.get(asked["Location"], headers=known)
    assert (told.json()["state"], len(told.json()["offers"])) == ("complete", 3)
    assert client.get(asked["Location"], headers={"If-None-Match": told["ETag"]}).status_code == 304


def test_the_api_tells_the_ladder_to_the_cent(client, listing, accounts):
    bring_in(publish=True, card=card(**{**DAYS, "currency": "USD"}), surcharges=None)
    landed = post(client, listing).json()["landed_cost"]
    assert (landed["goods"], landed["currency"], len(landed["terms"])) == ("3360.00", "USD", 11)
    assert {round(100 * float(one["seller"])) + round(100 * float(one["buyer"])) for one in landed["terms"]} == {
        round(100 * float(landed["terms"][0]["total"]))
    }


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"quantity": "0"}, 400),
        ({"quantity": "many"}, 400),
        ({"to": {"country": "XX"}}, 400),
        ({"to": {}}, 400),
        ({"listing": 999_999}, 404),
    ],
    ids=["nothing", "words", "no country", "nowhere", "no product"],
)
def test_the_api_refuses_what_it_cannot_read_and_asks_nobody(client, listing, change, status):
    answered = post(client, listing, **change)
    assert (answered.status_code, answered["Content-Type"], Lookup.objects.count()) == (
        status,
        "application/problem+json",
        0,
    )


TAKEN = {"firm": (Company, "suspended"), "product": (Listing, "archived")}


@pytest.mark.parametrize(("model", "state"), TAKEN.values(), ids=TAKEN)
def test_a_lookup_of_what_is_off_the_market_is_for_its_firm_and_officers_alone(client, listing, model, state):
    bring_in(publish=True, card=card(**DAYS), surcharges=None)
    ask(client, listing)
    lookup, owner = Lookup.objects.get(), make_member(company=listing.company).user
    model.objects.update(state=state)
    assert (show(client, lookup).status_code, read(client, lookup).status_code) == (404, 404)
    seen = {}
    for person in (make_user(), owner, make_officer()):
        client.force_login(person)
        seen[person] = show(client, lookup).status_code
    assert list(seen.values()) == [404, 200, 200]


def read(client, lookup, **headers):
    return client.get(reverse("api-shipping-lookup", args=[lookup.pk]), headers=headers)


def test_a_key_of_five_thousand_digits_counts_for_nothing(client, listing):
    bring_in(publish=True, card=card(**DAYS), surcharges=None)
    ask(client, listing)
    assert show(client, Lookup.objects.get(), chosen="9" * 5000).status_code == 200


def test_the_apis_304_is_for_the_same_reader_alone(client, listing):
    bring_in(publish=True, card=card(**DAYS), surcharges=None)
    ask(client, listing)
    lookup = Lookup.objects.get()
    known = read(client, lookup)["ETag"]
    again = {"If-None-Match": f'"older", W/{known}'}
    assert read(client, lookup, **again).status_code == 304
    client.force_login(make_user())
    assert read(client, lookup, **again).status_code == 200
