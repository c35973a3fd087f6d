"""Take a backup back: prove it whole, then write rows and files in one transaction, then compare digests."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.backup.digest import digest_table
from core.backup.exceptions import (
    BackupDamaged,
    BackupIsNewer,
    BackupIsOlder,
    DatabaseNotEmpty,
    DigestsDiffer,
    ReferencesMissing,
    RowsDoNotFit,
    SiteRuns,
)
from core.backup.files import bring_back
from core.backup.folder import Manifest, check_backup, read_file_list, read_manifest, table_path, unpack_lines
from core.backup.registry import list_rebuilds
from core.backup.sequences import restore_last_ids
from core.backup.tables import Table, list_tables, list_tables_left_out
from core.backup.write import Say, check_migrated, read_migrations
from core.models import Job, JobState, WorkerBeat

logger = structlog.get_logger(__name__)

ALIVE = timedelta(seconds=30)
NAMED_AT_MOST = 5


@dataclass
class Restored:
    """What came back, and what an administrator has to know of it."""

    manifest: Manifest
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    not_rebuilt: list[str] = field(default_factory=list)
    waiting_jobs: int = 0


def restore_backup(folder: Path, *, destroy_what_is_there: bool = False, say: Say = lambda _: None) -> Restored:
    """Make database and files what they were at the backup's moment, then build derived things again.

    Nothing is changed unless the backup is whole, of this very version, and the database empty (or may be destroyed), and
    the digests are equal in the end. Raises a DomainError with a sentence, or OSError when the store takes no files.
    """
    manifest = read_manifest(folder)
    _check_migrations(manifest)
    _check_nobody_works()
    if not destroy_what_is_there:
        _check_empty()
    say(f"Backup of {manifest.made_at} from {manifest.engine}. Reading all of it …")
    check_backup(folder, manifest)
    restored = Restored(manifest)
    with transaction.atomic():
        _write_rows(folder, manifest)
        say("Rows are back and equal to the backup's digests. Now the files …")
        _write_files(folder, restored)
    logger.warning("backup_restored", made_at=manifest.made_at, total=manifest.total, seal=manifest.audit.sequence)
    _forget_caches()
    _rebuild(restored, say)
    restored.waiting_jobs = Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).count()
    return restored


def _check_migrations(manifest: Manifest) -> None:
    check_migrated()
    here, there = set(read_migrations()), set(manifest.migrations)
    if there - here:
        raise BackupIsNewer(migrations=_name_some(there - here))
    if here - there:
        raise BackupIsOlder(migrations=_name_some(here - there))
    if set(manifest.tables) != {table.name for table in list_tables()}:
        raise BackupDamaged(what="manifest.json")


def _check_nobody_works() -> None:
    beat = WorkerBeat.objects.filter(seen_at__gt=timezone.now() - ALIVE).first()
    if beat:
        raise SiteRuns(name=beat.name, seconds=round((timezone.now() - beat.seen_at).total_seconds()))


def _check_empty() -> None:
    full = [table.name for table in list_tables() if not table.is_planted and table.model._base_manager.exists()]
    if full:
        raise DatabaseNotEmpty(tables=_name_some(full))


def _write_rows(folder: Path, manifest: Manifest) -> None:
    tables = list_tables()
    left_out = list_tables_left_out()
    for table in [
        *left_out,
        *reversed(tables),
    ]:  # what a trigger guards goes with what it belongs to, and comes before it
        table.empty()
    for table in tables:
        _write_table(folder, table)
    _check_references()
    restore_last_ids({table: manifest.tables[table.name].last_id for table in tables} | dict.fromkeys(left_out))
    different = [table.name for table in tables if digest_table(table).sha256 != manifest.tables[table.name].digest]
    if different:
        raise DigestsDiffer(tables=", ".join(different))


def _write_table(folder: Path, table: Table) -> None:
    with unpack_lines(table_path(folder, table.name)) as lines:
        if next(lines, b"") != table.header:
            raise BackupDamaged(what=table.name)
        try:
            table.write_lines(lines)
        except (DatabaseError, ValueError) as error:
            raise RowsDoNotFit(table=table.name, reason=_one_line(error)) from error


def _check_references() -> None:
    """Rows come in any order; only now must every one that is named be there."""
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise ReferencesMissing(reason=_one_line(error)) from error


def _write_files(folder: Path, restored: Restored) -> None:
    for file in read_file_list(folder):
        bring_back(file, folder)
        if file.sha256 is None:
            restored.missing.append(file.name)
        elif file.is_damaged:
            restored.damaged.append(file.name)


def _forget_caches() -> None:
    ContentType.objects.clear_cache()
    if settings.CACHES["default"]["LOCATION"] in connection.introspection.table_names():
        cache.clear()


def _rebuild(restored: Restored, say: Say) -> None:
    for what, rebuild in list_rebuilds().items():
        try:
            say(f"{what}: {rebuild()}")
        except Exception:
            logger.exception("rebuild_failed", what=what)
            restored.not_rebuilt.append(what)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _name_some(names: Iterable[str]) -> str:
    ordered = sorted(names)
    return ", ".join(ordered[:NAMED_AT_MOST]) + (" …" if len(ordered) > NAMED_AT_MOST else "")
