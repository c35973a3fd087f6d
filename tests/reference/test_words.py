"""The facts of the world are complete and said in words that can be translated."""

import csv

import pytest

from reference.choices.attributes import ATTRIBUTE_WORDS
from reference.choices.words import CATEGORY_NAMES, HS_HEADINGS
from reference.models import Category
from reference.selectors import (
    DATA,
    get_country_name,
    get_hs_heading,
    get_language_name,
    is_known_hs_code,
    list_branches,
    list_countries,
    list_currencies,
    list_languages,
)


def column(file: str, name: str) -> list[str]:
    with (DATA / file).open(newline="", encoding="utf-8") as rows:
        return [row[name] for row in csv.DictReader(rows)]


def test_every_category_and_heading_is_offered_to_translators():
    assert list(CATEGORY_NAMES) == column("categories.csv", "name")
    assert set(HS_HEADINGS) == set(column("hs_headings.csv", "name"))
    choices = {word for cell in column("attributes.csv", "choices") for word in cell.split("|") if word}
    units = {unit for unit in column("attributes.csv", "unit") if unit.isalpha() and len(unit) > 2}
    assert set(ATTRIBUTE_WORDS) == set(column("attributes.csv", "name")) | choices | units


@pytest.mark.django_db
def test_the_tree_has_eight_branches_and_seventy_sub_categories(django_assert_num_queries):
    with django_assert_num_queries(2):
        branches = [(branch.slug, len(branch.children.all())) for branch in list_branches()]
    assert len(branches) == 8
    assert sum(count for _, count in branches) == 70
    assert branches[0] == ("food-and-drink", 14)
    assert Category.objects.leaves().count() == 70


def test_names_come_in_the_readers_language():
    assert get_country_name(code="DE", language="en") == "Germany"
    assert get_country_name(code="de", language="ar") == "ألمانيا"
    assert get_country_name(code="XX", language="en") == "XX"
    assert get_language_name(code="fr") == "Français"
    assert ("GH", "Ghana") in list_countries(language="en")
    assert ("XOF", "XOF, West African CFA Franc") in list_currencies(language="en")
    assert ("ar", "العربية") in list_languages()


def test_hs_codes_are_known_by_their_six_digits():
    assert is_known_hs_code(code="090111") is True
    assert is_known_hs_code(code="090119") is False
    assert get_hs_heading(code="090111") == "Coffee"
    assert get_hs_heading(code="999999") == ""


def test_every_heading_belongs_to_a_known_code():
    known = {code[:4] for code in (DATA / "hs2022.txt").read_text().split()}
    assert set(column("hs_headings.csv", "heading")) <= known
