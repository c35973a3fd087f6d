"""Carriers asked at once: one loop for all callers, the first answer at once, the others together, nothing left behind."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from shipping.choices import Carrier, CarrierFailure
from shipping.providers import fanout
from shipping.providers.base import Answer
from shipping.providers.fanout import Asked, ask_all
from tests.shipping.carriers import make_account, make_ask


def wait(seconds, *, then=None):
    """A carrier that answers after so many seconds, or does `then`."""

    async def quote(_ask, _account, _client):
        await asyncio.sleep(seconds)
        if then:
            then()
        return Answer(Carrier.UPS)

    return SimpleNamespace(carrier=Carrier.UPS, quote=quote)


def asked(*providers):
    return [Asked(key, provider, make_ask(), make_account()) for key, provider in enumerate(providers)]


def keys(answers):
    return [[one.key for one in together] for together in answers]


def hold(gate):
    """A carrier that answers once the gate is open."""

    async def quote(_ask, _account, _client):
        while not gate.is_set():
            await asyncio.sleep(0.01)
        return Answer(Carrier.UPS)

    return SimpleNamespace(carrier=Carrier.UPS, quote=quote)


def test_the_first_does_not_wait_for_the_others_which_come_together(monkeypatch):
    monkeypatch.setattr(fanout, "GATHER_S", 1)
    gate = threading.Event()
    answers = ask_all(asked(wait(0), hold(gate), hold(gate)), total_s=20)
    assert [one.key for one in next(answers)] == [0]
    gate.set()
    assert [sorted(together) for together in keys(answers)] == [[1, 2]]


def test_callers_of_a_process_share_one_loop():
    seen = set()

    def ask_one(_number):
        return keys(ask_all(asked(wait(0.01, then=lambda: seen.add(threading.get_ident()))), total_s=3))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask_one, range(8))) == [[[0]]] * 8
    assert len(seen) == 1
    assert threading.get_ident() not in seen


def test_a_caller_that_stops_early_ends_the_calls():
    ended = threading.Event()

    async def quote(_ask, _account, _client):
        try:
            await asyncio.sleep(30)
        finally:
            ended.set()

    answers = ask_all(asked(wait(0), SimpleNamespace(carrier=Carrier.UPS, quote=quote)), total_s=30)
    next(answers)
    answers.close()
    assert ended.wait(2)


def test_one_that_is_late_or_broken_silences_nobody():
    def break_down():
        raise ZeroDivisionError

    answers = list(ask_all(asked(wait(0), wait(30), wait(0, then=break_down)), total_s=0.6))
    told = {one.key: one.answer.failure for together in answers for one in together}
    assert (told[0], told[1].code, told[2].code) == (None, CarrierFailure.TIMEOUT, CarrierFailure.GARBAGE)


def test_a_fault_of_our_own_is_the_callers(monkeypatch):
    monkeypatch.setattr(fanout, "open_client", lambda **_: (_ for _ in ()).throw(RuntimeError("no client")))
    with pytest.raises(RuntimeError, match="no client"):
        list(ask_all(asked(wait(0)), total_s=1))


def test_a_loop_that_is_stuck_holds_nobody_for_ever(monkeypatch):
    monkeypatch.setattr(fanout, "LATE_S", 0.2)
    answers = ask_all(asked(wait(0, then=lambda: time.sleep(1))), total_s=0.1)
    with pytest.raises(TimeoutError, match="stuck"):
        next(answers)
