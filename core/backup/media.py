"""The check of files: what rows name is there and unhurt; what nobody names is an orphan."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone

from core.backup.exceptions import FilesUnderWay
from core.backup.files import list_stored_files, measure_stored
from core.backup.registry import StoredFile, list_sources

YOUNG = timedelta(days=1)


@dataclass(frozen=True)
class Orphan:
    """A file that no row names."""

    name: str
    byte_size: int
    changed_at: datetime

    @property
    def is_young(self) -> bool:
        """Its row may be on its way."""
        return timezone.now() - self.changed_at < YOUNG


@dataclass
class MediaReport:
    """Names of the lost and the damaged, the orphans, and what was deleted."""

    checked: int = 0
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    orphans: list[Orphan] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)

    @property
    def has_loss(self) -> bool:
        return bool(self.missing or self.damaged)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "has_loss": self.has_loss}


def check_media(*, only_sizes: bool = False) -> MediaReport:
    """Look at every file that a row names, and at every file that lies in the folders of its app."""
    report = MediaReport()
    lying = list(_list_lying())  # before the names: a file is stored first and named afterwards
    for file in _list_named():
        report.checked += 1
        _look_at(file, report, only_sizes=only_sizes)
    named = {file.name for file in _list_named()}
    report.missing = [name for name in report.missing if name in named]  # an upload may just have been finished
    report.orphans = [orphan for name in lying if name not in named and (orphan := _find_orphan(name))]
    return report


def delete_orphans(report: MediaReport) -> None:
    """Delete orphans older than a day, if no row names them by now; raises FilesUnderWay while files are being made."""
    if any(source.is_busy() for source in list_sources()):
        raise FilesUnderWay
    named = {file.name for file in _list_named()}
    for orphan in report.orphans:
        now = _find_orphan(orphan.name)
        if now and not now.is_young and now.name not in named:
            default_storage.delete(now.name)
            report.deleted.append(now.name)


def _look_at(file: StoredFile, report: MediaReport, *, only_sizes: bool) -> None:
    try:
        if only_sizes:
            is_whole = default_storage.size(file.name) == file.byte_size
        else:
            is_whole = measure_stored(file.name) == (file.byte_size, file.sha256)
    except FileNotFoundError:
        if file.is_needed:
            report.missing.append(file.name)
        return
    if not is_whole:
        report.damaged.append(file.name)


def _list_named() -> Iterator[StoredFile]:
    yield from list_stored_files(passing=True)
    yield from list_stored_files(passing=False)


def _list_lying() -> Iterator[str]:
    for source in list_sources():
        for folder in source.folders:
            yield from _walk(folder)


def _walk(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in sorted(files))
    for inner in sorted(folders):
        yield from _walk(f"{folder}/{inner}")


def _find_orphan(name: str) -> Orphan | None:
    try:
        return Orphan(name, default_storage.size(name), default_storage.get_modified_time(name))
    except FileNotFoundError:
        return None
