"""Unchanged pages cost their headers; what was taken off the market is gone from the first answer after that."""

import pytest

from listings.models import Listing, SearchChange
from listings.search.indexer import apply_changes, rebuild
from listings.selectors.market import read_market_state
from moderation.services import take_off_market
from tests.listings.factories import make_listing, make_officer, make_user

pytestmark = pytest.mark.django_db
PAGES = ("/", "/search/", "/search/?q=honey", "/categories/green-coffee/")


@pytest.fixture
def honey():
    listing = make_listing(title="Acacia honey")
    make_listing(title="Thyme honey")
    rebuild()
    return listing


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_a_browser_has_is_not_sent_again(client, honey, page):
    first = client.get(page)
    again = client.get(page, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, first["Cache-Control"]) == (200, "no-cache")
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert set(first["Vary"].split(", ")) >= {"Cookie", "HX-Request", "Save-Data"}


@pytest.mark.parametrize("page", PAGES)
def test_a_suspended_listing_is_gone_from_the_first_answer(client, honey, page):
    etag = client.get(page)["ETag"]
    assert "Acacia honey" in client.get(page).text
    take_off_market(kind="product", subject_id=honey.pk, officer=make_officer(), reason="The papers were forged.")
    answer = client.get(page, headers={"If-None-Match": etag})

    assert (answer.status_code, "Acacia honey" in answer.text, "Thyme honey" in answer.text) == (200, False, True)
    assert client.get(honey.get_absolute_url()).status_code == 410


def test_a_new_state_of_the_index_has_another_validator(client, honey):
    etag = client.get("/search/")["ETag"]
    Listing.objects.filter(pk=make_listing(title="Basket").pk).update(state="live")
    rebuild()
    apply_changes()

    assert client.get("/search/", headers={"If-None-Match": etag}).status_code == 200


def test_what_a_signed_in_person_reads_is_kept_by_nobody_in_between(client, honey):
    client.force_login(make_user())
    assert client.get("/search/")["Cache-Control"] == "private, no-cache"


def test_a_page_that_another_stranger_got_costs_one_query(client, honey, django_assert_num_queries):
    first = client.get("/search/?q=honey")
    with django_assert_num_queries(1):
        again = client.get("/search/?q=honey")

    assert (again.content, again["ETag"], again["Vary"]) == (first.content, first["ETag"], first["Vary"])


def test_a_product_that_another_stranger_read_costs_one_query(client, honey, django_assert_num_queries):
    first = client.get(honey.get_absolute_url())
    with django_assert_num_queries(1):
        again = client.get(honey.get_absolute_url())
    assert again.content == first.content
    assert client.get(f"{honey.get_absolute_url()}?quantity=600").content != first.content


def test_parts_and_light_pages_are_not_mixed_up_with_whole_ones(client, honey):
    whole = client.get("/search/?q=honey").content
    parts = client.get("/search/?q=honey", headers={"HX-Request": "true"}).content
    light = client.get("/search/?q=honey", headers={"Save-Data": "on"}).content

    assert len(parts) < len(whole)
    assert client.get("/search/?q=honey").content == whole
    assert client.get("/search/?q=honey", headers={"HX-Request": "true"}).content == parts
    assert client.get("/search/?q=honey", headers={"Save-Data": "on"}).content == light


def test_a_signed_in_person_gets_no_strangers_page(client, honey):
    client.get("/search/")
    client.force_login(make_user(full_name="Anna Kern"))

    assert "Sign in" not in client.get("/search/").text


def test_a_late_commit_with_a_lower_number_is_seen():
    first, second = (SearchChange.objects.create(listing_id=number) for number in (1, 2))
    SearchChange.objects.filter(pk=first.pk).delete()
    before = read_market_state()
    SearchChange.objects.create(pk=first.pk, listing_id=1)

    assert read_market_state() != before
    assert second.pk > first.pk
