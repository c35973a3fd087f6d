"""The read-only API of storefronts."""

import pytest

from storefronts.models import Company
from tests.storefronts.conftest import make_company, make_logo

LIST = "/api/v1/storefronts/"


def test_the_list_says_how_many_there_are(client, verified, people):
    make_company("hidden", legal_name="Hidden Mills")
    found = client.get(LIST).json()
    assert (found["count"], [row["slug"] for row in found["results"]]) == (1, ["adanu"])
    assert found["results"][0]["country_name"] == "Ghana"


@pytest.mark.parametrize(
    ("query", "slugs"), [("country=TG", ["lome"]), ("kind=trader", ["lome"]), ("q=adanu", ["adanu"]), ("q=none", [])]
)
def test_the_list_takes_the_directory_s_filters(client, verified, people, query, slugs):
    make_company("lome", officer=people.officer, legal_name="Lomé Cacao", country="TG", kind="trader", tagline="")
    assert [row["slug"] for row in client.get(f"{LIST}?{query}").json()["results"]] == slugs


def test_a_wrong_filter_is_a_problem(client, verified):
    answer = client.get(f"{LIST}?kind=nonsense")
    assert (answer.status_code, answer["Content-Type"], list(answer.json()["errors"])) == (
        400,
        "application/problem+json",
        ["kind"],
    )


def test_a_storefront_tells_shown_contacts_only(client, verified):
    verified.channels.create(kind="phone", value="+233302000101", is_shown=False)
    found = client.get(f"{LIST}adanu/").json()
    assert found["contacts"] == [{"kind": "email", "value": "sales@adanu.example"}]
    assert found["sites"][0]["name"] == "Washing station"


@pytest.mark.parametrize("who", ["owner", "stranger", "officer"])
def test_what_is_not_public_is_not_found_whoever_asks(client, draft, people, who):
    client.force_login(getattr(people, who))
    answer = client.get(f"{LIST}adanu/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_nothing_can_be_written(client, verified):
    assert client.post(LIST, {}, content_type="application/json").status_code == 405
    assert client.delete(f"{LIST}adanu/").status_code == 405


def test_the_list_costs_the_same_with_one_and_with_twenty(client, verified, people, django_assert_num_queries):
    Company.objects.update(logo=make_logo())
    with django_assert_num_queries(3):
        client.get(LIST)
    for number in range(20):
        make_company(
            f"c-{number}",
            officer=people.officer,
            legal_name=f"Company {number}",
            registration_number=str(number),
            logo=make_logo(),
        )
    with django_assert_num_queries(3):
        client.get(LIST)
