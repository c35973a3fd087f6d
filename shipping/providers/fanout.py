"""Many carriers asked at once: one event loop in a thread of its own, answers handed out as they land, all of it within a deadline.

The caller stays a plain thread that may use the database between two answers (trial: first answer p95 2.2 s with one carrier hanging,
against 18 s where each carrier was a task of its own).
"""

import asyncio
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from queue import SimpleQueue

from shipping.choices import CarrierFailure
from shipping.providers.base import Account, Answer, Ask, Provider
from shipping.providers.calls import Client, open_client
from shipping.providers.outcomes import Failure

logger = logging.getLogger(__name__)
FAREWELL_S = 0.5
"""How long the end of the talk is waited for; what is left of it then ends by itself and is heard by nobody."""


@dataclass(frozen=True)
class Asked:
    """One question: `key` is the caller's own name of it."""

    key: int
    provider: Provider
    ask: Ask
    account: Account


@dataclass(frozen=True)
class Landed:
    """One answer and how long it took."""

    key: int
    answer: Answer
    elapsed_ms: int


def ask_all(asked: Sequence[Asked], *, total_s: float) -> Iterator[list[Landed]]:
    """Answers in the order in which they come, one for each question, none later than `total_s` seconds from now.

    What came while the caller was busy with answers before comes together. A caller that stops early ends the calls that are still
    under way.
    """
    landed: SimpleQueue[Landed | None] = SimpleQueue()
    talk = _Talk(asked, total_s, landed)
    thread = threading.Thread(target=talk.hold, name="carriers", daemon=True)
    thread.start()
    try:
        while together := _take_all(landed):
            yield together
    finally:
        talk.break_off()
        thread.join(timeout=FAREWELL_S)


def _take_all(landed: "SimpleQueue[Landed | None]") -> list[Landed]:
    """What is there, at least one; nothing where all has come. `None`, the last that is put, stays for the next look."""
    found: list[Landed] = []
    while one := landed.get():
        found.append(one)
        if landed.empty():
            return found
    landed.put(None)
    return found


class _Talk:
    """The side of the event loop."""

    def __init__(self, asked: Sequence[Asked], total_s: float, landed: "SimpleQueue[Landed | None]") -> None:
        self._asked, self._total_s, self._landed = asked, total_s, landed
        self._loop: asyncio.AbstractEventLoop | None = None
        self._whole: asyncio.Task[None] | None = None

    def hold(self) -> None:
        try:
            asyncio.run(self._ask_everybody())
        except asyncio.CancelledError:
            logger.info("carriers_broken_off")

    def break_off(self) -> None:
        """End what still runs; nothing where all has ended."""
        if self._loop and self._whole and not self._loop.is_closed():
            try:
                self._loop.call_soon_threadsafe(self._whole.cancel)
            except RuntimeError:  # the loop closed between the question and the call
                return

    async def _ask_everybody(self) -> None:
        self._loop, self._whole = asyncio.get_running_loop(), asyncio.current_task()
        try:
            async with open_client(total_s=self._total_s) as client:
                await asyncio.gather(*(self._ask(one, client) for one in self._asked))
        finally:
            self._landed.put(None)  # here, for the loop's end waits for a resolver that is still looking for a name

    async def _ask(self, one: Asked, client: Client) -> None:
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._total_s):
                answer = await one.provider.quote(one.ask, one.account, client)
        except TimeoutError:
            answer = Answer(one.provider.carrier, failures=(Failure(CarrierFailure.TIMEOUT),))
        except Exception:  # a fault in one adapter must not silence the other carriers
            logger.exception("carrier_adapter_failed", extra={"carrier": one.provider.carrier.value})
            answer = Answer(one.provider.carrier, failures=(Failure(CarrierFailure.GARBAGE),))
        self._landed.put(Landed(one.key, answer, round(1000 * (time.monotonic() - started))))
