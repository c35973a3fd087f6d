"""Officers call the firms that did not answer, and write down what came of it."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import NotFound
from core.models import AuditEntry
from listings.choices import RevisionState
from listings.models import PriceCall
from listings.selectors.silent_firms import count_silent_firms
from listings.services.price_calls import log_price_call
from storefronts.models import AgencyFacts, ContactChannel
from tests.listings.asked_prices import make_old_listing
from tests.listings.factories import make_company, make_member, make_revision

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/catalogue/silent-firms/"
QUERIES = 15


@pytest.fixture
def firm():
    """Silent for a week with two products."""
    company = make_company(legal_name="Silent Growers")
    for hidden in (7, 3):
        make_old_listing(company=company, days=150, asked=30, hidden=hidden)
    for kind, value in (("phone", "+233 302 000 101"), ("whatsapp", "+233302000102"), ("email", "a@example.org")):
        ContactChannel.objects.create(company=company, kind=kind, value=value, is_shown=False)
    AgencyFacts.objects.create(company=company, contact_name="Ama Owusu")
    return company


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def call(client, firm, **fields):
    return client.post(f"{ADDRESS}{firm.pk}/call/", {"outcome": "not_reached", **fields}, follow=True)


def test_the_list_names_firm_contact_phones_since_when_and_how_much(desk, firm):
    page = desk.get(ADDRESS)
    since = timezone.localdate() - timedelta(days=7)
    assert f"2 products on request since {since:%-d %b %Y}." in page.text
    assert [word in page.text for word in ("Silent Growers", "Ama Owusu", "tel:+233302000101", "+233302000102")] == [
        True
    ] * 4
    assert "a@example.org" not in page.text
    assert count_silent_firms() == 1


def test_the_longest_silent_firm_comes_first(desk, firm):
    older = make_old_listing(company=make_company(legal_name="Older Union"), days=200, asked=60, hidden=46)
    page = desk.get(ADDRESS).text
    assert page.index(older.company.legal_name) < page.index("Silent Growers")


def test_support_is_logged_by_the_link_of_the_app_above(desk, firm):
    assert reverse("admin:reporting_support", args=[firm.pk]) in desk.get(ADDRESS).text


@pytest.mark.parametrize("days", [{"asked": 10}, {"days": 5, "asked": 30}])
def test_firms_with_time_left_or_an_answer_are_not_on_it(days):
    make_old_listing(**{"days": 150, **days})
    assert count_silent_firms() == 0


def test_a_firm_that_waits_for_the_agency_is_not_on_it(firm):
    for listing in firm.listings.all():
        make_revision(listing, state=RevisionState.IN_REVIEW)
    assert count_silent_firms() == 0


def test_a_call_is_kept_and_the_firm_stays(desk, firm, officer):
    answer = call(desk, firm, note=" Nobody at noon. ")
    kept = PriceCall.objects.get()
    assert (kept.outcome, kept.note, kept.officer, kept.company) == ("not_reached", "Nobody at noon.", officer, firm)
    assert "Logged for Silent Growers." in answer.text
    assert "Nobody at noon." in answer.text
    assert AuditEntry.objects.filter(action="listings.price_call_logged").count() == 1


def test_a_firm_that_will_answer_leaves_the_list_for_seven_days(desk, firm):
    answer = call(desk, firm, outcome="reached")
    assert "It comes back to the list after 7 days" in answer.text
    assert count_silent_firms() == 0
    PriceCall.objects.update(called_at=timezone.now() - timedelta(days=7, minutes=1))
    assert count_silent_firms() == 1


def test_the_same_call_pressed_twice_is_kept_once(desk, firm):
    call(desk, firm, note="Noon")
    call(desk, firm, note="Noon")
    assert PriceCall.objects.count() == 1


def test_something_else_needs_words(desk, firm):
    answer = call(desk, firm, outcome="other")
    assert (answer.status_code, "Write what came of it." in answer.text) == (422, True)
    assert not PriceCall.objects.exists()


@pytest.mark.parametrize("outcome", ["", "gone"])
def test_an_outcome_that_we_do_not_know_is_refused_and_the_note_stays(desk, firm, outcome):
    answer = call(desk, firm, outcome=outcome, note="They moved")
    assert (answer.status_code, "They moved" in answer.text) == (422, True)
    assert not PriceCall.objects.exists()


def test_only_officers_log_calls(firm):
    with pytest.raises(NotFound):
        log_price_call(officer=make_member().user, company_id=firm.pk, outcome="reached", note="")
    assert not PriceCall.objects.exists()


def test_exporters_do_not_see_the_list(client, firm):
    client.force_login(make_member(company=firm).user)
    assert [client.get(path).status_code for path in (ADDRESS, "/admin/catalogue/silent-firms.csv")] == [302, 302]


def test_the_list_comes_as_csv(desk, firm):
    call(desk, firm, note="=1+1")
    answer = desk.get("/admin/catalogue/silent-firms.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    heading, row = csv.reader(io.StringIO(text))
    since, today = (timezone.localdate() - timedelta(days=7)).isoformat(), timezone.localdate().isoformat()
    assert heading[3:6] == ["Phone", "Silent since", "Products"]
    assert row[0] == "Silent Growers"
    assert row[2:] == ["Ama Owusu", "'+233 302 000 101, +233302000102", since, "2", today, "Not reached", "'=1+1"]


def test_the_list_costs_the_same_for_any_number(desk, firm, django_assert_num_queries):
    desk.get(ADDRESS)
    with django_assert_num_queries(QUERIES):
        desk.get(ADDRESS)
    for _ in range(4):
        make_old_listing(days=150, asked=30, hidden=7)
    with django_assert_num_queries(QUERIES):
        desk.get(ADDRESS)


def test_no_firm_is_good_news(desk):
    assert "Every firm has answered" in desk.get(ADDRESS).text
