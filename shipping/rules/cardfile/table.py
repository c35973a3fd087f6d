"""Sheets, cells and what is wrong in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from core.errors import gettext_noop

FORMULA, ERROR = "=…", "#…"
"""What stands for a formula, and for an error of the spreadsheet such as #N/A, whatever it was."""
SHEETS: Mapping[str, Mapping[str, bool]] = {
    "card": {"field": True, "value": True},
    "zones": {"zone": True, "side": True, "kind": True, "country": False, "value": False, "until": False},
    "prices": {
        "origin": True, "destination": True, "basis": True, "container": False, "from": False, "to": False, "price": True, "transit_days": False,
    },
    "surcharges": {
        "code": True, "name": False, "flat": False, "per_kg": False, "per_m3": False, "per_piece": False, "percent": False, "applies_to": False,
        "minimum": False, "maximum": False, "valid_from": False, "valid_until": False, "area": False,
    },
}  # fmt: skip
"""The sheets with their columns, and which of them must be there. Surcharges may be left out."""
MOST_DIGITS, MOST_DECIMALS = 9, 4

NO_NUMBER = gettext_noop("“%(typed)s” is no number from 0 on. Write digits and a point, such as 12.50.")
TOO_MANY_DIGITS = gettext_noop("“%(typed)s” has more digits than a price can have.")
NO_DAY = gettext_noop("“%(typed)s” is no day. Write it as 2026-11-25.")
NONE_OF = gettext_noop("“%(typed)s” is none of %(known)s.")
IS_MISSING = gettext_noop("This cell is empty.")
UNREAD = {
    FORMULA: gettext_noop("A formula is not read: paste its value."), ERROR: gettext_noop("The spreadsheet shows an error here: write the value."),
}  # fmt: skip
TOO_LONG = gettext_noop("It is longer than %(most)s characters.")


class Cell(NamedTuple):
    """A cell with its place: sheet, row and the column's letter. A card has a hundred thousand of them."""

    sheet: str
    row: int
    letter: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """A sheet without its heading; each row by column."""

    name: str
    head_row: int
    rows: tuple[Mapping[str, Cell], ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong in a cell, or in a whole row where there is no column; words with their values."""

    sheet: str
    row: int
    column: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


class Reader:
    """One row: takes values by column and notes what is wrong."""

    def __init__(self, sheet: str, row: int, cells: Mapping[str, Cell], problems: list[Problem]) -> None:
        self.sheet, self.row, self.cells, self._problems = sheet, row, cells, problems

    def note(self, column: str, message: str, **values: object) -> None:
        """Something is wrong in this column."""
        cell = self.cells.get(column)
        place = (cell.sheet, cell.row, cell.letter) if cell else (self.sheet, self.row, column)
        self._problems.append(Problem(*place, message, values))

    def word(self, column: str, *, needed: bool = False, most: int = 80, among: Sequence[str] = ()) -> str:
        """The cell's text with single spaces; "" where it is empty or wrong."""
        text = " ".join(self.cells[column].text.split()) if column in self.cells else ""
        if text in UNREAD:
            self.note(column, UNREAD[text])
            return ""
        if not text and needed:
            self.note(column, IS_MISSING)
        if len(text) > most:
            self.note(column, TOO_LONG, most=most)
            return ""
        if text and among and text.lower() not in among:
            self.note(column, NONE_OF, typed=text, known=", ".join(among))
            return ""
        return text.lower() if among else text

    def number(self, column: str, *, needed: bool = False, decimals: int = MOST_DECIMALS) -> Decimal | None:
        """A number from 0 on; None where it is empty or wrong."""
        text = self.word(column, needed=needed)
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number < 0 or not text.isascii() or "_" in text:
            self.note(column, NO_NUMBER, typed=text)
            return None
        exponent = number.normalize().as_tuple().exponent
        if number.adjusted() >= MOST_DIGITS - decimals + 4 or (isinstance(exponent, int) and -exponent > decimals):
            self.note(column, TOO_MANY_DIGITS, typed=text)
            return None
        return number

    def day(self, column: str, *, needed: bool = False) -> date | None:
        """A day; None where it is empty or wrong."""
        text = self.word(column, needed=needed)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.note(column, NO_DAY, typed=text)
            return None
