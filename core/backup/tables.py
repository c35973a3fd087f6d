"""The tables that a backup holds, read as streams of lines and written back row by row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from core.backup.registry import list_left_out, list_planted
from core.backup.values import read_line, write_line

READ_ROWS = 2000
WRITE_ROWS = 500


@dataclass(frozen=True)
class Table:
    """One model's table; `fields` in the order of their columns' names, which no edit of the model changes."""

    name: str
    model: type[models.Model]
    fields: "tuple[models.Field[Any, Any], ...]"

    @property
    def columns(self) -> list[str]:
        return [str(field.column) for field in self.fields]

    @property
    def header(self) -> bytes:
        return write_line(self.columns)

    @property
    def is_planted(self) -> bool:
        return self.model._meta.label in list_planted()

    def count(self) -> int:
        return int(self.model._base_manager.count())

    def read_lines(self) -> Iterator[bytes]:
        """Every row in the order of its key."""
        names = [field.attname for field in self.fields]
        rows = self.model._base_manager.order_by("pk").values_list(*names)
        for row in rows.iterator(chunk_size=READ_ROWS):
            yield write_line(row)

    def write_lines(self, lines: Iterable[bytes]) -> int:
        """Insert rows as they are, without defaults, clocks or signals; the number of them."""
        quote = connection.ops.quote_name
        columns = ", ".join(quote(column) for column in self.columns)
        places = ", ".join(["%s"] * len(self.fields))
        insert = f"INSERT INTO {quote(self.name)} ({columns}) VALUES ({places})"  # noqa: S608  our own models' names
        stream, written = iter(lines), 0
        with connection.cursor() as cursor:
            while batch := [self._prepare(line) for line in islice(stream, WRITE_ROWS)]:
                cursor.executemany(insert, batch)
                written += len(batch)
        return written

    def empty(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(self.name)}")  # noqa: S608  our own models' names

    def _prepare(self, line: bytes) -> list[Any]:
        engine = connections[DEFAULT_DB_ALIAS]  # Django's proxy would look it up anew for every value
        values = zip(self.fields, read_line(line, self.fields), strict=True)
        return [field.get_db_prep_save(value, engine) for field, value in values]


def list_tables() -> list[Table]:
    """Every table of a backup and a digest, by name."""
    return [table for table in _all_tables() if table.model._meta.label not in list_left_out()]


def list_tables_left_out() -> list[Table]:
    """Tables of models that neither a backup nor a digest holds."""
    return [table for table in _all_tables() if table.model._meta.label in list_left_out()]


def _all_tables() -> list[Table]:
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            fields = tuple(sorted(model._meta.concrete_fields, key=lambda field: str(field.column)))
            found[model._meta.db_table] = Table(model._meta.db_table, model, fields)
    return [found[name] for name in sorted(found)]
