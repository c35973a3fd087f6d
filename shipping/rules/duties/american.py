"""Duties as the Harmonized Tariff Schedule of the United States prints them.

`Free`, `3.2%`, `34.2¢/kg`, `$1.05/kg + 2.3%`, `5¢ each`. Thirds of a percent have no exact decimal, dozens no exact price of a piece,
and goods are not weighed drained: such rates are None.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from shipping.rules.duty import DutyRate

PERCENT = re.compile(r"(?P<number>[0-9]{1,5}(?:\.[0-9]{1,6})?)(?:\s+(?P<over>[0-9])/(?P<under>[0-9]))?\s*%")
CENTS = re.compile(r"(?P<number>[0-9]{1,7}(?:\.[0-9]{1,4})?)\s*¢\s*(?P<unit>/\s*kg|/\s*t|each|/\s*No\.)")
DOLLARS = re.compile(r"\$\s*(?P<number>[0-9]{1,7}(?:\.[0-9]{1,4})?)\s*(?P<unit>/\s*kg|/\s*t|each|/\s*No\.)")
EXACT_HALVES = {"2", "4", "5", "8"}
SPECIAL = re.compile(r"(?P<rate>[^()]+)\((?P<codes>[^()]*)\)")
FURTHER = re.compile(r"\b99[0-9]{2}\.[0-9]{2}")


def parse_american(text: str) -> DutyRate | None:
    """The rate in US dollars, exact; None where it is written otherwise."""
    written = " ".join(text.split())
    if written.lower() == "free":
        return DutyRate()
    found: dict[str, Decimal] = {}
    for term in written.split("+"):
        part = _read_term(term.strip())
        if part is None or part[0] in found:
            return None
        found[part[0]] = part[1]
    return DutyRate(**found)


def list_special(text: str) -> Iterator[tuple[str, str]]:
    """Code of the programme and the words of its rate, of `Free (A,AU,S) 5.2% (E)` and the like."""
    for group in SPECIAL.finditer(" ".join(text.split())):
        for code in group["codes"].split(","):
            if code.strip():
                yield code.strip(), group["rate"].strip(" ;,")


def points_to_further_duties(words: str) -> bool:
    """Whether a footnote sends the reader to chapter 99, where further duties stand."""
    return bool(FURTHER.search(words))


def _read_term(term: str) -> tuple[str, Decimal] | None:
    percent = PERCENT.fullmatch(term)
    if percent:
        return _read_percent(percent)
    cents, dollars = CENTS.fullmatch(term), DOLLARS.fullmatch(term)
    found = cents or dollars
    if found is None:
        return None
    amount = Decimal(found["number"]) / (100 if cents else 1)
    unit = found["unit"].replace(" ", "")
    if unit == "/t":
        return "per_kg", amount / 1000
    return ("per_kg" if unit == "/kg" else "per_unit"), amount


def _read_percent(percent: re.Match[str]) -> tuple[str, Decimal] | None:
    if percent["under"] is None:
        return "percent", Decimal(percent["number"])
    if percent["under"] not in EXACT_HALVES:
        return None
    return "percent", Decimal(percent["number"]) + Decimal(percent["over"]) / Decimal(percent["under"])
