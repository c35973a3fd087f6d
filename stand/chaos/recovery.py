"""Whether the house works again after a fault: acts succeed, signs of life are new, what had waited is worked off."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from django.db import Error, connection

from core.models import Job, JobState, WorkerBeat
from listings.models import SearchChange
from listings.search.index import CatalogueNotReady, find_folder, read_position
from stand.chaos.stream import Stream

LIMIT_SECONDS = 60.0
SHORTEST_LOOK_SECONDS = 6.0
LOOK_EVERY_SECONDS = 0.5
WORKER, INDEXER, BACKLOG = OF_THE_HOUSE = ("worker's sign of life", "indexer's sign of life", "backlog")

Signs = Mapping[str, float]
"""What was waited for to the seconds that it took; LIMIT_SECONDS and a little where it did not come."""


def wait_for_recovery(streams: Sequence[Stream], *, since: float) -> Signs:
    """Return once everything works again, at the latest a minute after `since` (wall clock).

    Looked at for some seconds at least: the child of a killed process may answer once more before it ends.
    """
    probes = dict(_list_probes(streams, since))
    firsts: dict[str, float] = {}
    while True:
        found = {name: at for name, probe in probes.items() if (at := firsts.get(name) or _ask(probe))}
        firsts = {name: at for name, at in found.items() if name in OF_THE_HOUSE}
        late = time.time() >= since + LIMIT_SECONDS
        if late or (len(found) == len(probes) and time.time() >= since + SHORTEST_LOOK_SECONDS):
            return {name: round(max(0.0, found.get(name, since + LIMIT_SECONDS + 1) - since), 1) for name in probes}
        time.sleep(LOOK_EVERY_SECONDS)


def wait_until_quiet(seconds: float = 120) -> bool:
    """Everything that was asked for is done; False when it is not within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if _ask(_backlog_probe(time.time())):
            return True
        time.sleep(LOOK_EVERY_SECONDS)
    return False


def _list_probes(streams: Sequence[Stream], since: float) -> Iterator[tuple[str, Callable[[], float | None]]]:
    for stream in streams:
        yield stream.act.name, partial(stream.ledger.find_lasting_success, since)
    yield WORKER, partial(_find_sign, "worker", since)
    yield INDEXER, partial(_find_sign, "indexer", since)
    yield BACKLOG, _backlog_probe(since)


def _ask(probe: Callable[[], float | None]) -> float | None:
    """An answer, None while there is none; the database may be away."""
    try:
        return probe()
    except (Error, CatalogueNotReady):
        connection.close()
        return None


def _find_sign(kind: str, since: float) -> float | None:
    """Beat asks the workers for theirs, so that a worker's sign of life says that beat and Redis work too."""
    signs = WorkerBeat.objects.filter(name__startswith=kind, seen_at__gt=_moment(since)).order_by("-seen_at")
    newest = signs.values_list("seen_at", flat=True).first()
    return newest.timestamp() if newest else None


def _backlog_probe(since: float) -> Callable[[], float | None]:
    def probe() -> float | None:
        asked = Job.objects.filter(created_at__lte=_moment(since), due_at__lte=_moment(since))
        if asked.filter(state__in=[JobState.WAITING, JobState.RUNNING]).exists():
            return None
        last = SearchChange.objects.filter(changed_at__lte=_moment(since)).order_by("transaction_id", "pk").last()
        position = read_position(find_folder())
        known = (position.transaction_id, position.change_id)
        return None if last and (last.transaction_id, last.pk) > known else time.time()

    return probe


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, tz=UTC)
