"""Canaries: no credential in a log line, a repr, an exception or an answer, not even where a carrier repeats what it was sent."""

import base64
import logging
import traceback
from urllib.parse import quote_plus

import pytest

from shipping.providers import oauth
from shipping.providers.calls import Call
from shipping.providers.outcomes import Reply
from shipping.providers.tokens import Token, TokenStore
from tests.shipping.carriers import (
    DHL_RATES,
    FEDEX_RATES,
    FEDEX_TOKEN,
    NUMBER,
    SECRET,
    TOKEN,
    UPS_RATES,
    UPS_TOKEN,
    USER,
    dhl_product,
    dhl_rates,
    fedex_detail,
    fedex_rate,
    fedex_rates,
    fedex_token,
    make_account,
    quote,
    ups_error,
    ups_rated,
    ups_rates,
    ups_token,
)
from tests.shipping.loopback import as_json, hang, reset, text

BASIC = base64.b64encode(f"{USER}:{SECRET}".encode()).decode()
CANARIES = (NUMBER, USER, SECRET, TOKEN, BASIC)


def list_leaks(words):
    return [canary for canary in CANARIES if canary in words]


def read_log(caplog):
    return "\n".join(f"{record.name} {record.getMessage()} {record.args!r} {record.exc_text}" for record in caplog.records)  # fmt: skip


@pytest.fixture(autouse=True)
def every_line(caplog):
    for name in ("", "httpx", "httpcore", "asyncio", "shipping"):
        caplog.set_level(logging.DEBUG, logger=name)


def test_nothing_is_logged_of_calls_that_go_well(carrier, mydhl, ups, fedex, caplog):
    carrier.lay_out(DHL_RATES, dhl_rates(dhl_product()))
    carrier.lay_out(UPS_TOKEN, ups_token())
    carrier.lay_out(UPS_RATES, ups_rates([ups_rated()]))
    carrier.lay_out(FEDEX_TOKEN, fedex_token())
    carrier.lay_out(FEDEX_RATES, fedex_rates(fedex_detail(fedex_rate())))
    answers = quote(mydhl, ups, fedex)
    assert [len(answer.offers) for answer in answers] == [1, 1, 1]
    assert "httpcore" in read_log(caplog)
    assert list_leaks(read_log(caplog) + repr(answers)) == []


@pytest.mark.parametrize("fault", [reset, hang, text("x", status=500), text("{", kind="application/json")])
def test_nothing_is_logged_of_calls_that_fail(carrier, mydhl, ups, fedex, caplog, fault, short_jitter):
    carrier.lay_out(FEDEX_TOKEN, fedex_token())
    for path in (DHL_RATES, UPS_TOKEN, FEDEX_RATES):
        carrier.lay_out(path, fault)
    answers = quote(mydhl, ups, fedex, total_s=0.8)
    assert all(answer.failure for answer in answers)
    assert list_leaks(read_log(caplog) + repr(answers)) == []


def test_what_a_carrier_repeats_is_taken_out(carrier, mydhl, ups, fedex):
    own, bearer = f"{NUMBER} {USER} {SECRET} {BASIC}", f"Bearer {TOKEN} of {NUMBER} is wrong"
    carrier.lay_out(DHL_RATES, dhl_rates(dhl_product(name=own), warnings=[own]))
    carrier.lay_out(UPS_TOKEN, ups_token())
    carrier.lay_out(UPS_RATES, ups_error("1", bearer))
    carrier.lay_out(FEDEX_TOKEN, fedex_token())
    form = f"client_secret={quote_plus(SECRET)}"
    carrier.lay_out(FEDEX_RATES, fedex_rates(fedex_detail(fedex_rate(), code=SECRET), alerts=[{"message": form}]))
    answers = quote(mydhl, ups, fedex)
    assert list_leaks(repr(answers)) == []
    assert answers[0].offers[0].service_name == "… … … …"
    assert answers[1].failure.detail == "1: Bearer … of … is wrong"
    assert answers[2].notes == ("client_secret=…",)


def test_half_a_credential_at_the_cut_does_not_stay(carrier, mydhl):
    carrier.lay_out(DHL_RATES, dhl_rates(dhl_product(name="x" * 190 + SECRET)))
    assert quote(mydhl).offers[0].service_name == "x" * 190 + "…"


def test_nothing_that_holds_a_credential_shows_it():
    held = [
        make_account(),
        Token(TOKEN, 0),
        TokenStore(),
        Reply(200, {"access_token": TOKEN}),
        Call("http://localhost", {"authorization": f"Bearer {TOKEN}"}, {"number": NUMBER}, form={"client_secret": SECRET}),
    ]  # fmt: skip
    assert list_leaks(repr(held) + str(held)) == []
    assert "account-1" in repr(held[0])


def test_an_error_of_our_own_shows_none_either(carrier, ups, monkeypatch):
    monkeypatch.setattr(oauth, "read_whole", lambda value: 1 / 0)
    carrier.lay_out(UPS_TOKEN, ups_token())
    with pytest.raises(ZeroDivisionError) as error:
        quote(ups)
    assert list_leaks("".join(traceback.format_exception(error.value))) == []


def test_a_header_that_a_carrier_sends_back_is_not_logged(carrier, mydhl, caplog):
    carrier.lay_out(DHL_RATES, as_json({"products": []}, X_Echo=f"Basic {BASIC}", Set_Cookie=f"user={USER}"))
    quote(mydhl)
    assert list_leaks(read_log(caplog)) == []
