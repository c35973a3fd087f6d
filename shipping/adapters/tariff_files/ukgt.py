"""The United Kingdom's tariff: the table “measures on declarable commodities” of the Department for Business and Trade, as CSV.

https://data.api.trade.gov.uk/v1/datasets/uk-tariff-2021-01-01/versions/latest/reports/measures-on-declarable-commodities/data?format=csv
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from shipping.adapters.tariff_files.measures import (
    END_USE,
    FURTHER,
    GENERAL,
    LEFT_OUT,
    OTHER,
    PREFERENCE,
    Row,
    name_rows,
)
from shipping.exceptions import TariffFileFaulty
from shipping.rules.duties.expressions import parse_expression
from shipping.rules.duties.published import CONDITIONAL, INCOMPLETE, UNREADABLE, LeftOut, PublishedRule, strip_zeros

CODE, KIND, DUTY, AREA = (
    "commodity__code",
    "measure__type__id",
    "measure__duty_expression",
    "measure__geographical_area__id",
)
STARTS, ENDS = "measure__effective_start_date", "measure__effective_end_date"
EXCLUDED, CONDITIONS, ADDITIONAL = (
    "measure__excluded_geographical_areas__ids",
    "measure__conditions",
    "measure__additional_code__code",
)
NEEDED = (CODE, KIND, DUTY, AREA, STARTS, ENDS)
CERTIFICATE = re.compile(r"certificate:\s*([A-Z0-9]{4})")


def read_ukgt(path: Path) -> Iterator[PublishedRule | LeftOut]:
    """Every line in the file's order. Raises TariffFileFaulty."""
    with path.open(newline="", encoding="utf-8-sig", errors="strict") as file:
        for row in name_rows(_read_csv(file), needed=NEEDED):
            yield _read_row(row)


def _read_csv(file: Iterable[str]) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(file, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise TariffFileFaulty(reader.line_num, "", str(error)) from error
    except UnicodeDecodeError as error:
        raise TariffFileFaulty(reader.line_num + 1, "", "this is no text in UTF-8") from error


def _read_row(row: Row) -> PublishedRule | LeftOut:
    kind = row.word(KIND)
    if kind not in {GENERAL, END_USE, PREFERENCE} | FURTHER:
        return LeftOut(row.line, LEFT_OUT.get(kind, OTHER))
    origin, group = row.area(AREA)
    text, conditions = row.word(DUTY), row.word(CONDITIONS)
    rate = None if kind in FURTHER else parse_expression(text, currency="GBP")
    is_preference = kind == PREFERENCE
    if is_preference and not origin and not group:
        return LeftOut(row.line, OTHER)
    return PublishedRule(
        row.line, strip_zeros(row.code(CODE)), rate, text, origin, group,
        excluded=tuple(sorted(filter(None, row.word(EXCLUDED).replace(" ", "").split("|")))),
        why_unknown=_ask(row, kind, is_read=rate is not None), is_preference=is_preference,
        proof=", ".join(dict.fromkeys(CERTIFICATE.findall(conditions))) if is_preference else "",
        valid_from=row.day(STARTS, "%Y-%m-%d", example="2021-01-31"), valid_until=row.day(ENDS, "%Y-%m-%d", example="2021-01-31"),
        is_further=kind in FURTHER, is_end_use=kind == END_USE,
    )  # fmt: skip


def _ask(row: Row, kind: str, *, is_read: bool) -> str:
    """Why the duty is not known to be whole; "" where it is."""
    if kind in FURTHER:
        return INCOMPLETE
    if row.word(ADDITIONAL) or (kind != PREFERENCE and row.word(CONDITIONS)):
        return CONDITIONAL
    return "" if is_read else UNREADABLE
