"""How a comparison becomes the rows of the change table."""

from decimal import Decimal

from core.money import Money
from moderation.rules import DiffRow
from moderation.views.comparison import build_rows


def test_a_price_says_by_how_much_it_changed():
    [row] = build_rows((DiffRow("Price", Money(Decimal("8.10"), "USD"), Money(Decimal("9.00"), "USD"), "price"),))

    assert (row.before, row.after, row.kind, row.note, row.note_kind) == ("$8.10", "$9.00", "number", "+11%", "warn")


def test_prices_of_two_currencies_are_not_compared():
    [row] = build_rows((DiffRow("Price", Money(Decimal("8.10"), "USD"), Money(Decimal("9.00"), "EUR"), "price"),))

    assert row.note == ""


def test_a_small_change_keeps_its_decimal():
    [row] = build_rows((DiffRow("Price", Money(Decimal(100), "USD"), Money(Decimal("99.5"), "USD"), "price"),))

    assert row.note == "-0.5%"


def test_a_note_of_the_kind_stays():
    [row] = build_rows((DiffRow("Claims", "", "Organic", "added", note="No certificate", tone="bad"),))

    assert (row.before, row.after, row.note, row.note_kind) == ("", "Organic", "No certificate", "bad")


def test_a_text_that_shares_no_word_is_shown_whole():
    [row] = build_rows((DiffRow("Title", "Coffee", "Cocoa", "text"),))

    assert (row.marked, row.before, row.after) == (False, "Coffee", "Cocoa")


def test_several_lines_are_one_text():
    [row] = build_rows((DiffRow("Breaks", ("48: $8", "96: $7"), ("48: $8", "96: $6"), "text"),))

    assert row.after == "48: $8<br>96: $<ins>6</ins>"
