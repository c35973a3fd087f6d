"""UPS: token, the documented request, and every documented shape of the answer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.money import Money
from shipping.choices import AskProblem, CarrierFailure
from shipping.providers.base import Problem
from shipping.providers.outcomes import Failure
from tests.shipping.carriers import (
    NUMBER,
    TOKEN,
    UPS_RATES,
    UPS_TOKEN,
    make_ask,
    quote,
    ups_error,
    ups_rated,
    ups_rates,
    ups_token,
)
from tests.shipping.loopback import as_json


@pytest.fixture(autouse=True)
def token(carrier):
    carrier.lay_out(UPS_TOKEN, ups_token())


def test_the_token_is_asked_for_as_documented(carrier, ups):
    carrier.lay_out(UPS_RATES, ups_rates([]))
    quote(ups)
    asked = carrier.list_seen(UPS_TOKEN)[0]
    assert asked.body == "grant_type=client_credentials"
    assert asked.headers["authorization"].startswith("Basic ")
    assert carrier.list_seen(UPS_RATES)[0].headers["authorization"] == f"Bearer {TOKEN}"


def test_the_request_is_the_documented_one(carrier, ups):
    carrier.lay_out(UPS_RATES, ups_rates([]))
    quote(ups, ask=make_ask(residential=True))
    request = carrier.list_seen(UPS_RATES)[0].json["RateRequest"]
    shipment = request["Shipment"]
    package = {
        "PackagingType": {"Code": "02"},
        "Dimensions": {"UnitOfMeasurement": {"Code": "CM"}, "Length": "40.50", "Width": "30.00", "Height": "25.10"},
        "PackageWeight": {"UnitOfMeasurement": {"Code": "KGS"}, "Weight": "12.4"},
    }
    assert request["Request"] == {"RequestOption": "Shop", "TransactionReference": {"CustomerContext": "attempt0001"}}
    assert shipment["Package"] == [package, package]
    assert shipment["Shipper"]["ShipperNumber"] == NUMBER
    assert shipment["ShipTo"]["Address"] == {
        "AddressLine": ["Hamburg"], "CountryCode": "DE", "City": "Hamburg", "PostalCode": "20457",
        "ResidentialAddressIndicator": "Y",
    }  # fmt: skip
    assert shipment["DeliveryTimeInformation"] == {"PackageBillType": "03", "Pickup": {"Date": "20261201"}}
    assert shipment["InvoiceLineTotal"] == {"CurrencyCode": "USD", "MonetaryValue": "480.50"}
    assert shipment["ShipmentTotalWeight"] == {"UnitOfMeasurement": {"Code": "KGS"}, "Weight": "24.7"}


def test_goods_of_next_to_no_value_are_declared_at_one(carrier, ups):
    carrier.lay_out(UPS_RATES, ups_rates([]))
    quote(ups, ask=make_ask(customs_value=Money(Decimal("0.2"), "USD")))
    value = carrier.list_seen(UPS_RATES)[0].json["RateRequest"]["Shipment"]["InvoiceLineTotal"]
    assert value["MonetaryValue"] == "1"


@pytest.mark.parametrize("shape", [lambda rated: rated, lambda rated: [rated]])
def test_one_service_comes_as_a_list_or_alone(carrier, ups, shape):
    carrier.lay_out(UPS_RATES, ups_rates(shape(ups_rated(negotiated="150.05"))))
    offer = quote(ups).offers[0]
    assert (offer.service_code, offer.service_name) == ("65", "Worldwide Saver")
    assert (offer.amount, offer.currency, offer.tax) == (Decimal("150.05"), "USD", None)
    assert offer.is_published is False
    assert (offer.transit_days, offer.arrives_on) == (3, date(2026, 12, 4))
    assert offer.billed_weight_g == Decimal(25_000)
    assert offer.notes == ("Your invoice may vary from the displayed rates",)


def test_without_negotiated_rates_the_published_one_is_marked(carrier, ups):
    carrier.lay_out(UPS_RATES, ups_rates([ups_rated()]))
    offer = quote(ups).offers[0]
    assert (offer.amount, offer.is_published) == (Decimal("211.10"), True)


def test_lists_inside_may_come_alone_too(carrier, ups):
    alert = {"Code": "1", "Description": "Alone"}
    carrier.lay_out(
        UPS_RATES, ups_rates([ups_rated(RatedShipmentAlert=alert, GuaranteedDelivery=[], TimeInTransit={})])
    )
    offer = quote(ups).offers[0]
    assert offer.notes == ("Alone",)
    assert (offer.transit_days, offer.arrives_on) == (None, None)


def test_days_of_a_guarantee_count_where_no_others_are_told(carrier, ups):
    guarantee = {"BusinessDaysInTransit": "2"}
    carrier.lay_out(UPS_RATES, ups_rates([ups_rated(TimeInTransit={}, GuaranteedDelivery=guarantee)]))
    assert quote(ups).offers[0].transit_days == 2


@pytest.mark.parametrize(
    ("rated", "code"),
    [
        (ups_rated(total="0.00"), CarrierFailure.UNPRICED),
        (ups_rated(total="n/a"), CarrierFailure.UNPRICED),
        (ups_rated(currency="ZZZ"), CarrierFailure.CURRENCY_UNKNOWN),
    ],
)
def test_a_service_without_a_usable_price_is_no_offer(carrier, ups, rated, code):
    carrier.lay_out(UPS_RATES, ups_rates([rated]))
    answer = quote(ups)
    assert answer.offers == ()
    assert answer.failure.code == code


@pytest.mark.parametrize(
    ("error", "code", "field"),
    [
        (("111212", "The requested Package Type is unavailable for the selected service between the selected locations."), CarrierFailure.NO_SERVICE, ""),
        (("111286", "A ship to postal code is not valid"), CarrierFailure.BAD_REQUEST, "destination.postcode"),
        (("111549", "Invalid Shipment Contents Value."), CarrierFailure.BAD_REQUEST, ""),
        (("111035", "The maximum per package weight for the selected service is 70 kg."), CarrierFailure.BAD_REQUEST, "pieces.weight"),
    ],
)  # fmt: skip
def test_documented_errors_are_read(carrier, ups, error, code, field):
    carrier.lay_out(UPS_RATES, ups_error(*error))
    assert quote(ups).failure == Failure(code, field=field, detail=f"{error[0]}: {error[1]}", status=400)


def test_nothing_rated_is_no_service_and_something_else_is_garbage(carrier, ups):
    carrier.lay_out(UPS_RATES, as_json({"RateResponse": {"Response": {}}}), as_json({"Fault": {}}))
    assert quote(ups).failure == Failure(CarrierFailure.NO_SERVICE)
    assert quote(ups).failure.code == CarrierFailure.GARBAGE


def test_too_many_and_too_heavy_packages_are_not_asked(carrier, ups):
    heavy = replace(make_ask().pieces[0], weight_g=Decimal(10_000_000), count=201)
    assert ups.validate(make_ask(pieces=(heavy,))) == [
        Problem("pieces.count", AskProblem.TOO_MANY),
        Problem("pieces.weight", AskProblem.TOO_HEAVY),
    ]
