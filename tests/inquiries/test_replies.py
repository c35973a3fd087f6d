"""How fast a company answers: measured in working time, public from five answers on, a filter of the catalogue."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from inquiries.models import Inquiry, ReplyRecord
from inquiries.selectors.replies import describe_minutes, list_public_numbers, read_reply_values
from inquiries.services.clock import measure_replies
from listings.models import SearchChange
from listings.rules.searching import Query
from listings.search.indexer import rebuild
from listings.search.query import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(company, people):
    """Put answered inquiries straight into the table, by the working minutes that the first answer took."""

    def do(*minutes):
        now = timezone.now()
        for number, taken in enumerate(minutes):
            Inquiry.objects.create(
                company=company, key=str(number), buyer_email=f"buyer{number}@example.org", buyer_name="B", subject="S", asked_at=now,
                last_message_at=now, state="answered", confirmed_at=now, first_answered_at=now, first_answer_minutes=taken,
            )  # fmt: skip
        return measure_replies(company_id=company.pk)

    return do


def test_four_answers_say_nothing_yet(answered, company):
    record = answered(10, 20, 30, 40)
    assert (record.answers, record.median_minutes) == (4, None)
    assert list_public_numbers(company=company) == []


def test_from_five_answers_on_the_median_is_public(answered, company):
    assert answered(10, 600, 400, 500, 3000).median_minutes == 500
    (number,) = list_public_numbers(company=company)
    assert (number.label, number.value) == ("Usually answers within", "9 hours")


def test_an_answer_of_last_year_no_longer_counts(answered, company):
    answered(*[10] * 5)
    Inquiry.objects.filter(key="0").update(first_answered_at=timezone.now() - timedelta(days=366))
    assert measure_replies(company_id=company.pk).median_minutes is None


def test_the_catalogue_hears_of_a_new_median_only(answered, listing, company):
    answered(*[10] * 5)
    changes = SearchChange.objects.filter(listing_id=listing.pk).count()
    measure_replies(company_id=company.pk)
    assert changes == SearchChange.objects.filter(listing_id=listing.pk).count() == 1


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "1 hour"), (60, "1 hour"), (61, "2 hours"), (2880, "48 hours"), (2881, "3 working days")]
)
def test_working_minutes_in_words(minutes, words):
    assert describe_minutes(minutes=minutes) == words


def test_buyers_filter_by_reply_time(answered, listing, company):
    answered(*[1000] * 5)
    rebuild()
    assert read_reply_values(company_ids=[company.pk]) == {company.pk: ["1d", "2d"]}
    assert search(query=Query(registered={"reply": ("1d",)})).ids == (listing.pk,)
    assert search(query=Query(registered={"reply": ("8h",)})).ids == ()
    assert search(query=Query()).facets["reply"] == {"1d": 1, "2d": 1}


def test_the_search_page_shows_the_filter_and_its_chip(answered, listing):
    answered(*[1000] * 5)
    rebuild()
    page = Client().get("/search/", {"reply": "2d"})
    assert page.status_code == 200
    assert "Answers within two working days" in page.content.decode()
    assert "Washed Arabica" in page.content.decode()


def test_the_api_takes_the_filter_too(answered, listing):
    answered(*[1000] * 5)
    rebuild()
    assert Client().get("/api/v1/listings/", {"reply": "1d"}).json()["count"] == 1
    assert Client().get("/api/v1/listings/", {"reply": "never"}).status_code == 400


def test_a_slow_first_answer_is_written_down_in_working_minutes(thread, write, people, again):
    Inquiry.objects.filter(pk=thread.pk).update(confirmed_at=timezone.now() - timedelta(days=14))
    write(thread, people.owner)
    minutes = again(thread).first_answer_minutes
    assert 8 * 24 * 60 <= minutes <= 10 * 24 * 60
    assert ReplyRecord.objects.get().answers == 1


@pytest.mark.django_db(transaction=True)
def test_replies_are_measured_outside_of_a_transaction_too(answered):
    assert answered(10, 20, 30, 40).answers == 4
