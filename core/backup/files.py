"""Files between the default store (a folder or an object store) and a backup's folder."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File
from django.core.files.storage import default_storage

from core.backup.folder import CHUNK_BYTES, ListedFile, content_path, describe_file, make_private_folder, open_private
from core.backup.registry import StoredFile, list_sources


def list_stored_files(*, passing: bool) -> Iterator[StoredFile]:
    """What rows name now: files that may go at any time, or those that stay."""
    for source in list_sources():
        yield from (file for file in source.list_files() if file.is_passing is passing)


def measure_stored(name: str) -> tuple[int, str]:
    """Size and SHA-256 of a stored file; raises FileNotFoundError."""
    total, size = hashlib.sha256(), 0
    with default_storage.open(name) as file:
        for chunk in file.chunks(CHUNK_BYTES):
            total.update(chunk)
            size += len(chunk)
    return size, total.hexdigest()


def save_files(files: Iterator[StoredFile], folder: Path) -> Iterator[ListedFile]:
    """Copy each file once under its hash and tell what was found; what is missing is told too."""
    make_private_folder(folder / "files")
    with TemporaryDirectory(dir=folder, prefix=".file-") as workshop:
        for file in files:
            try:
                size, sha256 = _copy_out(file.name, Path(workshop) / "file")
            except FileNotFoundError:
                if file.is_needed:
                    yield describe_file(file, byte_size=file.byte_size, sha256=None)
                continue
            _settle(Path(workshop) / "file", content_path(folder, sha256))
            yield describe_file(file, byte_size=size, sha256=sha256)


def bring_back(file: ListedFile, folder: Path) -> None:
    """Put a file into the store under its name; what lies there already with these bytes stays."""
    if file.sha256 is None:
        return
    if default_storage.exists(file.name):
        if measure_stored(file.name) == (file.byte_size, file.sha256):
            return
        default_storage.delete(file.name)
    with content_path(folder, file.sha256).open("rb") as source:
        default_storage.save(file.name, File(source))


def _copy_out(name: str, target: Path) -> tuple[int, str]:
    total, size = hashlib.sha256(), 0
    with default_storage.open(name) as source, open_private(target) as copy:
        for chunk in source.chunks(CHUNK_BYTES):
            total.update(chunk)
            size += len(chunk)
            copy.write(chunk)
    return size, total.hexdigest()


def _settle(copied: Path, target: Path) -> None:
    make_private_folder(target.parent)
    copied.replace(target)
