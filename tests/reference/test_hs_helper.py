"""Lay words find their HS heading; judged on two hundred that were written before the table."""

import csv
from pathlib import Path

import pytest

from reference.selectors import _hs_words, is_known_hs_code, suggest_hs

JUDGED = list(csv.DictReader((Path(__file__).parent / "hs_judged.csv").read_text(encoding="utf-8").splitlines()))
HELD_OUT = JUDGED[2::3]
FIRST = 3
GOAL = 0.9


def finds(row):
    headings = [one.heading for one in suggest_hs(text=row["words"], language=row["language"])][:FIRST]
    return bool(set(headings) & set(row["headings"].split("|")))


@pytest.mark.parametrize("rows", [JUDGED, HELD_OUT], ids=["all", "held out"])
def test_the_right_heading_is_among_the_first_three(rows):
    missed = [(row["language"], row["words"]) for row in rows if not finds(row)]
    assert 1 - len(missed) / len(rows) >= GOAL, missed


def test_the_set_is_large_enough_and_in_four_languages():
    assert len(JUDGED) >= 200
    assert {row["language"] for row in JUDGED} == {"en", "fr", "es", "de"}


def test_the_table_names_1500_codes_of_the_edition_in_four_languages():
    words = _hs_words()
    assert len(words) >= 1500
    assert all(is_known_hs_code(code=code) for code in words)
    assert [
        code for code, by_language in words.items() if not all(phrases[0] for phrases in by_language.values())
    ] == []
