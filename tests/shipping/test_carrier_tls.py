"""TLS: who cannot prove to be the carrier hears nothing, and is not asked again."""

import pytest

from shipping.choices import CarrierFailure
from shipping.providers.catalogue import find_provider
from shipping.providers.mydhl import MyDhl
from shipping.providers.outcomes import Failure
from shipping.providers.ups import Ups
from shipping.services import carriers as work
from tests.listings.factories import make_company
from tests.shipping.asking import DHL, UPS, answer, ask, make_account, outcomes
from tests.shipping.cards import card
from tests.shipping.carriers import (
    DHL_RATES,
    UPS_RATES,
    UPS_TOKEN,
    dhl_product,
    dhl_rates,
    quote,
    ups_rated,
    ups_rates,
    ups_token,
)
from tests.shipping.certificates import DAY, Authority
from tests.shipping.loopback import run_loopback
from tests.shipping.test_cards import bring_in


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


@pytest.mark.django_db
def test_a_carrier_that_signs_itself_fails_alone_in_a_lookup_and_is_not_asked_again(authority, carrier, monkeypatch):
    company = make_company(country="GH")
    bring_in(publish=True, card=card(valid_from="2026-01-01", valid_until="2199-12-31"), surcharges=None)
    dhl, ups = make_account(DHL, company), make_account(UPS, company)
    carrier.lay_out(UPS_TOKEN, ups_token())
    carrier.lay_out(UPS_RATES, ups_rates([ups_rated()]))
    with run_loopback(authority.sign_itself()) as forged:
        forged.lay_out(DHL_RATES, dhl_rates(dhl_product()))
        urls = {dhl.carrier: forged.url, ups.carrier: carrier.url}
        monkeypatch.setattr(work, "find_provider", lambda name, **_kept: find_provider(name, loopback=urls[name]))
        lookup = answer(ask(company))
    assert outcomes(lookup) == [("DHL Express", "failed", "tls"), ("UPS", "ok", "")]
    assert (forged.knocks, forged.seen, forged.url[:18]) == (1, [], "https://localhost:")
    assert (lookup.state, lookup.attempts.get(kind="cards").state) == ("partial", "ok")
    dhl.refresh_from_db()
    assert dhl.state == "active"


@pytest.mark.django_db
def test_the_whole_machine_may_be_looked_for_by_https(authority, settings):
    company = make_company(country="GH")
    make_account(DHL, company)
    with run_loopback(authority.sign_itself()) as forged:
        settings.CARRIER_LOOPBACK = forged.url
        lookup = answer(ask(company))
    assert (outcomes(lookup), forged.knocks, lookup.state) == ([("DHL Express", "failed", "tls")], 1, "failed")
