"""What tests of carriers ask, with which account, and what carriers answer: shapes as documented, values made up."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any

from core.money import Money
from shipping.choices import CarrierEnvironment
from shipping.providers.base import Account, Ask
from shipping.providers.calls import open_client
from shipping.providers.tokens import TokenStore
from shipping.rules.weights import Piece
from shipping.rules.zones import Place
from tests.shipping.loopback import as_json

NUMBER, USER, SECRET = "canary-number-77", "canary-user-4711", "canary/secret+0815"
DHL_RATES = "/rates"
UPS_TOKEN, UPS_RATES = "/security/v1/oauth/token", "/api/rating/v2409/Shoptimeintransit"
FEDEX_TOKEN, FEDEX_RATES = "/oauth/token", "/rate/v1/rates/quotes"
TOKEN = "canary-token-abcdefgh"


def make_ask(**change):
    given = {
        "key": "attempt0001", "origin": Place("GH", "GA-184", "Accra"), "destination": Place("DE", "20457", "Hamburg"),
        "pieces": (Piece(Decimal(405), Decimal(300), Decimal(251), Decimal(12_345), 2),),
        "ship_on": date(2026, 12, 1), "asked_on": date(2026, 11, 26), "customs_value": Money(Decimal("480.5"), "USD"),
        "goods": "Shea butter", "hs_code": "151590",
    }  # fmt: skip
    return Ask(**given | change)


def make_account(**change):
    given = {
        "key": "account-1", "environment": CarrierEnvironment.SANDBOX, "number": NUMBER, "user": USER, "secret": SECRET,
    }  # fmt: skip
    return Account(**given | change)


def run_apart(work: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine returns, in a thread of its own: after a browser test this one has a loop already."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


def quote(*providers, ask=None, account=None, total_s=4.0, trusted=None, tokens=None):
    """The answers of the carriers, asked at once as a lookup does; one answer for one carrier."""

    async def ask_all():
        async with open_client(total_s=total_s, trusted=trusted, tokens=tokens or TokenStore()) as client:
            asked = (provider.quote(ask or make_ask(), account or make_account(), client) for provider in providers)
            return await asyncio.gather(*asked)

    answers = run_apart(ask_all())
    return answers[0] if len(answers) == 1 else answers


def dhl_view(kind: str, price: float, currency: str) -> dict[str, Any]:
    return {"currencyType": kind, "price": price} | ({"priceCurrency": currency} if currency else {})


def dhl_product(
    name: str = "EXPRESS WORLDWIDE", code: str = "P", billing: tuple[Any, str] = (187.43, "GHS"), **change: Any
) -> dict[str, Any]:
    return {
        "productName": name, "productCode": code, "localProductCode": code, "isCustomerAgreement": False,
        "weight": {"volumetric": 12.2, "provided": 24.7, "unitOfMeasurement": "metric"},
        "totalPrice": [dhl_view("PULCL", 999.5, "USD"), dhl_view("BILLC", *billing), dhl_view("BASEC", 150.01, "EUR")],
        "totalPriceBreakdown": [{"currencyType": "BILLC", "priceBreakdown": [{"typeCode": "STTXA", "price": 7.43}]}],
        "deliveryCapabilities": {"totalTransitDays": 4, "estimatedDeliveryDateAndTime": "2026-12-05T23:59:00"},
        "pricingDate": "2026-11-26",
    } | change  # fmt: skip


def dhl_rates(*products, **more):
    return as_json({"products": list(products), "exchangeRates": []} | more)


def ups_token(text=TOKEN, expires_in="14399"):
    return as_json({"token_type": "Bearer", "access_token": text, "expires_in": expires_in, "status": "approved"})


def ups_rated(
    code: str = "65", total: str = "211.10", currency: str = "USD", negotiated: str | None = None, **change: Any
) -> dict[str, Any]:
    arrival = {"Arrival": {"Date": "20261204", "Time": "120000"}, "BusinessDaysInTransit": "3", "TotalTransitDays": "3"}
    rated = {
        "Service": {"Code": code, "Description": ""}, "TotalCharges": {"MonetaryValue": total, "CurrencyCode": currency},
        "BillingWeight": {"UnitOfMeasurement": {"Code": "KGS"}, "Weight": "25.0"},
        "TimeInTransit": {"ServiceSummary": {"EstimatedArrival": arrival}},
        "RatedShipmentAlert": [{"Code": "110971", "Description": "Your invoice may vary from the displayed rates"}],
    }  # fmt: skip
    charge = {"TotalCharge": {"MonetaryValue": negotiated, "CurrencyCode": currency}}
    return rated | ({"NegotiatedRateCharges": charge} if negotiated else {}) | change


def ups_rates(rated):
    return as_json({"RateResponse": {"Response": {"ResponseStatus": {"Code": "1"}}, "RatedShipment": rated}})


def ups_error(code, message, status=400):
    return as_json({"response": {"errors": [{"code": code, "message": message}]}}, status=status)


def fedex_token(text=TOKEN, expires_in=3599):
    return as_json({"access_token": text, "token_type": "bearer", "expires_in": expires_in, "scope": "CXS"})


def fedex_rate(kind: str = "ACCOUNT", net: float = 165.2, currency: str = "USD", **change: Any) -> dict[str, Any]:
    return {
        "rateType": kind, "totalNetFedExCharge": net, "totalNetCharge": 201.9, "totalVatCharge": 0.0, "currency": currency,
        "shipmentRateDetail": {"currency": currency, "totalBillingWeight": {"units": "KG", "value": 25.0}},
    } | change  # fmt: skip


def fedex_detail(*rates: dict[str, Any], code: str = "INTERNATIONAL_ECONOMY", **change: Any) -> dict[str, Any]:
    return {
        "serviceType": code, "serviceName": "FedEx International Economy", "ratedShipmentDetails": list(rates),
        "commit": {
            "transitDays": {"minimumTransitTime": "FIVE_DAYS"}, "dateDetail": {"dayFormat": "2026-12-08T18:00:00"},
        },
        "customerMessages": [{"code": "SERVICE.TYPE.INTERNATIONAL.MESSAGE", "message": "Rate does not include duties."}],
    } | change  # fmt: skip


def fedex_rates(*details, alerts=()):
    return as_json({"transactionId": "t-1", "output": {"rateReplyDetails": list(details), "alerts": list(alerts)}})


def fedex_error(code, message, status=400):
    return as_json({"transactionId": "t-1", "errors": [{"code": code, "message": message}]}, status=status)
