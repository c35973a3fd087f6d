"""When a carrier's account rests: five faults in five minutes, for a minute, and then one try."""

from datetime import UTC, datetime, timedelta

import pytest

from shipping.rules.breakers import FAULTS, Outcome, is_resting, rests_until

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def ago(seconds):
    return NOW - timedelta(seconds=seconds)


def failed(seconds, failure="server"):
    return Outcome(ago(seconds), "failed", failure)


def asked(seconds):
    return Outcome(None, "running", started_at=ago(seconds))


def faults(*seconds):
    return [failed(one) for one in seconds]


def test_five_faults_are_followed_by_a_minute_of_rest():
    assert rests_until(faults(10, 20, 30, 40, 50), NOW) == ago(10) + timedelta(seconds=60)
    assert is_resting(faults(10, 20, 30, 40, 50), NOW)


@pytest.mark.parametrize(
    ("outcomes", "rests"),
    [
        ([], False),
        (faults(10, 20, 30, 40), False),
        (faults(59, 60, 61, 62, 63), True),
        (faults(60, 61, 62, 63, 64), False),
        (faults(10, 20, 30, 40, 310), True),
        (faults(10, 20, 30, 40, 311), False),
        ([*faults(10, 20, 30, 40, 50), Outcome(ago(55), "ok")], True),
        ([*faults(10, 20), Outcome(ago(30), "ok"), *faults(40, 50, 55)], False),
        ([Outcome(ago(1), "none", "no_service"), *faults(10, 20, 30, 40)], False),
    ],
)
def test_only_the_last_five_within_five_minutes_and_for_a_minute(outcomes, rests):
    assert is_resting(outcomes, NOW) is rests


@pytest.mark.parametrize("failure", sorted(FAULTS))
def test_what_is_the_carriers_fault_lets_it_rest(failure):
    assert is_resting([failed(5, failure), *faults(10, 20, 30, 40)], NOW)


@pytest.mark.parametrize("failure", ["no_service", "bad_request", "unauthorised", "unpriced", "currency_unknown"])
def test_what_is_an_answer_does_not(failure):
    assert not is_resting([failed(5, failure), *faults(10, 20, 30, 40)], NOW)


def test_a_timeout_is_a_fault_whatever_else_is_written():
    assert is_resting([Outcome(ago(5), "timeout"), *faults(10, 20, 30, 40)], NOW)


def test_after_the_minute_one_try_goes_through_and_the_others_wait_for_it():
    old = faults(70, 80, 90, 100, 110)
    assert not is_resting(old, NOW)
    assert rests_until([asked(4), *old], NOW) == ago(4) + timedelta(seconds=12)


def test_a_try_that_fails_begins_the_minute_anew_and_one_that_answers_ends_it():
    old = faults(70, 80, 90, 100)
    assert is_resting([failed(2), *old], NOW)
    assert not is_resting([Outcome(ago(2), "ok"), *old], NOW)


@pytest.mark.parametrize("since", [12, 30])
def test_a_try_of_a_worker_that_died_holds_nobody_back(since):
    assert not is_resting([asked(since), *faults(100, 110, 120, 130, 140)], NOW)


def test_what_is_asked_while_it_is_well_lets_nobody_wait():
    assert not is_resting([asked(1), Outcome(ago(5), "ok"), *faults(10, 20, 30, 40)], NOW)
    assert not is_resting([asked(61), *faults(60, 70, 80, 90, 100)], NOW)
