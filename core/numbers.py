"""Numbers as people type them, in the way of their language."""

import re
import unicodedata
from decimal import Decimal

from core.errors import DomainError, gettext_noop

ARABIC_DECIMAL_SIGN = "\u066b"
SPACES = re.compile(r"[\s'_\u2019\u00a0\u202f\u2009\u066c]")
GROUPED = {
    sep: re.compile(rf"\d{{1,3}}(?:{re.escape(sep)}\d{{2,3}})*{re.escape(sep)}\d{{3}}") for sep in (",", ".", " ")
}


class NumberUnreadable(DomainError):
    """What was typed is no number."""

    message = gettext_noop("“%(typed)s” is no number. Write it in digits, such as 1250 or 8.60.")
    status = 422


class NumberAmbiguous(DomainError):
    """What was typed can be read in two ways, a thousand apart."""

    message = gettext_noop("“%(typed)s” can be read in two ways. Write %(whole)s or %(fraction)s.")
    status = 422


def parse_number(typed: str, *, decimal_comma: bool) -> Decimal:
    """Read “1,000.50”, “1 000,50”, “5,40” as a person means it, in the digits of any script.

    `decimal_comma` tells the reader's language. One separator before exactly three digits means thousands where the language groups
    with it; where it is the language's decimal sign it could be both, and a factor of a thousand is no place for a guess.
    Raises NumberUnreadable or NumberAmbiguous.
    """
    text = "".join(_ascii(char) for char in unicodedata.normalize("NFKC", typed).strip())
    if SPACES.search(text):
        whole, separator, rest = re.sub(SPACES, " ", text), "", ""
        if match := re.fullmatch(r"([\d ]+)(?:([.,])(\d+))?", whole):
            whole, separator, rest = match[1], match[2] or "", match[3] or ""
        if not GROUPED[" "].fullmatch(whole):
            raise NumberUnreadable(typed=typed)
        return Decimal(whole.replace(" ", "") + (f".{rest}" if separator else ""))
    if not re.fullmatch(r"\d+(?:[.,]\d+)*|[.,]\d+", text) or len(text) > 30:
        raise NumberUnreadable(typed=typed)
    return _read_separators(text, typed, decimal_comma=decimal_comma)


def _read_separators(text: str, typed: str, *, decimal_comma: bool) -> Decimal:
    used = [char for char in text if char in ",."]
    if not used:
        return Decimal(text)
    last = used[-1]
    whole, _, rest = text.rpartition(last)
    other = "," if last == "." else "."
    if other in used:
        if last in whole or not GROUPED[other].fullmatch(whole):
            raise NumberUnreadable(typed=typed)
        return Decimal(f"{whole.replace(other, '')}.{rest}")
    if len(used) > 1:
        if not GROUPED[last].fullmatch(text):
            raise NumberUnreadable(typed=typed)
        return Decimal(text.replace(last, ""))
    if len(rest) != 3 or len(whole) > 3 or whole.strip("0") == "":
        return Decimal(f"{whole or 0}.{rest}")
    if last != ("," if decimal_comma else "."):
        return Decimal(whole + rest)
    raise NumberAmbiguous(
        typed=typed, whole=whole + rest, fraction=write_fraction(Decimal(f"{whole}.{rest}"), sign=last)
    )


def write_fraction(number: Decimal, *, sign: str) -> str:
    """A number that `parse_number` reads in one way only: never exactly three decimals; no grouping."""
    text = format(number.normalize(), "f")
    whole, _, rest = text.partition(".")
    rest = rest + "0" if len(rest) in {1, 3} else rest
    return f"{whole}{sign}{rest}" if rest else whole


def _ascii(char: str) -> str:
    if char == ARABIC_DECIMAL_SIGN:
        return "."
    return str(unicodedata.decimal(char, char))
