"""An officer's table of rules as CSV: rows with their numbers, cells with the letters of their columns."""

import csv
import io
from collections.abc import Mapping

from openpyxl.utils import get_column_letter

from shipping.exceptions import TariffFileFaulty
from shipping.rules.cardfile.table import FORMULA, Cell
from shipping.rules.duties.table import COLUMNS, NEEDED

MOST_ROWS = 20_000


def read_rule_file(content: bytes) -> list[tuple[int, Mapping[str, Cell]]]:
    """The rows that hold anything. Raises TariffFileFaulty for what is no such table at all."""
    try:
        text = content.decode("utf-8-sig").replace("\x00", " ")
    except UnicodeDecodeError as error:
        raise TariffFileFaulty(1, "", "it is not in UTF-8: save it as “CSV UTF-8”") from error
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count), strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        rows = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise TariffFileFaulty(reader.line_num, "", str(error)) from error
    if len(rows) < 2 or len(rows) > MOST_ROWS:
        raise TariffFileFaulty(
            1, "", f"it has {max(len(rows) - 1, 0)} rows: between 1 and {MOST_ROWS} are read at once"
        )
    columns = _check_columns(rows[0])
    return [(number, _name_cells(number, cells, columns)) for number, cells in rows[1:]]


def _check_columns(row: tuple[int, list[str]]) -> list[str]:
    number, cells = row
    columns = ["_".join(cell.strip().lower().split()) for cell in cells]
    if unknown := next((name for name in columns if name and name not in COLUMNS), ""):
        raise TariffFileFaulty(number, unknown, f"there is no such column; known are {', '.join(COLUMNS)}")
    if doubled := next((name for name in columns if name and columns.count(name) > 1), ""):
        raise TariffFileFaulty(number, doubled, "the column stands there twice")
    if missing := next((name for name in NEEDED if name not in columns), ""):
        raise TariffFileFaulty(number, missing, "this column is missing")
    return columns


def _name_cells(number: int, texts: list[str], columns: list[str]) -> dict[str, Cell]:
    filled = [*texts, *[""] * (len(columns) - len(texts))]
    return {
        name: Cell("csv", number, get_column_letter(place), FORMULA if text.lstrip().startswith("=") else text.strip())
        for place, (name, text) in enumerate(zip(columns, filled, strict=False), start=1)
        if name
    }
