"""Visits are counted exactly, in the background, and nobody can be told from what is kept."""

import json
import threading
from datetime import date

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import BuyerProfile
from core.jobs import plan_night, run_due_jobs
from core.models import Job, JobState
from core.tally import Tally
from listings.models import TrafficBatch, WeeklyCount, WeeklyWords
from listings.rules.traffic import Sum, clean_words, get_week, list_weeks
from listings.search.indexer import rebuild
from listings.services import traffic
from listings.services.traffic import COUNT_JOB, add_counts, hand_over_counts
from tests.listings.factories import make_company, make_live_listing, make_member, make_officer, make_user

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
CANARY = "Mozilla/5.0 (canary-agent-7731)"
MONDAY = get_week(timezone.localdate())


@pytest.fixture
def listing():
    found = make_live_listing(title="Washed Arabica green coffee")
    rebuild()
    return found


def visit(client, path, *, agent=PHONE, **headers):
    return client.get(path, headers={"User-Agent": agent, **headers})


def count_now():
    """What the timer, the queue and the worker do within a minute."""
    hand_over_counts()
    Job.objects.filter(name=COUNT_JOB, state=JobState.WAITING).update(due_at=timezone.now())
    run_due_jobs()


def rows():
    return list(WeeklyCount.objects.order_by("kind", "country").values_list("kind", "country", "count"))


def searches():
    return list(WeeklyWords.objects.order_by("words").values_list("words", "count"))


def test_every_opened_page_counts_once(client, listing):
    for _ in range(3):
        visit(client, listing.get_absolute_url())
    visit(client, listing.company.get_absolute_url())
    count_now()
    assert list(WeeklyCount.objects.values_list("company", "listing", "week", "kind", "country", "count").order_by("kind")) == [
        (listing.company_id, listing.pk, MONDAY, "product", "", 3),
        (listing.company_id, None, MONDAY, "storefront", "", 1),
    ]  # fmt: skip


def test_later_batches_are_added_to_the_week(client, listing):
    for _ in range(2):
        visit(client, listing.get_absolute_url())
        count_now()
    assert rows() == [("product", "", 2)]
    assert TrafficBatch.objects.count() == 0


def test_a_kept_page_is_counted_without_a_statement_more(client, listing):
    url = listing.get_absolute_url()
    client.get(url)
    with CaptureQueriesContext(connection) as uncounted:
        client.get(url)
    with CaptureQueriesContext(connection) as counted:
        visit(client, url)
    assert len(counted) == len(uncounted) == 1
    count_now()
    assert rows() == [("product", "", 1)]


def test_a_drawn_page_of_a_signed_in_buyer_costs_no_statement_for_counting(client, listing):
    client.force_login(make_user())
    url = listing.get_absolute_url()
    client.get(url)
    with CaptureQueriesContext(connection) as uncounted:
        client.get(url)
    with CaptureQueriesContext(connection) as counted:
        visit(client, url)
    assert len(counted) == len(uncounted)


def test_the_buyers_country_is_that_of_the_profile(client, listing):
    buyer = make_user()
    BuyerProfile.objects.create(user=buyer, organisation="Hanse", country="DE")
    visit(client, listing.get_absolute_url())
    client.force_login(buyer)
    visit(client, listing.get_absolute_url())
    count_now()
    assert rows() == [("product", "", 1), ("product", "DE", 1)]


def ask_from(client, listing, destination):
    """The form that a buyer sends; their session then holds where the goods shall go."""
    words = {"text": "Do you ship there?", "quantity": "600", "destination": destination, "place": "Canary-on-Sea"}
    stranger = {"name": "Marie Duval", "organisation": "Duval", "email": "marie@duval.example"}
    answer = client.post(f"/ask/{listing.company_id}/?listing={listing.pk}", words | stranger)
    assert answer.status_code == 302


def test_without_a_profile_the_country_is_the_destination_that_was_chosen(client, listing):
    ask_from(client, listing, "FI")
    visit(client, listing.get_absolute_url())
    visit(client, listing.company.get_absolute_url())
    hand_over_counts()
    (batch,) = TrafficBatch.objects.all()
    assert "Canary" not in json.dumps(batch.sums)
    count_now()
    assert rows() == [("product", "FI", 1), ("storefront", "FI", 1)]


@pytest.mark.parametrize(("country", "counted"), [("DE", "DE"), ("", "FI"), (None, "FI")])
def test_the_profile_goes_before_the_chosen_destination(client, listing, country, counted):
    buyer = make_user()
    if country is not None:
        BuyerProfile.objects.create(user=buyer, organisation="Hanse", country=country)
    ask_from(client, listing, "FI")
    client.force_login(buyer)
    visit(client, listing.get_absolute_url())
    count_now()
    assert rows() == [("product", counted, 1)]


def test_the_own_team_and_officers_are_not_counted_other_exporters_are(client, listing):
    for person in (make_member(company=listing.company).user, make_officer(), make_member().user):
        client.force_login(person)
        visit(client, listing.get_absolute_url())
        visit(client, listing.company.get_absolute_url())
        visit(client, "/search/?q=arabica")
    count_now()
    assert rows() == [("product", "", 1), ("storefront", "", 1)]
    assert searches() == [("arabica", 1)]


@pytest.mark.parametrize(
    ("agent", "headers"),
    [
        ("", {}),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", {}),
        ("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", {}),
        ("facebookexternalhit/1.1", {}),
        ("WhatsApp/2.23.20.0", {}),
        ("curl/8.5.0", {}),
        ("python-requests/2.31", {}),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0", {}),
        (PHONE, {"Sec-Purpose": "prefetch;prerender"}),
        (PHONE, {"Purpose": "prefetch"}),
        (PHONE, {"X-Moz": "prefetch"}),
    ],
)
def test_programs_and_looks_ahead_are_not_counted(client, listing, agent, headers):
    visit(client, listing.get_absolute_url(), agent=agent, **headers)
    visit(client, listing.company.get_absolute_url(), agent=agent, **headers)
    count_now()
    assert (rows(), Job.objects.filter(name=COUNT_JOB).exists()) == ([], False)


def test_a_head_request_is_not_counted(client, listing):
    client.head(listing.get_absolute_url(), headers={"User-Agent": PHONE})
    client.head(listing.company.get_absolute_url(), headers={"User-Agent": PHONE})
    count_now()
    assert rows() == []


def test_working_out_a_price_on_the_page_is_no_new_view(client, listing):
    visit(client, f"{listing.get_absolute_url()}?quantity=600")
    count_now()
    assert rows() == []


def test_a_withdrawn_product_is_not_counted(client, listing):
    type(listing).objects.filter(pk=listing.pk).update(state="paused")
    assert visit(client, listing.get_absolute_url()).status_code == 410
    count_now()
    assert rows() == []


def test_a_search_counts_once_for_each_company_on_its_first_page(client, listing):
    other = make_live_listing(title="Natural Arabica green coffee")
    make_live_listing(company=listing.company, title="Arabica peaberry")
    make_live_listing(title="Clay pot")
    rebuild()
    for _ in range(2):  # the second comes from the kept page
        visit(client, "/search/?q=++%22Arabica%22+")
    count_now()
    assert set(WeeklyWords.objects.values_list("company", "week", "words", "count")) == {
        (listing.company_id, MONDAY, "arabica", 2),
        (other.company_id, MONDAY, "arabica", 2),
    }


@pytest.mark.parametrize("more", ["&page=2", "&sort=newest", "&country=GH", "&sample=yes"])
def test_filters_orders_and_further_pages_are_the_same_search(client, listing, more):
    visit(client, f"/search/?q=arabica{more}")
    count_now()
    assert searches() == []


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("  Café   VERT ", "café vert"),
        ("“Green coffee”", "green coffee"),
        ("5 kg honey", "5 kg honey"),
        ("0901.11", "0901.11"),
        ("ama@cocoa.example", ""),
        ("https://cocoa.example", ""),
        ("ama 0244123456", ""),
        ("ama 0244 123 456", ""),
        ("ama 024-412-3456", ""),
        ("x" * 61, ""),
        ("", ""),
    ],
)
def test_words_are_counted_in_one_form_and_never_when_they_look_personal(typed, counted):
    assert clean_words(typed) == counted


def test_a_repeated_job_counts_nothing_twice(client, listing):
    visit(client, listing.get_absolute_url())
    count_now()
    Job.objects.filter(name=COUNT_JOB).update(state=JobState.WAITING, due_at=timezone.now(), attempts=0)
    run_due_jobs()
    assert rows() == [("product", "", 1)]


def test_a_job_that_dies_half_way_leaves_the_batch_for_the_next_attempt(client, listing, monkeypatch):
    visit(client, listing.get_absolute_url())
    hand_over_counts()

    def die(**_):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(traffic, "_add", lambda *_: die())
        Job.objects.filter(name=COUNT_JOB).update(due_at=timezone.now())
        run_due_jobs()
    assert (rows(), TrafficBatch.objects.count()) == ([], 1)
    Job.objects.filter(name=COUNT_JOB).update(due_at=timezone.now())
    run_due_jobs()
    assert (rows(), TrafficBatch.objects.count()) == ([("product", "", 1)], 0)


def test_a_row_that_the_night_takes_away_meanwhile_loses_no_count(client, listing, monkeypatch):
    visit(client, listing.get_absolute_url())
    with monkeypatch.context() as patch:
        patch.setattr(WeeklyCount.objects, "bulk_create", lambda *_, **__: [])
        count_now()
    assert (rows(), TrafficBatch.objects.count()) == ([], 1)
    count_now()
    assert (rows(), TrafficBatch.objects.count()) == ([("product", "", 1)], 0)


def test_batches_of_several_processes_are_one_job(client, listing):
    for _ in range(3):
        visit(client, listing.get_absolute_url())
        hand_over_counts()
    assert (TrafficBatch.objects.count(), Job.objects.filter(name=COUNT_JOB).count()) == (3, 1)
    count_now()
    assert rows() == [("product", "", 3)]


def test_a_database_that_is_away_loses_no_count(client, listing, monkeypatch):
    visit(client, listing.get_absolute_url())
    with monkeypatch.context() as patch:
        patch.setattr(TrafficBatch.objects, "create", lambda **_: 1 / 0)
        hand_over_counts()
    assert rows() == []
    count_now()
    assert rows() == [("product", "", 1)]


def test_a_company_or_product_that_is_gone_drops_out_of_its_batch(listing):
    add_counts(
        sums={
            Sum("product", listing.company_id, MONDAY, 987654): 4,
            Sum("storefront", 987654, MONDAY): 4,
            Sum("search", 987654, MONDAY, words="coffee"): 4,
            Sum("product", listing.company_id, MONDAY, listing.pk): 2,
        }
    )
    assert (rows(), searches()) == ([("product", "", 2)], [])


def test_nothing_kept_tells_who_it_was(client, listing):
    buyer = make_user("canary-person@example.org", full_name="Canary Name")
    BuyerProfile.objects.create(user=buyer, organisation="Canary House", city="Canary City", country="DE")
    client.force_login(buyer)
    for path in (listing.get_absolute_url(), listing.company.get_absolute_url(), "/search/?q=arabica"):
        client.get(
            path, headers={"User-Agent": CANARY, "Referer": "https://canary.example/"}, REMOTE_ADDR="203.0.113.77"
        )
    session = client.session.session_key
    hand_over_counts()
    (batch,) = TrafficBatch.objects.all()
    before = json.dumps(batch.sums)
    count_now()
    kept = before + serializers.serialize(
        "json", [*WeeklyCount.objects.all(), *WeeklyWords.objects.all(), *Job.objects.filter(name=COUNT_JOB)]
    )
    assert [word for word in ("canary", "Canary", "203.0.113", session) if word in kept] == []
    assert {field.name for field in WeeklyCount._meta.get_fields()} == {
        "id", "company", "listing", "week", "kind", "country", "count",
    }  # fmt: skip
    assert {field.name for field in WeeklyWords._meta.get_fields()} == {"id", "company", "week", "words", "count"}
    assert batch.sums == sorted(
        [
            ["product", listing.company_id, MONDAY.isoformat(), listing.pk, "DE", "", 1],
            ["search", listing.company_id, MONDAY.isoformat(), None, "", "arabica", 1],
            ["storefront", listing.company_id, MONDAY.isoformat(), None, "DE", "", 1],
        ]
    )


def test_a_night_forgets_what_is_two_years_old_and_rare_words_of_weeks_that_are_over():
    company = make_company()
    today = date(2026, 11, 26)
    weeks = {
        "old": date(2024, 11, 11),
        "kept": date(2024, 11, 18),
        "over": date(2026, 11, 9),
        "last": date(2026, 11, 16),
    }
    add_counts(
        sums={
            **{Sum("storefront", company.pk, weeks[name]): 9 for name in ("old", "kept")},
            **{Sum("search", company.pk, week, words=f"many {name}"): 3 for name, week in weeks.items()},
            **{Sum("search", company.pk, week, words=f"few {name}"): 2 for name, week in weeks.items()},
        }
    )
    plan_night(day=today)
    Job.objects.exclude(name=traffic.FORGET_JOB).delete()
    run_due_jobs()
    assert list(WeeklyCount.objects.values_list("week", flat=True)) == [weeks["kept"]]
    assert [words for words, _ in searches()] == ["few last", "many kept", "many last", "many over"]


def test_a_signed_in_person_counts_once_in_a_hand_over_and_again_in_the_next(client, listing):
    client.force_login(make_user())
    for _ in range(2):
        for _ in range(3):
            visit(client, listing.get_absolute_url())
            visit(client, listing.company.get_absolute_url())
            visit(client, "/search/?q=arabica")
        ask_from(client, listing, "FI")
        visit(client, listing.get_absolute_url())
        hand_over_counts()
    count_now()
    assert sum(count for kind, _country, count in rows() if kind == "product") == 2
    assert sum(count for kind, _country, count in rows() if kind == "storefront") == 2
    assert searches() == [("arabica", 2)]


def test_weeks_begin_on_monday():
    assert get_week(date(2026, 11, 29)) == date(2026, 11, 23)
    assert list_weeks(date(2026, 11, 26), 3) == [date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)]


def test_the_timer_hands_over_by_itself(settings):
    settings.TALLY_SECONDS = 0.3
    written, done = [], threading.Event()

    def write(counts):
        written.append(dict(counts))
        done.set()

    tally = Tally(write)
    tally.add("a")
    tally.add("a")
    assert done.wait(timeout=10)
    assert written == [{"a": 2}]


def test_a_tally_that_is_full_takes_no_new_key():
    written = []
    tally = Tally(written.append, most=1)
    for key in ("a", "b", "a"):
        tally.add(key)
    tally.hand_over()
    assert written == [{"a": 2}]
