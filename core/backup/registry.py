"""What apps add to a backup: the files that their rows name, and what is built again after a restore."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class StoredFile:
    """A file of the store that a row names. A `fleeting` one may be gone before it is copied: its owner expects that."""

    name: str
    byte_size: int
    sha256: str
    fleeting: bool = False


FileSource = Callable[[], Iterable[StoredFile]]
Rebuild = Callable[[], object]

_sources: list[FileSource] = []
_rebuilds: dict[str, Rebuild] = {}


def register_files(source: FileSource) -> None:
    """Called in `AppConfig.ready()`; the source reads rows and is asked within the backup's snapshot."""
    if source not in _sources:
        _sources.append(source)


def register_rebuild(name: str, rebuild: Rebuild) -> None:
    """Called in `AppConfig.ready()`; runs after a restore has been committed."""
    _rebuilds[name] = rebuild


def list_files() -> Iterable[StoredFile]:
    """Every file that a row names."""
    for source in _sources:
        yield from source()


def list_rebuilds() -> dict[str, Rebuild]:
    """What is built again, by name."""
    return dict(_rebuilds)
