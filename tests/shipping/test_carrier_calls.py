"""Calls to carriers: what a line or a carrier does wrong has its own code, ends in time and stops no other carrier."""

import asyncio
import gzip
import time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shipping.choices import Carrier, CarrierEnvironment, CarrierFailure
from shipping.providers import calls
from shipping.providers import fedex as fedex_adapter
from shipping.providers import mydhl as mydhl_adapter
from shipping.providers import ups as ups_adapter
from shipping.providers.bodies import BodyUnreadable, parse_object, write_json
from shipping.providers.catalogue import find_provider
from shipping.providers.hosts import NotLoopback, is_private, pick_base
from shipping.providers.mydhl import MyDhl
from shipping.providers.outcomes import Failure, Reply, cut, tidy
from shipping.providers.reading import read_number
from tests.shipping.carriers import (
    DHL_RATES,
    FEDEX_RATES,
    FEDEX_TOKEN,
    UPS_RATES,
    UPS_TOKEN,
    dhl_product,
    dhl_rates,
    fedex_detail,
    fedex_rate,
    fedex_rates,
    fedex_token,
    make_account,
    make_ask,
    quote,
    run_apart,
    ups_rated,
    ups_rates,
    ups_token,
)
from tests.shipping.loopback import as_json, drip, flood, flood_unannounced, hang, reset, run_loopback, text

GOOD = dhl_rates(dhl_product())
JSON = "application/json"


@pytest.mark.parametrize(
    ("behaviour", "code", "status"),
    [
        (as_json({}, status=401), CarrierFailure.UNAUTHORISED, 401),
        (as_json({}, status=403), CarrierFailure.UNAUTHORISED, 403),
        (text("<h1>Oops</h1>", status=500), CarrierFailure.SERVER, 500),
        (text("<h1>Welcome to the airport</h1>"), CarrierFailure.GARBAGE, 200),
        (text("<h1>Gone</h1>", status=404), CarrierFailure.GARBAGE, 404),
        (text('{"products": [', kind=JSON), CarrierFailure.GARBAGE, 200),
        (text('{"products": NaN}', kind=JSON), CarrierFailure.GARBAGE, 200),
        (text("[" * 100_000, kind=JSON), CarrierFailure.GARBAGE, 200),
        (text('{"a":' * 900 + "1" + "}" * 900, kind=JSON), CarrierFailure.GARBAGE, 200),
        (text(b"\xff\xfe\x00", kind=JSON), CarrierFailure.GARBAGE, 200),
        (text("[]", kind=JSON), CarrierFailure.GARBAGE, 200),
        (text('{"n": ' + "9" * 5000 + "}", kind=JSON), CarrierFailure.GARBAGE, 200),
        (text(b"{}", kind=JSON, Content_Encoding="br"), CarrierFailure.GARBAGE, 200),
        (text(b"{}", kind=JSON, Content_Encoding="gzip"), CarrierFailure.GARBAGE, 200),
        (flood, CarrierFailure.TOO_LARGE, 200),
        (flood_unannounced, CarrierFailure.TOO_LARGE, 200),
        (text(gzip.compress(b" " * 10_000_000), kind=JSON, Content_Encoding="gzip"), CarrierFailure.TOO_LARGE, 200),
        (text("", status=302, Location="https://example.com/"), CarrierFailure.REDIRECT, 302),
        (text("", status=307, Location="/elsewhere"), CarrierFailure.REDIRECT, 307),
        (text("", status=302, Location="http://169.254.169.254/latest"), CarrierFailure.PRIVATE_REDIRECT, 302),
        (text("", status=308, Location="https://10.0.0.1/"), CarrierFailure.PRIVATE_REDIRECT, 308),
        (dhl_rates(dhl_product(billing=(12, "QQQ"))), CarrierFailure.CURRENCY_UNKNOWN, None),
    ],
)
def test_each_fault_has_its_own_code_and_is_not_asked_twice(carrier, mydhl, behaviour, code, status):
    carrier.lay_out(DHL_RATES, behaviour)
    answer = quote(mydhl)
    assert (answer.failure.code, answer.failure.status) == (code, status)
    assert answer.offers == ()
    assert len(carrier.seen) == 1


def test_a_packed_answer_is_read(carrier, mydhl):
    packed = gzip.compress(b'{"products": []}')
    carrier.lay_out(DHL_RATES, text(packed, kind=JSON, Content_Encoding="gzip"))
    assert quote(mydhl).failure.code == CarrierFailure.NO_SERVICE


def test_ten_megabytes_are_refused_before_they_came(carrier, mydhl):
    carrier.lay_out(DHL_RATES, flood)
    began = time.monotonic()
    assert quote(mydhl).failure.code == CarrierFailure.TOO_LARGE
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("behaviour", [drip, hang])
def test_a_drip_and_a_silence_end_with_the_deadline(carrier, mydhl, behaviour):
    carrier.lay_out(DHL_RATES, behaviour)
    began = time.monotonic()
    assert quote(mydhl, total_s=0.6).failure == Failure(CarrierFailure.TIMEOUT)
    assert 0.5 < time.monotonic() - began < 1.6


def test_a_drip_ends_with_the_call_where_the_deadline_is_far(carrier, mydhl, monkeypatch):
    monkeypatch.setattr(calls, "CALL_S", 0.5)
    carrier.lay_out(DHL_RATES, drip)
    began = time.monotonic()
    assert quote(mydhl, total_s=9).failure == Failure(CarrierFailure.TIMEOUT)
    assert time.monotonic() - began < 1.6
    assert len(carrier.seen) == 1


@pytest.mark.parametrize(
    "fault", [reset, *(text("busy", status=status) for status in (429, 502, 503, 504))], ids=["reset", "429", "502", "503", "504"]
)  # fmt: skip
def test_what_may_pass_is_asked_once_more(carrier, mydhl, fault, short_jitter):
    carrier.lay_out(DHL_RATES, fault, GOOD)
    assert len(quote(mydhl).offers) == 1
    assert len(carrier.seen) == 2


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (reset, CarrierFailure.CONNECT),
        (text("busy", status=429), CarrierFailure.RATE_LIMITED),
        (text("busy", status=503), CarrierFailure.SERVER),
    ],
)
def test_it_is_asked_twice_and_not_more(carrier, mydhl, fault, code, short_jitter):
    carrier.lay_out(DHL_RATES, fault)
    assert quote(mydhl).failure.code == code
    assert len(carrier.seen) == 2


def test_retry_after_is_waited_for_where_it_fits(carrier, mydhl, short_jitter):
    carrier.lay_out(DHL_RATES, text("busy", status=429, Retry_After="1"), GOOD)
    began = time.monotonic()
    assert len(quote(mydhl).offers) == 1
    assert time.monotonic() - began >= 1


@pytest.mark.parametrize("written", ["30", "Thu, 26 Nov 2099 10:00:00 GMT"])
def test_a_longer_retry_after_is_told_and_not_waited_for(carrier, mydhl, written):
    carrier.lay_out(DHL_RATES, text("busy", status=429, Retry_After=written))
    began = time.monotonic()
    failure = quote(mydhl).failure
    assert failure.code == CarrierFailure.RATE_LIMITED
    assert failure.retry_after_s >= 30
    assert time.monotonic() - began < 1
    assert len(carrier.seen) == 1


@pytest.mark.parametrize("written", ["soon", "-5", "", "1e3"])
def test_a_retry_after_that_says_nothing_is_none(carrier, mydhl, written, short_jitter):
    carrier.lay_out(DHL_RATES, text("busy", status=429, Retry_After=written))
    assert quote(mydhl).failure.retry_after_s is None


def test_nobody_listens(short_jitter):
    with run_loopback() as gone:
        pass
    assert quote(MyDhl(loopback=gone.url)).failure == Failure(CarrierFailure.CONNECT, passes=True)


def test_one_that_hangs_does_not_hold_the_others(carrier):
    providers = [find_provider(carrier_name, loopback=carrier.url) for carrier_name in Carrier]
    carrier.lay_out(DHL_RATES, hang)
    carrier.lay_out(UPS_TOKEN, ups_token())
    carrier.lay_out(UPS_RATES, ups_rates([ups_rated()]))
    carrier.lay_out(FEDEX_TOKEN, fedex_token())
    carrier.lay_out(FEDEX_RATES, fedex_rates(fedex_detail(fedex_rate())))
    ended = {}

    async def ask_all():
        async with calls.open_client(total_s=1.5, tokens=calls.TokenStore()) as client:

            async def ask_one(provider):
                answer = await provider.quote(make_ask(), make_account(), client)
                ended[provider.carrier] = asyncio.get_running_loop().time() - began
                return answer

            began = asyncio.get_running_loop().time()
            return await asyncio.gather(*map(ask_one, providers))

    answers = {answer.carrier: answer for answer in run_apart(ask_all())}
    assert answers[Carrier.MYDHL].failure.code == CarrierFailure.TIMEOUT
    assert [len(answers[name].offers) for name in (Carrier.UPS, Carrier.FEDEX)] == [1, 1]
    assert max(ended[Carrier.UPS], ended[Carrier.FEDEX]) < 1
    assert 1 < ended[Carrier.MYDHL] < 2


def test_a_cookie_of_one_account_is_not_sent_for_another(carrier, mydhl, short_jitter):
    carrier.lay_out(DHL_RATES, text("busy", status=503, Set_Cookie="session=1; Path=/"), GOOD)
    quote(mydhl)
    assert "cookie" not in carrier.seen[1].headers


def test_no_proxy_of_the_machine_is_used(carrier, mydhl, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    carrier.lay_out(DHL_RATES, GOOD)
    assert len(quote(mydhl).offers) == 1


@pytest.mark.parametrize(
    ("module", "hosts"),
    [
        (mydhl_adapter, {"express.api.dhl.com"}),
        (ups_adapter, {"wwwcie.ups.com", "onlinetools.ups.com"}),
        (fedex_adapter, {"apis-sandbox.fedex.com", "apis.fedex.com"}),
    ],
)
def test_only_documented_hosts_are_called_and_only_by_https(module, hosts):
    assert set(module.HOSTS) == set(CarrierEnvironment)
    assert {url.split("/")[2] for url in module.HOSTS.values()} == hosts
    assert {url.split(":")[0] for url in module.HOSTS.values()} == {"https"}


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.1", "https://evil.example", "http://127.0.0.1@evil.example", "http://u:p@127.0.0.1", "file://localhost/"],
)  # fmt: skip
def test_no_other_host_can_be_injected(url):
    with pytest.raises(NotLoopback):
        pick_base(mydhl_adapter.HOSTS, CarrierEnvironment.SANDBOX, loopback=url)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://localhost:80/", "http://10.1.2.3", "https://192.168.0.9/x", "http://172.16.0.1",
        "http://169.254.169.254", "http://[fe80::1%25eth0]/", "http://[::ffff:10.0.0.1]/", "http://2852039166/", "http://0xa9fea9fe/",
        "http://127.1/", "http://0.0.0.0/", "http://[fd00::1]/", "//10.0.0.1/", "http://metadata.internal/", "http://[bad", "http://localhost./",
    ],
)  # fmt: skip
def test_private_addresses_are_known_in_every_notation(url):
    assert is_private(url) is True


@pytest.mark.parametrize("url", ["https://example.com/", "/rates", "", "https://8.8.8.8/", "https://[2606:4700::1]/"])
def test_other_addresses_are_not_private(url):
    assert is_private(url) is False


def test_json_is_written_without_floats():
    assert write_json({"a": [Decimal("1.50"), Decimal("1E+2"), True, None, 3, "é\n"]}) == '{"a":[1.5,100,true,null,3,"\\u00e9\\n"]}'  # fmt: skip
    with pytest.raises(TypeError):
        write_json({"a": 1.5})


def test_what_stands_in_a_list_many_times_is_written_as_often():
    box, other = {"kg": Decimal("2.5")}, {"kg": Decimal("2.50")}
    assert write_json([box, other, box, 1, 1]) == '[{"kg":2.5},{"kg":2.5},{"kg":2.5},1,1]'


def test_json_is_read_with_decimals():
    assert parse_object(b'\xef\xbb\xbf{"a": 141.51, "b": 2}') == {"a": Decimal("141.51"), "b": 2}
    with pytest.raises(BodyUnreadable):
        parse_object(b'{"a": Infinity}')


@pytest.mark.parametrize(
    "value",
    [True, None, -1, Decimal("-0.01"), Decimal("1E+999999"), Decimal("1E-999999"), "1e5", "٣", "", [], {}, "12,5"],
)
def test_what_is_no_everyday_number_is_none(value):
    assert read_number(value) is None


def test_words_are_cut_to_one_line():
    assert tidy("a\r\nb\x00c\u202ed\ud800e") == "a b c d e"
    assert len(cut("x" * 5000)) == 200
    assert tidy({"a": 1}) == ""


NAMES = st.sampled_from(
    ["products", "totalPrice", "price", "priceCurrency", "currencyType", "weight", "deliveryCapabilities", "RateResponse", "RatedShipment", "TotalCharges", "MonetaryValue", "CurrencyCode", "Service", "Code", "TimeInTransit", "ServiceSummary", "output", "rateReplyDetails", "ratedShipmentDetails", "rateType", "currency", "totalNetCharge", "commit", "transitDays", "alerts", "errors", "response", "detail"]
)  # fmt: skip
WORDS = st.sampled_from(["BILLC", "ACCOUNT", "USD", "12.50", "KGS", "TWO_DAYS", "2026-12-05", "99999999"]) | st.text(
    max_size=8
)
LEAVES = st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=True, allow_infinity=True) | WORDS
SHAPES = st.recursive(LEAVES, lambda x: st.lists(x, max_size=3) | st.dictionaries(NAMES, x, max_size=5), max_leaves=25)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=st.dictionaries(NAMES, SHAPES, max_size=6), status=st.sampled_from([200, 400, 404]))
def test_no_shape_of_an_answer_raises(body, status):
    for module in (mydhl_adapter, ups_adapter, fedex_adapter):
        answer = module.read_outcome(Reply(status, body))
        assert answer.offers or answer.failures
        assert all(offer.amount > 0 for offer in answer.offers)
