"""Rows as lines of JSON that are the same on every engine, and a digest of a table that no order of rows changes."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models.sql import InsertQuery

EPHEMERAL = {
    "sessions.session", "usersessions.usersession", "core.workerbeat", "listings.searchchange",
}  # fmt: skip
"""Tables that say something of the running processes only: people sign in again, the index is built anew."""
CHUNK = 1000
MODULUS = 2**256

Row = Sequence[Any]


@dataclass(frozen=True)
class TableDigest:
    """How many rows a table has, and the sum of their hashes: two databases with the same rows have the same."""

    rows: int
    sha256: str


def list_tables() -> list[type[models.Model]]:
    """Every table that a backup holds, those between two models included, by name."""
    found = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
    ]
    return sorted((model for model in found if name_table(model) not in EPHEMERAL), key=name_table)


def name_table(model: type[models.Model]) -> str:
    """As in "listings.listing"."""
    return model._meta.label_lower


def read_rows(model: type[models.Model]) -> Iterator[list[Any]]:
    """The rows in the order of their keys, each value as JSON can hold it."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK):
        yield [encode(value) for value in row]


def write_line(row: Row) -> str:
    """One row as one line; equal rows make equal lines."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_lines(lines: Iterable[str]) -> TableDigest:
    """Add up the hashes of lines: their order does not matter, each one does."""
    total = number = 0
    for line in lines:
        total = (total + int.from_bytes(hashlib.sha256(line.encode()).digest(), "big")) % MODULUS
        number += 1
    return TableDigest(number, f"{total:064x}")


def digest_tables() -> dict[str, TableDigest]:
    """The digest of every table as it stands now."""
    return {name_table(model): digest_lines(map(write_line, read_rows(model))) for model in list_tables()}


def insert_rows(model: type[models.Model], rows: Iterable[Row]) -> int:
    """Write rows as they are, without what Django adds on saving (auto_now); the number written."""
    fields = list(model._meta.concrete_fields)
    number = 0
    batch: list[models.Model] = []
    for row in rows:
        values = {field.attname: decode(field, value) for field, value in zip(fields, row, strict=True)}
        batch.append(model(**values))
        if len(batch) == CHUNK:
            number += _insert(model, fields, batch)
            batch = []
    return number + _insert(model, fields, batch)


def _insert(model: type[models.Model], fields: list[Any], batch: list[models.Model]) -> int:
    size = max(1, connection.ops.bulk_batch_size(fields, batch)) if batch else 1
    for start in range(0, len(batch), size):
        query = InsertQuery(model)
        query.insert_values(fields, batch[start : start + size], raw=True)
        query.get_compiler(connection=connection).execute_sql()
    return len(batch)


def encode(value: Any) -> Any:
    """A value of a column as JSON holds it without loss: exact decimals, UTC to the microsecond."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def decode(field: Any, value: Any) -> Any:
    """The value again, as the field's column takes it."""
    if value is None or isinstance(field, models.JSONField):
        return value
    target = field.target_field if field.is_relation else field
    return target.to_python(value)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Read everything as it was at one moment, while others go on writing."""
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
