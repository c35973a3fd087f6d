"""Carriers of the measurement speak what the adapters read, hang where they should, and count who asked."""

import subprocess
import sys

import httpx
import pytest

from bench.shipping.cards import ROWS, find_p95, list_rows
from shipping.choices import CarrierFailure
from shipping.providers.fedex import FedEx
from shipping.providers.mydhl import MyDhl
from shipping.providers.ups import Ups
from tests.services import free_port, wait_for
from tests.shipping.carriers import FEDEX_RATES, make_account, quote


@pytest.fixture(scope="module")
def address():
    port = free_port()
    with subprocess.Popen([sys.executable, "-m", "bench.shipping.carriers", str(port)]) as server:
        wait_for(port, "The carriers")
        yield f"http://127.0.0.1:{port}"
        server.kill()


def count(address):
    return httpx.get(f"{address}/calls", trust_env=False).json()


@pytest.mark.parametrize("make", [MyDhl, Ups, FedEx])
def test_each_carrier_offers_two_services(address, make):
    before = count(address).get("one", 0)
    answer = quote(make(loopback=address), account=make_account(number="one"))
    assert (len(answer.offers), answer.failures) == (2, ())
    assert count(address)["one"] == before + 1


def test_an_account_that_hangs_gets_no_answer(address):
    answer = quote(MyDhl(loopback=address), account=make_account(number="hangs-1"), total_s=1.5)
    assert answer.failure.code == CarrierFailure.TIMEOUT


def test_a_made_up_token_is_refused(address):
    asked = {"accountNumber": {"value": "two"}}
    assert httpx.post(f"{address}{FEDEX_RATES}", json=asked, trust_env=False).status_code == 401


def test_of_a_hundred_times_the_slowest_five_are_beyond_the_95th_percentile():
    assert find_p95([float(number) for number in range(1, 100)]) == 95.0


@pytest.mark.django_db
def test_the_large_card_has_ten_thousand_prices():
    assert len(list_rows()["prices"]) - 1 == ROWS == 10_000
