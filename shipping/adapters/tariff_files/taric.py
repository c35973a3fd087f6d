"""The European Union's tariff: the monthly workbook “Duties Import” of the Commission.

https://circabc.europa.eu, group “TARIC & Quota Data and Information”. Which origins a general duty leaves out stands in another workbook;
value added tax and excise are national and in none.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

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

CODE, ADDITIONAL, STARTS, ENDS, DUTY = "Goods code", "Add code", "Start date", "End date", "Duty"
AREA, KIND = "Origin code", "Meas. type code"
NEEDED = (CODE, STARTS, ENDS, DUTY, AREA, KIND)
CONDITION = "Cond:"


def read_taric(path: Path) -> Iterator[PublishedRule | LeftOut]:
    """Every line of the first sheet, in its order. Raises TariffFileFaulty."""
    for row in name_rows(_read_sheet(path), needed=NEEDED):
        yield _read_row(row)


def _read_sheet(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        rows = sheet.iter_rows()
    except (CalamineError, OSError, IndexError) as error:
        raise TariffFileFaulty(1, "", "this is no workbook that can be read") from error
    first = sheet.start[0] + 1 if sheet.start else 1
    for line, cells in enumerate(rows, start=first):
        yield line, [_write_cell(cell) for cell in cells]


def _write_cell(cell: object) -> str:
    """Codes that a spreadsheet keeps as numbers have lost their leading zero; its own days are written as the file writes them."""
    if isinstance(cell, datetime | date):
        return cell.strftime("%d-%m-%Y")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def _read_row(row: Row) -> PublishedRule | LeftOut:
    kind = row.word(KIND)
    if kind not in {GENERAL, END_USE, PREFERENCE} | FURTHER:
        return LeftOut(row.line, LEFT_OUT.get(kind, OTHER))
    origin, group = row.area(AREA)
    is_preference = kind == PREFERENCE
    if is_preference and not origin and not group:
        return LeftOut(row.line, OTHER)
    text = row.word(DUTY)
    rate = None if kind in FURTHER else parse_expression(text, currency="EUR")
    return PublishedRule(
        row.line, strip_zeros(row.code(CODE)), rate, text, origin, group, why_unknown=_ask(row, kind, is_read=rate is not None),
        is_preference=is_preference, valid_from=row.day(STARTS, "%d-%m-%Y", example="31-01-2024"),
        valid_until=row.day(ENDS, "%d-%m-%Y", example="31-01-2024"), is_further=kind in FURTHER, is_end_use=kind == END_USE,
    )  # fmt: skip


def _ask(row: Row, kind: str, *, is_read: bool) -> str:
    """Why the duty is not known to be whole; "" where it is."""
    if kind in FURTHER:
        return INCOMPLETE
    if row.word(ADDITIONAL) or row.word(DUTY).startswith(CONDITION):
        return CONDITIONAL
    return "" if is_read else UNREADABLE
