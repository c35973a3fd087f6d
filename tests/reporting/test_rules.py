"""When an act of support is plausible, and which days a period has."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting import exceptions
from reporting.rules import Period, SupportFacts, check_support, complete_period, get_quarter

TODAY = date(2026, 11, 26)


def facts(**changed):
    return SupportFacts(**({"kind": "advice", "day": TODAY, "minutes": 90} | changed))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"minutes": 0},
        {"minutes": 1440},
        {"day": date(2000, 1, 1)},
        {"cost": Decimal(0), "currency": "GHS"},
        {"cost": Decimal("99.50"), "currency": "EUR"},
    ],
)
def test_what_is_plausible_passes(changed):
    assert check_support(facts(**changed), today=TODAY) is None


@pytest.mark.parametrize(
    ("changed", "failure", "field"),
    [
        ({"day": TODAY + timedelta(days=1)}, exceptions.DayNotYet, "day"),
        ({"day": date(1999, 12, 31)}, exceptions.DayTooEarly, "day"),
        ({"minutes": -1}, exceptions.MinutesUnlikely, "minutes"),
        ({"minutes": 1441}, exceptions.MinutesUnlikely, "minutes"),
        ({"cost": Decimal("-0.01"), "currency": "GHS"}, exceptions.CostNegative, "cost"),
        ({"cost": Decimal(5)}, exceptions.CostWithoutCurrency, "currency"),
        ({"currency": "GHS"}, exceptions.CurrencyWithoutCost, "cost"),
    ],
)
def test_what_is_not_says_where(changed, failure, field):
    with pytest.raises(failure) as refused:
        check_support(facts(**changed), today=TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2028, 2, 29), date(2028, 1, 1), date(2028, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 7, 1), date(2026, 9, 30)),
        (TODAY, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_its_quarter(day, first, last):
    assert get_quarter(day) == Period(first, last)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_quarters_follow_one_another_without_a_gap(day):
    quarter = get_quarter(day)
    assert quarter.first <= day <= quarter.last
    assert get_quarter(quarter.last + timedelta(days=1)).first == quarter.last + timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, Period(date(2026, 10, 1), date(2026, 12, 31))),
        (None, date(2026, 5, 15), Period(date(2026, 4, 1), date(2026, 5, 15))),
        (date(2026, 5, 15), None, Period(date(2026, 5, 15), TODAY)),
        (date(2027, 5, 15), None, Period(date(2027, 5, 15), date(2027, 5, 15))),
        (date(2026, 5, 1), date(2026, 5, 2), Period(date(2026, 5, 1), date(2026, 5, 2))),
    ],
)
def test_what_is_left_out_is_completed(first, last, expected):
    assert complete_period(first, last, today=TODAY) == expected
