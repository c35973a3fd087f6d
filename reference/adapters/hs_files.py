"""The Harmonized System's codes and texts as UN Comtrade hands them out.

Two forms, told apart by their first sign:

- JSON: `results`, a list of objects with `id` and `text`; a text may begin with its code ("0409 - Natural honey"), as UN Comtrade's
  classification files have it (their form was read in scripts/convert.py of https://github.com/datasets/harmonized-system);
- CSV: a column `id`, `code` or `hscode`, and a column `text` or `description`.

Rows that are no code of two, four or six digits, such as TOTAL, are left out.
"""

import csv
import io
import json
import re
from collections.abc import Iterator

from reference.exceptions import HsListFaulty

CODE_COLUMNS, TEXT_COLUMNS = ("id", "code", "hscode"), ("text", "description")
CODE = re.compile(r"(?:[0-9]{2}){1,3}")
LONGEST_TEXT = 1000


def read_hs_file(content: bytes) -> dict[str, str]:
    """Text by code, at least one; raises HsListFaulty with the first line that is wrong."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HsListFaulty(1, "the file is not in UTF-8") from error
    rows = _read_json(text) if text.lstrip().startswith(("{", "[")) else _read_csv(text)
    found: dict[str, str] = {}
    for line, code, words in rows:
        if not CODE.fullmatch(code):
            continue
        if code in found:
            raise HsListFaulty(line, f"{code} stands there twice")
        if not words:
            raise HsListFaulty(line, f"{code} has no text")
        found[code] = words[:LONGEST_TEXT]
    if not found:
        raise HsListFaulty(1, "there is no code in it")
    return found


def _read_json(text: str) -> Iterator[tuple[int, str, str]]:
    try:
        loaded = json.loads(text)
    except ValueError as error:
        raise HsListFaulty(getattr(error, "lineno", 1), "this is no JSON") from error
    rows = loaded.get("results") if isinstance(loaded, dict) else loaded
    if not isinstance(rows, list):
        raise HsListFaulty(1, "there is no list “results”")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise HsListFaulty(number, "a row is no object")
        code = str(row.get("id", ""))
        yield number, code, re.sub(rf"^{re.escape(code)}\s*-\s*", "", " ".join(str(row.get("text", "")).split()))


def _read_csv(text: str) -> Iterator[tuple[int, str, str]]:
    reader = csv.DictReader(io.StringIO(text))
    names = {str(name).strip().lower(): name for name in reader.fieldnames or ()}
    code_name = next((names[name] for name in CODE_COLUMNS if name in names), None)
    text_name = next((names[name] for name in TEXT_COLUMNS if name in names), None)
    if code_name is None or text_name is None:
        raise HsListFaulty(1, "a column “code” and a column “text” are needed")
    for row in reader:
        yield reader.line_num, str(row[code_name] or "").strip(), " ".join(str(row[text_name] or "").split())
