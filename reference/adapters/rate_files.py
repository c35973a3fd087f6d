"""Exchange rates as banks publish them.

Three forms, told apart by their first line:

- the European Central Bank's XML: `Cube` elements with a `time`, and within them one for each `currency` and its `rate`, the units for
  one euro (https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html);
- the bank's CSV: `Date` and a column for each currency, N/A where there was none;
- any other central bank's CSV: the columns `day`, `base`, `quote`, `rate`: one unit of base is worth `rate` of quote.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from reference.exceptions import RatesFaulty
from reference.rules import EURO, Rate

COLUMNS = ("day", "base", "quote", "rate")
MOST_DECIMALS, MOST_DIGITS = 8, 7
CURRENCY = re.compile(r"[A-Z]{3}")
DAY_FORMS = ("%Y-%m-%d", "%d %B %Y")
NOT_PUBLISHED = {"", "N/A"}


def read_rate_file(content: bytes, *, today: date) -> list[Rate]:
    """Every rate of the file, at least one; raises RatesFaulty with the first line that is wrong."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        rates = list(_read_xml(content, today))
    else:
        rates = list(_read_csv(content, today))
    if not rates:
        raise RatesFaulty(1, "there is no rate in it")
    _refuse_doubles(rates)
    return rates


def _read_xml(content: bytes, today: date) -> Iterator[Rate]:
    """No entity is resolved, no document type accepted, nothing fetched."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise RatesFaulty(error.lineno or 1, "this is no XML") from error
    if root.getroottree().docinfo.doctype:
        raise RatesFaulty(1, "a document type is not accepted")
    for element in root.iter("{*}Cube"):
        if element.get("currency") is None:
            continue
        above = element.getparent()
        day = (above.get("time") if above is not None else None) or ""
        line = element.sourceline or 1
        yield _make_rate(line, day, EURO, element.get("currency") or "", element.get("rate") or "", today)


def _read_csv(content: bytes, today: date) -> Iterator[Rate]:
    try:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True)
    except UnicodeDecodeError as error:
        raise RatesFaulty(1, "this is no text in UTF-8") from error
    try:
        yield from _read_table(rows, today)
    except csv.Error as error:
        raise RatesFaulty(rows.line_num, str(error)) from error


def _read_table(rows: Iterator[list[str]], today: date) -> Iterator[Rate]:
    heading = [name.strip() for name in next(rows, [])]
    if [name.lower() for name in heading[:1]] == ["date"]:
        return _read_days(heading[1:], rows, today)
    return _read_pairs([name.lower() for name in heading], rows, today)


def _read_days(currencies: list[str], rows: Iterator[list[str]], today: date) -> Iterator[Rate]:
    for line, row in enumerate(rows, start=2):
        for currency, cell in zip(currencies, row[1:], strict=False):
            if currency and cell.strip() not in NOT_PUBLISHED:
                yield _make_rate(line, row[0].strip(), EURO, currency, cell.strip(), today)


def _read_pairs(heading: list[str], rows: Iterator[list[str]], today: date) -> Iterator[Rate]:
    if missing := [name for name in COLUMNS if name not in heading]:
        raise RatesFaulty(1, f"the column {missing[0]} is missing")
    places = [heading.index(name) for name in COLUMNS]
    for line, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) < len(heading):
            raise RatesFaulty(line, "a cell is missing")
        day, base, quote, units = (row[place].strip() for place in places)
        yield _make_rate(line, day, base, quote, units, today)


def _make_rate(line: int, day: str, base: str, quote: str, units: str, today: date) -> Rate:
    for code in (base, quote):
        if not CURRENCY.fullmatch(code):
            raise RatesFaulty(line, f"“{code}” is no currency; write three letters such as GHS")
    if base == quote:
        raise RatesFaulty(line, "base and quote are the same currency")
    written = _read_day(day)
    if written is None:
        raise RatesFaulty(line, f"“{day}” is no day; write it as 2026-11-25")
    if written > today:
        raise RatesFaulty(line, f"{day} lies in the future")
    return Rate(written, base, quote, _read_units(line, units))


def _read_day(day: str) -> date | None:
    for form in DAY_FORMS:
        try:
            return datetime.strptime(day, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    return None


def _read_units(line: int, typed: str) -> Decimal:
    try:
        units = Decimal(typed)
    except InvalidOperation:
        units = Decimal("NaN")
    if not units.is_finite() or units <= 0:
        raise RatesFaulty(line, f"“{typed}” is no rate; write a number above 0 such as 1.0705")
    exponent = units.normalize().as_tuple().exponent
    if units.adjusted() >= MOST_DIGITS or (isinstance(exponent, int) and exponent < -MOST_DECIMALS):
        raise RatesFaulty(line, f"{typed} has more digits than we keep; quote the pair the other way round")
    return units


def _refuse_doubles(rates: list[Rate]) -> None:
    seen: dict[tuple[date, str, str], Decimal] = {}
    for number, rate in enumerate(rates, start=1):
        key = (rate.day, rate.base, rate.quote)
        if seen.setdefault(key, rate.units) != rate.units:
            raise RatesFaulty(number, f"{rate.day} has two rates for {rate.base} and {rate.quote}")
