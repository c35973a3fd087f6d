"""Tables to download: no cell is run by a spreadsheet, and nothing of a value is lost."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.tables import guard_cell, write_table


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+233 30", "-10%", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1", "=HYPERLINK(“http://x”)", "-"],
)
def test_words_that_look_like_a_formula_get_an_apostrophe(typed):
    assert guard_cell(typed) == f"'{typed}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Volta", "Volta"),
        ("a=b", "a=b"),
        ("", ""),
        (None, ""),
        (-5, "-5"),
        (Decimal("-0.50"), "-0.50"),
        (Decimal("1E+3"), "1000"),
        (date(2026, 11, 26), "2026-11-26"),
        (datetime(2026, 11, 26, 9, 5, tzinfo=UTC), "2026-11-26 09:05"),
        ("a\x00b", "ab"),
    ],
)
def test_other_values_are_written_as_they_are(value, written):
    assert guard_cell(value) == written


def test_a_file_reads_back_with_its_commas_quotes_and_lines():
    rows = [["Firm", "Note"], ["Adanu, Ho", 'said "yes"\nand came'], ["عسل", "1;2"]]
    text = "".join(write_table(rows))
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) == rows
