"""How long a price is believed, asked without a database."""

from datetime import date, timedelta

import pytest

from listings.rules.price_dates import ANSWER_DAYS, PRICE_DAYS, PriceDates, find_last_answer_day

DAY = date(2026, 11, 26)


def ago(days):
    return DAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("confirmed", "asked", "is_due"),
    [(89, None, False), (90, None, True), (200, 89, False), (200, 90, True), (89, 300, False)],
)
def test_a_price_is_due_when_it_was_confirmed_and_asked_about_long_ago(confirmed, asked, is_due):
    dates = PriceDates(ago(confirmed), None if asked is None else ago(asked))
    assert dates.is_due_on(DAY) is is_due


@pytest.mark.parametrize(("confirmed", "asked", "is_open"), [(90, 0, True), (0, 0, False), (0, 14, False)])
def test_a_question_is_open_until_a_later_or_the_same_day_confirms(confirmed, asked, is_open):
    assert PriceDates(ago(confirmed), ago(asked)).is_open is is_open


@pytest.mark.parametrize(("asked", "is_unanswered"), [(13, False), (14, True), (60, True)])
def test_silence_counts_after_fourteen_days(asked, is_unanswered):
    assert PriceDates(ago(120), ago(asked)).is_unanswered_on(DAY) is is_unanswered


def test_what_never_had_a_price_is_neither_due_nor_open():
    dates = PriceDates(None, ago(400))
    assert (dates.is_due_on(DAY), dates.is_open, dates.is_unanswered_on(DAY)) == (False, False, False)


def test_the_last_day_to_answer_is_the_day_before_silence_counts():
    last = find_last_answer_day(DAY)
    dates = PriceDates(ago(PRICE_DAYS), DAY)
    assert dates.is_unanswered_on(last) is False
    assert dates.is_unanswered_on(last + timedelta(days=1)) is True
    assert (last - DAY).days == ANSWER_DAYS - 1
