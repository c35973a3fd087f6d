"""Carriers on this machine, and pauses that cost a test no time."""

import pytest

from shipping.providers import calls
from shipping.providers.fedex import FedEx
from shipping.providers.mydhl import MyDhl
from shipping.providers.ups import Ups
from tests.shipping.loopback import run_loopback


@pytest.fixture
def carrier():
    with run_loopback() as loopback:
        yield loopback


@pytest.fixture
def mydhl(carrier):
    return MyDhl(loopback=carrier.url)


@pytest.fixture
def ups(carrier):
    return Ups(loopback=carrier.url)


@pytest.fixture
def fedex(carrier):
    return FedEx(loopback=carrier.url)


@pytest.fixture
def short_jitter(monkeypatch):
    monkeypatch.setattr(calls, "JITTER_S", (0.0, 0.01))
