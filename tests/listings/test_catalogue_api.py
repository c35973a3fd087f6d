"""The catalogue as JSON: the same answers as the page, strict about what is asked."""

import pytest

from listings.choices import ListingState
from listings.search.indexer import rebuild
from tests.listings.factories import make_category, make_company, make_listing, make_rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd():
    """Thirty coffees, one basket from Kenya and a blend on request."""
    company = make_company()
    for number in range(30):
        make_listing(
            company=company, title=f"Coffee {number}", minimum_order=10 * (number + 1), lead_time_days=number + 1
        )
    make_rate("USD", "1.0705")
    basket = make_category("baskets", "Baskets", branch_slug="crafts-and-gifts", branch_name="Crafts and gifts")
    make_listing(company=make_company(country="KE"), title="Basket", category=basket, unit="piece", currency="EUR")
    make_listing(company=company, title="Blend", price_visibility="on_request", lead_time_days=1)
    rebuild()


@pytest.mark.parametrize(
    "parameters",
    [
        "",
        "q=coffee",
        "q=coffee&sort=lead&lead=20",
        "country=KE&country=GH&moq=kg-50&moq=piece-100",
        "category=crafts-and-gifts",
        "currency=USD&price_max=6&sort=price&page=2",
        "verified=yes&sample=yes&sort=newest",
        "q=nothing-of-this-kind",
    ],
)
def test_the_api_gives_the_same_listings_in_the_same_order_as_the_page(client, crowd, parameters):
    page = client.get(f"/search/?{parameters}").context["results"]
    body = client.get(f"/api/v1/listings/?{parameters}").json()

    assert [row["id"] for row in body["results"]] == [card.id for card in page.cards]
    assert body["count"] == page.total


def test_a_listing_is_given_in_plain_values(client):
    listing = make_listing(company=make_company(legal_name="Adanu", slug="adanu"), title="Honey", summary="Dark")
    body = client.get(f"/api/v1/listings/{listing.pk}/").json()

    assert body["price"] == {
        "currency": "USD", "lowest": "5.6000", "highest": "6.2000", "incoterm": "FOB", "incoterm_place": "Tema",
        "breaks": [{"minimum_quantity": "60.000", "unit_price": "6.2000"}, {"minimum_quantity": "300.000", "unit_price": "5.6000"}],
    }  # fmt: skip
    assert (body["id"], body["title"], body["summary"], body["unit"]) == (listing.pk, "Honey", "Dark", "kg")
    assert body["url"] == f"http://localhost:8000/products/honey/{listing.pk}/"
    assert (body["category"], body["hs_code"], body["minimum_order"], body["lead_time_days"]) == (
        "green-coffee",
        "090111",
        "60.000",
        18,
    )
    assert body["company"]["slug"] == "adanu"
    assert body["picture"].endswith("/320.webp")


def test_a_hidden_price_is_null(client):
    listing = make_listing(price_visibility="confirmed")
    body = client.get(f"/api/v1/listings/{listing.pk}/").json()

    assert (body["price"], body["price_visibility"]) == (None, "confirmed")


def test_pages_link_to_one_another(client, crowd):
    first = client.get("/api/v1/listings/?q=coffee&sort=lead").json()
    second = client.get(first["next"]).json()

    assert (first["count"], len(first["results"]), first["previous"]) == (31, 24, None)
    assert first["next"] == "http://testserver/api/v1/listings/?q=coffee&sort=lead&page=2"
    assert (len(second["results"]), second["next"]) == (7, None)
    assert second["previous"] == "http://testserver/api/v1/listings/?q=coffee&sort=lead&page=1"


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ("colour=red", "colour"), ("category=no-such", "category"), ("country=Ghana", "country"), ("moq=kg-7", "moq"), ("lead=11", "lead"),
        ("verified=1", "verified"), ("currency=ZZZ", "currency"), ("sort=cheapest", "sort"), ("price=7-9", "price"), ("page=0", "page"),
        ("page=first", "page"), ("page=99", "page"), ("currency=JPY", "currency"), ("currency=USD&price_min=a", "price_min"),
        ("currency=USD&price_min=9&price_max=1", "price_min"), ("q=%00", "q"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_refused_by_name(client, crowd, parameters, wrong):
    response = client.get(f"/api/v1/listings/?{parameters}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [wrong]


def test_what_is_not_live_is_not_given(client):
    draft, paused = make_listing(state=ListingState.DRAFT), make_listing(state=ListingState.PAUSED)

    gone = client.get(f"/api/v1/listings/{paused.pk}/")
    assert (gone.status_code, gone["Content-Type"]) == (410, "application/problem+json")
    assert client.get(f"/api/v1/listings/{draft.pk}/").status_code == 404
    assert client.get("/api/v1/listings/987654/").status_code == 404


def test_without_an_index_the_api_asks_to_come_back(client):
    response = client.get("/api/v1/listings/")

    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_the_api_is_read_only_and_json_only(client, crowd):
    assert client.post("/api/v1/listings/", {}).status_code in {403, 405}
    assert (
        client.get("/api/v1/listings/", headers={"Accept": "text/html,*/*;q=0.8"})["Content-Type"] == "application/json"
    )
    assert client.get("/api/v1/listings/", headers={"Accept": "text/csv"}).status_code == 406


def test_a_page_of_listings_needs_the_same_few_queries(client, crowd, django_assert_num_queries):
    client.get("/search/?q=basket")  # reads the categories, schemes and synonyms that a process keeps for a minute
    with django_assert_num_queries(7):
        client.get("/api/v1/listings/?q=coffee")
    with django_assert_num_queries(7):
        client.get("/api/v1/listings/?q=coffee")


def test_the_schema_describes_parameters_and_fields(client):
    schema = client.get("/api/v1/schema/?format=json").json()
    operation = schema["paths"]["/api/v1/listings/"]["get"]

    assert {one["name"] for one in operation["parameters"]} == {
        "q", "category", "country", "certificate", "evidence", "verified", "company_kind", "moq", "price", "lead", "incoterm", "sample", "language", "women", "priced", "reply",
        "currency", "price_min", "price_max", "sort", "page",
    }  # fmt: skip
    assert schema["components"]["schemas"]["Listing"]["properties"]["lead_time_days"] == {
        "type": "integer",
        "nullable": True,
    }
    assert set(operation["responses"]) == {"200", "400", "503"}


@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 30])
def test_a_number_beyond_every_listing_is_not_found(client, number):
    assert client.get(f"/api/v1/listings/{number}/").status_code == 404
