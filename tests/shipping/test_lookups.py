"""Lookups: cards answer at once, carriers within the time, one carrier's trouble is nobody else's, and the same question is asked once."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from core import jobs
from core.limits import TooOften
from core.models import Job
from shipping.choices import Audience
from shipping.models import Attempt, CarrierAccount, Forwarder, ForwarderRequest, Lookup, Offer
from shipping.providers.fanout import ask_all
from shipping.rules.lookups import MOST_AT_ONCE
from shipping.rules.zones import Place
from shipping.services import carriers as work
from shipping.services.settling import expire_lookups, forget_lookups, settle_lookup
from tests.listings.factories import make_company
from tests.shipping.asking import CARTON, DHL, FEDEX, UPS, answer, ask, let_time_pass, make_account, outcomes
from tests.shipping.attempts import keep
from tests.shipping.cards import card
from tests.shipping.carriers import (
    DHL_RATES,
    FEDEX_RATES,
    FEDEX_TOKEN,
    UPS_RATES,
    UPS_TOKEN,
    dhl_product,
    dhl_rates,
    fedex_detail,
    fedex_rate,
    fedex_rates,
    fedex_token,
    ups_rated,
    ups_rates,
    ups_token,
)
from tests.shipping.loopback import as_json, drip, flood, hang, reset, text
from tests.shipping.test_cards import bring_in

pytestmark = pytest.mark.django_db
DAYS = {"valid_from": "2026-01-01", "valid_until": "2199-12-31"}


@pytest.fixture
def carriers(carrier, settings):
    """Three carriers on this machine that all answer well."""
    settings.CARRIER_LOOPBACK = carrier.url
    carrier.lay_out(DHL_RATES, dhl_rates(dhl_product()))
    carrier.lay_out(UPS_TOKEN, ups_token())
    carrier.lay_out(UPS_RATES, ups_rates([ups_rated()]))
    carrier.lay_out(FEDEX_TOKEN, fedex_token())
    carrier.lay_out(FEDEX_RATES, fedex_rates(fedex_detail(fedex_rate())))
    return carrier


@pytest.fixture
def company():
    return make_company(country="GH")


@pytest.fixture
def short_time(monkeypatch):
    """A lookup that ends after a second and a half, so that nobody waits for a carrier that hangs."""
    monkeypatch.setattr("shipping.services.lookups.SETTLE_AFTER", timedelta(seconds=3))
    monkeypatch.setattr(work, "MARGIN_S", 1.5)


def prices(lookup):
    return {
        (row.attempt.label, row.service_name, row.amount, row.currency)
        for row in Offer.objects.filter(attempt__lookup=lookup).select_related("attempt")
    }


def test_cards_answer_in_the_request_and_nobody_else_is_needed(company):
    bring_in(publish=True, card=card(**DAYS), surcharges=None)
    lookup = ask(company)
    assert (lookup.state, Job.objects.count()) == ("complete", 0)
    assert [(row.mode, row.currency, row.standing) for row in Offer.objects.all()] == [("air", "EUR", "estimate")]


def test_without_cards_and_accounts_the_lookup_is_complete_and_empty(company):
    lookup = ask(company)
    assert (lookup.state, Offer.objects.count(), lookup.attempts.get().state) == ("complete", 0, "none")


def test_three_carriers_answer(company, carriers):
    for name in (DHL, UPS, FEDEX):
        make_account(name, company)
    lookup = ask(company)
    assert lookup.state == "running"
    lookup = answer(lookup)
    assert lookup.state == "complete"
    assert outcomes(lookup) == [("FedEx", "ok", ""), ("DHL Express", "ok", ""), ("UPS", "ok", "")]
    assert {(label, amount, currency) for label, _name, amount, currency in prices(lookup)} == {
        ("DHL Express", Decimal("180.0000"), "GHS"),
        ("UPS", Decimal("211.1000"), "USD"),
        ("FedEx", Decimal("165.2000"), "USD"),
    }


@pytest.mark.usefixtures("short_time")
def test_one_hanging_carrier_delays_nobody(company, carriers):
    make_account(DHL, company)
    make_account(UPS, company)
    carriers.lay_out(DHL_RATES, hang)
    lookup = answer(ask(company))
    assert lookup.state == "partial"
    assert outcomes(lookup) == [("DHL Express", "timeout", "timeout"), ("UPS", "ok", "")]
    ups = Attempt.objects.get(account__carrier=UPS)
    assert ups.ended_at - lookup.asked_at < timedelta(seconds=1)


TROUBLE = {
    "garbage": (text("<html>", status=200), "failed", "garbage"),
    "html_500": (text("<html>oops</html>", status=500), "failed", "server"),
    "slow_drip": (drip, "timeout", "timeout"),
    "ten_megabytes": (flood, "failed", "too_large"),
    "private_redirect": (text("", status=302, Location="http://169.254.169.254/"), "failed", "private_redirect"),
    "reset": (reset, "failed", "connect"),
    "unknown_currency": (dhl_rates(dhl_product(billing=(187.43, "XQQ"), totalPrice=[{"currencyType": "BILLC", "price": 1, "priceCurrency": "XQQ"}])), "failed", "currency_unknown"),
    "no_service": (as_json({"detail": "No products available", "status": 404}, status=404), "none", "no_service"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(TROUBLE))
@pytest.mark.usefixtures("short_time", "short_jitter")
def test_each_trouble_has_its_code_and_the_others_are_unaffected(company, carriers, name):
    behaviour, state, failure = TROUBLE[name]
    make_account(DHL, company)
    make_account(UPS, company)
    carriers.lay_out(DHL_RATES, behaviour)
    assert outcomes(answer(ask(company))) == [("DHL Express", state, failure), ("UPS", "ok", "")]


def test_an_account_that_the_carrier_does_not_accept_is_paused(company, carriers):
    account = make_account(DHL, company)
    carriers.lay_out(DHL_RATES, text("", status=401))
    assert outcomes(answer(ask(company))) == [("DHL Express", "failed", "unauthorised")]
    account.refresh_from_db()
    assert (account.state, account.paused_because) == ("paused", "unauthorised")
    again = ask(company)
    assert (outcomes(again), len(carriers.list_seen(DHL_RATES))) == ([("DHL Express", "skipped", "paused")], 1)


def test_the_same_question_at_once_is_one_lookup_and_one_call(company, carriers):
    make_account(DHL, company)
    first, second = ask(company), ask(company, who="198.51.100.9")
    answer(first)
    assert (first, Lookup.objects.count(), len(carriers.list_seen(DHL_RATES))) == (second, 1, 1)


def test_a_question_that_is_written_otherwise_is_the_same(company, carriers):
    make_account(DHL, company)
    first = ask(company)
    again = ask(company, destination=Place("de", " 204 57", " Hamburg "))
    assert again == first


def test_a_fresh_answer_stands_again_without_a_call(company, carriers):
    make_account(DHL, company)
    first = answer(ask(company))
    let_time_pass(first, minutes=20)
    assert ask(company) == first
    assert len(carriers.list_seen(DHL_RATES)) == 1


def test_prices_of_carriers_are_asked_anew_after_half_an_hour(company, carriers):
    make_account(DHL, company)
    first = answer(ask(company))
    let_time_pass(first, minutes=31)
    second = answer(ask(company))
    assert (second == first, len(carriers.list_seen(DHL_RATES))) == (False, 2)


@pytest.mark.usefixtures("short_jitter")
def test_no_service_is_believed_for_six_hours_and_a_failure_never(company, carriers):
    make_account(DHL, company)
    make_account(UPS, company)
    carriers.lay_out(DHL_RATES, as_json({"detail": "No products available"}, status=404))
    carriers.lay_out(UPS_RATES, text("", status=500))
    first = answer(ask(company))
    let_time_pass(first, hours=5)
    answer(ask(company))
    assert (len(carriers.list_seen(DHL_RATES)), len(carriers.list_seen(UPS_RATES))) == (1, 2)


@pytest.mark.usefixtures("short_jitter")
def test_only_who_failed_is_asked_again_and_the_rest_says_since_when_it_stands(company, carriers):
    make_account(DHL, company)
    make_account(UPS, company)
    carriers.lay_out(UPS_RATES, text("", status=500))
    first = answer(ask(company))
    let_time_pass(first, minutes=10)
    carriers.lay_out(UPS_RATES, ups_rates([ups_rated()]))
    second = answer(ask(company))
    copied = second.attempts.get(account__carrier=DHL)
    told = Attempt.objects.get(lookup=first, account__carrier=DHL)
    assert (copied.copied_from, copied.answered_at) == (told, told.answered_at)
    assert [one.kind for one in second.attempts.all()] == ["cards", "carrier", "carrier"]
    assert prices(second) == {("DHL Express", "EXPRESS WORLDWIDE", Decimal("180.0000"), "GHS"), ("UPS", "Worldwide Saver", Decimal("211.1000"), "USD")}  # fmt: skip
    assert (second.state, len(carriers.list_seen(DHL_RATES))) == ("complete", 1)


def test_a_published_card_makes_it_another_question(company):
    first = ask(company)
    bring_in(publish=True, card=card(**DAYS), surcharges=None)
    second = ask(company)
    assert (second == first, second.attempts.get().state) == (False, "ok")


def test_accounts_that_are_not_for_buyers_answer_the_exporter_alone(company, carriers):
    make_account(DHL, company, is_for_buyers=False)
    assert outcomes(ask(company)) == []
    assert outcomes(answer(ask(company, audience=Audience.COMPANY))) == [("DHL Express", "ok", "")]


def test_another_exporters_account_is_never_asked(company, carriers):
    make_account(DHL, make_company(country="GH"))
    assert outcomes(ask(company)) == []


def test_a_load_that_a_carrier_does_not_take_is_not_put_to_it(company, carriers):
    make_account(FEDEX, company)
    lookup = ask(company, packages=(replace(CARTON, count=5000),))
    assert (outcomes(lookup), lookup.state) == ([("FedEx", "skipped", "bad_request")], "complete")


def test_dangerous_goods_are_put_to_no_carrier(company, carriers):
    bring_in(publish=True, card=card(**DAYS), surcharges=None)
    make_account(DHL, company)
    without, with_number = ask(company, is_dangerous=True), ask(company, is_dangerous=True, un_number="1263")
    assert (outcomes(without), outcomes(with_number)) == ([], [])
    assert (without.attempts.get().state, with_number.attempts.get().state) == ("none", "ok")


def test_a_lookup_that_nobody_worked_on_ends_when_its_time_is_over(company, carriers):
    make_account(DHL, company)
    lookup = ask(company)
    let_time_pass(lookup, seconds=13)
    assert settle_lookup(lookup_id=lookup.pk).state == "failed"
    assert outcomes(lookup) == [("DHL Express", "timeout", "timeout")]


def test_a_worker_that_comes_too_late_asks_nobody(company, carriers):
    make_account(DHL, company)
    lookup = ask(company)
    let_time_pass(lookup, seconds=13)
    assert answer(lookup).state == "failed"
    assert carriers.list_seen(DHL_RATES) == []


def test_an_answer_that_lands_after_the_end_changes_nothing(company, carriers):
    make_account(DHL, company)
    lookup = ask(company)
    attempt = lookup.attempts.get(kind="carrier")
    Attempt.objects.filter(pk=attempt.pk).update(state="timeout", ended_at=timezone.now())
    assert (answer(lookup).state, Offer.objects.count()) == ("failed", 0)


def test_a_lookup_whose_job_ran_twice_holds_each_offer_once(company, carriers):
    make_account(DHL, company)
    lookup = answer(ask(company))
    Job.objects.filter(name="shipping.run_lookup").update(state="waiting", attempts=0)
    jobs.run_due_jobs()
    assert (Offer.objects.filter(attempt__lookup=lookup).count(), len(carriers.list_seen(DHL_RATES))) == (1, 1)


def test_an_account_with_too_many_questions_is_left_alone(company, carriers, monkeypatch):
    monkeypatch.setattr(work, "MOST_AT_ONCE", 0)
    make_account(DHL, company)
    lookup = answer(ask(company))
    assert (outcomes(lookup), lookup.state, MOST_AT_ONCE) == ([("DHL Express", "skipped", "busy")], "failed", 24)
    assert carriers.list_seen(DHL_RATES) == []


def test_after_a_rest_one_lookup_tries_the_account_and_the_others_wait_for_it(company, carriers):
    account = make_account(DHL, company)
    faults = [(account, "timeout", {"failure": "timeout", "ago_s": ago}) for ago in (70, 80, 90, 100, 110)]
    (*_faults, trying) = keep(company, *faults, (account, "running", {"ago_s": 2}))
    waiting = answer(ask(company))
    assert (outcomes(waiting), carriers.list_seen(DHL_RATES)) == ([("DHL Express", "skipped", "resting")], [])
    Attempt.objects.filter(pk=trying.pk).update(state="ok", ended_at=timezone.now())
    assert outcomes(answer(ask(company))) == [("DHL Express", "ok", "")]


def test_an_account_that_fails_again_and_again_is_left_alone(company, carriers):
    account = make_account(DHL, company)
    keep(company, *[(account, "timeout", {"failure": "timeout", "ago_s": ago}) for ago in (10, 20, 30, 40, 50)])
    assert outcomes(answer(ask(company))) == [("DHL Express", "skipped", "resting")]


def test_asking_many_accounts_takes_as_many_queries_as_asking_one(company, carriers, django_assert_num_queries):
    made = [make_account(DHL, company, name=f"DHL {number}") for number in range(6)]
    lookup = ask(company)
    with django_assert_num_queries(3):
        assert work._find_reasons(lookup, [account.pk for account in made]) == {}


def test_who_asks_too_often_is_told_so_and_nothing_is_asked(company, monkeypatch):
    monkeypatch.setattr("shipping.services.lookups.LOOKUPS_AN_HOUR", 1)
    ask(company)
    with pytest.raises(TooOften):
        ask(company, goods="Something else")
    assert Lookup.objects.count() == 1


def test_what_is_known_costs_nobody_a_place_in_the_limit(company, monkeypatch):
    monkeypatch.setattr("shipping.services.lookups.LOOKUPS_AN_HOUR", 1)
    assert ask(company) == ask(company)


def test_old_lookups_are_said_to_be_expired(company, carriers):
    make_account(DHL, company)
    old, new = answer(ask(company)), answer(ask(company, goods="Soap"))
    let_time_pass(old, minutes=31)
    assert expire_lookups() == 1
    assert [Lookup.objects.get(pk=one.pk).state for one in (old, new)] == ["expired", "complete"]


def test_changed_credentials_are_asked_anew(company, carriers):
    make_account(DHL, company)
    answer(ask(company))
    CarrierAccount.objects.update(changed_at=timezone.now())
    answer(ask(company))
    assert len(carriers.list_seen(DHL_RATES)) == 2


def test_lookups_are_forgotten_after_a_month_unless_a_forwarder_was_asked(company):
    old, asked, new = ask(company), ask(company, goods="Soap"), ask(company, goods="Honey")
    let_time_pass(old, days=32)
    let_time_pass(asked, days=32)
    forwarder = Forwarder.objects.create(name="Volta", email="freight@volta.example")
    ForwarderRequest.objects.create(
        lookup=asked, forwarder=forwarder, asked_at=timezone.now(), expires_at=timezone.now()
    )
    assert forget_lookups() == 1
    assert set(Lookup.objects.values_list("pk", flat=True)) == {asked.pk, new.pk}


def test_a_crowd_of_buyers_does_not_spend_an_exporters_account(company, carriers, monkeypatch):
    bring_in(publish=True, card=card(**DAYS), surcharges=None)
    monkeypatch.setattr("shipping.services.lookups.CARRIER_LOOKUPS_AN_HOUR", 1)
    make_account(DHL, company)
    answer(ask(company))
    crowded = answer(ask(company, goods="Soap", who="198.51.100.9"))
    assert (outcomes(crowded), crowded.state) == ([("DHL Express", "skipped", "busy")], "partial")
    assert len(carriers.list_seen(DHL_RATES)) == 1
    assert outcomes(answer(ask(company, goods="Soap", audience=Audience.COMPANY))) == [("DHL Express", "ok", "")]


@pytest.mark.parametrize("together", [False, True])
def test_an_answer_that_no_column_holds_silences_nobody_else(company, carriers, monkeypatch, together):
    if together:
        monkeypatch.setattr(work, "ask_all", all_at_once)
    plain = work._write_offer
    monkeypatch.setattr(work, "_write_offer", lambda *told: spoil(plain(*told)))
    make_account(DHL, company)
    make_account(UPS, company)
    lookup = answer(ask(company))
    assert outcomes(lookup) == [("DHL Express", "failed", "garbage"), ("UPS", "ok", "")]


def spoil(offer):
    """The offer with a price below zero, if it is DHL's."""
    offer.amount = Decimal(-1) if offer.service_name == "EXPRESS WORLDWIDE" else offer.amount
    return offer


def all_at_once(asked, total_s):
    """All answers as if they had come in one instant."""
    yield [one for landed in ask_all(asked, total_s=total_s) for one in landed]
