"""Many carriers asked at once: one event loop a process in a thread of its own, answers handed out as they land, all within a deadline.

The caller stays a plain thread that may use the database between two answers (trial: first answer p95 2.2 s with one carrier hanging,
against 18 s where each carrier was a task of its own). A loop for each caller would be as many threads more that wait for one another.
"""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from queue import Empty, SimpleQueue

import sniffio

from shipping.choices import CarrierFailure
from shipping.providers.base import Account, Answer, Ask, Provider
from shipping.providers.calls import Client, open_client
from shipping.providers.outcomes import Failure

logger = logging.getLogger(__name__)
GATHER_S, LATE_S = 0.25, 2.0
"""Between two hand-overs, and after the deadline until the loop itself counts as stuck."""
MOST_RESOLVING = 256
"""Names that are looked up at once. A resolver blocks its thread, so one carrier's that hangs must not take them all."""
_FINDING = threading.Lock()


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
    """Answers in the order in which they come, one for each question, none much later than `total_s` seconds from now.

    The first one comes at once, the others a quarter of a second apart with all that has landed meanwhile: readers look once a second,
    and every hand-over costs the caller a transaction. A caller that stops early ends the calls that are still under way. Raises TimeoutError
    where the loop is stuck.
    """
    until = time.monotonic() + total_s + LATE_S
    landed: SimpleQueue[Landed | None] = SimpleQueue()
    talk = asyncio.run_coroutine_threadsafe(_ask_everybody(asked, total_s, landed), _find_loop())
    talk.add_done_callback(lambda _talk: landed.put(None))
    left = len(asked)
    try:
        while left and (together := _take_all(landed, until)):
            yield together
            left -= len(together)
            time.sleep(GATHER_S if left else 0)
        talk.result(timeout=LATE_S)
    finally:
        talk.cancel()


def _take_all(landed: "SimpleQueue[Landed | None]", until: float) -> list[Landed]:
    """What is there, at least one; nothing where all has come. `None`, the last that is put, stays for the next look."""
    found: list[Landed] = []
    while one := _wait(landed, until):
        found.append(one)
        if landed.empty():
            return found
    landed.put(None)
    return found


def _wait(landed: "SimpleQueue[Landed | None]", until: float) -> Landed | None:
    try:
        return landed.get(timeout=max(0.0, until - time.monotonic()))
    except Empty as error:
        raise TimeoutError("the loop that asks carriers is stuck") from error


async def _ask_everybody(asked: Sequence[Asked], total_s: float, landed: "SimpleQueue[Landed | None]") -> None:
    await asyncio.gather(*(_ask(one, total_s, landed) for one in asked))


async def _ask(one: Asked, total_s: float, landed: "SimpleQueue[Landed | None]") -> None:
    started = time.monotonic()
    async with open_client(total_s=total_s) as client:
        answer = await _quote(one, client, total_s)
    landed.put(Landed(one.key, answer, round(1000 * (time.monotonic() - started))))


async def _quote(one: Asked, client: Client, total_s: float) -> Answer:
    try:
        async with asyncio.timeout(total_s):
            return await one.provider.quote(one.ask, one.account, client)
    except TimeoutError:
        return Answer(one.provider.carrier, failures=(Failure(CarrierFailure.TIMEOUT),))
    except Exception:  # a fault in one adapter must not silence the other carriers
        logger.exception("carrier_adapter_failed", extra={"carrier": one.provider.carrier.value})
        return Answer(one.provider.carrier, failures=(Failure(CarrierFailure.GARBAGE),))


def _find_loop() -> asyncio.AbstractEventLoop:
    with _FINDING:
        return _start_loop(os.getpid())


@lru_cache(maxsize=1)
def _start_loop(_process: int) -> asyncio.AbstractEventLoop:
    """The loop of this process."""
    loop = asyncio.new_event_loop()
    loop.set_default_executor(ThreadPoolExecutor(MOST_RESOLVING, "resolver"))
    threading.Thread(target=_run, args=[loop], name="carriers", daemon=True).start()
    return loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    # httpcore asks thirty times a call, and finding out takes longer than being told
    sniffio.thread_local.name = "asyncio"
    loop.run_forever()
