"""Home, category, search and product pages as a buyer's browser gets them."""

import re

import pytest
from django.core.management import call_command

from core import slots
from listings.choices import ListingState
from listings.models import Listing
from listings.search.index import find_folder, root
from listings.search.indexer import rebuild
from tests.listings.factories import make_category, make_company, make_listing, make_user

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def crowd():
    """Thirty listings of twelve companies in two categories."""
    companies = [make_company() for _ in range(12)]
    baskets = make_category("baskets", "Baskets", branch_slug="crafts-and-gifts", branch_name="Crafts and gifts")
    for number in range(30):
        category = {"category": baskets} if number % 3 == 0 else {}
        make_listing(company=companies[number % 12], title=f"Product number {number}", pictures=2, **category)
    rebuild()
    return companies


def test_an_empty_catalogue_says_that_the_first_exporters_are_coming(client):
    page = text_of(client.get("/"))

    assert "The first exporters are coming" in page
    assert "Shop by category" not in page
    assert 'href="/categories/food-and-drink/"' in page


def test_a_small_catalogue_shows_its_products_and_no_figures(client):
    for number in range(5):
        make_listing(title=f"Honey {number}")
    page = text_of(client.get("/"))

    assert page.count('<article class="card">') == 5
    assert "<small>5 products</small>" in page
    assert "exporters that our officers have checked." in page
    assert "Buy 5 products" not in page
    assert "Most products in" not in page


def test_a_large_catalogue_says_how_large(client, crowd):
    page = text_of(client.get("/"))

    assert "Buy 30 products directly from 12 exporters" in page
    assert "<small>20 products</small>" in page
    assert "<small>10 products</small>" in page
    assert page.count('<article class="card">') == 8


def test_home_needs_the_same_few_queries_for_any_number_of_listings(client, crowd, django_assert_num_queries):
    with django_assert_num_queries(13):  # figures and categories are read once a minute
        client.get("/")
    with django_assert_num_queries(4):
        client.get("/?drawn=anew")
    with django_assert_num_queries(1):
        client.get("/")


def test_search_needs_the_same_few_queries_for_any_number_of_results(client, crowd, django_assert_num_queries):
    with django_assert_num_queries(11):  # categories, schemes and synonyms are read once a minute
        assert client.get("/search/?q=product").context["results"].total == 30
    with django_assert_num_queries(8):
        assert client.get("/search/?q=product&page=2").context["results"].total == 30


def test_product_needs_the_same_few_queries_with_all_its_parts(client, crowd, django_assert_num_queries):
    listing = Listing.objects.live().first()
    with django_assert_num_queries(24):
        assert client.get(listing.get_absolute_url()).status_code == 200


def test_search_pages_are_links_that_keep_the_question(client, crowd):
    first, second = client.get("/search/?q=product"), client.get("/search/?q=product&page=2")

    assert 'href="?q=product&amp;page=2"' in text_of(first)
    assert (len(first.context["results"].cards), len(second.context["results"].cards)) == (24, 6)
    assert "30 products" in text_of(second)


def test_a_page_number_that_is_none_shows_the_first_and_one_too_high_the_last(client, crowd):
    assert client.get("/search/?page=abc").context["results"].page.number == 1
    assert client.get("/search/?page=999").context["results"].page.number == 2


def test_each_chip_takes_off_its_own_filter(client, crowd):
    chips = client.get("/search/?q=product&category=baskets&country=GH&moq=kg-500&page=1").context["results"].chips

    assert {chip.label: chip.url for chip in chips} == {
        "Baskets": "/search/?q=product&country=GH&moq=kg-500",
        "Ghana": "/search/?q=product&category=baskets&moq=kg-500",
        "Minimum order up to 500 kg": "/search/?q=product&category=baskets&country=GH",
    }


def test_what_is_in_the_search_stays_in_the_form(client, crowd):
    page = text_of(client.get("/search/?q=product&category=baskets&sort=lead"))

    assert 'name="category" value="baskets" checked' in page
    assert '<option value="lead" selected>' in page
    assert '<input type="hidden" name="q" value="product">' in page
    assert "“product”: 10 products | Lateen" in page


def test_a_filter_that_leaves_nothing_is_named_with_the_count_without_it(client, crowd):
    response = client.get("/search/?q=product&country=KE&lead=20")
    page = text_of(response)

    assert response.status_code == 200
    assert "Nothing found for “<bdi>product</bdi>”" in page
    assert '<a href="/search/?q=product&amp;lead=20">Without “Kenya”: 30 products</a>' in page


def test_filters_are_to_blame_only_where_the_words_find_something(client, crowd):
    several = text_of(client.get("/search/?q=product&country=KE&women=yes"))
    nonsense = text_of(client.get("/search/?q=zzzzqqqq&country=KE&women=yes"))

    assert '<a href="/search/?q=product">Without filters: 30 products</a>' in several
    assert ("Several filters" in nonsense, "more general words" in nonsense) == (False, True)


def test_a_misspelt_search_offers_the_near_spelling_and_categories(client):
    make_listing(title="Cinnamon sticks")
    rebuild()
    page = text_of(client.get("/search/?q=cinamon"))

    assert '<a class="b" href="/search/?q=cinnamon"><bdi>cinnamon</bdi></a>' in page
    assert 'href="/categories/crafts-and-gifts/"' in page


def test_a_price_that_is_no_number_is_said_at_the_field_and_kept(client, crowd):
    response = client.get("/search/?currency=USD&price_min=cheap")
    page = text_of(response)

    assert response.status_code == 422
    assert "<title>Error: " in page
    assert 'value="cheap"' in page
    assert page.count("Write the lowest price as a number, such as 5.40.") == 2
    assert response.context["results"].total == 30


def test_a_price_without_a_currency_is_in_euro_where_no_rate_is_known(client, crowd):
    response = client.get("/search/?price_min=100000&sort=price")

    assert response.status_code == 200
    assert (response.context["results"].total, response.context["results"].chips[0].label) == (0, "From €100,000.00")


def test_htmx_gets_the_parts_that_change_and_caches_keep_both_apart(client, crowd):
    whole, parts = client.get("/search/?q=product"), client.get("/search/?q=product", headers={"HX-Request": "true"})

    assert "HX-Request" in whole["Vary"]
    assert "<html" not in text_of(parts)
    assert [part in text_of(parts) for part in ('id="results"', 'id="facet-groups"', 'id="chips"', 'id="count"')] == [
        True
    ] * 4
    back = client.get("/search/?q=product", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in text_of(back)


def test_less_data_means_twelve_cards_and_small_pictures(client, crowd):
    response = client.get("/search/", headers={"Save-Data": "on"})

    assert len(response.context["results"].cards) == 12
    assert "/320.webp 320w" in text_of(response)
    assert "Save-Data" in response["Vary"]


def test_a_category_page_holds_its_products_and_its_sub_categories(client, crowd):
    branch, leaf = client.get("/categories/crafts-and-gifts/"), client.get("/categories/baskets/?q=number")

    assert branch.context["results"].total == leaf.context["results"].total == 10
    assert 'href="/categories/baskets/"' in text_of(branch)
    assert "“number” in Baskets" in text_of(leaf)
    assert 'aria-current="page">Crafts and gifts' in text_of(leaf)
    assert client.get("/categories/no-such-thing/").status_code == 404


@pytest.mark.parametrize("path", ["/search/", "/search/?q=honey", "/categories/green-coffee/"])
def test_without_an_index_search_says_that_the_catalogue_is_being_prepared(client, path):
    make_listing(title="Honey")
    response = client.get(path)

    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "The catalogue is being prepared" in text_of(response)
    assert "Honey" in text_of(client.get("/"))


def test_a_broken_index_is_no_error_page(client, crowd):
    (find_folder() / "meta.json").write_text("{")

    assert client.get("/search/").status_code == 503
    call_command("search", "rebuild")
    assert client.get("/search/").context["results"].total == 30
    assert len([path for path in root().iterdir() if path.is_dir()]) == 1


def test_what_the_index_still_knows_and_the_database_no_longer_shows_is_left_out(client, crowd):
    Listing.objects.filter(live_revision__title="Product number 7").update(state=ListingState.SUSPENDED)
    response = client.get('/search/?q="number 7"')

    assert response.status_code == 200
    assert response.context["results"].cards == []


@pytest.mark.parametrize(
    "typed", ["%00", "%F0%9F", "a" * 5000, "%22%22%22", "AND OR NOT", "*:*", "title:(", "-", "%E2%80%8F"]
)
def test_hostile_words_are_only_words(client, crowd, typed):
    assert client.get(f"/search/?q={typed}").status_code == 200


@pytest.mark.parametrize(
    "parameters",
    ["category=%27", "country=XX&moq=kg-1&lead=x", "currency=ZZZ", "verified=maybe", "sort=;drop", "page=-1"],
)
def test_unknown_values_of_filters_are_left_out(client, crowd, parameters):
    response = client.get(f"/search/?{parameters}")

    assert response.status_code == 200
    assert response.context["results"].total == 30


@pytest.mark.parametrize("path", ["/", "/search/?q=product", "/categories/baskets/"])
def test_an_anonymous_page_that_has_not_changed_is_not_sent_again(client, crowd, path):
    first = client.get(path)

    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_pages_are_read_only(client, crowd):
    assert client.post("/search/").status_code == 405
    assert client.head("/").status_code == 200


def test_a_storefront_shows_the_live_products_of_its_company(client):
    company = make_company()
    shown = make_listing(company=company, title="Honey")
    make_listing(company=company, title="Wax", state=ListingState.PAUSED)
    make_listing(title="Of another")
    page = text_of(client.get(company.get_absolute_url()))

    assert page.count('<article class="card">') == 1
    assert f'href="{shown.get_absolute_url()}"' in page


def test_the_products_of_a_storefront_keep_to_their_query_budget(crowd, django_assert_max_num_queries):
    filling = next(one for one in slots.list_fillings() if one.slot == "storefront.products")
    with django_assert_max_num_queries(filling.queries):
        given = filling.select(company=crowd[0], user=make_user(), language="en")

    assert len(given["cards"]) == 3


@pytest.mark.parametrize("typed", ["5,40", "5.40", "\u0665\u066b\u0664\u0660"])
@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_a_price_is_read_as_its_reader_writes_it(client, prefix, typed):
    make_listing()
    rebuild()
    response = client.get(f"{prefix}/search/", {"currency": "USD", "price_max": typed})
    assert (response.status_code, response.context["price_range"]["error"]) == (200, "")
    assert "5.40" in response.context["results"].chips[-1].label


def test_all_products_of_a_large_company_are_reached_from_its_storefront(client, monkeypatch):
    monkeypatch.setattr("listings.selectors.catalogue.ON_STOREFRONT", 2)
    company = make_company(legal_name="Kpando Potters")
    titles = {make_listing(company=company, title=f"Pot {number}").live_revision.title for number in range(3)}
    make_listing(title="Coffee")
    rebuild()
    part = client.get(company.get_absolute_url()).context["page"].products[0].context
    found = client.get(part["more_url"]).context["results"].cards
    assert (part["more"], {card.title for card in found}) == (1, titles)
