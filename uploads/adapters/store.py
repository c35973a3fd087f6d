"""Originals in quarantine and published renditions, in whatever store Django was given (a folder or S3)."""

import contextlib
import os
import uuid
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage


def keep_original(content: bytes) -> str:
    """Put a file that nobody has checked yet where no address leads; return its name."""
    return default_storage.save(f"quarantine/{uuid.uuid4()}", ContentFile(content))


def read_original(name: str) -> bytes:
    """Return the bytes; raises FileNotFoundError."""
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def drop_original(name: str) -> None:
    """Forget the file; it may be gone already."""
    with contextlib.suppress(FileNotFoundError):
        default_storage.delete(name)


def store_once(name: str, content: bytes) -> None:
    """Store bytes under a name made of their hash: whole or not at all, and a second time is harmless."""
    try:
        target = Path(default_storage.path(name))
    except NotImplementedError:  # not a folder: an object store writes whole objects by itself
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))
        return
    if target.exists():
        with contextlib.suppress(PermissionError):  # put there by another user, such as a restore as root
            target.touch()  # young again: fsck_media must not take it for an old orphan before its new row is committed
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=".part-", delete=False) as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).chmod(0o644)
    Path(part.name).replace(target)


def open_stored(name: str) -> File[bytes]:
    """Open a rendition for streaming; raises FileNotFoundError."""
    return default_storage.open(name)
