"""What is said about a product before it is sent: words, goods and figures that a rule knows, each with its source."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.bank_words import find_bank_details
from core.words import cut_words

LANGUAGES = ("en", "fr", "es", "de", "ar")


class Act(StrEnum):
    """What a hit does."""

    BLOCK = "block"
    WARN = "warn"
    INFORM = "inform"
    REVIEW = "review"
    """An officer looks at every change of such goods."""


class Check(StrEnum):
    """What a rule looks at."""

    WORDS = "words"
    BANK = "bank"
    CONTACT = "contact"
    PRICE = "price"
    PICTURE = "picture"


@dataclass(frozen=True)
class LintRule:
    """One rule of the agency. `words` are cut and folded; "*" at the end of one stands for every word that begins so."""

    key: str
    act: Act
    check: Check
    says: Mapping[str, str]
    source: str
    url: str = ""
    read_on: str = ""
    hs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    unless_words: tuple[tuple[str, ...], ...] = ()
    unless_categories: tuple[str, ...] = ()
    unless_certificate: bool = False
    times: Decimal = Decimal(6)

    def speak(self, language: str) -> str:
        """What it says in the reader's language, else in English."""
        return self.says.get(language) or self.says["en"]


@dataclass(frozen=True)
class Facts:
    """What is known of a product: its texts by field, HS code, branch and category, and whether a verified certificate covers it.

    `price_ratio` is its price by the median of its category in the same measure; None where too few are known. A foreign picture is
    one that another company shows.
    """

    texts: Mapping[str, str]
    hs_code: str = ""
    categories: Collection[str] = ()
    has_certificate: bool = False
    price_ratio: Decimal | None = None
    has_foreign_picture: bool = False


@dataclass(frozen=True)
class Hit:
    """A rule that spoke, the field, and the words that made it speak ("" where it was no word)."""

    rule: LintRule
    field: str = ""
    found: str = ""


EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w.])(?<!\d )(?:\+|00[1-9])\d[\d ()./-]{6,}\d")
CALL = re.compile(
    r"(?:whats\s?app|telegram|wechat|viber|\btel\b|phone|t[ée]l[ée]phone|tel[ée]fono|celular|telefon|هاتف|واتساب)\D{0,15}(\d[\d ()./-]{6,}\d)",
    re.IGNORECASE,
)


def lint(rules: Sequence[LintRule], facts: Facts) -> list[Hit]:
    """Every rule that speaks, each once, in the order of the rules."""
    return [hit for rule in rules if (hit := _judge(rule, facts)) is not None]


def _judge(rule: LintRule, facts: Facts) -> Hit | None:
    if (rule.unless_certificate and facts.has_certificate) or not _is_meant(rule, facts):
        return None
    if rule.check in {Check.PRICE, Check.PICTURE}:
        speaks = _is_far(rule, facts.price_ratio) if rule.check == Check.PRICE else facts.has_foreign_picture
        return Hit(rule, rule.check.value) if speaks else None
    if rule.check == Check.WORDS and not rule.words:
        return Hit(rule, "hs_code", facts.hs_code)
    found = ((name, FINDERS[rule.check](rule, text)) for name, text in facts.texts.items())
    return next((Hit(rule, name, words) for name, words in found if words), None)


def _is_meant(rule: LintRule, facts: Facts) -> bool:
    if set(rule.unless_categories) & set(facts.categories):
        return False
    if not rule.hs and not rule.categories:
        return True
    return any(_begins(facts.hs_code, prefix) for prefix in rule.hs) or bool(
        set(rule.categories) & set(facts.categories)
    )


def _begins(code: str, prefix: str) -> bool:
    """`prefix` is the beginning of a code, or a range of chapters such as 02-23."""
    low, dash, high = prefix.partition("-")
    return bool(code) and (low <= code[: len(low)] <= high if dash else code.startswith(prefix))


def _is_far(rule: LintRule, ratio: Decimal | None) -> bool:
    return ratio is not None and not 1 / rule.times <= ratio <= rule.times


def _find_words(rule: LintRule, text: str) -> str:
    words = cut_words(text)
    lifted = {
        place
        for phrase in rule.unless_words
        for start in _places(words, phrase)
        for place in range(start, start + len(phrase))
    }
    for phrase in rule.words:
        for start in _places(words, phrase):
            if not lifted & set(range(start, start + len(phrase))):
                return " ".join(words[start : start + len(phrase)])
    return ""


def _places(words: Sequence[str], phrase: Sequence[str]) -> list[int]:
    return [start for start in range(len(words) - len(phrase) + 1) if all(map(_fits, words[start:], phrase))]


def _fits(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def _find_bank(_rule: LintRule, text: str) -> str:
    return find_bank_details(text)


def _find_contact(_rule: LintRule, text: str) -> str:
    for pattern in (EMAIL, ADDRESS, PHONE, CALL):
        if match := pattern.search(text):
            return match.group().strip()
    return ""


FINDERS = {Check.WORDS: _find_words, Check.BANK: _find_bank, Check.CONTACT: _find_contact}
