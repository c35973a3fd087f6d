"""An agency's list of its members, as a table in CSV or in Excel's XLSX: plain cells only."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.words import fold
from storefronts.exceptions import MemberFileFaulty

COLUMNS = (
    "legal_name", "registration_number", "country", "region", "city", "kind", "sector", "member_number", "contact_name", "email", "phone", "website",
    "owner_sex", "jobs_women", "jobs_men", "exports_last_year", "exports_currency", "exports_year",
)  # fmt: skip
NEEDED = ("legal_name", "country")
ALIASES = {
    "company": "legal_name", "company name": "legal_name", "name": "legal_name", "raison sociale": "legal_name", "razon social": "legal_name",
    "firma": "legal_name", "entreprise": "legal_name", "empresa": "legal_name", "registration no": "registration_number",
    "registration": "registration_number", "pays": "country", "pais": "country", "land": "country", "town": "city", "ville": "city",
    "ciudad": "city", "e-mail": "email", "mail": "email", "courriel": "email", "correo": "email", "telephone": "phone", "telefono": "phone",
    "contact": "contact_name", "jobs women": "jobs_women", "jobs men": "jobs_men", "exports": "exports_last_year", "currency": "exports_currency",
}  # fmt: skip
MOST_BYTES, MOST_UNPACKED_BYTES, MOST_ROWS = 2 * 1024 * 1024, 40 * 1024 * 1024, 5000


@dataclass(frozen=True)
class MemberRow:
    """A row of the table: its number in the file, and its cells by column of ours."""

    number: int
    cells: dict[str, str]


def read_member_file(content: bytes) -> list[MemberRow]:
    """The rows that hold anything; raises MemberFileFaulty for what cannot be read as a table, with row and column where there are some."""
    if len(content) > MOST_BYTES:
        raise MemberFileFaulty("file", "it is larger than 2 MB: bring it in in parts")
    rows = list(_read_xlsx(content) if content[:2] == b"PK" else _read_csv(content))
    if not rows:
        raise MemberFileFaulty("file", "it is empty")
    names = [_name_column(cell) for cell in rows[0][1]]
    if missing := [name for name in NEEDED if name not in names]:
        raise MemberFileFaulty(f"row {rows[0][0]}", f"there is no column {missing[0]}")
    if doubled := next((name for name in names if name and names.count(name) > 1), ""):
        raise MemberFileFaulty(f"row {rows[0][0]}", f"the column {doubled} stands there twice")
    found = [
        MemberRow(number, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name})
        for number, cells in rows[1:]
        if any(cell.strip() for cell in cells)
    ]
    if not found or len(found) > MOST_ROWS:
        raise MemberFileFaulty("file", f"it has {len(found)} rows: between 1 and {MOST_ROWS} are read at once")
    return found


def write_member_rows(rows: list[MemberRow]) -> str:
    """The same rows as CSV, to be sent again with a form."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["#", *COLUMNS])
    writer.writerows([row.number, *(row.cells.get(name, "") for name in COLUMNS)] for row in rows)
    return text.getvalue()


def _name_column(cell: str) -> str:
    name = fold(cell).strip().rstrip("*").strip()
    plain = name.replace(" ", "_").replace("-", "_")
    return plain if plain in COLUMNS else ALIASES.get(name.replace("_", " "), "")


def _read_csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MemberFileFaulty("file", "it is not in UTF-8: save it as “CSV UTF-8” or as XLSX") from error
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text.replace("\x00", " ")), delimiter=delimiter)
    for cells in reader:
        yield reader.line_num, cells


def _read_xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise MemberFileFaulty("file", "it unpacks to more than 40 MB")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise MemberFileFaulty("file", "it is no XLSX that can be read") from error
    for number, cells in enumerate(book.worksheets[0].iter_rows(), start=1):
        if number > MOST_ROWS + 50:
            break
        yield number, [_write_cell(number, cell) for cell in cells]


def _write_cell(number: int, cell: Any) -> str:
    if cell.data_type == "f":
        raise MemberFileFaulty(f"row {number}, column {cell.column_letter}", "a formula is not read: paste its value")
    if isinstance(cell.value, datetime | date):
        return cell.value.isoformat()[:10]
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return "" if cell.value is None else str(cell.value)
