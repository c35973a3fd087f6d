"""Words of any language made comparable: one spelling for letters, sizes and scripts without spaces."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

LONGEST_WORD = 40
LETTERS = str.maketrans(
    {
        "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "ng", "ɛ": "e", "ɔ": "o", "ƒ": "f",
        "ʼ": "'", "’": "'", "‘": "'", "ـ": None,
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك",
    }
)  # fmt: skip
ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{3})")
"""Arabic writes "the", "and", "in", "as" and "for" together with the word that follows."""
# Scripts that are written without spaces between words: CJK, kana, Thai, Lao, Myanmar, Khmer.
RUNS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
SIZES: dict[str, tuple[str, Decimal]] = {
    **dict.fromkeys(("mg",), ("g", Decimal("0.001"))),
    **dict.fromkeys(("g", "gr", "gram", "grams", "gramme", "grammes", "gramm", "gramo", "gramos"), ("g", Decimal(1))),
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes"), ("g", Decimal(1000))),
    **dict.fromkeys(("kilogramm", "kilogramo", "kilogramos", "كجم", "كغ", "كيلو"), ("g", Decimal(1000))),
    **dict.fromkeys(("t", "ton", "tons", "tonne", "tonnes", "mt"), ("g", Decimal(1_000_000))),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), ("lb", Decimal(1))),
    **dict.fromkeys(("oz", "ounce", "ounces"), ("oz", Decimal(1))),
    **dict.fromkeys(("ml",), ("ml", Decimal(1))),
    **dict.fromkeys(("cl",), ("ml", Decimal(10))),
    **dict.fromkeys(("l", "lt", "ltr", "liter", "liters", "litre", "litres", "litro", "litros"), ("ml", Decimal(1000))),
    **dict.fromkeys(("mm",), ("mm", Decimal(1))),
    **dict.fromkeys(("cm",), ("mm", Decimal(10))),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), ("mm", Decimal(1000))),
}  # fmt: skip
_PART = re.compile(rf"[{RUNS}]+|\d+(?:[.,]\d+)?|[^\W\d_{RUNS}]+(?:[^\W\d_{RUNS}]|(?<=\w)[\u0300-\u036f\u0900-\u0dff])*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def fold(text: str) -> str:
    """Lower case, one width, no accents; Arabic without vowel signs and with one form of each letter.

    Marks that are part of the spelling, as the vowels of Hindi or Thai are, stay.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold().translate(LETTERS)
    if folded.isascii():
        return folded
    return "".join(_strip_marks(folded)).translate(LETTERS)


def cut_words(text: str) -> list[str]:
    """The words in order: numbers with their unit as one size ("5 kg" and "5000g" are both "5000g"), scripts without spaces by pairs."""
    parts = _PART.findall(fold(text))
    words: list[str] = []
    position = 0
    while position < len(parts):
        part, following = parts[position], parts[position + 1] if position + 1 < len(parts) else ""
        if _NUMBER.fullmatch(part) and following in SIZES:
            words.append(write_size(part, following))
            position += 2
            continue
        words += _cut_part(part)
        position += 1
    return [word for word in words if len(word) <= LONGEST_WORD]


def write_size(number: str, unit: str) -> str:
    """A size in its smallest measure: 0.5 kg is "500g"."""
    measure, factor = SIZES[unit]
    size = (Decimal(number.replace(",", ".")) * factor).normalize()
    return f"{size:f}{measure}"


@lru_cache(maxsize=20_000)
def _cut_part(part: str) -> tuple[str, ...]:
    if part[0].isdigit():
        return (part.replace(",", "."),)
    if re.match(f"[{RUNS}]", part):
        return tuple(part[at : at + 2] for at in range(max(1, len(part) - 1)))
    return (ARTICLE.sub("", part),)


def _strip_marks(text: str) -> Iterator[str]:
    base = ""
    for letter in unicodedata.normalize("NFD", text):
        if unicodedata.category(letter) != "Mn":
            base = letter
            yield str(unicodedata.digit(letter)) if letter.isdigit() else letter
        elif not _drops_marks(base):
            yield letter


def _drops_marks(base: str) -> bool:
    return base < "\u0530" or "\u0600" <= base <= "\u06ff" or "\u1e00" <= base <= "\u1fff"


def write_code(code: str) -> str:
    """An article number without case, blanks and separators."""
    return "".join(letter for letter in fold(code) if letter.isalnum())
