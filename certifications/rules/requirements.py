"""Requirements as rows of a table: read, judged line by line, never half."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from certifications.rules.prefixes import is_prefix
from core.errors import gettext_noop

COLUMNS = (
    "key", "family", "hs_prefixes", "origin", "market", "side", "kind", "scheme", "document", "summary", "next_step", "blocks",
    "lifted_by", "owner", "source_url", "read_on",
)  # fmt: skip
NEEDED = (
    "key",
    "family",
    "market",
    "side",
    "kind",
    "document",
    "summary",
    "next_step",
    "owner",
    "source_url",
    "read_on",
)
LONGEST = {"key": 80, "origin": 40, "document": 120, "summary": 400, "next_step": 400, "owner": 160, "source_url": 400}
MOST_ROWS = 5000
YES = {"yes", "true", "1"}
MISSING = gettext_noop("“%(column)s” is empty.")
UNKNOWN = gettext_noop("“%(value)s” is not known as %(column)s.")
TOO_LONG = gettext_noop("“%(column)s” is longer than %(most)s letters.")
NO_PREFIX = gettext_noop(
    "“%(value)s” is no HS code. Write 2 to 6 digits such as 0409, or a range such as 07-08 or 0904-0910."
)
NO_DAY = gettext_noop("“%(value)s” is no day. Write it as 2026-11-25.")
NO_ADDRESS = gettext_noop("“%(value)s” is no address of a page.")
NO_LIFTER = gettext_noop("A row that blocks must say who can lift it.")
TWICE = gettext_noop("The key “%(value)s” stands in two rows.")
IN_THE_FUTURE = gettext_noop("“%(value)s” lies in the future.")


@dataclass(frozen=True)
class Allowed:
    """What each closed column may hold."""

    families: Collection[str]
    markets: Collection[str]
    sides: Collection[str]
    kinds: Collection[str]
    lifters: Collection[str]
    schemes: Collection[str]


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line: an English sentence for translation, and its values."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One row: its line number in the file, clean values (empty when something is wrong), and all that is wrong."""

    number: int
    key: str
    values: dict[str, Any]
    problems: tuple[Problem, ...]


def read_table(text: str) -> tuple[list[dict[str, str]], tuple[str, ...]]:
    """The rows of a CSV with commas or semicolons, and the columns that it lacks."""
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    rows = [{str(key).strip(): (value or "").strip() for key, value in row.items() if key} for row in reader]
    missing = tuple(column for column in COLUMNS if column not in (reader.fieldnames or ()))
    return rows, missing


def judge_rows(rows: list[dict[str, str]], *, allowed: Allowed, day: date) -> list[Line]:
    """Every row with its clean values or with what is wrong; the first data row is line 2."""
    seen: set[str] = set()
    lines = []
    for number, row in enumerate(rows, start=2):
        key = row.get("key", "")
        problems = [*_find_problems(row, allowed, day), *([Problem(TWICE, {"value": key})] if key in seen else [])]
        seen.add(key)
        lines.append(Line(number, key, {} if problems else _clean(row), tuple(problems)))
    return lines


def _find_problems(row: dict[str, str], allowed: Allowed, day: date) -> list[Problem]:
    found = [Problem(MISSING, {"column": column}) for column in NEEDED if not row.get(column)]
    found += [
        Problem(TOO_LONG, {"column": column, "most": most})
        for column, most in LONGEST.items() if len(row.get(column, "")) > most
    ]  # fmt: skip
    closed = {
        "family": allowed.families, "market": allowed.markets, "side": allowed.sides, "kind": allowed.kinds,
        "lifted_by": allowed.lifters, "scheme": allowed.schemes,
    }  # fmt: skip
    found += [
        Problem(UNKNOWN, {"column": column, "value": row[column]})
        for column, values in closed.items() if row.get(column) and row[column] not in values
    ]  # fmt: skip
    found += [Problem(NO_PREFIX, {"value": text}) for text in _split(row.get("hs_prefixes", "")) if not is_prefix(text)]
    if row.get("blocks", "").lower() in YES and not row.get("lifted_by"):
        found.append(Problem(NO_LIFTER))
    if row.get("source_url") and not row["source_url"].startswith(("https://", "http://")):
        found.append(Problem(NO_ADDRESS, {"value": row["source_url"]}))
    return found + _find_day_problems(row.get("read_on", ""), day)


def _find_day_problems(text: str, day: date) -> list[Problem]:
    if not text:
        return []
    try:
        read_on = date.fromisoformat(text)
    except ValueError:
        return [Problem(NO_DAY, {"value": text})]
    return [Problem(IN_THE_FUTURE, {"value": text})] if read_on > day else []


def _clean(row: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {column: row.get(column, "") for column in COLUMNS}
    values["hs_prefixes"] = _split(row.get("hs_prefixes", ""))
    values["blocks"] = row.get("blocks", "").lower() in YES
    values["read_on"] = date.fromisoformat(row["read_on"])
    return values


def _split(text: str) -> list[str]:
    return text.replace(";", " ").split()
