"""The index on disk: a pointer file names the folder in use, so that a new one is swapped in at once."""

import json
import shutil
import threading
import uuid
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from tantivy import Index, Searcher

from listings.search.schema import make_schema, name_schema, register_analyzers
from reference.rules import Rates

POINTER = "current.json"
POSITION = "position.json"
RATES = "rates.json"


class CatalogueNotReady(Exception):
    """There is no index of this schema yet (or it cannot be read): the indexer is building it."""


@dataclass(frozen=True)
class Position:
    """The last change row that the index knows, and when it was last brought up to date (seconds since 1970)."""

    transaction_id: int
    change_id: int
    synced_at: float


@dataclass(frozen=True)
class _Opened:
    folder: Path
    stamp: tuple[int, int]
    index: Index
    rates: Rates


@dataclass(frozen=True)
class Reading:
    """One committed state: its searcher, the rates that its prices were converted at, and a name that no other state has."""

    searcher: Searcher
    rates: Rates
    generation: str


_lock = threading.Lock()
_opened: dict[Path, _Opened] = {}


def root() -> Path:
    """Where the folders of the index stand."""
    return Path(settings.SEARCH_INDEX_DIR)


def find_folder() -> Path:
    """The folder in use; raises CatalogueNotReady."""
    try:
        pointer = json.loads((root() / POINTER).read_text())
        if pointer["schema"] != name_schema():
            raise CatalogueNotReady("the index has another schema")
        return root() / str(pointer["folder"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CatalogueNotReady("there is no index yet") from error


def open_reading() -> Reading:
    """The newest committed state, the same to every reader; raises CatalogueNotReady."""
    folder = find_folder()
    with _lock:
        try:
            status = (folder / "meta.json").stat()
            stamp = (status.st_mtime_ns, status.st_ino)
            known = _opened.get(root())
            if known is None or known.folder != folder:
                known = _Opened(folder, stamp, open_index(folder), read_rates(folder))
            elif known.stamp != stamp:
                known.index.reload()
                known = _Opened(folder, stamp, known.index, known.rates)
        except (OSError, ValueError) as error:  # tantivy reports a broken folder as ValueError
            _opened.pop(root(), None)
            raise CatalogueNotReady("the index cannot be read") from error
        _opened[root()] = known
        return Reading(known.index.searcher(), known.rates, f"{folder.name}-{stamp[0]:x}")


def open_index(folder: Path) -> Index:
    """An index on disk with its analyzers, read only when told to."""
    index = Index(make_schema(), path=str(folder), reuse=True)
    register_analyzers(index)
    index.config_reader(reload_policy="manual")
    index.reload()
    return index


def create_folder() -> Path:
    """A new, empty folder that nobody reads yet."""
    folder = root() / f"{name_schema()}-{uuid.uuid4().hex[:12]}"
    folder.mkdir(parents=True)
    return folder


def publish_folder(folder: Path) -> None:
    """Point every reader at a finished folder, then drop the others; open readers keep their files until they look again."""
    _write(root() / POINTER, {"schema": name_schema(), "folder": folder.name})
    for other in root().iterdir():
        if other.is_dir() and other != folder:
            shutil.rmtree(other, ignore_errors=True)


def read_position(folder: Path) -> Position:
    """How far a folder knows the changes; raises CatalogueNotReady when that is lost."""
    try:
        return Position(**json.loads((folder / POSITION).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise CatalogueNotReady("the index does not say how far it knows") from error


def write_position(folder: Path, position: Position) -> None:
    """After a commit: a crash in between only repeats changes, which is harmless."""
    _write(folder / POSITION, asdict(position))


def read_rates(folder: Path) -> Rates:
    """The exchange rates that the prices of a folder were converted at; raises CatalogueNotReady when they are lost."""
    try:
        told = json.loads((folder / RATES).read_text())
        units = {code: Decimal(units) for code, units in told["units_per_eur"].items()}
        days = {code: date.fromisoformat(day) for code, day in told["days"].items()}
        return Rates(date.fromisoformat(told["day"]), units, days)
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise CatalogueNotReady("the index does not say its rates") from error


def write_rates(folder: Path, rates: Rates) -> None:
    """Before the first document: a folder keeps its rates for life."""
    units = {code: str(units) for code, units in rates.units_per_eur.items()}
    days = {code: day.isoformat() for code, day in rates.days.items()}
    _write(folder / RATES, {"day": rates.day.isoformat(), "units_per_eur": units, "days": days})


def _write(path: Path, content: dict[str, object]) -> None:
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps(content))
    partial.replace(path)
