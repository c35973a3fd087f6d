"""Access tokens: kept until they end, fetched once however many ask, dropped when a carrier refuses them."""

import asyncio
import threading
import time

import pytest

from shipping.choices import CarrierFailure
from shipping.providers.outcomes import Failure
from shipping.providers.tokens import Token, TokenStore
from tests.shipping.carriers import (
    FEDEX_RATES,
    FEDEX_TOKEN,
    UPS_RATES,
    UPS_TOKEN,
    fedex_error,
    fedex_rates,
    fedex_token,
    make_account,
    quote,
    run_apart,
    ups_error,
    ups_rated,
    ups_rates,
    ups_token,
)
from tests.shipping.loopback import as_json, hang, text, wait

GOOD = Token("abcdefgh", time.monotonic() + 3600)


@pytest.fixture
def tokens():
    return TokenStore()


def test_a_token_is_kept(carrier, ups, tokens):
    carrier.lay_out(UPS_TOKEN, ups_token())
    carrier.lay_out(UPS_RATES, ups_rates([ups_rated()]))
    assert [len(quote(ups, tokens=tokens).offers) for _ in range(3)] == [1, 1, 1]
    assert len(carrier.list_seen(UPS_TOKEN)) == 1


@pytest.mark.parametrize("life", ["30", 0, "soon", None, -5])
def test_a_token_that_ends_within_a_minute_is_used_once(carrier, ups, tokens, life):
    carrier.lay_out(UPS_TOKEN, ups_token(expires_in=life))
    carrier.lay_out(UPS_RATES, ups_rates([ups_rated()]))
    assert [len(quote(ups, tokens=tokens).offers) for _ in range(2)] == [1, 1]
    assert len(carrier.list_seen(UPS_TOKEN)) == 2


def test_many_lookups_at_once_ask_for_one_token(carrier, ups, tokens):
    carrier.lay_out(UPS_TOKEN, wait(0.2, ups_token()))
    carrier.lay_out(UPS_RATES, ups_rates([ups_rated()]))
    answers = quote(*[ups] * 8, tokens=tokens)
    assert [len(answer.offers) for answer in answers] == [1] * 8
    assert len(carrier.list_seen(UPS_TOKEN)) == 1


def test_threads_with_loops_of_their_own_ask_for_one_token(carrier, ups, tokens):
    carrier.lay_out(UPS_TOKEN, wait(0.3, ups_token()))
    carrier.lay_out(UPS_RATES, ups_rates([ups_rated()]))
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(quote(ups, tokens=tokens))) for _ in range(5)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert [len(answer.offers) for answer in answers] == [1] * 5
    assert len(carrier.list_seen(UPS_TOKEN)) == 1


def test_a_token_that_was_refused_is_fetched_anew_once(carrier, fedex, tokens):
    carrier.lay_out(FEDEX_TOKEN, fedex_token("first-token"), fedex_token("second-token"))
    expired = fedex_error("NOT.AUTHORIZED.ERROR", "Access token expired.", 401)
    carrier.lay_out(FEDEX_RATES, fedex_rates(), expired, fedex_rates())
    assert quote(fedex, tokens=tokens).failure.code == CarrierFailure.NO_SERVICE
    assert quote(fedex, tokens=tokens).failure.code == CarrierFailure.NO_SERVICE
    bearers = [seen.headers["authorization"] for seen in carrier.list_seen(FEDEX_RATES)]
    assert bearers == ["Bearer first-token", "Bearer first-token", "Bearer second-token"]


def test_a_new_token_that_is_refused_means_the_account(carrier, fedex, tokens):
    carrier.lay_out(FEDEX_TOKEN, fedex_token())
    carrier.lay_out(FEDEX_RATES, fedex_error("NOT.AUTHORIZED.ERROR", "Not authorised.", 401))
    assert quote(fedex, tokens=tokens).failure == Failure(CarrierFailure.UNAUTHORISED, status=401)
    assert len(carrier.list_seen(FEDEX_TOKEN)) == 1
    assert len(carrier.list_seen(FEDEX_RATES)) == 1


@pytest.mark.parametrize("status", [400, 401, 403])
def test_refused_credentials_are_the_accounts_fault(carrier, ups, tokens, status):
    carrier.lay_out(UPS_TOKEN, ups_error("10401", "ClientId is Invalid", status))
    assert quote(ups, tokens=tokens).failure == Failure(CarrierFailure.UNAUTHORISED, status=status)
    assert carrier.list_seen(UPS_RATES) == []


def test_a_quota_of_tokens_is_told(carrier, ups, tokens):
    carrier.lay_out(UPS_TOKEN, text("{}", status=429, Retry_After="60"))
    failure = quote(ups, tokens=tokens).failure
    assert (failure.code, failure.retry_after_s) == (CarrierFailure.RATE_LIMITED, 60)


@pytest.mark.parametrize("token", ["", "two words", "line\r\nbreak: 1", 7, None, "x" * 9000])
def test_what_cannot_stand_in_a_header_is_no_token(carrier, ups, tokens, token):
    carrier.lay_out(UPS_TOKEN, as_json({"access_token": token, "expires_in": "14399"}))
    assert quote(ups, tokens=tokens).failure == Failure(CarrierFailure.GARBAGE, status=200)


def test_other_credentials_are_another_token(carrier, ups, tokens):
    carrier.lay_out(UPS_TOKEN, ups_token())
    carrier.lay_out(UPS_RATES, ups_rates([ups_rated()]))
    quote(ups, tokens=tokens)
    quote(ups, account=make_account(secret="a-new-secret"), tokens=tokens)
    assert len(carrier.list_seen(UPS_TOKEN)) == 2


def test_one_that_was_cancelled_leaves_the_fetch_to_the_next(tokens):
    async def fetch_late():
        await asyncio.sleep(10)

    async def fetch_soon():
        return GOOD

    async def run():
        first = asyncio.create_task(tokens.find("a", fetch_late))
        await asyncio.sleep(0)
        second = asyncio.create_task(tokens.find("a", fetch_soon))
        third = asyncio.create_task(tokens.find("a", fetch_soon))
        await asyncio.sleep(0)
        third.cancel()
        first.cancel()
        return await asyncio.wait_for(second, 1)

    assert run_apart(run()) == GOOD
    assert tokens.peek("a") == GOOD


def test_a_token_server_that_hangs_ends_with_the_deadline(carrier, ups, tokens):
    carrier.lay_out(UPS_TOKEN, hang)
    assert quote(ups, ups, tokens=tokens, total_s=0.5)[1].failure.code == CarrierFailure.TIMEOUT


def test_nobody_waits_longer_for_anothers_fetch_than_his_own_deadline(carrier, ups, tokens):
    carrier.lay_out(UPS_TOKEN, hang)
    first = threading.Thread(target=lambda: quote(ups, tokens=tokens, total_s=2))
    first.start()
    time.sleep(0.3)
    began = time.monotonic()
    failure = quote(ups, tokens=tokens, total_s=0.4).failure
    waited_s = time.monotonic() - began
    first.join()
    assert failure == Failure(CarrierFailure.TIMEOUT)
    assert waited_s < 1.2
    assert len(carrier.list_seen(UPS_TOKEN)) == 1


def test_dropping_an_old_token_leaves_the_newer_one(tokens):
    async def fetch():
        return GOOD

    run_apart(tokens.find("a", fetch))
    tokens.drop("a", Token("another1", GOOD.until))
    assert tokens.peek("a") == GOOD
    tokens.drop("a", GOOD)
    assert tokens.peek("a") is None
