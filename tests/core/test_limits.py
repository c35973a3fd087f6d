"""How often somebody may do a thing."""

import time

import pytest
from django.core.cache import cache

from core.limits import TooOften, spend

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache(db):
    cache.clear()


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
