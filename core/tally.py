"""Counting without writing at once: a process adds up in memory and hands the sums over every few seconds."""

import atexit
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar
from weakref import WeakSet

import structlog
from django.conf import settings
from django.db import connection

logger = structlog.get_logger(__name__)
Key = TypeVar("Key")
_all: "WeakSet[Tally[object]]" = WeakSet()


class Tally(Generic[Key]):
    """How often each key was seen since the sums were last handed to `write`; at most `most` keys at a time.

    The first key after a hand-over starts a timer of `settings.TALLY_SECONDS`, 0 leaves the hand-over to the caller. A killed process
    loses what it had not handed over yet. Where `write` fails, the sums are kept and handed over again with what follows.
    """

    def __init__(self, write: Callable[[Mapping[Key, int]], None], *, most: int = 5000) -> None:
        self._write, self._most = write, most
        self._lock = threading.Lock()
        self._counts: Counter[Key] = Counter()
        self._timer: threading.Timer | None = None
        self._is_known_at_exit = False
        _all.add(self)  # type: ignore[arg-type]  # any key

    def add(self, key: Key, times: int = 1) -> None:
        """Once more. A new key is passed over while too many wait: a database that is away must not fill the memory."""
        with self._lock:
            if key in self._counts or len(self._counts) < self._most:
                self._counts[key] += times
            if self._timer is None and settings.TALLY_SECONDS > 0:
                self._start_timer()

    def hand_over(self) -> None:
        """Hand the sums over now."""
        with self._lock:
            counts, self._counts, self._timer = self._counts, Counter(), None
        if not counts:
            return
        try:
            self._write(counts)
        except Exception:  # a count is never worth a page; whatever failed is tried again
            logger.warning("tally_not_written", keys=len(counts), exc_info=True)
            for key, times in counts.items():
                self.add(key, times)

    def forget(self) -> None:
        """Drop what waits."""
        with self._lock:
            self._counts.clear()

    def _start_timer(self) -> None:
        if not self._is_known_at_exit:
            self._is_known_at_exit = True
            atexit.register(self.hand_over)
        self._timer = threading.Timer(settings.TALLY_SECONDS, self._hand_over_and_leave)
        self._timer.daemon = True
        self._timer.start()

    def _hand_over_and_leave(self) -> None:
        try:
            self.hand_over()
        finally:
            connection.close()  # the thread's own


def forget_tallies() -> None:
    """Tests begin so: nothing of one is written in another."""
    for tally in list(_all):
        tally.forget()
