"""What the United Kingdom and the European Union have in common: kinds of measures, areas, days and cells bound by the heading's names."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.errors import gettext_noop
from shipping.exceptions import TariffFileFaulty

GENERAL, END_USE, PREFERENCE = "103", "105", "142"
FURTHER = frozenset({"551", "552", "553", "554", "555", "561", "562", "695", "696"})
"""Duties against dumping and subsidies, additional and safeguard duties: they come on top of the ordinary one."""
CUSTOMS_UNION, SUSPENSION, QUOTA = gettext_noop("customs union"), gettext_noop("suspension"), gettext_noop("quota")
END_USE_PREFERENCE, UNITS, VAT = (
    gettext_noop("preference under authorised use"),
    gettext_noop("supplementary unit"),
    gettext_noop("VAT"),
)
LEFT_OUT = {
    "106": CUSTOMS_UNION, "112": SUSPENSION, "115": SUSPENSION, "117": SUSPENSION, "119": SUSPENSION, "122": QUOTA, "123": QUOTA,
    "141": SUSPENSION, "143": QUOTA, "145": END_USE_PREFERENCE, "146": QUOTA, "147": QUOTA, "109": UNITS, "110": UNITS, "305": VAT,
}  # fmt: skip
OTHER = gettext_noop("no customs duty")
ALL_ORIGINS = "1011"
CODE = re.compile(r"\d{10}")
AREA = re.compile(r"[A-Z]{2}|[0-9A-Z]{4}")
NATIONAL = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Row:
    """A line of the file and its cells by the heading's names."""

    line: int
    cells: Mapping[str, str]

    def word(self, column: str) -> str:
        """The cell's text; "" where the file lacks the column."""
        return self.cells.get(column, "")

    def code(self, column: str) -> str:
        """Ten digits. Raises TariffFileFaulty."""
        text = self.word(column).split(" ")[0]
        if not CODE.fullmatch(text):
            raise TariffFileFaulty(self.line, column, f"“{self.word(column)}” is no code of ten digits")
        return text

    def area(self, column: str) -> tuple[str, str]:
        """A country, or the code of a group of countries; both "" for all origins. Raises TariffFileFaulty."""
        text = self.word(column).upper()
        if not AREA.fullmatch(text):
            raise TariffFileFaulty(self.line, column, f"“{text}” is no country and no group")
        if text == ALL_ORIGINS:
            return "", ""
        return (text, "") if NATIONAL.fullmatch(text) else ("", text)

    def day(self, column: str, form: str, *, example: str) -> date | None:
        """A day; None where the cell is empty. Raises TariffFileFaulty, also for the numbers that spreadsheets keep days as."""
        text = self.word(column)
        if not text:
            return None
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError as error:
            raise TariffFileFaulty(self.line, column, f"“{text}” is no day; it is written as {example}") from error


def name_rows(rows: Iterable[tuple[int, Sequence[str]]], *, needed: Sequence[str]) -> Iterator[Row]:
    """Bind the cells of each row by the names of the first. Raises TariffFileFaulty where a needed column or a cell is missing."""
    heading: list[str] = []
    for line, cells in rows:
        if not heading:
            heading = [cell.strip() for cell in cells]
            if missing := [name for name in needed if name not in heading]:
                raise TariffFileFaulty(line, missing[0], "this column is missing")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(heading):
            raise TariffFileFaulty(line, heading[len(cells)], "the row ends before this column")
        yield Row(line, {name: cell.strip() for name, cell in zip(heading, cells, strict=False)})
    if not heading:
        raise TariffFileFaulty(1, "", "the file is empty")
