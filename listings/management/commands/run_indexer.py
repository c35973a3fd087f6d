"""Keep this machine's search index equal to the database until told to stop."""

import signal
import socket
import subprocess
import sys
import threading
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from core.health import note_sign_of_life
from listings.search.index import CatalogueNotReady
from listings.search.indexer import apply_changes, forget_old_changes, has_old_rates, make_ready

logger = structlog.get_logger(__name__)

PAUSE_SECONDS = 0.5
PAUSE_AFTER_FAILURE_SECONDS = 3.0
ROUNDS_PER_SIGN_OF_LIFE = 20
ROUNDS_PER_LOOK_AT_RATES = 120
ROUNDS_PER_CLEANING = 7200


class Command(BaseCommand):
    help = "Follow the changes of listings and write them into the search index; one such process per machine."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write("The indexer runs.")
        rounds = 0
        renewal: subprocess.Popen[bytes] | None = None
        while not stop.is_set():
            pause = _work_once(rounds)
            if rounds % ROUNDS_PER_LOOK_AT_RATES == 0 and (renewal is None or renewal.poll() is not None):
                renewal = _renew_beside()
            rounds += 1
            stop.wait(pause)
        if renewal is not None:
            renewal.terminate()
            renewal.wait()
        self.stdout.write("The indexer has stopped.")


def _work_once(rounds: int) -> float:
    """One round; how long to wait before the next."""
    try:
        if rounds % ROUNDS_PER_SIGN_OF_LIFE == 0:
            note_sign_of_life(name=f"indexer@{socket.gethostname()}")
            make_ready()
        if rounds % ROUNDS_PER_CLEANING == 0:
            forget_old_changes()
        return 0.0 if apply_changes() else PAUSE_SECONDS
    except CatalogueNotReady as reason:
        logger.warning("search_index_lost", reason=str(reason))
        make_ready()
    except (Error, OSError, ValueError):  # the database is away, the disk is full, or another process holds the writer
        logger.warning("indexing_failed", exc_info=True)
        close_old_connections()
        return PAUSE_AFTER_FAILURE_SECONDS
    return 0.0


def _renew_beside() -> subprocess.Popen[bytes] | None:
    """When there are other exchange rates: a second process builds the new index while this one follows the changes."""
    try:
        if not has_old_rates():
            return None
    except (CatalogueNotReady, Error):
        return None  # the next round says why
    logger.info("search_index_renewed", reason="other exchange rates")
    return subprocess.Popen([sys.executable, *sys.argv[:1], "search", "rebuild"])  # noqa: S603  our own command
