"""Is the firm that a certificate prints the firm that we know? Names compared word by word, legal forms apart.

Nothing is guessed: what a person could doubt is `unknown`, and another script is only ever matched by an alias.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

from anyascii import anyascii
from rapidfuzz.distance import OSA

from certifications.rules.legal_forms import JOINED, cut_forms

Verdict = Literal["pass", "fail", "unknown"]

CONNECTORS = {"and", "und", "et", "y", "e", "en", "og", "och", "ve", "و"}
SAME_WORDS = {"coop": "cooperative"}
FIRM_WORDS = frozenset(
    [
        "associates",
        "division",
        "enterprises",
        "federation",
        "foundation",
        "group",
        "holding",
        "holdings",
        "industries",
        "international",
        "partners",
        "sons",
        "subsidiary",
        "traders",
        "trading",
        "union",
        "ventures",
    ]
)
"""Behind a comma or a dash these make another firm of it, where a place would not."""
TRADE_NAME = re.compile(r"\s(?:t/a|d/b/a|dba|trading as|doing business as)\s", re.IGNORECASE)
FORMER_NAME = re.compile(r"[(\[](?:formerly|previously|ex|anciennement|vormals|antes)\b[^)\]]*[)\]]", re.IGNORECASE)
PLACE_BEHIND = re.compile(r",\s|\s[-–—]\s")
ARABIC_LETTERS = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي", "ـ")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "æ": "ae", "ø": "oe", "œ": "oe", "ı": "i"})
SPELLED_UMLAUTS = re.compile(r"([aou])e")
LONG_WORD = 5
BEST_FIRST: tuple[Verdict, ...] = ("pass", "unknown", "fail")


@dataclass(frozen=True)
class Name:
    """The words of a name, as written and without accents, and the families of its legal forms."""

    words: tuple[str, ...]
    plain: tuple[str, ...]
    forms: frozenset[str]
    has_form: bool


def compare_names(printed: str, known: Sequence[str]) -> Verdict:
    """Is `printed` one of the `known` names of a firm (its legal name, its aliases)? The kindest verdict of all of them."""
    head, *tails = TRADE_NAME.split(FORMER_NAME.sub(" ", f" {printed} "))
    verdicts = {_compare(head, name) for name in known if read_name(name).words}
    if any(_compare(tail, name) != "fail" for tail in tails for name in known):
        verdicts.add("unknown")  # the firm stands there, but not as the holder
    return next((verdict for verdict in BEST_FIRST if verdict in verdicts), "unknown")


def split_name(name: str) -> tuple[str, ...]:
    """The words of a name that tell it from others: no legal form, no article, no connector, one spelling."""
    return tuple(map(fold_word, read_name(name).words))


@lru_cache(maxsize=1024)
def read_name(name: str) -> Name:
    """A name taken apart."""
    text = FORMER_NAME.sub(" ", unicodedata.normalize("NFKC", name).casefold())
    joined = next((form for form in JOINED if form in text), "")
    text = text.replace(joined, " ") if joined else text
    text = re.sub(r"[&+]", " and ", re.sub(r"['’`´]", "", text.replace("co-op", "coop")))
    words = [SAME_WORDS.get(word, word) for word in _join_initials(_list_words(text)) if word not in CONNECTORS]
    plain = tuple(map(_spell_plainly, words))
    start, end, forms = cut_forms(plain)
    forms |= {JOINED[joined]} if joined else set()
    return Name(tuple(words[start:end]), plain[start:end], forms, bool(joined) or end - start < len(words))


def fold_word(word: str) -> str:
    """One spelling of a word, so that Müller, Mueller and Muller are found together: never enough for a pass."""
    if list_scripts(word) == {"LATIN"}:
        return SPELLED_UMLAUTS.sub(r"\1", _spell_out(word))
    return _spell_plainly(word)


def _spell_plainly(word: str) -> str:
    """Without accents; Arabic letters that are written either way as one."""
    is_latin = list_scripts(word) == {"LATIN"}
    return anyascii(word).lower() if is_latin else word.translate(ARABIC_LETTERS)


def _spell_out(word: str) -> str:
    return anyascii(word.translate(UMLAUTS)).lower()


def _is_same_word(one: str, other: str) -> bool:
    """Equal with umlauts dropped or spelled out; an e behind a vowel counts as one only where the other name has the umlaut."""
    if _spell_plainly(one) == _spell_plainly(other):
        return True
    return list_scripts(one + other) == {"LATIN"} and bool(
        {_spell_plainly(one), _spell_out(one)} & {_spell_plainly(other), _spell_out(other)}
    )


def _compare(printed: str, known: str) -> Verdict:
    ours, theirs = read_name(known), read_name(printed)
    if not theirs.words:
        return "unknown"
    if _are_same(ours.words, theirs.words):
        return "pass" if _have_one_form(ours, theirs) else "unknown"
    if _is_followed_by_place(printed, ours):
        return "pass"
    if list_scripts("".join(ours.words)) != list_scripts("".join(theirs.words)):
        return "unknown"
    numbers, others = _list_numbers(ours), _list_numbers(theirs)
    is_numbered_otherwise = bool(numbers and others and numbers != others)
    return "unknown" if _are_close(ours, theirs) and not is_numbered_otherwise else "fail"


def _are_same(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return len(ours) == len(theirs) and all(map(_is_same_word, ours, theirs))


def _have_one_form(ours: Name, theirs: Name) -> bool:
    """A form left out is no other form; Ltd and PLC, GmbH and AG are two firms."""
    return not ours.forms or not theirs.forms or ours.forms == theirs.forms


def _is_followed_by_place(printed: str, ours: Name) -> bool:
    """The name is complete before the first comma or dash, and what follows names no firm."""
    head, *rest = PLACE_BEHIND.split(printed.strip(), maxsplit=1)
    name = read_name(head)
    if not rest or not _are_same(ours.words, name.words) or not _have_one_form(ours, name):
        return False
    tail = read_name(rest[0])
    is_whole = name.has_form or len(name.words) > 1
    return is_whole and not tail.has_form and not FIRM_WORDS & set(tail.words)


def _are_close(ours: Name, theirs: Name) -> bool:
    """Words that only one of them has may be a place, a group or a parent; the same words in another order, another firm."""
    short, long = sorted((ours.words, theirs.words), key=len)
    if all(any(_is_same_word(word, other) for other in long) for word in short):
        return True
    mine, other = ours.plain, theirs.plain
    if len(mine) == len(other) and all(map(_is_nearly_same_word, mine, other)):
        return True
    is_spaced_otherwise = "".join(mine) == "".join(other)
    return is_spaced_otherwise or _is_acronym(mine, theirs) or _is_acronym(other, ours) or _holds_unspaced(mine, other)


def _is_nearly_same_word(one: str, other: str) -> bool:
    return one == other or _is_slip(one, other) or _is_old_character(one, other)


def _is_slip(one: str, other: str) -> bool:
    """A letter wrong in a long word, an initial, or a shortened word; never the first letter, nor in characters."""
    short, long = sorted((one, other), key=len)
    if short[0] != long[0] or list_scripts(one + other) & {"CJK"}:
        return False
    if len(short) == 1:
        return True
    if len(short) >= LONG_WORD and OSA.distance(short, long) == 1:
        return True
    return len(long) - len(short) > 1 and len(short) > 2 and short[-1] == long[-1] and _is_within(short, long)


def _is_within(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _is_acronym(words: Sequence[str], name: Name) -> bool:
    """One word of the first letters of the other name, with or without that of its form."""
    initials = "".join(word[0] for word in name.plain)
    return (
        len(words) == 1 and len(initials) > 1 and words[0] in {initials, *(initials + form[0] for form in name.forms)}
    )


def _is_old_character(one: str, other: str) -> bool:
    """Sounds the same and one of them is written in characters that the simplified set (GB 2312) lacks."""
    if list_scripts(one + other) != {"CJK"} or len(one) != len(other):
        return False
    return anyascii(one) == anyascii(other) and not (_is_simplified(one) and _is_simplified(other))


def _is_simplified(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _holds_unspaced(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Scripts without blanks: a town or a branch may stand within what looks like one word."""
    short, long = sorted(("".join(ours), "".join(theirs)), key=len)
    return "CJK" in list_scripts(short) and short in long


def _list_words(text: str) -> list[str]:
    """Letters and figures; vowel signs belong to their letter, but those that Arabic may leave out are dropped."""
    kept = "".join(_clean_letter(letter) for letter in text)
    return kept.split()


def _clean_letter(letter: str) -> str:
    if "\u064b" <= letter <= "\u065f" or letter == "\u0670" or unicodedata.category(letter) == "Cf":
        return ""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return letter if letter.isalnum() or unicodedata.category(letter).startswith("M") else " "


def _join_initials(words: Sequence[str]) -> list[str]:
    """J. K. Mensah is JK Mensah, S. A. is SA; a single letter stays what it is."""
    joined: list[str] = []
    for is_letter, run in groupby(words, key=_is_initial):
        joined += ["".join(run)] if is_letter else list(run)  # noqa: B031  each run is read once
    return joined


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word != "و" and bool(list_scripts(word) & {"LATIN", "ARABIC", "CYRILLIC"})


def list_scripts(text: str) -> set[str]:
    """The scripts of its letters, as Unicode names them: LATIN, ARABIC, CJK."""
    return {unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha()}


def _list_numbers(name: Name) -> set[str]:
    return {word for word in name.words if word.isdigit()}
