"""Compare the store with the rows: what is lost or damaged, and what nobody names any more."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from core.backup.registry import StoredFile, list_files

PIECE_BYTES = 1024 * 1024
YOUNG = timedelta(days=1)
"""A file may be in the store before its row is committed; a day is more than any upload takes."""


@dataclass(frozen=True)
class Orphan:
    """A file that no row names."""

    name: str
    byte_size: int
    changed_at: datetime


@dataclass
class StoreReport:
    """What was found; names of files."""

    checked: int = 0
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    orphans: list[Orphan] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.lost and not self.damaged


def examine_store() -> StoreReport:
    """Read every file that a row names and compare it; list the others. A fleeting file that has just gone is no loss."""
    report = StoreReport()
    named: set[str] = set()
    for file in list_files():
        named.add(file.name)
        report.checked += 1
        found = _hash(file)
        if found is None and not (file.fleeting and not _is_still_named(file)):
            report.lost.append(file.name)
        elif found not in {None, file.sha256}:
            report.damaged.append(file.name)
    report.orphans = [
        Orphan(name, default_storage.size(name), default_storage.get_modified_time(name))
        for name in _walk(default_storage, "")
        if name not in named
    ]
    return report


def delete_orphans(report: StoreReport) -> int:
    """Delete what nobody names and nobody has touched for a day; the number deleted."""
    named_now = {file.name for file in list_files()}
    old = [
        orphan
        for orphan in report.orphans
        if timezone.now() - orphan.changed_at > YOUNG and orphan.name not in named_now
    ]
    for orphan in old:
        default_storage.delete(orphan.name)
    return len(old)


def _hash(file: StoredFile) -> str | None:
    sha256 = hashlib.sha256()
    try:
        with default_storage.open(file.name) as stored:
            while piece := stored.read(PIECE_BYTES):
                sha256.update(piece)
    except FileNotFoundError:
        return None
    return sha256.hexdigest()


def _is_still_named(file: StoredFile) -> bool:
    return any(other.name == file.name for other in list_files() if other.fleeting)


def _walk(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:  # an empty store
        return
    for name in sorted(names):
        yield f"{folder}{name}"
    for inner in sorted(folders):
        yield from _walk(storage, f"{folder}{inner}/")
