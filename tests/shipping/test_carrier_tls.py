"""TLS: who cannot prove to be the carrier hears nothing, and is not asked again."""

import pytest

from shipping.choices import CarrierFailure
from shipping.providers.mydhl import MyDhl
from shipping.providers.outcomes import Failure
from shipping.providers.ups import Ups
from tests.shipping.carriers import DHL_RATES, UPS_TOKEN, dhl_product, dhl_rates, quote, ups_token
from tests.shipping.certificates import DAY, Authority
from tests.shipping.loopback import run_loopback


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


def test_a_right_certificate_is_trusted(authority):
    with run_loopback(authority.sign()) as carrier:
        carrier.lay_out(DHL_RATES, dhl_rates(dhl_product()))
        assert len(quote(MyDhl(loopback=carrier.url), trusted=authority.file).offers) == 1


@pytest.mark.parametrize(
    "make", [Authority.sign_itself, lambda a: a.sign(ends_in=-DAY), lambda a: a.sign("other.example")],
    ids=["self-signed", "expired", "wrong-name"],
)  # fmt: skip
def test_other_certificates_are_refused_for_good(authority, make):
    with run_loopback(make(authority)) as carrier:
        carrier.lay_out(DHL_RATES, dhl_rates(dhl_product()))
        answer = quote(MyDhl(loopback=carrier.url), trusted=authority.file)
    assert answer.failures == (Failure(CarrierFailure.TLS),)
    assert carrier.seen == []


def test_an_authority_that_nobody_knows_is_refused(authority):
    with run_loopback(authority.sign()) as carrier:
        carrier.lay_out(UPS_TOKEN, ups_token())
        answer = quote(Ups(loopback=carrier.url))
    assert answer.failures == (Failure(CarrierFailure.TLS),)
    assert carrier.seen == []


def test_a_server_without_tls_is_refused():
    with run_loopback() as carrier:
        answer = quote(MyDhl(loopback=carrier.url.replace("http:", "https:")))
    assert answer.failures == (Failure(CarrierFailure.TLS),)
