"""How providers answer: what is counted and how, what the breaker reads, the officers' pages, and how many queries that takes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.errors import NotFound
from shipping.models import CarrierAccount
from shipping.rules.breakers import Outcome, is_resting
from shipping.selectors.health import (
    CARDS,
    FORWARDERS,
    Tally,
    build_span,
    complete,
    find_health,
    list_health,
    list_outcomes,
    list_pieces,
)
from tests.listings.factories import make_company, make_member, make_officer
from tests.shipping.accounts import enter
from tests.shipping.attempts import keep

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 3, 14, 20, tzinfo=UTC)
HOUR = 3600


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def company():
    return make_company()


@pytest.fixture
def account(officer):
    return enter(officer, name="Agency")


@pytest.fixture
def own(company):
    return enter(make_member(company=company).user, company, name="Own")


def fault(account, ago_s, failure="server", **fields):
    return (account, "failed", {"ago_s": ago_s, "failure": failure, **fields})


def ok(account, ago_s=60, **fields):
    return (account, "ok", {"ago_s": ago_s, **fields})


def measure(officer, key="day", now=NOW):
    """Every provider by its account's name, or by its key."""
    span = build_span(key=key, now=now)
    told = complete(told=list_health(user=officer, span=span), span=span, now=now)
    return {one.account.name if one.account else one.key: one for one in told}


# --- counting ---


def test_what_ended_is_an_attempt_and_what_asked_nobody_is_counted_apart(officer, company, account):
    (first, *_rest) = keep(
        company, ok(account), (account, "none", {"failure": "no_service"}), fault(account, 60), (account, "timeout", {"failure": "timeout"}),
        (account, "skipped", {"failure": "resting"}), (account, "running", {}), (account, "queued", {}), now=NOW,
    )  # fmt: skip
    keep(company, ok(account, copied_from=first), ok(account, copied_from=first), now=NOW)
    told = measure(officer)["Agency"].tally
    assert told == Tally(attempts=4, answered=2, timeouts=1, failures=2, from_cache=2, not_asked=1)


def test_the_last_day_and_the_last_week(officer, company, account):
    keep(company, ok(account, 23 * HOUR), ok(account, 25 * HOUR), ok(account, 6 * 24 * HOUR), ok(account, 8 * 24 * HOUR), now=NOW)  # fmt: skip
    assert measure(officer)["Agency"].tally.attempts == 1
    assert measure(officer, "week")["Agency"].tally.attempts == 3


def test_median_and_95th_percentile_are_times_that_were_measured(officer, company, account, own):
    keep(company, *(ok(account, elapsed_ms=number * 10) for number in range(1, 101)), now=NOW)
    keep(company, ok(own, elapsed_ms=300), ok(own, elapsed_ms=100), ok(own, elapsed_ms=200), now=NOW)
    told = measure(officer)
    assert (told["Agency"].median_ms, told["Agency"].p95_ms) == (500, 950)
    assert (told["Own"].median_ms, told["Own"].p95_ms) == (200, 300)
    assert (told[CARDS].median_ms, told[CARDS].p95_ms) == (None, None)


def test_one_attempt_is_its_own_median(officer, company, account):
    (first,) = keep(company, ok(account, elapsed_ms=420), now=NOW)
    keep(company, ok(account, elapsed_ms=1, copied_from=first), now=NOW)
    told = measure(officer)["Agency"]
    assert (told.median_ms, told.p95_ms) == (420, 420)


def test_failures_are_counted_by_code_and_the_latest_is_kept_with_its_words(officer, company, account):
    keep(
        company, fault(account, 300, "tls"), fault(account, 200, "server", detail="Try later"), fault(account, 250, "server"),
        (account, "none", {"failure": "no_service", "ago_s": 10}), ok(account, 20), now=NOW,
    )  # fmt: skip
    told = measure(officer)["Agency"]
    assert dict(told.codes) == {"server": 2, "tls": 1}
    assert list(told.codes) == ["server", "tls"]
    assert (told.last_fault.code, told.last_fault.detail) == ("server", "Try later")
    assert told.last_fault.at == NOW - timedelta(seconds=200)
    assert told.last_answer_at == NOW - timedelta(seconds=10)


def test_cards_and_forwarders_are_one_line_each(officer, company):
    keep(company, ok(None, elapsed_ms=4), ok(None, elapsed_ms=6), ok(None, kind="forwarder", elapsed_ms=7_200_000), now=NOW)  # fmt: skip
    told = measure(officer)
    assert (told[CARDS].tally.attempts, told[CARDS].median_ms) == (2, 4)
    assert (told[FORWARDERS].tally.attempts, told[FORWARDERS].median_ms) == (1, 7_200_000)


def test_exporters_accounts_with_failures_stand_before_those_without(officer, company, account, own):
    ailing = enter(make_member(company=company).user, company, name="Ailing")
    keep(company, ok(own), ok(own), fault(ailing, 5), now=NOW)
    assert list(measure(officer)) == [CARDS, FORWARDERS, "Agency", "Ailing", "Own"]


def test_each_hour_and_each_day_has_its_counts(officer, company, account, own):
    keep(company, ok(account, 60), fault(account, 60), ok(account, HOUR), ok(own, HOUR), ok(None, HOUR), now=NOW)
    day = list_pieces(span=build_span(key="day", now=NOW), key=("carrier", account.pk))
    assert len(day) == 24
    assert day[-2:] == [Tally(attempts=1, answered=1), Tally(attempts=2, answered=1, failures=1)]
    together = list_pieces(span=build_span(key="day", now=NOW))
    assert [one.attempts for one in together[-2:]] == [2, 2]
    week = list_pieces(span=build_span(key="week", now=NOW), key=CARDS)
    assert [one.attempts for one in week] == [0, 0, 0, 0, 0, 0, 1]


def test_hours_and_days_begin_where_clocks_of_the_site_say_so(settings):
    settings.TIME_ZONE = "Asia/Kolkata"
    with timezone.override("Asia/Kolkata"):
        day, week = build_span(key="day", now=NOW), build_span(key="week", now=NOW)
    assert (day.starts[-1].isoformat(), day.starts[0].isoformat()) == ("2026-12-03T19:00:00+05:30", "2026-12-02T20:00:00+05:30")  # fmt: skip
    assert (week.starts[-1].isoformat(), week.since.isoformat()) == ("2026-12-03T00:00:00+05:30", "2026-11-27T00:00:00+05:30")  # fmt: skip


def test_only_officers_may_know(company, own):
    span = build_span(key="day", now=NOW)
    with pytest.raises(NotFound):
        list_health(user=own.created_by, span=span)
    with pytest.raises(NotFound):
        find_health(user=own.created_by, span=span, provider=str(own.pk))


# --- what the breaker reads ---


def test_the_breaker_reads_the_last_five_real_tries_of_each_account(company, account, own, django_assert_num_queries):
    keep(company, *(fault(account, ago) for ago in (70, 10, 50, 30, 20, 40)), ok(own, 15), now=NOW)
    with django_assert_num_queries(1):
        found = list_outcomes(account_ids=[account.pk, own.pk], now=NOW)
    assert [(NOW - one.ended_at).seconds for one in found[account.pk]] == [10, 20, 30, 40, 50]
    assert found[own.pk] == [Outcome(NOW - timedelta(seconds=15), "ok", "", NOW - timedelta(seconds=15, milliseconds=800))]  # fmt: skip
    assert is_resting(found[account.pk], NOW)


def test_skipped_copied_and_old_attempts_tell_the_breaker_nothing(company, account):
    (first,) = keep(company, fault(account, 601), now=NOW)
    keep(company, (account, "skipped", {"failure": "resting"}), ok(account, copied_from=first), (account, "running", {"ago_s": 2}), now=NOW)  # fmt: skip
    assert list_outcomes(account_ids=[account.pk], now=NOW) == {account.pk: []}


def test_a_lookup_hears_of_the_try_of_another_but_not_of_its_own(company, account):
    keep(company, *(fault(account, ago) for ago in (70, 80, 90, 100, 110)), now=NOW)
    (trying,) = keep(company, (account, "running", {"ago_s": 2}), now=NOW)
    (other,) = keep(company, (account, "queued", {"ago_s": 1}), now=NOW)
    assert is_resting(list_outcomes(account_ids=[account.pk], now=NOW, asking=other.lookup_id)[account.pk], NOW)
    assert not is_resting(list_outcomes(account_ids=[account.pk], now=NOW, asking=trying.lookup_id)[account.pk], NOW)


# --- pages ---


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def read(client, name="shipping_health", *args, **query):
    answer = client.get(reverse(f"admin:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_names_accounts_with_their_owners_and_states(signed_in, company, account, own):
    keep(company, *(fault(account, ago, detail="Down") for ago in (1, 2, 3, 4, 5)), ok(own, 5, elapsed_ms=640))
    CarrierAccount.objects.filter(pk=own.pk).update(
        state="paused", paused_at=timezone.now(), paused_because="unauthorised"
    )
    page = read(signed_in)
    assert "UPS, Agency" in page
    assert "UPS, Own" in page
    assert str(company) in page
    assert "Rests until" in page
    assert "Paused" in page
    assert page.count("640 ms") == 2
    assert "Fault at the carrier (" in page
    assert "Rate cards" in page


def test_one_provider_has_figures_plots_and_their_table(signed_in, company, account):
    keep(company, fault(account, 90, "tls", detail="certificate unknown"), ok(account), ok(account), ok(account))
    page = read(signed_in, "shipping_provider", account.pk, span="week")
    assert "75%" in page
    assert "Could not prove its identity" in page
    assert "certificate unknown" in page
    assert "Attempts per day" in page
    assert "Failures per day" in page
    assert page.count('<svg viewBox="0 0 1 1"') == 14
    assert page.count("<tr>") == 8


@pytest.mark.parametrize("provider", ["cards", "forwarder"])
def test_what_is_no_account_has_a_page_too(signed_in, provider):
    page = read(signed_in, "shipping_provider", provider)
    assert "None in this time." in page
    assert "Attempts per hour" in page


@pytest.mark.parametrize("provider", ["987654", "carrier", "nonsense", "9" * 40])
def test_a_made_up_provider_is_not_found(signed_in, provider):
    assert signed_in.get(reverse("admin:shipping_provider", args=[provider])).status_code == 404


def test_the_pages_take_as_many_queries_for_many_attempts_as_for_few(signed_in, company, account, own):
    keep(company, ok(account), fault(own, 5))
    read(signed_in)
    with CaptureQueriesContext(connection) as few:
        read(signed_in)
    with CaptureQueriesContext(connection) as few_of_one:
        read(signed_in, "shipping_provider", account.pk)
    others = [enter(make_member(company=company).user, company, name=f"No. {number}") for number in range(8)]
    keep(company, *(made for one in [account, own, *others] for made in (ok(one), ok(one), fault(one, 9))))
    with CaptureQueriesContext(connection) as many:
        read(signed_in)
    with CaptureQueriesContext(connection) as many_of_one:
        read(signed_in, "shipping_provider", account.pk)
    assert (len(many), len(many_of_one)) == (len(few), len(few_of_one))


def test_the_selectors_take_the_queries_that_they_say(officer, company, account, own, django_assert_num_queries):
    keep(company, ok(account), fault(own, 5))
    span = build_span(key="day", now=timezone.now())
    with django_assert_num_queries(2):
        told = list_health(user=officer, span=span)
    with django_assert_num_queries(4):
        complete(told=told, span=span, now=timezone.now())
    with django_assert_num_queries(1):
        list_pieces(span=span)


def test_members_and_strangers_are_sent_to_the_officers_sign_in(client, own):
    client.force_login(own.created_by)
    assert client.get(reverse("admin:shipping_health")).status_code == 302
    assert client.get(reverse("admin:shipping_provider", args=[own.pk])).status_code == 302
