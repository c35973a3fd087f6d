"""MyDHL: the documented request is sent, and every documented shape of the answer is read."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from shipping.choices import AskProblem, CarrierFailure
from shipping.providers.base import Problem
from shipping.providers.outcomes import Failure
from shipping.rules.zones import Place
from tests.shipping.carriers import DHL_RATES, NUMBER, dhl_product, dhl_rates, dhl_view, make_ask, quote
from tests.shipping.loopback import as_json


def test_the_request_is_the_documented_one(carrier, mydhl):
    carrier.lay_out(DHL_RATES, dhl_rates())
    quote(mydhl)
    package = {"weight": 12.345, "dimensions": {"length": 40.5, "width": 30, "height": 25.1}}
    assert carrier.seen[0].json == {
        "customerDetails": {
            "shipperDetails": {"postalCode": "GA-184", "cityName": "Accra", "countryCode": "GH"},
            "receiverDetails": {"postalCode": "20457", "cityName": "Hamburg", "countryCode": "DE"},
        },
        "accounts": [{"typeCode": "shipper", "number": NUMBER}],
        "plannedShippingDateAndTime": "2026-12-01T12:00:00GMT+00:00",
        "unitOfMeasurement": "metric",
        "isCustomsDeclarable": True,
        "estimatedDeliveryDate": {"isRequested": True, "typeCode": "QDDC"},
        "returnStandardProductsOnly": True,
        "nextBusinessDay": True,
        "packages": [package, package],
        "monetaryAmount": [{"typeCode": "declaredValue", "value": 480.5, "currency": "USD"}],
    }
    assert carrier.seen[0].headers["x-version"] == "3.1.0"
    assert carrier.seen[0].headers["message-reference"] == "attempt0001"
    assert carrier.seen[0].headers["authorization"].startswith("Basic ")


def test_decimals_are_written_digit_by_digit(carrier, mydhl):
    carrier.lay_out(DHL_RATES, dhl_rates())
    quote(mydhl)
    assert '"weight":12.345,"dimensions":{"length":40.5,"width":30,"height":25.1}' in carrier.seen[0].body


def test_without_a_customs_border_nothing_is_declared(carrier, mydhl):
    carrier.lay_out(DHL_RATES, dhl_rates())
    quote(mydhl, ask=make_ask(customs_value=None))
    assert carrier.seen[0].json["isCustomsDeclarable"] is False
    assert "monetaryAmount" not in carrier.seen[0].json


def test_the_billing_currency_is_the_price_and_tax_stands_apart(carrier, mydhl):
    carrier.lay_out(DHL_RATES, dhl_rates(dhl_product(), warnings=["Pick-up from Saturday on"]))
    answer = quote(mydhl)
    offer = answer.offers[0]
    assert (offer.service_code, offer.service_name) == ("P", "EXPRESS WORLDWIDE")
    assert (offer.amount, offer.tax, offer.currency) == (Decimal("180.00"), Decimal("7.43"), "GHS")
    assert (offer.transit_days, offer.arrives_on) == (4, date(2026, 12, 5))
    assert offer.billed_weight_g == Decimal(24_700)
    assert offer.valid_until is None
    assert answer.notes == ("Pick-up from Saturday on",)
    assert answer.failure is None


def test_a_heavier_volume_is_what_is_billed(carrier, mydhl):
    weight = {"volumetric": 31.5, "provided": 24.7, "unitOfMeasurement": "imperial"}
    carrier.lay_out(DHL_RATES, dhl_rates(dhl_product(weight=weight)))
    assert quote(mydhl).offers[0].billed_weight_g == Decimal("31.5") * Decimal("453.59237")


@pytest.mark.parametrize("billing", [(0, None), (0, "GHS"), (12.5, None)])
def test_a_price_of_nothing_is_no_offer(carrier, mydhl, billing):
    carrier.lay_out(DHL_RATES, dhl_rates(dhl_product(), dhl_product("EXPRESS EASY", "8", billing=billing)))
    answer = quote(mydhl)
    assert [offer.service_code for offer in answer.offers] == ["P"]
    assert answer.failures == (Failure(CarrierFailure.UNPRICED, detail="EXPRESS EASY"),)


def test_the_public_tariff_does_not_stand_in_for_the_accounts_price(carrier, mydhl):
    carrier.lay_out(DHL_RATES, dhl_rates(dhl_product(totalPrice=[dhl_view("PULCL", 99.5, "USD")])))
    assert quote(mydhl).failure.code == CarrierFailure.UNPRICED


def test_a_product_by_agreement_is_left_out(carrier, mydhl):
    carrier.lay_out(DHL_RATES, dhl_rates(dhl_product(isCustomerAgreement=True)))
    assert quote(mydhl).failure == Failure(CarrierFailure.NO_SERVICE)


def test_an_unknown_currency_is_named_and_the_others_stand(carrier, mydhl):
    carrier.lay_out(DHL_RATES, dhl_rates(dhl_product(billing=(90, "QQQ")), dhl_product()))
    answer = quote(mydhl)
    assert len(answer.offers) == 1
    assert answer.failures == (Failure(CarrierFailure.CURRENCY_UNKNOWN, detail="QQQ"),)


@pytest.mark.parametrize(
    ("status", "detail", "code", "field"),
    [
        (400, "998: Account number not found or invalid", CarrierFailure.BAD_REQUEST, "account"),
        (400, "#/customerDetails/receiverDetails/postalCode: not valid", CarrierFailure.BAD_REQUEST, "destination.postcode"),
        (404, "996: The requested product(s) (P) not available based on your search", CarrierFailure.NO_SERVICE, ""),
        (422, "Something else", CarrierFailure.BAD_REQUEST, ""),
    ],
)  # fmt: skip
def test_problem_documents_are_read(carrier, mydhl, status, detail, code, field):
    problem = {"instance": "/rates", "title": "Bad request", "detail": detail, "status": str(status)}
    carrier.lay_out(DHL_RATES, as_json(problem, status=status, kind="application/problem+json"))
    failure = quote(mydhl).failure
    assert (failure.code, failure.field, failure.detail, failure.status) == (code, field, detail, status)


def test_an_answer_without_products_is_not_an_empty_one(carrier, mydhl):
    carrier.lay_out(DHL_RATES, as_json({"rates": []}), dhl_rates())
    assert quote(mydhl).failure.code == CarrierFailure.GARBAGE
    assert quote(mydhl).failure.code == CarrierFailure.NO_SERVICE


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"destination": Place("DE", "20457")}, Problem("destination.city", AskProblem.MISSING)),
        ({"origin": Place("", "1", "Accra")}, Problem("origin.country", AskProblem.MISSING)),
        ({"ship_on": date(2026, 11, 25)}, Problem("ship_on", AskProblem.DAY)),
        ({"ship_on": date(2026, 11, 26) + timedelta(days=11)}, Problem("ship_on", AskProblem.DAY)),
        ({"pieces": ()}, Problem("pieces", AskProblem.MISSING)),
        ({"pieces": (replace(make_ask().pieces[0], count=1000),)}, Problem("pieces.count", AskProblem.TOO_MANY)),
        ({"pieces": (replace(make_ask().pieces[0], weight_g=Decimal(0)),)}, Problem("pieces.weight", AskProblem.MISSING)),
        ({"pieces": (replace(make_ask().pieces[0], width_mm=Decimal(0)),)}, Problem("pieces.size", AskProblem.MISSING)),
        ({"dangerous_goods": True}, Problem("dangerous_goods", AskProblem.NOT_CARRIED)),
    ],
)  # fmt: skip
def test_what_it_would_refuse_is_not_asked(carrier, mydhl, change, problem):
    assert mydhl.validate(make_ask(**change)) == [problem]
    failure = quote(mydhl, ask=make_ask(**change)).failure
    assert (failure.code, failure.field, failure.detail) == (CarrierFailure.BAD_REQUEST, problem.field, problem.why)
    assert carrier.seen == []


def test_a_whole_ask_has_no_problems(mydhl):
    assert mydhl.validate(make_ask()) == []
