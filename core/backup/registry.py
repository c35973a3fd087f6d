"""What apps above tell a backup: files that rows name, things built again, rows left out, rows that migrations plant."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class StoredFile:
    """A file of the default store that a row names. `is_passing`: it may go at any time, so a backup takes it first.

    What is not needed is no loss when it is gone, and no orphan while it is there.
    """

    name: str
    byte_size: int
    sha256: str
    is_passing: bool = False
    is_needed: bool = True


@dataclass(frozen=True)
class FileSource:
    """One app's files: a stream of them, the store's folders that are all its own, and whether files are being made now."""

    name: str
    folders: tuple[str, ...]
    list_files: Callable[[], Iterable[StoredFile]]
    is_busy: Callable[[], bool]


_sources: dict[str, FileSource] = {}
_rebuilds: dict[str, Callable[[], object]] = {}
_left_out: dict[str, str] = {
    "core.WorkerBeat": "signs of life of processes",
    "sessions.Session": "open sessions: a backup must open nobody's account",
    "usersessions.UserSession": "the list of open sessions",
}
_planted = {"contenttypes.ContentType", "auth.Permission"}


def register_files(source: FileSource) -> None:
    """Called in `AppConfig.ready()` by apps whose rows name files; the last one of a name counts."""
    _sources[source.name] = source


def register_rebuild(what: str, rebuild: Callable[[], object]) -> None:
    """Something derived that is made again after a restore."""
    _rebuilds[what] = rebuild


def leave_out(label: str, *, because: str) -> None:
    """Keep a model ("app.Model") out of backups and digests, and empty it on restore."""
    _left_out[label] = because


def register_planted(label: str) -> None:
    """A model whose rows come with the migrations: a database that holds nothing else is empty."""
    _planted.add(label)


def list_sources() -> list[FileSource]:
    """Every app's files."""
    return list(_sources.values())


def list_rebuilds() -> dict[str, Callable[[], object]]:
    """What is made again after a restore, by name."""
    return dict(_rebuilds)


def list_left_out() -> dict[str, str]:
    """Model to reason."""
    return dict(_left_out)


def list_planted() -> set[str]:
    """Models whose rows come with the migrations."""
    return set(_planted)
