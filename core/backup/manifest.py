"""The manifest of a backup: what it holds, of which version, and the hash of each part."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from core.backup.rows import TableDigest
from core.errors import DomainError, gettext_noop

FORMAT = 1
MANIFEST = "manifest.json"
FILES_LIST = "files.jsonl"


class BackupUnusable(DomainError):
    """A backup is damaged, cut off, or of another version; nothing was changed."""

    message = gettext_noop("This backup cannot be used: %(reason)s")


@dataclass(frozen=True)
class Manifest:
    """`tables` by name; `parts` are the hashes of the files of the backup itself, by path."""

    made_at: str
    engine: str
    migrations: list[str]
    tables: dict[str, TableDigest]
    parts: dict[str, str]
    files: int
    missing: list[str] = field(default_factory=list)
    audit_head: str = ""
    format: int = FORMAT


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it last: a folder without one is no backup."""
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; raises BackupUnusable."""
    try:
        told = json.loads((folder / MANIFEST).read_text())
        if told["format"] != FORMAT:
            raise BackupUnusable(reason=f"its format is {told['format']}, this version reads {FORMAT}.")
        tables = {name: TableDigest(**digest) for name, digest in told.pop("tables").items()}
        return Manifest(tables=tables, **told)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupUnusable(reason=f"{MANIFEST} cannot be read ({error}).") from error


def list_migrations() -> list[str]:
    """The migrations that the database has, as "app.name"."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def check_migrations(manifest: Manifest) -> None:
    """The backup fits this version of the software; raises BackupUnusable with what to do."""
    here, there = set(list_migrations()), set(manifest.migrations)
    if there - here:
        raise BackupUnusable(
            reason=f"it was made by a newer version ({min(there - here)}). Install that version first."
        )
    if here - there:
        raise BackupUnusable(
            reason=f"it was made by an older version (without {min(here - there)}). Install that version, restore, then update."
        )


def hash_file(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
