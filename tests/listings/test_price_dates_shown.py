"""A price that nobody confirmed is on request for buyers everywhere, and back at once when somebody does."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse

from listings.models import Listing, SavedItem
from listings.rules.searching import Query, Sort
from listings.search.indexer import apply_changes, rebuild
from listings.search.query import search
from listings.selectors.price_dates import list_asked_ids
from listings.services.price_dates import confirm_prices
from storefronts.choices import Role
from storefronts.selectors.dashboard import get_dashboard
from tests.listings.asked_prices import dates, live_through, make_old_listing
from tests.listings.factories import make_listing, make_member, make_rate, make_revision, make_user
from tests.listings.settling import wait_until_settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    make_rate("USD", "1.0705")
    return make_member()


@pytest.fixture
def silent(member):
    """A product of 6.20 and 5.60 dollars whose firm has not answered, and a cheaper one beside it."""
    listing = make_old_listing(company=member.company, title="Silent honey", days=120, asked=14)
    make_listing(title="Other honey", breaks=((60, "9.10"),))
    live_through()
    rebuild()
    return listing


def read_json_ld(page):
    return json.loads(page.text.partition('<script type="application/ld+json">')[2].partition("</script>")[0])


def test_the_page_says_of_which_day_its_price_is(client, member):
    listing = make_old_listing(company=member.company, days=0)
    page = client.get(listing.get_absolute_url())
    assert f"Price of {listing.prices_confirmed_on:%-d %b %Y}" in page.text


def test_buyers_read_on_request_on_page_card_and_json_ld(client, silent):
    page, results = client.get(silent.get_absolute_url()), client.get("/search/?q=silent")
    assert ("Price on request" in page.text, "5.60" in page.text, "Price of" in page.text) == (True, False, False)
    assert "offers" not in read_json_ld(page)
    assert ("Price on request" in results.text, "5.60" in results.text) == (True, False)


def test_the_api_gives_no_price(client, silent):
    found = client.get(f"/api/v1/listings/{silent.pk}/").json()
    assert (found["price_visibility"], found["price"]) == ("on_request", None)


def test_compare_and_kept_lists_show_no_price(client, silent):
    client.force_login(make_user("anna@example.org"))
    other = Listing.objects.exclude(pk=silent.pk).get()
    compared = client.get(f"/compare/?p={silent.pk}&p={other.pk}")
    client.post("/saved/add/", {"p": silent.pk, "name": "Spring"})
    assert ("Price on request" in compared.text, "5.60" in compared.text) == (True, False)
    assert SavedItem.objects.get().price is None


def test_filters_and_orders_of_the_search_do_not_know_the_price(silent):
    assert silent.pk not in search(query=Query(price_max=Decimal(50), currency="USD")).ids
    assert silent.pk not in search(query=Query(priced=True)).ids
    assert search(query=Query(sort=Sort.LOWEST_PRICE)).ids[-1] == silent.pk


def test_the_firm_and_officers_see_the_price_and_that_buyers_do_not(client, silent, member, officer):
    client.force_login(member.user)
    own = client.get(silent.get_absolute_url())
    client.force_login(officer)
    theirs = client.get(silent.get_absolute_url())
    assert ["Buyers do not see this price" in page.text for page in (own, theirs)] == [True, True]
    assert ["$5.60" in page.text for page in (own, theirs)] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_silence_and_an_answer_reach_the_index_by_themselves(planted_rows, member):
    listing = make_old_listing(company=member.company, title="Silent honey", days=120, asked=14)
    rebuild()
    assert listing.pk in search(query=Query(priced=True)).ids
    live_through()
    wait_until_settled()
    apply_changes()
    assert listing.pk not in search(query=Query(priced=True)).ids
    confirm_prices(member=member, listing_ids=[listing.pk])
    wait_until_settled()
    apply_changes()
    assert listing.pk in search(query=Query(priced=True)).ids


def test_an_answer_brings_the_price_back_at_once_for_strangers_too(client, silent, member):
    assert "Price on request" in client.get(silent.get_absolute_url()).text
    confirm_prices(member=member, listing_ids=[silent.pk])
    assert "$5.60" in client.get(silent.get_absolute_url()).text
    assert "$5.60" in client.get("/search/?q=silent").text


def test_the_version_itself_is_untouched(silent):
    assert silent.live_revision.price_visibility == "public"
    assert silent.live_revision.price_breaks.count() == 2


def test_a_new_version_shows_its_own_price_in_the_preview(client, silent, member):
    make_revision(silent, breaks=((60, "7.77"),))
    client.force_login(member.user)
    page = client.get(reverse("products:preview", args=[member.company.slug, silent.pk]))
    assert "$7.77" in page.text


def list_todos(member):
    return [todo for todo in get_dashboard(member=member).todos if todo.icon == "coin"]


def test_the_dashboard_says_what_silence_did_and_leads_there(client, silent, member):
    todo = list_todos(member)[0]
    assert (todo.title, todo.url) == (
        "One product shows “Price on request”",
        f"/sell/{member.company.slug}/products/prices/",
    )
    client.force_login(member.user)
    answer = client.post(todo.url, {"right": silent.pk}, follow=True)
    assert "Confirmed. Buyers see it as a price of today." in answer.text
    assert (list_todos(member), dates(silent)[2]) == ([], None)


def test_the_dashboard_asks_before_it_is_too_late(member):
    make_old_listing(company=member.company, days=100, asked=2)
    make_old_listing(company=member.company, days=100, asked=2)
    assert [todo.title for todo in list_todos(member)] == ["Are these 2 prices still right?"]


def test_viewers_have_nothing_to_answer(client, silent, member):
    viewer = make_member(company=member.company, role=Role.VIEWER)
    client.force_login(viewer.user)
    address = reverse("products:prices", args=[member.company.slug])
    assert list_todos(viewer) == []
    assert 'name="right"' not in client.get(address).text
    assert client.post(address, {"all": "1"}).status_code == 403
    assert list_asked_ids(member=member) == [silent.pk]


def test_a_stranger_does_not_see_what_a_firm_is_asked(client, silent, member):
    client.force_login(make_member().user)
    address = reverse("products:prices", args=[member.company.slug])
    assert [client.get(address).status_code, client.post(address, {"all": "1"}).status_code] == [404, 404]
    assert dates(silent)[0] == 120


def test_the_price_panel_says_why_and_its_button_brings_the_price_back(client, silent, member):
    client.force_login(member.user)
    editor = reverse("products:edit", args=[member.company.slug, silent.pk, "pictures"])
    page = client.get(editor).text
    assert "Buyers read “Price on request”" in page
    assert 'form="price-date"' in page
    answer = client.post(reverse("products:prices", args=[member.company.slug]), {"right": silent.pk, "back": "editor"})
    assert answer.url == f"{editor}#s-price"
    assert "Buyers read “Price on request”" not in client.get(editor).text
    assert dates(silent) == (0, 14, None)


def test_pausing_on_the_page_of_the_workspace_pauses(client, silent, member):
    client.force_login(member.user)
    address = reverse("products:prices", args=[member.company.slug])
    first = client.post(address, {"pause": silent.pk}, follow=True)
    second = client.post(address, {"pause": silent.pk}, follow=True)
    silent.refresh_from_db()
    assert ("Paused." in first.text, silent.state) == (True, "paused")
    assert "That does not fit" in second.text
    assert "No price waits for an answer" in second.text
