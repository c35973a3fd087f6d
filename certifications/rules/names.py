"""Is the firm that a certificate prints the firm that we know? Names compared without their legal forms and spellings.

Nothing is guessed: what a person could doubt is `unknown`, and another script is only ever matched by an alias.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

from anyascii import anyascii
from rapidfuzz.distance import OSA

Verdict = Literal["pass", "fail", "unknown"]

FORMS_BEHIND = tuple(
    tuple(form.split())
    for form in (
        "sa de cv", "s de rl de cv", "gmbh co kg", "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "ug", "eg", "ev", "sarl", "sarlu", "sas", "sasu",
        "sa", "scop", "srl", "spa", "snc", "lda", "limitada", "ltda", "sl", "slu", "eirl", "bv", "nv", "ua", "vof", "ab", "as", "asa", "aps",
        "oy", "oyj", "ou", "sia", "uab", "kft", "zrt", "nyrt", "doo", "dd", "sp z oo", "spolka z ograniczona odpowiedzialnoscia", "sro",
        "anonim sirketi", "limited sirketi", "ltd sti", "private limited", "pvt ltd", "pvt limited", "pty ltd", "proprietary limited",
        "company limited", "co ltd", "limited", "ltd", "plc", "llc", "llp", "lp", "inc", "incorporated", "corp", "corporation",
        "joint stock company", "jsc", "ojsc", "cjsc", "company", "co", "pt", "tbk", "cv", "sdn bhd", "bhd", "pte ltd", "ooo", "oao", "zao",
        "ооо", "оао", "зао", "ذمم", "شمم", "شمل", "شذمم", "المحدوده", "محدوده",
    )
)  # fmt: skip
"""Legal forms as they stand behind a name, after punctuation and accents are gone; the longest that fits is taken."""
FORMS_BEFORE = {
    "sarl",
    "sas",
    "sa",
    "pt",
    "cv",
    "ud",
    "ooo",
    "oao",
    "zao",
    "ооо",
    "оао",
    "зао",
    "the",
    "شركه",
    "firma",
    "ets",
}
FORMS_JOINED = ("股份有限公司", "有限责任公司", "有限責任公司", "有限公司", "株式会社", "(株)")
CONNECTORS = {"and", "und", "et", "y", "e", "en", "og", "och", "و"}
TRADE_NAME = re.compile(r"\s(?:t/a|d/b/a|dba|trading as|doing business as)\s", re.IGNORECASE)
FORMER_NAME = re.compile(r"[(\[](?:formerly|previously|ex|anciennement|vormals|antes)\b[^)\]]*[)\]]", re.IGNORECASE)
PLACE_BEHIND = re.compile(r",\s|\s[-–—]\s")
ARABIC_LETTERS = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "ø": "oe", "œ": "oe", "ı": "i"})
SPELLED_UMLAUTS = re.compile(r"([aou])e")
LONG_WORD = 5
BEST_FIRST: tuple[Verdict, ...] = ("pass", "unknown", "fail")


def compare_names(printed: str, known: Sequence[str]) -> Verdict:
    """Is `printed` one of the `known` names of a firm (its legal name, its aliases)? The kindest verdict of all of them."""
    head, *tails = TRADE_NAME.split(FORMER_NAME.sub(" ", f" {printed} "))
    verdicts = {_compare(head, name) for name in known if split_name(name)}
    if any(_compare(tail, name) != "fail" for tail in tails for name in known):
        verdicts.add("unknown")  # the firm stands there, but not as the holder
    return next((verdict for verdict in BEST_FIRST if verdict in verdicts), "unknown")


def split_name(name: str) -> tuple[str, ...]:
    """The words of a name that tell it from others: no legal form, no article, no connector, one spelling."""
    text = unicodedata.normalize("NFKC", FORMER_NAME.sub(" ", name)).casefold()
    for form in FORMS_JOINED:
        text = text.replace(form, " ")
    text = re.sub(r"[.'’`´]", "", text.replace("co-op", "coop"))
    words = [fold_word(word) for word in re.split(r"[^\w]+", _drop_marks(text)) if word]
    return tuple(_drop_forms([word for word in words if word not in CONNECTORS]))


def fold_word(word: str) -> str:
    """One spelling of a word: umlauts and accents as plain letters, Arabic letters that are written either way as one."""
    if _is_latin(word):
        plain = anyascii(word.translate(UMLAUTS)).lower()
        return SPELLED_UMLAUTS.sub(r"\1", plain)
    return word.translate(ARABIC_LETTERS).replace("ـ", "")


def _compare(printed: str, known: str) -> Verdict:
    ours, theirs = split_name(known), split_name(printed)
    if not theirs:
        return "unknown"
    if ours == theirs or split_name(PLACE_BEHIND.split(printed.strip(), maxsplit=1)[0]) == ours:
        return "pass"
    if _is_latin("".join(ours)) != _is_latin("".join(theirs)):
        return "unknown"
    is_numbered_otherwise = bool(_list_numbers(ours)) and bool(_list_numbers(theirs) ^ _list_numbers(ours))
    # Words that only one of them has may be a place, a group or a parent; the same words in another order, another firm.
    is_close = set(ours) <= set(theirs) or set(theirs) <= set(ours) or _are_nearly_equal(ours, theirs)
    return "unknown" if is_close and not is_numbered_otherwise else "fail"


def _are_nearly_equal(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    if len(ours) != len(theirs):
        return False
    return all(one == other or _is_slip(one, other) for one, other in zip(ours, theirs, strict=True))


def _is_slip(one: str, other: str) -> bool:
    """A letter wrong in a long word, an initial, or a shortened word; never the first letter."""
    short, long = sorted((one, other), key=len)
    if short[0] != long[0]:
        return False
    if len(short) == 1:
        return True
    if len(short) >= LONG_WORD and OSA.distance(short, long) == 1:
        return True
    return len(long) - len(short) > 1 and len(short) > 2 and short[-1] == long[-1] and _is_within(short, long)


def _is_within(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _drop_forms(words: list[str]) -> list[str]:
    while words and words[0] in FORMS_BEFORE:
        words = words[1:]
    while form := _find_form_behind(words):
        words = words[: -len(form)]
    return words


def _find_form_behind(words: Sequence[str]) -> tuple[str, ...]:
    fitting = [form for form in FORMS_BEHIND if tuple(words[-len(form) :]) == form]
    return max(fitting, key=len, default=())


def _drop_marks(text: str) -> str:
    """Arabic vowel signs change no word; accents of Latin letters are folded later, for an umlaut is more than a mark."""
    return "".join(letter for letter in text if not ("\u064b" <= letter <= "\u065f" or letter == "\u0670"))


def _is_latin(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


def _list_numbers(words: Iterable[str]) -> set[str]:
    return {word for word in words if word.isdigit()}
