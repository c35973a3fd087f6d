"""Who sees a price: the bare rule, then every place where a price could slip out."""

import pytest
from allauth.account.models import EmailAddress

from listings.rules.visibility import PriceAccess, Reader, find_price_access, may_see_price
from listings.search.indexer import rebuild
from tests.listings.factories import make_company, make_listing, make_member, make_officer, make_rate, make_user

STRANGER = Reader()
UNCONFIRMED = Reader(is_known=True)
CONFIRMED = Reader(is_known=True, is_confirmed=True)
MEMBER = Reader(is_known=True, company_ids=frozenset({7}))
OFFICER = Reader(is_known=True, is_officer=True)


@pytest.mark.parametrize(
    ("visibility", "reader", "access"),
    [
        ("public", STRANGER, PriceAccess.SHOWN),
        ("confirmed", STRANGER, PriceAccess.SIGN_IN),
        ("confirmed", UNCONFIRMED, PriceAccess.CONFIRM_ADDRESS),
        ("confirmed", CONFIRMED, PriceAccess.SHOWN),
        ("confirmed", MEMBER, PriceAccess.SHOWN),
        ("confirmed", OFFICER, PriceAccess.SHOWN),
        ("on_request", STRANGER, PriceAccess.ON_REQUEST),
        ("on_request", CONFIRMED, PriceAccess.ON_REQUEST),
        ("on_request", MEMBER, PriceAccess.SHOWN),
        ("on_request", OFFICER, PriceAccess.SHOWN),
        ("something new", STRANGER, PriceAccess.ON_REQUEST),
    ],
)
def test_each_reader_gets_what_the_exporter_chose(visibility, reader, access):
    assert find_price_access(visibility=visibility, company_id=7, reader=reader) is access
    assert may_see_price(visibility=visibility, company_id=7, reader=reader) is (access is PriceAccess.SHOWN)


def test_a_member_of_another_company_is_no_member():
    other = Reader(is_known=True, company_ids=frozenset({8}))

    assert may_see_price(visibility="on_request", company_id=7, reader=other) is False


CANARIES = ("4321.99", "4,321.99", "43219900", "8765.43", "8,765.43")


@pytest.fixture
def hidden(db):
    """Two listings whose prices and sample prices are not for everybody."""
    company = make_company()
    breaks = ((1, "8765.43"), (10, "4321.99"))
    listings = [
        make_listing(
            company=company,
            title=f"Canary {visibility}",
            price_visibility=visibility,
            breaks=breaks,
            sample_price="4321.99",
        )
        for visibility in ("confirmed", "on_request")
    ]
    make_rate("USD", "1.0705")
    rebuild()
    return listings


def all_answers(client, listings):
    """Everything that a buyer's browser or program can read about these listings."""
    pages = [
        "/",
        "/search/",
        "/search/?q=canary",
        "/search/?sort=moq",
        "/search/?currency=USD&price_min=4000",
        "/search/?currency=USD&sort=price",
    ]
    pages += [
        "/categories/green-coffee/",
        "/api/v1/listings/",
        "/api/v1/listings/?currency=USD&price_min=1",
        "/api/v1/listings/?q=4321.99",
    ]
    pages += [f"{one.get_absolute_url()}?quantity=20" for one in listings] + [
        f"/api/v1/listings/{one.pk}/" for one in listings
    ]
    return {page: client.get(page) for page in pages}


def leaks(answers):
    return [page for page, answer in answers.items() if any(canary in answer.content.decode() for canary in CANARIES)]


def test_a_hidden_price_is_in_no_page_and_no_json_that_a_stranger_reads(client, hidden):
    answers = all_answers(client, hidden)

    assert {answer.status_code for answer in answers.values()} == {200}
    assert leaks(answers) == []
    assert answers["/api/v1/listings/?currency=USD&price_min=1"].json()["count"] == 0
    assert answers["/search/?currency=USD&price_min=4000"].context["results"].total == 0


def test_a_confirmed_buyer_sees_the_one_price_on_the_page_and_neither_in_the_api(client, hidden):
    buyer = make_user()
    EmailAddress.objects.create(user=buyer, email=buyer.email, verified=True, primary=True)
    client.force_login(buyer)
    answers = all_answers(client, hidden)

    shown = leaks(answers)
    assert f"{hidden[0].get_absolute_url()}?quantity=20" in shown
    assert f"{hidden[1].get_absolute_url()}?quantity=20" in shown  # the similar card of the other listing
    assert [page for page in shown if page.startswith("/api/")] == []
    assert "8,765.43" not in client.get("/search/?q=request").content.decode()


def test_the_json_for_machines_in_the_page_offers_no_price_even_to_those_who_see_it(client, hidden):
    client.force_login(make_officer())
    html = client.get(hidden[0].get_absolute_url()).content.decode()
    described = html.split('<script type="application/ld+json">')[1].split("</script>")[0]

    assert "$8,765.43" in html
    assert "offers" not in described
    assert "8765" not in described


def test_a_member_sees_the_price_of_the_own_listing(client, hidden):
    client.force_login(make_member(company=hidden[1].company).user)

    assert "$4,321.99" in client.get(hidden[1].get_absolute_url()).content.decode()


@pytest.mark.parametrize(("number", "words"), [(0, "Sign in to see the price"), (1, "Price on request")])
def test_a_page_says_why_there_is_no_price(client, hidden, number, words):
    assert words in client.get(hidden[number].get_absolute_url()).content.decode()
