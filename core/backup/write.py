"""Write a backup: the tables of one snapshot, then the files that they name; whole or not at all."""

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from core.backup.manifest import FILES_LIST, BackupUnusable, Manifest, hash_file, list_migrations, write_manifest
from core.backup.registry import StoredFile, list_files
from core.backup.rows import TableDigest, digest_lines, list_tables, name_table, one_snapshot, read_rows, write_line
from core.errors import DomainError, gettext_noop
from core.models import AuditSeal

PIECE_BYTES = 1024 * 1024


class FolderTaken(DomainError):
    """The folder of a new backup holds something."""

    message = gettext_noop("%(folder)s is not empty. Name a new folder: a backup is never written over another.")


def write_backup(folder: Path) -> Manifest:
    """Write everything into a new folder; raises FolderTaken. Until it is whole it is called `<folder>.part`."""
    partial = folder.with_name(f"{folder.name}.part")
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(folder=folder)
    shutil.rmtree(partial, ignore_errors=True)
    (partial / "tables").mkdir(parents=True, mode=0o700)
    try:
        early = _copy_files(partial, [file for file in list_files() if file.fleeting])
        manifest = _write(partial, copied=early)
        write_manifest(partial, manifest)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    if folder.exists():
        folder.rmdir()
    partial.rename(folder)
    return manifest


def _write(folder: Path, *, copied: set[str]) -> Manifest:
    with one_snapshot():
        tables = {
            name_table(model): _write_table(folder, name_table(model), read_rows(model)) for model in list_tables()
        }
        files = list(list_files())
        head = AuditSeal.objects.order_by("-sequence").values_list("digest", flat=True).first() or ""
        migrations = list_migrations()
    copied |= _copy_files(folder, [file for file in files if file.name not in copied])
    kept = [file for file in files if file.name in copied]
    (folder / FILES_LIST).write_text("".join(json.dumps(asdict(file), sort_keys=True) + "\n" for file in kept))
    parts = {f"tables/{name}.jsonl": hash_file(folder / "tables" / f"{name}.jsonl") for name in tables}
    return Manifest(
        made_at=timezone.now().isoformat(),
        engine=connection.vendor,
        migrations=migrations,
        tables=tables,
        parts={**parts, FILES_LIST: hash_file(folder / FILES_LIST)},
        files=len(kept),
        missing=sorted({file.name for file in files} - copied),
        audit_head=head,
    )


def _write_table(folder: Path, name: str, rows: Iterable[list[object]]) -> TableDigest:
    with (folder / "tables" / f"{name}.jsonl").open("w", encoding="utf-8") as file:

        def write() -> Iterable[str]:
            for row in rows:
                line = write_line(row)
                file.write(line + "\n")
                yield line

        return digest_lines(write())


def _copy_files(folder: Path, files: Iterable[StoredFile]) -> set[str]:
    """Copy files that have the right hash; the names of those that came through."""
    return {file.name for file in files if _copy_file(folder, file)}


def _copy_file(folder: Path, file: StoredFile) -> bool:
    target = folder / "files" / file.name
    if target.exists():
        return True
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with default_storage.open(file.name) as source, target.open("wb") as copy:
            is_right = copy_hashed(source, copy) == file.sha256
    except FileNotFoundError:
        is_right = False
    if not is_right:
        target.unlink(missing_ok=True)
    return is_right


def copy_hashed(source: BinaryIO | File[bytes], target: BinaryIO) -> str:
    """Copy in pieces; the SHA-256 of what was copied."""
    sha256 = hashlib.sha256()
    while piece := source.read(PIECE_BYTES):
        sha256.update(piece)
        target.write(piece)
    return sha256.hexdigest()


__all__ = ["BackupUnusable", "FolderTaken", "copy_hashed", "write_backup"]
