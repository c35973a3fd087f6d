"""How soon a change is seen: ten thousand of them, a hundred a second, while a real indexer follows."""

import random
import subprocess
import sys
import time
from collections.abc import Sequence

from tantivy import Query, Searcher

from bench.search.pages import ROOT, percentile, read_private_mb
from listings.choices import ListingState
from listings.models import Listing
from listings.search.index import open_reading
from listings.search.indexer import apply_changes
from listings.search.text import get_schema
from listings.search.verify import verify
from listings.services.changes import note_change

CHANGES, A_SECOND = 10_000, 100
PATIENCE_SECONDS = 60.0


def measure_changes() -> dict[str, float]:
    """Seconds from the commit until the index answers so, at the 95th percentile; what `search verify` finds wrong afterwards."""
    indexer = subprocess.Popen([sys.executable, "manage.py", "run_indexer"], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        taken = _make_and_watch(random.Random(1))
        memory = read_private_mb(indexer.pid)
    finally:
        indexer.terminate()
        indexer.wait(timeout=60)
    found = verify()
    _bring_back()
    return {
        "changes": len(taken),
        "change_visible_p50_s": round(percentile(taken, 50), 2),
        "change_visible_p95_s": round(percentile(taken, 95), 2),
        "indexer_private_mb": round(memory),
        "changes_wrong": len(found.missing) + len(found.gone) + len(found.doubled),
    }


def _make_and_watch(chance: random.Random) -> list[float]:
    """Pause live products and bring them back, each once; look ten times a second which are seen."""
    pks = list(Listing.objects.live().values_list("pk", flat=True)[: 20 * CHANGES])
    chosen = chance.sample(pks, min(CHANGES, len(pks)))
    waiting: dict[int, float] = {}
    taken: list[float] = []
    started = looked = time.monotonic()
    for number, pk in enumerate(chosen):
        time.sleep(max(0.0, started + number / A_SECOND - time.monotonic()))
        Listing.objects.filter(pk=pk).update(state=ListingState.PAUSED)
        note_change(listing_id=pk)
        waiting[pk] = time.monotonic()
        if time.monotonic() - looked >= 0.1:
            looked = _look(waiting, taken)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while waiting and time.monotonic() < deadline:
        time.sleep(0.1)
        _look(waiting, taken)
    return taken + [PATIENCE_SECONDS] * len(waiting)


def _bring_back() -> None:
    """The next measurement finds the catalogue as this one did."""
    for pk in list(Listing.objects.filter(state=ListingState.PAUSED).values_list("pk", flat=True)):
        Listing.objects.filter(pk=pk).update(state=ListingState.LIVE)
        note_change(listing_id=pk)
    while apply_changes():
        pass


def _look(waiting: dict[int, float], taken: list[float]) -> float:
    searcher, now = open_reading().searcher, time.monotonic()
    taken.extend(now - waiting.pop(pk) for pk in _list_gone(searcher, list(waiting)))
    return now


def _list_gone(searcher: Searcher, pks: Sequence[int]) -> list[int]:
    query = Query.term_set_query(get_schema(), "key", [str(pk) for pk in pks])
    found = searcher.search(query, limit=max(1, len(pks)), count=False)
    there = {
        int(pk) for pk in searcher.fast_field_values("pk", [address for _key, address in found.hits]) if pk is not None
    }
    return [pk for pk in pks if pk not in there]
