"""Texts that lie encrypted in the database: authenticated encryption (Fernet) under keys in files, the newest of which encrypts.

A key is never deleted while a row may need it: every key in the folder decrypts. `manage.py rotate_field_key` makes a new one and
encrypts the rows anew. The keys are part of no backup of the database: keep the folder apart (docs/howto/field-keys.md).
"""

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils import timezone

PATTERN = "field-*.key"


class SecretUnreadable(Exception):
    """None of the keys in the folder opens this text: a key is missing, or the row was changed by hand."""


def encrypt(text: str) -> str:
    """The text under the newest key; the first key is made when there is none."""
    return _open_box(make_if_missing=True).encrypt(text.encode()).decode()


def decrypt(sealed: str) -> str:
    """The text again; raises SecretUnreadable."""
    return decrypt_all(sealed)[0]


def decrypt_all(*sealed: str) -> list[str]:
    """Texts again, with one look into the folder of keys; raises SecretUnreadable where one of them cannot be read."""
    box = _open_box()
    try:
        return [box.decrypt(text.encode()).decode() for text in sealed]
    except InvalidToken as error:
        raise SecretUnreadable from error


def encrypt_anew(sealed: str) -> str:
    """The same text under the newest key; raises SecretUnreadable."""
    try:
        return _open_box().rotate(sealed.encode()).decode()
    except InvalidToken as error:
        raise SecretUnreadable from error


def make_field_key() -> Path:
    """A new key, which encrypts from now on; readable by the site's account alone, and whole or not there."""
    folder = Path(settings.CREDENTIAL_KEY_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"field-{timezone.now():%Y%m%dT%H%M%S%f}.key"
    part = folder / f".{name}.part"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(Fernet.generate_key())
        file.flush()
        os.fsync(file.fileno())
    return part.rename(folder / name)


_rotations: dict[str, Callable[[], int]] = {}


def register_rotation(name: str, rotate: Callable[[], int]) -> None:
    """Called in `AppConfig.ready()` by apps that keep encrypted texts: encrypts them anew and says how many."""
    _rotations[name] = rotate


def list_rotations() -> dict[str, Callable[[], int]]:
    """What to encrypt anew, by name."""
    return dict(_rotations)


def _open_box(*, make_if_missing: bool = False) -> MultiFernet:
    """Every key, the newest first."""
    files = sorted(Path(settings.CREDENTIAL_KEY_DIR).glob(PATTERN), reverse=True)
    if not files and make_if_missing:
        files = [make_field_key()]
    if not files:
        raise SecretUnreadable
    return _read_keys(tuple((file, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=1)
def _read_keys(files: tuple[tuple[Path, int], ...]) -> MultiFernet:
    """Files with the times of their last change, so that one that was put right is read again."""
    return MultiFernet([Fernet(file.read_bytes()) for file, _changed in files])
