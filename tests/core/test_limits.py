"""How often somebody may do a thing."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from core.limits import TooOften, forget_allowances, spend
from core.models import Allowance

pytestmark = pytest.mark.django_db


def test_the_last_allowed_act_passes_and_the_next_is_refused():
    spend(what="asking", who="anna@example.org", most=1, seconds=60)
    with pytest.raises(TooOften) as refusal:
        spend(what="asking", who="Anna@example.org", most=1, seconds=60)
    assert refusal.value.status == 429


def test_others_and_other_acts_have_limits_of_their_own():
    spend(what="asking", who="anna@example.org", most=1, seconds=60)
    spend(what="asking", who="ben@example.org", most=1, seconds=60)
    spend(what="reporting", who="anna@example.org", most=1, seconds=60)


def test_the_next_window_starts_anew(monkeypatch):
    spend(what="asking", who="anna@example.org", most=1, seconds=60)
    later = time.time() + 60
    monkeypatch.setattr("core.limits.time.time", lambda: later)
    spend(what="asking", who="anna@example.org", most=1, seconds=60)


def test_an_act_costs_one_query_the_first_one_too(django_assert_num_queries):
    with django_assert_num_queries(2):
        spend(what="asking", who="anna@example.org", most=9, seconds=60)
        spend(what="asking", who="anna@example.org", most=9, seconds=60)


def test_nobody_reads_who_it_was():
    spend(what="asking", who="anna@example.org", most=1, seconds=60)
    assert "anna" not in str(Allowance.objects.values().get())


def test_windows_that_have_ended_go_in_the_night(monkeypatch):
    spend(what="asking", who="anna@example.org", most=1, seconds=60)
    assert forget_allowances() == 0
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("core.limits.timezone.now", lambda: tomorrow)
    assert (forget_allowances(), Allowance.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one writer at a time")
def test_of_twenty_at_one_instant_exactly_five_pass():
    def act(_number):
        try:
            spend(what="asking", who="anna@example.org", most=5, seconds=3600)
        except TooOften:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(act, range(20))) == 5
