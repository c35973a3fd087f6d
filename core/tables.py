"""Tables to download: CSV in UTF-8 that spreadsheets open as it is meant, with no cell that they would run as a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

BOM = "\ufeff"
"""Without it spreadsheets take UTF-8 for the encoding of their own country."""
FORMULA_SIGNS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""The last four are the wide forms that keyboards of East Asia write."""
CONTENT_TYPE = "text/csv; charset=utf-8"

CellValue = str | int | Decimal | date | None


class _Line:
    """What the csv module writes into: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def guard_cell(value: CellValue) -> str:
    """A cell as text; words that a spreadsheet would calculate get an apostrophe before them. Days are written as 2027-01-31."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    text = str(value).replace("\x00", "")
    is_words = not isinstance(value, int)
    return f"'{text}" if is_words and text.lstrip(" ")[:1] in FORMULA_SIGNS else text


def write_table(rows: Iterable[Sequence[CellValue]]) -> Iterator[str]:
    """The lines of the file, one after another, so that a long table never stands in memory."""
    writer = csv.writer(_Line())
    yield BOM
    for row in rows:
        yield writer.writerow([guard_cell(value) for value in row])
