"""The Harmonized Tariff Schedule of the United States, as the International Trade Commission publishes it: JSON, or CSV.

https://hts.usitc.gov/reststop/exportList?from=0101&to=9999&format=JSON&styles=false

Rates stand on the line of eight digits; lines below it have none and inherit it. A footnote that points to chapter 99 says that further
duties are asked: the rate is kept, and is not the whole duty. The CSV has no footnotes, so none of its rates is known to be whole.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from core.errors import gettext_noop
from shipping.exceptions import TariffFileFaulty
from shipping.rules.duties.american import list_special, parse_american, points_to_further_duties
from shipping.rules.duties.published import INCOMPLETE, UNREADABLE, LeftOut, PublishedRule
from shipping.rules.duty import DutyRate

NUMBER, GENERAL, SPECIAL, COLUMN_2, FURTHER = (
    "htsno",
    "general",
    "special",
    "other",
    ("additionalDuties", "addiitionalDuties"),
)
"""The second name is misspelt in the published files; both are read."""
CSV_NAMES = {
    "HTS Number": NUMBER, "General Rate of Duty": GENERAL, "Special Rate of Duty": SPECIAL, "Column 2 Rate of Duty": COLUMN_2,
    "Additional Duties": FURTHER[0],
}  # fmt: skip
CODE = re.compile(r"\d{4}(\d{2}){0,3}")
NATIONAL = re.compile(r"[A-Z]{2}")
COLUMN_2_ORIGINS = ("BY", "CU", "KP", "RU")
"""Origins to which the second column may apply: the general rate is not told for them."""
NO_RATE = gettext_noop("a line without a rate, which inherits one")
HEADING = gettext_noop("a heading without a number")
Lines = Iterator[PublishedRule | LeftOut]


def read_hts(path: Path) -> Lines:
    """Every line in the file's order. Raises TariffFileFaulty."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TariffFileFaulty(1, "", "this is no text in UTF-8") from error
    is_json = text.lstrip()[:1] == "["
    for line, cells in _read_json(text) if is_json else _read_csv(text):
        yield from _read_line(line, cells, has_footnotes=is_json)


def _read_json(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        rows = json.loads(text)
    except json.JSONDecodeError as error:
        raise TariffFileFaulty(error.lineno, f"column {error.colno}", "this is no JSON") from error
    for line, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or NUMBER not in row or GENERAL not in row:
            raise TariffFileFaulty(line, NUMBER, "this is no line of the schedule")
        yield line, row


def _read_csv(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        names = [str(name).strip() for name in reader.fieldnames or ()]
        if missing := [name for name in CSV_NAMES if name not in names]:
            raise TariffFileFaulty(1, missing[0], "this column is missing")
        for row in reader:
            if None in row.values():
                raise TariffFileFaulty(reader.line_num, "", "the row ends before the last column")
            yield reader.line_num, {CSV_NAMES[name]: row[name] for name in CSV_NAMES}
    except csv.Error as error:
        raise TariffFileFaulty(reader.line_num, "", str(error)) from error


def _read_line(line: int, cells: Mapping[str, Any], *, has_footnotes: bool) -> Lines:
    number = _write(cells.get(NUMBER))
    code = number.replace(".", "")
    if not number:
        yield LeftOut(line, HEADING)
        return
    if not CODE.fullmatch(code):
        raise TariffFileFaulty(line, NUMBER, f"“{number}” is no number of the schedule")
    general = _write(cells.get(GENERAL))
    is_topped = not has_footnotes or _is_topped(cells)
    if general:
        yield _make(line, code, general, is_topped=is_topped, excluded=COLUMN_2_ORIGINS)
        for programme, words in list_special(_write(cells.get(SPECIAL))):
            yield _make_special(line, code, programme, words, is_topped=is_topped)
    elif has_footnotes and is_topped:
        yield PublishedRule(line, code, None, _list_footnotes(cells), why_unknown=INCOMPLETE, is_further=True)
    else:
        yield LeftOut(line, NO_RATE)


def _make(
    line: int, code: str, text: str, *, is_topped: bool, excluded: tuple[str, ...] = (), **more: Any
) -> PublishedRule:
    rate: DutyRate | None = parse_american(text)
    why = UNREADABLE if rate is None else INCOMPLETE if is_topped else ""
    return PublishedRule(line, code, rate, text, excluded=excluded, why_unknown=why, **more)


def _make_special(line: int, code: str, programme: str, words: str, *, is_topped: bool) -> PublishedRule:
    """Two letters are a country, all other signs a group of countries."""
    is_country = bool(NATIONAL.fullmatch(programme))
    return _make(
        line, code, words, is_topped=is_topped, is_preference=True, origin=programme if is_country else "",
        group="" if is_country else programme, proof=f"Special programme {programme}",
    )  # fmt: skip


def _is_topped(cells: Mapping[str, Any]) -> bool:
    return bool(_list_footnotes(cells)) or any(_write(cells.get(name)) for name in FURTHER)


def _list_footnotes(cells: Mapping[str, Any]) -> str:
    """Those that point to chapter 99, and not for the second column alone."""
    notes = [note for note in cells.get("footnotes") or [] if isinstance(note, dict)]
    words = [_write(note.get("value")) for note in notes if note.get("columns") != [COLUMN_2]]
    return " ".join(word for word in words if points_to_further_duties(word))


def _write(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
