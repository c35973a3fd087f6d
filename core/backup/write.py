"""Make a backup: one moment of the database, the files that it names, and a manifest once all is whole."""

import json
import os
import shutil
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

import structlog
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from core.audit import read_head
from core.backup.digest import Meter, TableDigest, total_of
from core.backup.exceptions import FolderNotEmpty, MigrationsWait, PartLeftBehind
from core.backup.files import list_stored_files, save_files
from core.backup.folder import (
    FILE_LIST,
    FORMAT,
    FilesPart,
    ListedFile,
    Manifest,
    TablePart,
    make_private_folder,
    pack_lines,
    table_path,
    write_manifest,
)
from core.backup.sequences import read_last_id
from core.backup.snapshot import one_moment
from core.backup.tables import Table, list_tables

logger = structlog.get_logger(__name__)

TRIES = 3

Say = Callable[[str], object]


@dataclass(frozen=True)
class Made:
    """The backup's manifest, and the files that could not be saved as their rows describe them."""

    manifest: Manifest
    missing: list[str]
    damaged: list[str]


def make_backup(folder: Path, *, say: Say = lambda _: None) -> Made:
    """Write a backup of the running site into a folder that is new or empty.

    All or nothing: the folder appears under its name when it is whole. Raises MigrationsWait, FolderNotEmpty, PartLeftBehind, OSError.
    """
    check_migrated()
    folder = folder.absolute()
    part = folder.with_name(f"{folder.name}.part")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(folder=folder)
    make_private_folder(folder.parent)
    try:
        part.mkdir(mode=0o700)
    except FileExistsError as error:
        raise PartLeftBehind(folder=part) from error
    try:
        made = _fill(part, say)
        os.sync()
        part.replace(folder)
    except BaseException:  # also Ctrl-C: half a backup only takes room
        shutil.rmtree(part, ignore_errors=True)
        raise
    logger.info("backup_made", folder=str(folder), total=made.manifest.total, seal=made.manifest.audit.sequence)
    return made


def check_migrated() -> None:
    """Raises MigrationsWait unless every table is as this code expects it."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MigrationsWait


def read_migrations() -> list[str]:
    """What has been applied to this database, as "app.name"."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _fill(part: Path, say: Say) -> Made:
    """Files that come and go are taken first; when one slips away meanwhile, a new moment may no longer name it."""
    for attempt in range(1, TRIES + 1):
        with one_moment():
            passing = list(save_files(list_stored_files(passing=True), part))
            if attempt == TRIES or all(file.sha256 for file in passing):
                return _write_all(part, passing, say)
        shutil.rmtree(part / "files")
    raise AssertionError("The last attempt always writes.")


def _write_all(part: Path, passing: list[ListedFile], say: Say) -> Made:
    made_at, migrations, audit = timezone.now(), read_migrations(), read_head()
    make_private_folder(part / "tables")
    tables = {table.name: _write_table(part, table) for table in list_tables()}
    say(f"{sum(table.rows for table in tables.values())} rows of {len(tables)} tables.")
    files, missing, damaged = _write_files(part, passing)
    say(f"{files.named - files.missing} files, {files.byte_size / 1024**2:.1f} MB.")
    digests = {name: TableDigest(table.rows, table.digest) for name, table in tables.items()}
    manifest = Manifest(
        format=FORMAT,
        made_at=made_at.isoformat(timespec="seconds"),
        engine=connection.vendor,
        migrations=migrations,
        tables=tables,
        total=total_of(digests),
        audit=audit,
        files=files,
    )
    write_manifest(part, manifest)
    return Made(manifest, missing, damaged)


def _write_table(part: Path, table: Table) -> TablePart:
    meter = Meter(table)
    sha256 = pack_lines(table_path(part, table.name), meter.pass_on())
    digest = meter.read()
    return TablePart(rows=digest.rows, digest=digest.sha256, sha256=sha256, last_id=read_last_id(table))


def _write_files(part: Path, passing: list[ListedFile]) -> tuple[FilesPart, list[str], list[str]]:
    missing: list[str] = []
    damaged: list[str] = []
    sizes = [0, 0]

    def lines() -> Generator[bytes, None, None]:
        for file in chain(passing, save_files(list_stored_files(passing=False), part)):
            sizes[0] += 1
            sizes[1] += file.byte_size if file.sha256 else 0
            if file.sha256 is None:
                missing.append(file.name)
            elif file.is_damaged:
                damaged.append(file.name)
            yield json.dumps(asdict(file), separators=(",", ":")).encode() + b"\n"

    sha256 = pack_lines(part / FILE_LIST, lines())
    named, size = sizes
    return FilesPart(named, len(missing), len(damaged), size, sha256), missing, damaged
