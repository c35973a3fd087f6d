"""What the day makes of a certificate."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certifications.choices import CertificateState
from certifications.rules.validity import REMINDERS, Standing, StandingName, find_reminder_due, get_standing, shows_seal

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
STATES = st.sampled_from(CertificateState.values)
DAY = date(2026, 11, 25)


def stand(**changes):
    facts = {"state": "verified", "valid_from": date(2026, 1, 1), "valid_until": date(2027, 12, 31), "day": DAY}
    return get_standing(**(facts | changes))


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing(StandingName.VALID, 401)),
        ({"valid_until": None}, Standing(StandingName.VALID)),
        ({"valid_until": DAY}, Standing(StandingName.ENDING, 0)),
        ({"valid_until": DAY + timedelta(90)}, Standing(StandingName.ENDING, 90)),
        ({"valid_until": DAY + timedelta(91)}, Standing(StandingName.VALID, 91)),
        ({"valid_until": DAY - timedelta(1)}, Standing(StandingName.EXPIRED)),
        ({"valid_from": DAY + timedelta(1)}, Standing(StandingName.NOT_YET)),
        ({"valid_from": None}, Standing(StandingName.NOT_YET)),
        ({"state": "draft"}, Standing(StandingName.DRAFT)),
        ({"state": "draft", "has_note": True}, Standing(StandingName.CHANGES)),
        ({"state": "submitted"}, Standing(StandingName.BEING_CHECKED)),
        ({"state": "rejected"}, Standing(StandingName.REJECTED)),
        ({"state": "revoked"}, Standing(StandingName.REVOKED)),
        ({"state": "withdrawn"}, Standing(StandingName.WITHDRAWN)),
    ],
)
def test_a_standing_follows_from_state_and_day(changes, standing):
    assert stand(**changes) == standing


@given(state=STATES, first=DAYS, last=DAYS, day=DAYS)
def test_there_is_one_standing_for_every_state_and_day(state, first, last, day):
    standing = get_standing(state=state, valid_from=first, valid_until=last, day=day)
    assert standing.is_valid == (state == "verified" and first <= day <= last)


@given(first=DAYS, last=DAYS, day=DAYS, later=st.integers(1, 4000))
def test_what_has_ended_never_becomes_valid_again(first, last, day, later):
    standing = get_standing(state="verified", valid_from=first, valid_until=last, day=day)
    after = get_standing(state="verified", valid_from=first, valid_until=last, day=day + timedelta(later))
    assert standing.name is not StandingName.EXPIRED or after.name is StandingName.EXPIRED


@pytest.mark.parametrize(
    ("level", "standing", "is_badge", "shown"),
    [
        (2, StandingName.VALID, True, True),
        (4, StandingName.ENDING, True, True),
        (1, StandingName.VALID, True, False),
        (2, StandingName.EXPIRED, True, False),
        (2, StandingName.REVOKED, True, False),
        (2, StandingName.VALID, False, False),
    ],
)
def test_the_seal_needs_the_issuers_word_and_a_valid_day(level, standing, is_badge, shown):
    assert shows_seal(level=level, standing=Standing(standing), is_badge=is_badge) is shown


@given(until=DAYS, looks=st.lists(st.integers(0, 200), min_size=1, max_size=40))
def test_each_reminder_comes_once_and_in_order_whatever_nights_are_missed(until, looks):
    sent: list[int] = []
    for left in sorted(looks, reverse=True):
        due = find_reminder_due(valid_until=until, day=until - timedelta(left), sent=frozenset(sent))
        sent += [] if due is None else [due]
    assert len(sent) == len(set(sent))
    assert sent == sorted(sent, reverse=True)
    assert set(sent) <= set(REMINDERS)
    assert bool(sent) == (min(looks) <= max(REMINDERS))


def test_of_missed_reminders_only_the_nearest_is_sent():
    assert find_reminder_due(valid_until=DAY + timedelta(5), day=DAY, sent=frozenset({90})) == 7
    assert find_reminder_due(valid_until=DAY + timedelta(5), day=DAY, sent=frozenset({90, 7})) is None
    assert find_reminder_due(valid_until=DAY - timedelta(1), day=DAY, sent=frozenset()) is None
    assert find_reminder_due(valid_until=DAY + timedelta(91), day=DAY, sent=frozenset()) is None
