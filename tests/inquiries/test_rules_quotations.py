"""What a quotation comes to, over currencies with 0, 2 and 3 decimals; and what keeps it from being sent."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from inquiries.exceptions import (
    BankDetailsQuoted,
    CurrencyUnknown,
    IncotermMissing,
    LeadTimeMissing,
    LineIncomplete,
    NothingQuoted,
    NotYourProduct,
    PaymentTermsMissing,
    PriceImpossible,
    QuantityImpossible,
    TooManyLines,
    TotalImpossible,
    UnitDoesNotFit,
    ValidityImpossible,
)
from inquiries.rules.quotations import LineTerms, Terms, check_terms, total_up

TODAY = date(2026, 11, 26)
GOODS = LineTerms("goods", "Coffee", "", Decimal(600), "kg", Decimal("5.60"), 7)
TERMS = Terms("USD", "FOB", "Tema", "30% now", 14, TODAY + timedelta(days=21), "", "", (GOODS,))
CURRENCIES = ["JPY", "XOF", "USD", "GHS", "EUR", "KWD", "BHD", "TND"]

quantities = st.decimals(min_value=Decimal("0.001"), max_value=Decimal(99_999_999), places=3)
prices = st.decimals(min_value=0, max_value=Decimal(999_999_999), places=4)
kinds = st.sampled_from(["goods", "sample", "freight", "insurance", "charge", "discount"])
lines = st.lists(st.builds(LineTerms, kind=kinds, quantity=quantities, unit_price=prices), max_size=30)


def check(terms, units=None):
    check_terms(terms, today=TODAY, units={7: "kg"} if units is None else units, currencies=("USD", "XOF", "KWD"))


@given(lines=lines, currency=st.sampled_from(CURRENCIES))
def test_the_lines_come_to_the_total_in_the_minor_unit_and_nothing_is_a_float(lines, currency):
    totals = total_up(lines=lines, currency=currency)
    step = Decimal(1).scaleb(-get_currency_precision(currency))
    amounts = [money.amount for money in totals.amounts]
    assert sum(amounts, start=Decimal(0)) == totals.total.amount
    assert all(
        type(amount) is Decimal and amount == amount.quantize(step) for amount in [*amounts, totals.total.amount]
    )
    assert {money.currency for money in [*totals.amounts, totals.total]} == {currency}


@given(lines=lines, currency=st.sampled_from(CURRENCIES))
def test_each_line_is_within_half_a_minor_unit_of_the_exact_product(lines, currency):
    half = Decimal(1).scaleb(-get_currency_precision(currency)) / 2
    for line, money in zip(lines, total_up(lines=lines, currency=currency).amounts, strict=True):
        exact = line.quantity * line.unit_price
        assert abs(abs(money.amount) - exact) <= half
        assert (money.amount <= 0) == (line.kind == "discount" or money.amount == 0)


@pytest.mark.parametrize(
    ("currency", "total"), [("JPY", "2"), ("XOF", "2"), ("USD", "1.52"), ("EUR", "1.52"), ("KWD", "1.515"), ("TND", "1.515")]
)  # fmt: skip
def test_halves_are_rounded_up_in_each_currency(currency, total):
    line = LineTerms("goods", quantity=Decimal(1), unit_price=Decimal("1.515"))
    assert total_up(lines=[line], currency=currency).total == Money(Decimal(total), currency)


def test_a_line_that_is_not_filled_in_is_nothing():
    assert total_up(lines=[LineTerms("goods"), GOODS], currency="USD").total == Money(Decimal("3360.00"), "USD")


def test_no_field_of_terms_is_a_float():
    assert not any("float" in str(one.type) for kind in (LineTerms, Terms) for one in fields(kind))


def test_complete_terms_can_be_sent():
    check(TERMS)


def with_line(**changed):
    return replace(TERMS, lines=(replace(GOODS, **changed),))


@pytest.mark.parametrize(
    ("terms", "refusal", "field"),
    [
        (replace(TERMS, currency=""), CurrencyUnknown, "currency"),
        (replace(TERMS, currency="XXX"), CurrencyUnknown, "currency"),
        (replace(TERMS, lines=()), NothingQuoted, None),
        (with_line(kind="freight", listing_id=None), NothingQuoted, None),
        (replace(TERMS, lines=(GOODS,) * 31), TooManyLines, None),
        (with_line(description=" "), LineIncomplete, "lines-1"),
        (with_line(unit_price=None), LineIncomplete, "lines-1"),
        (with_line(unit="", listing_id=None), LineIncomplete, "lines-1"),
        (with_line(unit="", kind="sample"), LineIncomplete, "lines-1"),
        (with_line(detail="A/C 0012345678"), BankDetailsQuoted, "lines-1"),
        (replace(TERMS, notes="We have a new bank account."), BankDetailsQuoted, "notes"),
        (with_line(quantity=Decimal(0)), QuantityImpossible, "lines-1"),
        (with_line(quantity=Decimal(100_000_000)), QuantityImpossible, "lines-1"),
        (with_line(unit_price=Decimal(0)), PriceImpossible, "lines-1"),
        (with_line(unit_price=Decimal(1_000_000_000)), PriceImpossible, "lines-1"),
        (with_line(listing_id=8), NotYourProduct, "lines-1"),
        (with_line(unit="piece"), UnitDoesNotFit, "lines-1"),
        (replace(TERMS, incoterm=""), IncotermMissing, "incoterm"),
        (replace(TERMS, named_place=" "), IncotermMissing, "named_place"),
        (replace(TERMS, payment_terms=" "), PaymentTermsMissing, "payment_terms"),
        (replace(TERMS, lead_time_days=None), LeadTimeMissing, "lead_time_days"),
        (replace(TERMS, valid_until=None), ValidityImpossible, "valid_until"),
        (replace(TERMS, valid_until=TODAY - timedelta(days=1)), ValidityImpossible, "valid_until"),
        (replace(TERMS, valid_until=TODAY + timedelta(days=366)), ValidityImpossible, "valid_until"),
        (replace(TERMS, lines=(GOODS, LineTerms("discount", "All", "", Decimal(1), "lot", Decimal(3360)))), TotalImpossible, None),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_at_its_field(terms, refusal, field):
    with pytest.raises(refusal) as told:
        check(terms)
    assert told.value.field == field


def test_carriage_needs_no_unit():
    check(replace(TERMS, lines=(GOODS, LineTerms("freight", "Sea freight", "", Decimal(1), "", Decimal(300)))))


def test_a_sample_may_cost_nothing():
    check(with_line(kind="sample", unit="piece", unit_price=Decimal(0)))
