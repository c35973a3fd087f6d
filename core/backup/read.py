"""Restore a backup: everything is checked before anything is written, and the result is compared with the manifest."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, transaction

from core.backup.manifest import FILES_LIST, BackupUnusable, Manifest, check_migrations, hash_file, read_manifest
from core.backup.registry import StoredFile, list_rebuilds
from core.backup.rows import EPHEMERAL, digest_tables, insert_rows, list_tables, name_table
from core.errors import DomainError, gettext_noop

PLANTED = {"contenttypes.contenttype", "auth.permission", "reference.category", "moderation.reason"}
"""What `migrate` puts into an empty database."""


class DatabaseInUse(DomainError):
    """There is something in the database that a restore would destroy."""

    message = gettext_noop(
        "The database is not empty: %(table)s has rows. Restore into an empty one, or add --destroy-everything-first."
    )


def restore_backup(folder: Path, *, destroy_first: bool = False) -> Manifest:
    """Put a backup into this installation; raises BackupUnusable or DatabaseInUse, and then nothing was changed."""
    manifest = read_manifest(folder)
    check_migrations(manifest)
    _check_parts(folder, manifest)
    files = list(_list_files(folder))
    _check_files(folder, files)
    if not destroy_first:
        _refuse_rows()
    for file in files:
        _put_file(folder, file)
    with transaction.atomic():
        _empty_tables()
        for model in list_tables():
            insert_rows(model, _read_lines(folder / "tables" / f"{name_table(model)}.jsonl"))
        _reset_sequences()
        if digest_tables() != manifest.tables:
            raise BackupUnusable(reason="what was written is not what was read.")
    for rebuild in list_rebuilds().values():
        rebuild()
    return manifest


def _check_parts(folder: Path, manifest: Manifest) -> None:
    wanted = {f"tables/{name_table(model)}.jsonl" for model in list_tables()} | {FILES_LIST}
    if wanted != set(manifest.parts):
        raise BackupUnusable(reason=f"it holds other tables: {', '.join(sorted(wanted ^ set(manifest.parts)))}.")
    for name, sha256 in manifest.parts.items():
        if not (folder / name).is_file() or hash_file(folder / name) != sha256:
            raise BackupUnusable(reason=f"{name} is missing or damaged.")


def _check_files(folder: Path, files: list[StoredFile]) -> None:
    for file in files:
        path = folder / "files" / file.name
        if not path.resolve().is_relative_to((folder / "files").resolve()):
            raise BackupUnusable(reason=f"{file.name} points out of the backup.")
        if not path.is_file() or hash_file(path) != file.sha256:
            raise BackupUnusable(reason=f"files/{file.name} is missing or damaged.")


def _refuse_rows() -> None:
    for model in list_tables():
        if name_table(model) not in PLANTED and model._base_manager.exists():
            raise DatabaseInUse(table=name_table(model))


def _list_files(folder: Path) -> Iterator[StoredFile]:
    for told in _read_lines(folder / FILES_LIST):
        yield StoredFile(**told)


def _put_file(folder: Path, file: StoredFile) -> None:
    """Files come first: one that no row names is harmless, a row without its file is not."""
    if default_storage.exists(file.name):
        default_storage.delete(file.name)
    with (folder / "files" / file.name).open("rb") as source:
        default_storage.save(file.name, File(source))


def _empty_tables() -> None:
    tables = [model._meta.db_table for model in list_tables()]
    tables += [apps.get_model(name)._meta.db_table for name in sorted(EPHEMERAL)]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608  names of our own models


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list_tables()):
            cursor.execute(statement)


def _read_lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
