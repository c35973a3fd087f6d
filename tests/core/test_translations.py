"""The Arabic catalogue: everything that buyers read has a text, and no text lost a value that it must show."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from django.utils.translation import get_language_info, ngettext, override

CATALOGUE = Path(__file__).parents[2].joinpath("locale", "ar", "LC_MESSAGES", "django.po")
READ_BY_BUYERS = re.compile(
    r"templates/((public|base|auth|\d{3}|403_csrf)\.html|catalogue/|components/|storefronts/|core/|errors/)"
    r"|listings/(selectors|rules)|reference/|core/"
)
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
VALUE = re.compile(r"%\(\w+\)[sd]|%%")
TAG = re.compile(r"</?\w+[^>]*>")
FORMS_THAT_COUNT_IN_WORDS = 3


class Message(NamedTuple):
    places: str
    flags: str
    source: str
    plural: str
    texts: list[str]


def text_of(block, keyword):
    """Every string behind one keyword, lines joined: msgstr has one, msgstr[n] has six."""
    found = re.findall(rf'^{keyword}(?:\[\d\])? ((?:".*"\n?)+)', block, re.MULTILINE)
    return ["".join(ast.literal_eval(part) for part in QUOTED.findall(lines)) for lines in found]


def read_message(block):
    return Message(
        places=" ".join(re.findall(r"^#: (.*)$", block, re.MULTILINE)),
        flags=" ".join(re.findall(r"^#, (.*)$", block, re.MULTILINE)),
        source=text_of(block, "msgid")[0],
        plural="".join(text_of(block, "msgid_plural")),
        texts=text_of(block, "msgstr"),
    )


def values(text):
    return sorted(VALUE.findall(text))


@pytest.fixture(scope="module")
def messages():
    header, *blocks = CATALOGUE.read_text(encoding="utf-8").split("\n\n")
    assert "nplurals=6;" in header
    return [read_message(block) for block in blocks if re.search(r"^msgid", block, re.MULTILINE)]


def test_everything_that_buyers_read_has_an_arabic_text(messages):
    read = [message for message in messages if READ_BY_BUYERS.search(message.places)]
    assert len(read) > 500
    assert [message.source for message in read if not all(message.texts)] == []


def test_every_plural_has_its_six_forms(messages):
    counted = [message for message in messages if message.plural]
    assert {len(message.texts) for message in counted} == {6}


def test_no_text_is_a_guess_of_the_tools(messages):
    assert [message.source for message in messages if "fuzzy" in message.flags] == []


def test_a_text_shows_the_same_values_as_its_source(messages):
    single = [message for message in messages if not message.plural and message.texts[0]]
    assert [m.source for m in single if values(m.source) != values(m.texts[0])] == []


def test_a_plural_shows_the_same_values_as_its_source_wherever_it_counts_in_figures(messages):
    counted = [(m, text) for m in messages if m.plural for text in m.texts[FORMS_THAT_COUNT_IN_WORDS:] if text]
    assert len(counted) > 30
    assert [m.source for m, text in counted if values(m.plural) != values(text)] == []


def test_a_text_keeps_the_markup_of_its_source(messages):
    written = [(m, text) for m in messages for text in m.texts if text]
    assert [m.source for m, text in written if sorted(TAG.findall(m.source)) != sorted(TAG.findall(text))] == []


def test_arabic_reads_from_right_to_left():
    assert get_language_info("ar")["bidi"] is True


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "منتج واحد"), (2, "منتجان"), (3, "3 منتجات"), (11, "11 منتجًا"), (100, "100 منتج")],
)
def test_arabic_counts_products_in_its_own_forms(number, written):
    with override("ar"):
        assert ngettext("%(number)s product", "%(number)s products", number) % {"number": number} == written
