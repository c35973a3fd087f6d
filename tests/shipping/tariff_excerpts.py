"""Small invented excerpts in the forms in which three territories publish their tariffs."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from openpyxl import Workbook

UK_COLUMNS = (
    "id", "commodity__sid", "commodity__code", "commodity__description", "measure__sid", "measure__type__id", "measure__type__description",
    "measure__additional_code__code", "measure__duty_expression", "measure__effective_start_date", "measure__effective_end_date",
    "measure__conditions", "measure__geographical_area__id", "measure__geographical_area__description",
    "measure__excluded_geographical_areas__ids",
)  # fmt: skip
TARIC_COLUMNS = (
    "Goods code", "Add code", "Order No.", "Start date", "End date", "RED_IND", "Origin", "Measure type", "Legal base", "Duty", "Origin code",
    "Meas. type code",
)  # fmt: skip
HTS_COLUMNS = "HTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,Special Rate of Duty,Column 2 Rate of Duty,Quota Quantity,Additional Duties"


def uk_row(code, duty, *, kind="103", area="1011", starts="2021-01-01", **more):
    """A measure: of all origins, from 2021 on, unless told otherwise."""
    row = dict.fromkeys(UK_COLUMNS, "")
    return row | {
        "commodity__code": code, "measure__type__id": kind, "measure__duty_expression": duty, "measure__geographical_area__id": area,
        "measure__effective_start_date": starts,
    } | {f"measure__{name}": value for name, value in more.items()}  # fmt: skip


def write_uk(folder: Path, rows: Iterable[Mapping[str, str]], *, columns: Iterable[str] = UK_COLUMNS) -> Path:
    """The rows as the United Kingdom writes them: every cell quoted."""
    kept = list(columns)
    lines = [kept, *([row[name] for name in kept] for row in rows)]
    path = folder / "uk.csv"
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in line) for line in lines), encoding="utf-8")
    return path


def hts_line(number, general, *, special="", other="", notes=(), **more):
    """A line of the schedule; `notes` are footnotes to the general rate."""
    footnotes = [{"columns": ["general"], "value": note, "type": "endnote"} for note in notes]
    return {
        "htsno": number, "indent": "1", "description": "Sails", "superior": None, "units": [], "general": general, "special": special, "other": other,
        "footnotes": footnotes or None, "quotaQuantity": None, "additionalDuties": None, "addiitionalDuties": None,
    } | more  # fmt: skip


def write_hts(folder: Path, lines: Iterable[Mapping[str, object]]) -> Path:
    """The lines as JSON."""
    path = folder / "hts.json"
    path.write_text(json.dumps(list(lines)), encoding="utf-8")
    return path


def taric_row(code, duty, *, kind="103", area="1011", starts="01-01-2024", ends="", additional=""):
    """A line of the workbook: of all origins, from 2024 on, unless told otherwise."""
    return (code, additional, "", starts, ends, "", area, "", "R9999/24", duty, area, kind)


def write_taric(folder: Path, rows: Iterable[tuple[object, ...]], *, columns: Iterable[str] = TARIC_COLUMNS) -> Path:
    """The rows as a workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(columns))
    for row in rows:
        sheet.append(list(row))
    path = folder / "Duties Import 01-99.xlsx"
    book.save(path)
    return path
