"""The response clock: which days count, and that adding and measuring are inverse."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiries.adapters.calendars import get_calendar
from inquiries.rules.clock import (
    ANSWER_WITHIN,
    Calendar,
    add_working_time,
    get_median_minutes,
    is_absence_possible,
    list_reminders,
    measure_working_time,
)

HOUR = timedelta(hours=1)
COUNTRIES = ("GH", "DE", "EG", "US", "IL", "KI", "XX")
moments = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  given their zone
amounts = st.integers(1, 300 * 3600).map(lambda seconds: timedelta(seconds=seconds))
countries = st.sampled_from(COUNTRIES)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def calendar_of(country, home="UTC"):
    return get_calendar(country=country, home_zone=home)


def test_two_working_days_are_two_days():
    assert add_working_time(at("2026-11-23T10:00"), ANSWER_WITHIN, calendar_of("GH")) == at("2026-11-25T10:00")


def test_a_weekend_stops_the_clock():
    assert add_working_time(at("2026-11-27T10:00"), ANSWER_WITHIN, calendar_of("GH")) == at("2026-12-01T10:00")


def test_what_is_asked_on_a_saturday_counts_from_monday():
    assert add_working_time(at("2026-11-28T15:00"), ANSWER_WITHIN, calendar_of("GH")) == at("2026-12-02T00:00")


def test_where_friday_and_saturday_are_free_sunday_counts():
    due = add_working_time(at("2026-11-19T10:00"), ANSWER_WITHIN, calendar_of("EG"))  # a Thursday
    assert due == at("2026-11-23T10:00")


def test_a_public_holiday_stops_the_clock():
    due = add_working_time(at("2026-04-30T10:00"), ANSWER_WITHIN, calendar_of("DE"))  # 1 May is a Friday
    assert due == at("2026-05-05T10:00")


def test_an_hour_that_the_clocks_skip_is_not_worked():
    berlin = Calendar(ZoneInfo("Europe/Berlin"), lambda _: True)
    assert measure_working_time(at("2026-03-28T23:00"), at("2026-03-29T22:00"), berlin) == 23 * HOUR
    assert measure_working_time(at("2026-10-24T22:00"), at("2026-10-25T23:00"), berlin) == 25 * HOUR


def test_an_absence_moves_the_end_and_leaves_what_was_before():
    away = calendar_of("GH").without(first=date(2026, 11, 24), back_on=date(2026, 11, 26))
    assert add_working_time(at("2026-11-23T10:00"), ANSWER_WITHIN, away) == at("2026-11-27T10:00")


def test_reminders_come_after_half_the_time_and_six_hours_before_its_end():
    found = list_reminders(at("2026-11-23T10:00"), calendar_of("GH"))
    assert found == [at("2026-11-24T10:00"), at("2026-11-25T04:00")]


def test_nothing_waits_for_ever():
    never = Calendar(ZoneInfo("UTC"), lambda _: False)
    assert add_working_time(at("2026-11-23T10:00"), ANSWER_WITHIN, never) == at("2026-11-23T10:00")


@given(moments, amounts, countries)
def test_what_is_added_is_measured(start, amount, country):
    calendar = calendar_of(country)
    assert measure_working_time(start, add_working_time(start, amount, calendar), calendar) == amount


@given(moments, amounts, amounts, countries)
def test_adding_twice_is_adding_both(start, first, second, country):
    calendar = calendar_of(country)
    in_steps = add_working_time(add_working_time(start, first, calendar), second, calendar)
    assert in_steps == add_working_time(start, first + second, calendar)


@given(moments, amounts, countries)
def test_working_time_is_never_longer_than_time(start, amount, country):
    assert measure_working_time(start, start + amount, calendar_of(country)) <= amount


@given(moments, amounts, countries)
def test_time_that_runs_backwards_is_none(start, amount, country):
    assert measure_working_time(start, start - amount, calendar_of(country)) == timedelta()


@given(moments, st.integers(1, 60), countries)
def test_an_absence_never_brings_the_end_forward(start, days, country):
    calendar = calendar_of(country)
    away = calendar.without(first=start.date(), back_on=start.date() + timedelta(days=days))
    assert add_working_time(start, ANSWER_WITHIN, away) >= add_working_time(start, ANSWER_WITHIN, calendar)


@pytest.mark.parametrize(
    ("answers", "median"), [([], None), ([60] * 4, None), ([10, 20, 30, 40, 50], 30), ([10, 20, 30, 41, 50, 60], 36)]
)
def test_a_median_stands_on_five_answers(answers, median):
    assert get_median_minutes(answers) == median


@pytest.mark.parametrize(("days", "possible"), [(0, False), (1, True), (60, True), (61, False), (-3, False)])
def test_a_return_lies_within_sixty_days(days, possible):
    today = date(2026, 11, 25)
    assert is_absence_possible(today=today, back_on=today + timedelta(days=days)) is possible
