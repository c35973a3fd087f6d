"""Typed numbers and price breaks, without a database."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import NumberAmbiguous, NumberUnreadable, parse_number, write_fraction
from listings.rules.prices import (
    FIRST_IS_NOT_MINIMUM,
    PRICE_MISSING,
    PRICE_MISSING_LOWER,
    PRICE_NOT_LOWER,
    QUANTITY_MISSING,
    QUANTITY_TWICE,
    Break,
    BreakProblem,
    TypedBreak,
    check_breaks,
    percent_change,
    sort_breaks,
)


@pytest.mark.parametrize(
    ("typed", "decimal_comma", "number"),
    [
        ("1,000.50", False, "1000.50"),
        ("1 000,50", False, "1000.50"),
        ("1\u202f000,50", True, "1000.50"),
        ("1.000,50", False, "1000.50"),
        ("5,40", False, "5.40"),
        ("5.40", True, "5.40"),
        ("1,000", False, "1000"),
        ("1.000", True, "1000"),
        ("1,234,567", True, "1234567"),
        ("12,34,567", False, "1234567"),
        ("0.125", False, "0.125"),
        ("1234.567", False, "1234.567"),
        (".5", False, "0.5"),
        ("\u0665\u066b\u0664\u0660", False, "5.40"),
        ("٦٠", False, "60"),
        ("1'000", False, "1000"),
    ],
)
def test_a_number_is_read_as_a_person_means_it(typed, decimal_comma, number):
    assert parse_number(typed, decimal_comma=decimal_comma) == Decimal(number)


@pytest.mark.parametrize(("typed", "decimal_comma"), [("1.000", False), ("1,250", True), ("8.600", False)])
def test_a_number_that_can_be_read_in_two_ways_is_refused(typed, decimal_comma):
    with pytest.raises(NumberAmbiguous):
        parse_number(typed, decimal_comma=decimal_comma)


def test_the_refusal_names_both_readings():
    with pytest.raises(NumberAmbiguous, match=r"“1\.250” can be read in two ways\. Write 1250 or 1\.25\."):
        parse_number("1.250", decimal_comma=False)


@pytest.mark.parametrize(
    "typed", ["", "abc", "-5", "1e5", "1 00", "1,00,0", "1.2.3,4,5", "$5", "5 kg", "1,000.5.0", "9" * 40]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(NumberUnreadable):
        parse_number(typed, decimal_comma=False)


@given(st.decimals(min_value=0, max_value=10**9, places=4), st.booleans())
def test_every_number_that_we_write_is_read_back(number, decimal_comma):
    written = write_fraction(number, sign="," if decimal_comma else ".")
    assert parse_number(written, decimal_comma=decimal_comma) == number


@given(st.text(max_size=20), st.booleans())
def test_any_text_is_a_number_or_refused(typed, decimal_comma):
    try:
        number = parse_number(typed, decimal_comma=decimal_comma)
    except (NumberUnreadable, NumberAmbiguous):
        return
    assert number >= 0


def rows(*pairs):
    return [
        TypedBreak(place, None if quantity is None else Decimal(quantity), None if price is None else Decimal(price))
        for place, (quantity, price) in enumerate(pairs)
    ]


def test_rising_quantities_with_falling_prices_are_breaks():
    typed = rows((300, "5.60"), (60, "6.20"))
    assert check_breaks(typed, minimum_order=Decimal(60)) == []
    assert sort_breaks(typed) == (Break(Decimal(60), Decimal("6.20")), Break(Decimal(300), Decimal("5.60")))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (rows((48, None)), BreakProblem(0, "price", PRICE_MISSING, {"quantity": Decimal(48)})),
        (
            rows((48, "9"), (120, "8.60"), (240, None)),
            BreakProblem(2, "price", PRICE_MISSING_LOWER, {"quantity": Decimal(240), "price": Decimal("8.60")}),
        ),
        (
            rows((48, "9"), (120, "9")),
            BreakProblem(1, "price", PRICE_NOT_LOWER, {"quantity": Decimal(120), "price": Decimal(9)}),
        ),
        (rows((48, "9"), (48, "8")), BreakProblem(1, "quantity", QUANTITY_TWICE, {"quantity": Decimal(48)})),
        (rows((None, "9")), BreakProblem(0, "quantity", QUANTITY_MISSING)),
    ],
)
def test_a_wrong_row_is_named(typed, problem):
    assert check_breaks(typed, minimum_order=None) == [problem]


def test_the_first_price_starts_at_the_minimum_order():
    expected = BreakProblem(0, "quantity", FIRST_IS_NOT_MINIMUM, {"quantity": Decimal(60)})
    assert check_breaks(rows((48, "9")), minimum_order=Decimal(60)) == [expected]


positive = st.decimals(min_value="0.001", max_value=10**6, places=3)


@given(st.lists(st.tuples(positive, positive), max_size=6))
def test_accepted_breaks_rise_in_quantity_and_fall_in_price(pairs):
    typed = rows(*pairs)
    accepted = check_breaks(typed, minimum_order=None) == []
    breaks = sort_breaks(typed)
    falls = all(b.quantity > a.quantity and b.price < a.price for a, b in pairwise(breaks))
    assert accepted == falls


@pytest.mark.parametrize(("before", "after", "percent"), [("8.10", "9.00", 11), ("10", "5", -50), ("3", "3", 0)])
def test_a_change_of_price_is_a_percentage(before, after, percent):
    assert percent_change(Decimal(before), Decimal(after)) == percent
