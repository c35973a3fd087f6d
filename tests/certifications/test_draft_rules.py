"""What a certificate needs before it is sent, and how high checks lift it."""

from datetime import date

import pytest

from certifications.rules.drafts import DateFault, find_date_fault, list_missing, make_number_key
from certifications.rules.evidence import Found, find_highest_level

DAY = date(2026, 11, 25)
WHOLE = {
    "number": "1", "issuer_name": "Proof", "holder": "Golden", "scope": "Honey", "valid_from": DAY, "valid_until": DAY,
    "has_term": True, "files": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, ()),
        ({"files": 0, "number": " - "}, ("files", "number")),
        ({"issuer_name": " ", "holder": "", "scope": ""}, ("issuer_name", "holder", "scope")),
        ({"valid_from": None}, ("valid_from",)),
        ({"valid_until": None}, ("valid_until",)),
        ({"valid_until": None, "has_term": False}, ()),
    ],
)
def test_what_is_missing_is_named(changes, missing):
    assert list_missing(**{**WHOLE, **changes}) == missing


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), None),
        (DAY, DAY, None),
        (None, None, None),
        (date(2026, 2, 1), date(2026, 1, 1), DateFault("reversed", date(2026, 1, 1))),
        (date(2026, 11, 26), None, DateFault("not_yet", date(2026, 11, 26))),
        (date(2025, 1, 1), date(2026, 11, 24), DateFault("ended", date(2026, 11, 24))),
    ],
)
def test_dates_that_cannot_be_true_today_are_found(first, last, fault):
    assert find_date_fault(valid_from=first, valid_until=last, day=DAY) == fault


def test_blanks_and_dashes_make_no_other_number():
    assert make_number_key(" ab-12 / 3.4 ") == "AB1234"


@pytest.mark.parametrize(
    ("checks", "level"),
    [
        ([], 1),
        ([Found("register", "confirmed", 3)], 2),
        ([Found("issuer", "confirmed", 3)], 2),
        ([Found("on_site", "confirmed", 3)], 3),
        ([Found("credential", "confirmed", 3), Found("register", "confirmed", 3)], 4),
        ([Found("register", "confirmed", 2)], 1),
        ([Found("register", "not_found", 3), Found("register", "confirmed", 3)], 1),
        ([Found("register", "unreachable", 3), Found("register", "confirmed", 3)], 2),
        ([Found("register", "different", 3)], 1),
    ],
)
def test_only_the_newest_word_about_this_version_lifts(checks, level):
    assert find_highest_level(checks, edit_count=3) == level
