"""A backup's folder: private files, their hashes, and the manifest that makes them one backup."""

import gzip
import hashlib
import json
import os
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from core.audit import Head
from core.backup.exceptions import BackupDamaged, FormatUnknown, NoBackup
from core.backup.registry import StoredFile

FORMAT = 1
CHUNK_BYTES = 1024 * 1024
MANIFEST, MANIFEST_SUM, FILE_LIST = "manifest.json", "manifest.sha256", "files.jsonl.gz"


@dataclass(frozen=True)
class TablePart:
    """One table in a backup: its digest, the hash of the packed file, and the last id that was given away."""

    rows: int
    digest: str
    sha256: str
    last_id: int | None


@dataclass(frozen=True)
class FilesPart:
    """The files in a backup: how many are named, how many of them are missing or not what their row says."""

    named: int
    missing: int
    damaged: int
    byte_size: int
    list_sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds; whoever keeps a copy elsewhere has a witness for the audit's chain."""

    format: int
    made_at: str
    engine: str
    migrations: list[str]
    tables: dict[str, TablePart]
    total: str
    audit: Head
    files: FilesPart


@dataclass(frozen=True)
class ListedFile:
    """A line of the list of files. `sha256` is that of the bytes in the backup; None when the file was missing."""

    name: str
    byte_size: int
    sha256: str | None
    is_damaged: bool = False


def make_private_folder(folder: Path) -> None:
    """A folder that only its owner enters; parents that are missing are made as usual."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def open_private(path: Path) -> IO[bytes]:
    """A new file that only its owner reads."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def pack_lines(path: Path, lines: Generator[bytes, None, None]) -> str:
    """Write lines into a gzip file and end their stream, also on failure; the SHA-256 of the file as it lies."""
    with closing(lines), open_private(path) as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        for line in lines:
            packed.write(line)
    return hash_file(path)


@contextmanager
def unpack_lines(path: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a gzip file as a stream."""
    with gzip.open(path, "rb") as packed:
        yield iter(packed)


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, read in pieces; FileNotFoundError when it is gone."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def table_path(folder: Path, name: str) -> Path:
    """Where a table lies."""
    return folder / "tables" / f"{name}.jsonl.gz"


def content_path(folder: Path, sha256: str) -> Path:
    """Where a file's bytes lie: under their hash, so that equal files are one."""
    return folder / "files" / sha256[:2] / sha256


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Last of all; its own hash stands beside it as `sha256sum -c` reads it."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode() + b"\n"
    with open_private(folder / MANIFEST) as file:
        file.write(text)
    with open_private(folder / MANIFEST_SUM) as file:
        file.write(f"{hashlib.sha256(text).hexdigest()}  {MANIFEST}\n".encode())


def read_manifest(folder: Path) -> Manifest:
    """Raises NoBackup, BackupDamaged or FormatUnknown."""
    try:
        text = (folder / MANIFEST).read_bytes()
        wanted = (folder / MANIFEST_SUM).read_text().split()[:1]
    except (OSError, UnicodeDecodeError) as error:
        raise NoBackup(folder=folder, what=MANIFEST) from error
    if wanted != [hashlib.sha256(text).hexdigest()]:
        raise BackupDamaged(what=MANIFEST)
    told = json.loads(text)
    if told["format"] != FORMAT:
        raise FormatUnknown(format=told["format"])
    return _build(told)


def read_file_list(folder: Path) -> Iterator[ListedFile]:
    """The files of a backup as a stream."""
    with unpack_lines(folder / FILE_LIST) as lines:
        for line in lines:
            yield ListedFile(**json.loads(line))


def describe_file(file: StoredFile, *, byte_size: int, sha256: str | None) -> ListedFile:
    """The line for a file of which these bytes were found."""
    is_damaged = sha256 is not None and (byte_size, sha256) != (file.byte_size, file.sha256)
    return ListedFile(file.name, byte_size, sha256, is_damaged)


def check_backup(folder: Path, manifest: Manifest) -> None:
    """Read every byte before anything is done with one; raises BackupDamaged."""
    for name, part in manifest.tables.items():
        _compare(table_path(folder, name), part.sha256, name)
    _compare(folder / FILE_LIST, manifest.files.list_sha256, FILE_LIST)
    named = 0
    for file in read_file_list(folder):
        named += 1
        if file.sha256 is not None:
            _compare(content_path(folder, file.sha256), file.sha256, file.name)
    if named != manifest.files.named:
        raise BackupDamaged(what=FILE_LIST)


def _compare(path: Path, sha256: str, what: str) -> None:
    try:
        found = hash_file(path)
    except OSError as error:
        raise BackupDamaged(what=what) from error
    if found != sha256:
        raise BackupDamaged(what=what)


def _build(told: dict[str, Any]) -> Manifest:
    tables = {name: TablePart(**part) for name, part in told["tables"].items()}
    return Manifest(**{**told, "tables": tables, "audit": Head(**told["audit"]), "files": FilesPart(**told["files"])})
