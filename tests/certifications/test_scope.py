"""What a certificate covers: codes, words, and what nobody said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certifications.rules.prefixes import expand_prefixes, is_covered, is_prefix
from certifications.rules.scope import ProductFacts, ScopeFacts, find_word, judge_product

CHAPTERS = st.integers(1, 97)


@pytest.mark.parametrize(
    ("scope", "product", "result"),
    [
        (ScopeFacts(("0409",), ()), ProductFacts("040900", ()), "pass"),
        (ScopeFacts(("02-24",), ()), ProductFacts("180100", ()), "pass"),
        (ScopeFacts(("0409",), ("soap",)), ProductFacts("340130", ("Shea soap",)), "fail"),
        (ScopeFacts(("0409",), ("honey",)), ProductFacts("", ("Wild honey",)), "pass"),
        (ScopeFacts(("0409",), ()), ProductFacts("", ("Wild honey",)), "unknown"),
        (ScopeFacts((), ("honey",)), ProductFacts("180100", ("Cocoa beans",)), "fail"),
        (ScopeFacts((), ("cashew nut",)), ProductFacts("", ("Raw cashew nuts, 25 kg",)), "pass"),
        (ScopeFacts((), (), covers_company=True), ProductFacts("180100", ("Cocoa",)), "pass"),
        (ScopeFacts(("0409",), (), covers_company=True), ProductFacts("180100", ("Cocoa",)), "fail"),
        (ScopeFacts((), ()), ProductFacts("180100", ("Cocoa",)), "unknown"),
    ],
)
def test_codes_speak_first_then_words(scope, product, result):
    assert judge_product(scope, product).result == result


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("mango", "Dried mangoes", True),
        ("berries", "Acai berry powder", True),
        ("boxes", "A box of soap", True),
        ("Kräuter", "kräuter tee", True),
        ("honey", "honeycomb", False),
        ("green coffee", "coffee, green", False),
        ("عسل", "عسل طبيعي", True),
        ("glass", "glasses", False),
        ("  ", "anything", False),
    ],
)
def test_words_are_found_whole_plural_or_not(word, text, found):
    assert bool(find_word((word,), (text,))) is found


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("04", True), ("0409", True), ("040900", True), ("0409001", False), ("4", False), ("98", False), ("00", False),
     ("02-24", True), ("24-02", False), ("02-98", False), ("0904-0910", True), ("0910-0904", False), ("04-0410", False), ("0904-9901", False), ("ab", False), ("", False)],
)  # fmt: skip
def test_a_prefix_begins_a_code_or_names_a_range_of_chapters(text, is_one):
    assert is_prefix(text) is is_one


@given(first=CHAPTERS, last=CHAPTERS, chapter=CHAPTERS)
def test_a_range_covers_exactly_the_chapters_between(first, last, chapter):
    low, high = sorted((first, last))
    code = f"{chapter:02d}0100"
    expanded = expand_prefixes([f"{low:02d}-{high:02d}"])
    assert is_covered(code, expanded) == (low <= chapter <= high)


def test_a_range_of_headings_covers_those_between():
    assert is_covered("180500", ["1801-1806"])
    assert not is_covered("180700", ["1801-1806"])


def test_no_code_is_never_covered():
    assert not is_covered("", ("04",))
