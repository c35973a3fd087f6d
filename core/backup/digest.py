"""A hash per table that is the same on every engine for the same rows."""

import hashlib
from collections.abc import Generator
from dataclasses import asdict, dataclass
from typing import Any

from core.audit import Head, read_head
from core.backup.tables import Table, list_tables


@dataclass(frozen=True)
class TableDigest:
    """How many rows, and the SHA-256 of the header and all lines."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Digest:
    """Every table's digest, the hash of them all, and how far the audit's chain reaches."""

    tables: dict[str, TableDigest]
    audit: Head

    @property
    def total(self) -> str:
        return total_of(self.tables)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "total": self.total}


class Meter:
    """Lines that pass through are counted and hashed."""

    def __init__(self, table: Table) -> None:
        self.table, self.rows, self._sum = table, 0, hashlib.sha256()

    def pass_on(self) -> Generator[bytes, None, None]:
        self._sum.update(self.table.header)
        yield self.table.header
        for line in self.table.read_lines():
            self._sum.update(line)
            self.rows += 1
            yield line

    def read(self) -> TableDigest:
        return TableDigest(self.rows, self._sum.hexdigest())


def digest_table(table: Table) -> TableDigest:
    """Read the whole table as a stream."""
    meter = Meter(table)
    for _ in meter.pass_on():
        pass
    return meter.read()


def digest_database() -> Digest:
    """Read everything; inside `one_moment`, or what is written meanwhile is half in it."""
    return Digest({table.name: digest_table(table) for table in list_tables()}, read_head())


def total_of(tables: dict[str, TableDigest]) -> str:
    """One hash over all tables."""
    lines = (f"{name} {tables[name].rows} {tables[name].sha256}\n" for name in sorted(tables))
    return hashlib.sha256("".join(lines).encode()).hexdigest()
