"""Variants, documents and other languages as plain rules, and what changes of them wait for an officer."""

from datetime import date
from decimal import Decimal

import pytest

from listings.rules.changes import Change, Version, judge_changes, waits
from listings.rules.documents import DocumentFacts, check_document, may_read
from listings.rules.variants import VariantFacts, check_variants

TODAY = date(2026, 11, 26)
JAR, TIN = VariantFacts("Jar", "A-1", "4006381333931"), VariantFacts("Tin", "A-2", "5901234123457")


def test_two_different_variants_make_sense():
    assert check_variants([(0, JAR), (1, TIN)], article_number="A-0") == []


@pytest.mark.parametrize(
    ("second", "field"),
    [
        (VariantFacts("JAR"), "name"), (VariantFacts("Tin", "a-1"), "article_number"), (VariantFacts("Tin", "", "4006381333931"), "gtin"),
    ],
)  # fmt: skip
def test_the_later_row_is_told_what_stands_twice(second, field):
    (problem,) = check_variants([(0, JAR), (3, second)])
    assert (problem.row, problem.field) == (3, field)


def test_empty_numbers_are_not_the_same_number():
    assert check_variants([(0, VariantFacts("A")), (1, VariantFacts("B"))]) == []


def test_a_laboratory_report_needs_lot_laboratory_and_date_and_other_papers_nothing():
    report = DocumentFacts("lab_report", "Report", "public")
    assert [field for field, _message in check_document(report, today=TODAY)] == ["lot", "issued_by", "issued_on"]
    assert check_document(DocumentFacts("licence", "Licence", "public"), today=TODAY) == []
    whole = DocumentFacts("lab_report", "Report", "public", "", "L-1", "Lab", TODAY)
    assert check_document(whole, today=TODAY) == []


def test_a_paper_is_not_issued_tomorrow_and_ends_after_it_began():
    ahead = DocumentFacts("licence", "L", "public", issued_on=date(2026, 11, 27))
    ended = DocumentFacts("licence", "L", "public", issued_on=TODAY, valid_until=date(2026, 11, 25))
    assert [field for field, _message in check_document(ahead, today=TODAY)] == ["issued_on"]
    assert [field for field, _message in check_document(ended, today=TODAY)] == ["valid_until"]


@pytest.mark.parametrize(
    ("visibility", "has_written", "is_shown", "reads"),
    [
        ("public", False, False, True), ("inquiry", False, False, False), ("inquiry", True, False, True),
        ("buyer", True, False, False), ("buyer", False, True, True), ("inquiry", False, True, True),
    ],
)  # fmt: skip
def test_who_reads_a_paper(visibility, has_written, is_shown, reads):
    assert may_read(visibility=visibility, has_written=has_written, is_shown=is_shown) is reads


def version(**fields):
    return Version(
        title="Oil", variants={"Jar": ("A-1", "")}, variant_prices={("Jar", Decimal(10)): Decimal(20)}, **fields
    )


def change(**fields):
    before = version(translations={"fr": ("Huile de baobab pressée", "", "")}, papers=frozenset({"one"}))
    values = {name: getattr(before, name) for name in before.__dataclass_fields__} | fields
    return judge_changes(before, Version(**values))


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"variant_prices": {("Jar", Decimal(10)): Decimal(22)}}, ("variant_prices", "")),
        ({"variant_prices": {("Jar", Decimal(10)): Decimal(26)}}, ("variant_prices", "price_band")),
        ({"variants": {"Jar": ("A-9", "")}}, ("variants", "")),
        ({"variants": {"Jar": ("A-1", ""), "Tin": ("", "")}}, ("variants", "new_variant")),
        ({"translations": {"fr": ("Huile de baobab pressee", "", "")}}, ("translations", "")),
        ({"translations": {"fr": ("Tout autre chose ici", "", "")}}, ("translations", "rewritten")),
        ({"translations": {"fr": ("Huile de baobab pressée", "", ""), "de": ("Öl", "", "")}}, ("translations", "new_text")),
        ({"translations": {}}, ("translations", "")),
        ({"papers": frozenset({"one", "two"})}, ("papers", "papers")),
        ({"papers": frozenset()}, ("papers_removed", "")),
    ],
)  # fmt: skip
def test_what_waits_and_what_does_not(fields, found):
    changes = change(**fields)
    assert changes == (Change(*found),)
    assert waits(changes) is bool(found[1])


def test_nothing_changed_is_nothing():
    assert change() == ()


def test_the_first_price_of_a_variant_waits():
    changes = judge_changes(
        Version(variants={"Jar": ("", "")}),
        Version(variants={"Jar": ("", "")}, variant_prices={("Jar", Decimal(1)): Decimal(2)}),
    )
    assert changes == (Change("variant_prices", "first_price"),)
