"""A rate card as a table: a workbook with the sheets card, zones, prices and surcharges, or one CSV in which a line [zones] begins each.

Cells are read as they stand; a formula is marked and never calculated. Numbers keep their decimals.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from shipping.adapters.workbooks import WorkbookTooLarge, WorkbookUnreadable, read_workbook
from shipping.exceptions import CardFileFaulty
from shipping.rules.cardfile.table import FORMULA, SHEETS, Cell, Sheet

MOST_BYTES, MOST_ROWS, MOST_CELLS = 8 * 1024 * 1024, 100_000, 2_000_000
Line = tuple[int, list[str]]


@dataclass
class _Raw:
    """The lines of a sheet, the first of which names its columns."""

    lines: list[Line] = field(default_factory=list)


def read_card_file(content: bytes) -> dict[str, Sheet]:
    """The sheets by name; raises CardFileFaulty for what is no table, has a sheet we do not know or lacks one."""
    if len(content) > MOST_BYTES:
        raise CardFileFaulty("file", "it is larger than 8 MB")
    raw = _read_xlsx(content) if content[:2] == b"PK" else _read_csv(content)
    if missing := [name for name in SHEETS if name not in raw and name != "surcharges"]:
        raise CardFileFaulty("file", f"there is no sheet {missing[0]}")
    return {name: _make_sheet(name, sheet.lines) for name, sheet in raw.items()}


def _make_sheet(name: str, lines: list[Line]) -> Sheet:
    written = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if not written:
        raise CardFileFaulty(f"sheet {name}", "it is empty")
    head_row, head = written[0]
    columns = ["_".join(cell.strip().lower().rstrip("*").split()) for cell in head]
    if unknown := [column for column in columns if column and column not in SHEETS[name]]:
        raise CardFileFaulty(
            f"sheet {name}, row {head_row}", f"there is no column {unknown[0]}; known are {', '.join(SHEETS[name])}"
        )
    if doubled := [column for column in columns if column and columns.count(column) > 1]:
        raise CardFileFaulty(f"sheet {name}, row {head_row}", f"the column {doubled[0]} stands there twice")
    if missing := [column for column, needed in SHEETS[name].items() if needed and column not in columns]:
        raise CardFileFaulty(f"sheet {name}, row {head_row}", f"there is no column {missing[0]}")
    if len(written) - 1 > MOST_ROWS:
        raise CardFileFaulty(f"sheet {name}", f"it has more than {MOST_ROWS} rows")
    named = [(place, get_column_letter(place + 1), column) for place, column in enumerate(columns) if column]
    return Sheet(name, head_row, tuple(_name_cells(name, named, line) for line in written[1:]))


def _name_cells(name: str, columns: list[tuple[int, str, str]], line: Line) -> dict[str, Cell]:
    """The cells of a row by column, whose place and letter are known; a short row has empty ones."""
    number, texts = line
    width = len(texts)
    return {
        column: Cell(name, number, letter, texts[place].strip() if place < width else "")
        for place, letter, column in columns
    }


def _read_csv(content: bytes) -> dict[str, _Raw]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CardFileFaulty("file", "it is not in UTF-8: save it as “CSV UTF-8” or as XLSX") from error
    sample = text[:4000]
    reader = csv.reader(io.StringIO(text.replace("\x00", " ")), delimiter=max(",;\t", key=sample.count))
    found: dict[str, _Raw] = {}
    current: _Raw | None = None
    for cells in _read_lines(reader):
        first = cells[1][0].strip().lower() if cells[1] else ""
        if first.startswith("[") and first.endswith("]"):
            current = found.setdefault(_check_name(first[1:-1].strip(), f"line {cells[0]}"), _Raw())
        elif current is not None:
            current.lines.append((cells[0], [FORMULA if cell.lstrip().startswith("=") else cell for cell in cells[1]]))
        elif any(cell.strip() for cell in cells[1]):
            raise CardFileFaulty(f"line {cells[0]}", "a line such as [card] or [zones] comes first")
    return found


def _read_lines(reader: Any) -> Iterator[Line]:
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise CardFileFaulty(f"line {reader.line_num}", str(error)) from error


def _read_xlsx(content: bytes) -> dict[str, _Raw]:
    try:
        book = read_workbook(content, most_cells=MOST_CELLS)
    except WorkbookTooLarge as error:
        raise CardFileFaulty("file", str(error)) from error
    except WorkbookUnreadable as error:
        raise CardFileFaulty("file", "it is no XLSX that can be read") from error
    found = {}
    for title, rows in book.items():
        found[_check_name(title.strip().lower(), f"sheet {title}")] = _Raw(list(enumerate(rows, start=1)))
    return found


def _check_name(name: str, place: str) -> str:
    if name not in SHEETS:
        raise CardFileFaulty(place, f"there is no sheet {name}; known are {', '.join(SHEETS)}")
    return name
