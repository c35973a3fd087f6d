"""The steady stream: each act in a thread of its own, at its own pace, until it is told to stop."""

import threading
import time
from collections.abc import Iterator

from stand.chaos.acts import Act
from stand.chaos.browser import NotAcknowledged
from stand.chaos.ledger import Ledger


class Stream:
    """One act, over and over."""

    def __init__(self, act: Act) -> None:
        self.act, self.ledger = act, Ledger()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=act.name, daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the act that is under way."""
        self._stop.set()
        self._thread.join()

    @property
    def is_dry(self) -> bool:
        """It has used up what there was; the pools were too small for the time that the trial took."""
        return not self._thread.is_alive() and not self._stop.is_set()

    def _run(self) -> None:
        for token in self.act.tokens():
            for _ in self._tries():
                began_at = time.time()
                try:
                    self.act.perform(token)
                except NotAcknowledged as error:
                    self.ledger.write(token, began_at, error=str(error))
                else:
                    self.ledger.write(token, began_at)
                self._stop.wait(max(0.1, self.act.every_seconds - (time.time() - began_at)))
                if self.ledger.attempts[-1].acknowledged:
                    break
            if self._stop.is_set():
                return

    def _tries(self) -> Iterator[int]:
        yield 0
        while self.act.repeats and not self._stop.is_set():
            yield 0
