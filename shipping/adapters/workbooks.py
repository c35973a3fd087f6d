"""A workbook (XLSX) as text. Calamine reads the values, twenty times faster than openpyxl.

It tells no formula from its last result and an error from nothing, and keeps room for every cell up to the farthest one, so that a crafted file
of two cells takes all memory. A look at the XML of each sheet before says which cells those are, and ends where they reach too far.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO
from xml.parsers import expat

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string
from python_calamine import CalamineSheet, CalamineWorkbook

from shipping.rules.cardfile.table import ERROR, FORMULA

MOST_UNPACKED_BYTES, MOST_MARKS = 100 * 1024 * 1024, 10_000
ROW = re.compile(r"[1-9][0-9]{0,6}")
REFERENCE = re.compile(rf"([A-Z]{{1,3}})({ROW.pattern})")
DATA, CONTENT = "sheetData", {"v", "is", "f"}
Place = tuple[int, int]


class WorkbookUnreadable(Exception):
    """It is no XLSX, or a broken one."""


class WorkbookTooLarge(Exception):
    """It holds more than anybody writes; the text says what."""


@dataclass
class _Look:
    """What a sheet's XML says while it passes: how far cells with content reach, and which are formulas or errors. Rows and columns from 1.

    Raises WorkbookTooLarge as soon as the sheet takes more than `room`, in cells, and WorkbookUnreadable where cells are out of their order:
    then calamine might find them elsewhere.
    """

    room: int
    row: int = 0
    column: int = 0
    height: int = 0
    width: int = 0
    is_inside: bool = False
    is_error: bool = False
    marks: dict[Place, str] = field(default_factory=dict)

    @property
    def cells(self) -> int:
        """How many cells there are up to the farthest one."""
        return self.height * self.width

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if not self.is_inside:  # filters and validations have formulas of their own
            self.is_inside = tag == DATA
        elif tag == "row":
            self.row, self.column = self.row + 1, 0
            if number := attributes.get("r"):
                self.row = int(_match(ROW, number)[0])
        elif tag == "c":
            self._begin_cell(attributes)
        elif tag in CONTENT:
            self._measure()
            if tag == "f" or self.is_error:
                self.marks.setdefault((self.row, self.column), FORMULA if tag == "f" else ERROR)

    def end(self, name: str) -> None:
        if name.endswith(DATA):
            self.is_inside = False

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self.is_error = attributes.get("t") == "e"
        self.column += 1
        if reference := attributes.get("r"):
            letters, number = _match(REFERENCE, reference).groups()
            column = column_index_from_string(letters)
            if column < self.column or int(number) != self.row:
                raise WorkbookUnreadable
            self.column = column

    def _measure(self) -> None:
        self.height, self.width = max(self.height, self.row), max(self.width, self.column)
        if self.cells > self.room:
            raise WorkbookTooLarge("a cell stands too far to the right or too far down")
        if len(self.marks) > MOST_MARKS:
            raise WorkbookTooLarge(f"it has more than {MOST_MARKS} formulas: save it with their values")


def _match(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise WorkbookUnreadable
    return found


def read_workbook(content: bytes, *, most_cells: int) -> dict[str, list[list[str]]]:
    """The rows of each sheet by its name, from the first one on. Raises WorkbookUnreadable, WorkbookTooLarge.

    `most_cells` of all sheets together, with the empty ones between the first and the farthest.
    """
    try:
        unpacked = _unpack(content)
        looks = dict(_look_at_sheets(unpacked, most_cells))
        book = CalamineWorkbook.from_filelike(io.BytesIO(unpacked))
        return {name: _mark(_read_rows(book.get_sheet_by_name(name)), look.marks) for name, look in looks.items()}
    except (WorkbookUnreadable, WorkbookTooLarge):
        raise
    except Exception as error:  # three readers, and each of them breaks in its own ways at a broken file
        raise WorkbookUnreadable from error


def _unpack(content: bytes) -> bytes:
    """The same parts, no longer packed. One that goes on after the length that it states ends there; calamine would unpack all of it."""
    unpacked = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(unpacked, "w", zipfile.ZIP_STORED) as parts:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
            raise WorkbookTooLarge("it unpacks to more than 100 MB")
        for name in dict.fromkeys(packed.namelist()):
            parts.writestr(name, packed.read(name))
    return unpacked.getvalue()


def _look_at_sheets(unpacked: bytes, room: int) -> Iterator[tuple[str, _Look]]:
    reader = ExcelReader(io.BytesIO(unpacked), read_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_workbook()
    for sheet, relation in reader.parser.find_sheets():
        if "chartsheet" not in relation.Type:
            with reader.archive.open(relation.target) as part:
                look = _look_at(part, room)
            room -= look.cells
            yield sheet.name, look


def _look_at(part: IO[bytes], room: int) -> _Look:
    look, parser = _Look(room), expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = look.begin, look.end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.ParseFile(part)
    return look


def _refuse_doctype(*_declared: object) -> None:
    raise WorkbookUnreadable


def _read_rows(sheet: CalamineSheet) -> list[list[str]]:
    return [[_write(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _write(cell: object) -> str:
    """Numbers without idle zeros, days as 2026-11-27."""
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".")
    return cell.isoformat()[:10] if isinstance(cell, datetime | date) else str(cell)


def _mark(rows: list[list[str]], marks: Mapping[Place, str]) -> list[list[str]]:
    """The same with what stands for formulas and errors; where nothing else stands in a row, it is shorter or not there yet."""
    for (row, column), text in marks.items():
        rows += [[] for _ in range(row - len(rows))]
        cells = rows[row - 1]
        cells += [""] * (column - len(cells))
        cells[column - 1] = text
    return rows
