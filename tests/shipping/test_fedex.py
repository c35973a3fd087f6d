"""FedEx: token, the documented request, and every documented shape of the answer."""

from datetime import date
from decimal import Decimal

import pytest

from shipping.choices import AskProblem, CarrierFailure
from shipping.providers.base import Problem
from shipping.providers.outcomes import Failure
from shipping.rules.zones import Place
from tests.shipping.carriers import (
    FEDEX_RATES,
    FEDEX_TOKEN,
    NUMBER,
    SECRET,
    TOKEN,
    USER,
    fedex_detail,
    fedex_error,
    fedex_rate,
    fedex_rates,
    fedex_token,
    make_ask,
    quote,
)
from tests.shipping.loopback import as_json


@pytest.fixture(autouse=True)
def token(carrier):
    carrier.lay_out(FEDEX_TOKEN, fedex_token())


def test_the_token_is_asked_for_as_documented(carrier, fedex):
    carrier.lay_out(FEDEX_RATES, fedex_rates())
    quote(fedex)
    form = carrier.list_seen(FEDEX_TOKEN)[0].body
    assert form.startswith(f"grant_type=client_credentials&client_id={USER}&client_secret=")
    assert carrier.list_seen(FEDEX_RATES)[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert SECRET not in carrier.list_seen(FEDEX_RATES)[0].body


def test_the_request_is_the_documented_one(carrier, fedex):
    carrier.lay_out(FEDEX_RATES, fedex_rates())
    quote(fedex)
    body = carrier.list_seen(FEDEX_RATES)[0].json
    assert body["accountNumber"] == {"value": NUMBER}
    assert body["rateRequestControlParameters"] == {"returnTransitTimes": True}
    assert body["requestedShipment"] == {
        "shipper": {"address": {"postalCode": "GA-184", "countryCode": "GH", "city": "Accra"}},
        "recipient": {"address": {"postalCode": "20457", "countryCode": "DE", "city": "Hamburg", "residential": False}},
        "shipDateStamp": "2026-12-01", "pickupType": "USE_SCHEDULED_PICKUP", "packagingType": "YOUR_PACKAGING",
        "rateRequestType": ["ACCOUNT", "LIST"], "totalPackageCount": 2,
        "requestedPackageLineItems": [
            {
                "groupPackageCount": 2, "weight": {"units": "KG", "value": 12.35},
                "dimensions": {"length": 41, "width": 30, "height": 26, "units": "CM"},
            }
        ],
        "customsClearanceDetail": {
            "dutiesPayment": {"paymentType": "SENDER"},
            "commodities": [
                {
                    "description": "Shea butter", "quantity": 2, "quantityUnits": "PCS", "harmonizedCode": "151590",
                    "weight": {"units": "KG", "value": 24.69}, "customsValue": {"amount": 480.5, "currency": "USD"},
                }
            ],
        },
    }  # fmt: skip


def test_the_accounts_rate_counts_without_taxes(carrier, fedex):
    carrier.lay_out(FEDEX_RATES, fedex_rates(fedex_detail(fedex_rate("LIST", 300), fedex_rate())))
    offer = quote(fedex).offers[0]
    assert (offer.service_code, offer.service_name) == ("INTERNATIONAL_ECONOMY", "FedEx International Economy")
    assert (offer.amount, offer.currency, offer.tax) == (Decimal("165.2"), "USD", Decimal(0))
    assert offer.is_published is False
    assert (offer.transit_days, offer.arrives_on) == (5, date(2026, 12, 8))
    assert offer.billed_weight_g == Decimal(25_000)
    assert offer.notes == ("Rate does not include duties.",)


@pytest.mark.parametrize(("kind", "published"), [("LIST", True), ("PREFERRED_CURRENCY", False)])
def test_without_the_accounts_rate_another_kind_counts(carrier, fedex, kind, published):
    carrier.lay_out(FEDEX_RATES, fedex_rates(fedex_detail(fedex_rate("CUSTOM", 1), fedex_rate(kind))))
    offer = quote(fedex).offers[0]
    assert (offer.amount, offer.is_published) == (Decimal("165.2"), published)


def test_the_net_charge_stands_in_and_the_currency_may_stand_inside(carrier, fedex):
    rate = fedex_rate()
    del rate["totalNetFedExCharge"], rate["currency"]
    carrier.lay_out(FEDEX_RATES, fedex_rates(fedex_detail(rate)))
    offer = quote(fedex).offers[0]
    assert (offer.amount, offer.currency) == (Decimal("201.9"), "USD")


@pytest.mark.parametrize(
    ("change", "days", "day"),
    [
        ({"commit": {"transitDays": {"maximumTransitTime": "ONE_DAY"}}}, 1, None),
        ({"commit": {"daysInTransit": "EIGHTEEN_DAYS"}}, 18, None),
        ({"commit": {"daysInTransit": "SMARTPOST_TRANSIT_DAYS"}}, None, None),
        ({"commit": None, "operationalDetail": {"MaximumTransitTime": "THREE_DAYS"}}, 3, None),
        ({"commit": {"dateDetail": {"dayCxsFormat": "2026-12-07"}}}, None, date(2026, 12, 7)),
        ({"commit": {}, "operationalDetail": {"deliveryDate": "2026-12-06T10:00:00"}}, None, date(2026, 12, 6)),
    ],
)
def test_days_come_as_words_in_several_places(carrier, fedex, change, days, day):
    carrier.lay_out(FEDEX_RATES, fedex_rates(fedex_detail(fedex_rate(), **change)))
    offer = quote(fedex).offers[0]
    assert (offer.transit_days, offer.arrives_on) == (days, day)


def test_alerts_are_notes_of_the_answer(carrier, fedex):
    alert = {"code": "SHIPPER.POSTALCITY.MISMATCH", "alertType": "WARNING", "message": "Shipper Postal-City Mismatch."}
    carrier.lay_out(FEDEX_RATES, fedex_rates(fedex_detail(fedex_rate()), alerts=[alert]))
    answer = quote(fedex)
    assert answer.notes == ("Shipper Postal-City Mismatch.",)
    assert len(answer.offers) == 1


@pytest.mark.parametrize(
    ("code", "message", "status", "expected", "field"),
    [
        ("ACCOUNT.NUMBER.MISMATCH", "Account number mismatch.", 400, CarrierFailure.BAD_REQUEST, "account"),
        ("RECIPIENT.POSTALCODE.INVALID", "Invalid.", 400, CarrierFailure.BAD_REQUEST, "destination.postcode"),
        ("SERVICE.PACKAGECOMBINATION.INVALID", "Invalid service.", 400, CarrierFailure.NO_SERVICE, ""),
        ("INVALID.INPUT.EXCEPTION", "Invalid field value in the input", 422, CarrierFailure.BAD_REQUEST, ""),
    ],
)
def test_documented_errors_are_read(carrier, fedex, code, message, status, expected, field):
    carrier.lay_out(FEDEX_RATES, fedex_error(code, message, status))
    assert quote(fedex).failure == Failure(expected, field=field, detail=f"{code}: {message}", status=status)


def test_an_unknown_currency_and_no_rate_are_no_offers(carrier, fedex):
    carrier.lay_out(FEDEX_RATES, fedex_rates(fedex_detail(fedex_rate(currency="UKL")), fedex_detail()))
    failures = quote(fedex).failures
    assert [failure.code for failure in failures] == [CarrierFailure.CURRENCY_UNKNOWN, CarrierFailure.UNPRICED]
    assert failures[0].detail == "UKL"


def test_an_empty_answer_is_no_service_and_something_else_is_garbage(carrier, fedex):
    carrier.lay_out(FEDEX_RATES, fedex_rates(), as_json({"transactionId": "t-1"}))
    assert quote(fedex).failure == Failure(CarrierFailure.NO_SERVICE)
    assert quote(fedex).failure.code == CarrierFailure.GARBAGE


def test_postcodes_are_needed(fedex):
    ask = make_ask(origin=Place("GH", "", "Accra"))
    assert fedex.validate(ask) == [Problem("origin.postcode", AskProblem.MISSING)]
