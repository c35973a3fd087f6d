"""Duties as the tariffs of the United Kingdom and of the European Union print them.

`10.00%`, `4.20 % + 30.00 GBP / 100 kg`, `41.200 EUR DTN`, `12.00% MIN 2.00 GBP / kg MAX 24.00%`. What is not exactly such a sum,
bounded or not, is None: agricultural parts (AC, EA, SD, FD), entry prices, conditions, litres, pairs, percent of alcohol, gross weight.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from shipping.rules.duty import DutyRate

NUMBER = r"(?P<number>[0-9]{1,9}(?:\.[0-9]{1,6})?)"
PERCENT = re.compile(rf"{NUMBER}\s*%")
AMOUNT = re.compile(rf"{NUMBER}\s*(?P<currency>[A-Z]{{3}})(?:\s*/?\s*(?P<unit>.+))?")
BOUNDED = re.compile(r"\s+(?P<bound>MIN|MAX)\s+")
KILOGRAMS = {"kg": Decimal(1), "100 kg": Decimal(100), "100kg": Decimal(100), "dtn": Decimal(100), "kgm": Decimal(1), "tonne": Decimal(1000), "tne": Decimal(1000)}  # fmt: skip
PIECES = {"item": Decimal(1), "p/st": Decimal(1), "nar": Decimal(1), "1000 items": Decimal(1000), "1000 p/st": Decimal(1000), "mil": Decimal(1000)}  # fmt: skip
FREE = re.compile(r"free|0(\.0+)?\s*%", re.IGNORECASE)
MOST_DECIMALS = 6


def parse_expression(text: str, *, currency: str) -> DutyRate | None:
    """The rate, exact; None where the words say more, or something else, than a rate can hold. Amounts in `currency` alone are read."""
    written = " ".join(text.split())
    if FREE.fullmatch(written):
        return DutyRate()
    pieces = BOUNDED.split(written)
    parts = _read_sum(pieces[0], currency)
    bounds = dict.fromkeys(pieces[1::2])
    if parts is None or len(bounds) != len(pieces[1::2]):
        return None
    for name, words in zip(pieces[1::2], pieces[2::2], strict=True):
        bound = _read_bound(words, currency, "minimum" if name == "MIN" else "maximum")
        if bound is None:
            return None
        parts |= bound
    return DutyRate(**parts)


def _read_sum(words: str, currency: str) -> dict[str, Decimal] | None:
    """Parts by name; None where one of them is not read, or stands there twice."""
    found: dict[str, Decimal] = {}
    for term in words.split("+"):
        part = _read_term(term.strip(), currency)
        if part is None or part[0] in found or part[0] == "flat":
            return None
        found[part[0]] = part[1]
    return found


def _read_bound(words: str, currency: str, name: str) -> dict[str, Decimal] | None:
    part = _read_term(words.strip(), currency)
    names = {"flat": name, "percent": f"{name}_percent", "per_kg": f"{name}_per_kg"}
    return None if part is None or part[0] not in names else {names[part[0]]: part[1]}


def _read_term(term: str, currency: str) -> tuple[str, Decimal] | None:
    percent = PERCENT.fullmatch(term)
    if percent:
        return "percent", Decimal(percent["number"])
    amount = AMOUNT.fullmatch(term)
    if amount is None or amount["currency"] != currency:
        return None
    number = Decimal(amount["number"])
    if amount["unit"] is None:
        return "flat", number
    return _divide(number, amount["unit"].strip().lower())


def _divide(number: Decimal, unit: str) -> tuple[str, Decimal] | None:
    """The amount for one kilogram or piece; None for other units, and where it has more decimals than we keep."""
    units: tuple[tuple[str, Mapping[str, Decimal]], ...] = (("per_kg", KILOGRAMS), ("per_unit", PIECES))
    for name, sizes in units:
        if unit in sizes:
            each = number / sizes[unit]
            exponent = each.normalize().as_tuple().exponent
            is_kept = isinstance(exponent, int) and exponent >= -MOST_DECIMALS
            return (name, each) if is_kept else None
    return None
