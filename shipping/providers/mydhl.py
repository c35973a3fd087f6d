"""DHL Express: `POST /rates` of the MyDHL API, as its OpenAPI document 3.1.1 describes it (read 2026-11-26, docs/howto/carriers.md).

HTTP Basic with API key and secret. `totalPrice` holds one price in up to three currencies' views: the billing currency (BILLC) is the
account's; a price of 0 or without a currency means that the service was not priced.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from shipping.choices import Carrier, CarrierEnvironment, CarrierFailure
from shipping.providers.base import Account, Answer, Ask, Limits, Offer, Provider, sort_out
from shipping.providers.calls import Call, Client, write_basic
from shipping.providers.complaints import read_complaint
from shipping.providers.outcomes import Failure, Reply, tidy
from shipping.providers.reading import (
    LEAST_PRICE,
    dig,
    knows_currency,
    list_objects,
    read_day,
    read_days,
    read_number,
    read_price,
    read_weight_g,
    write_cm,
    write_kg,
)  # fmt: skip
from shipping.rules.zones import Place

HOSTS = {
    CarrierEnvironment.SANDBOX: "https://express.api.dhl.com/mydhlapi/test",
    CarrierEnvironment.PRODUCTION: "https://express.api.dhl.com/mydhlapi",
}
LIMITS = Limits(pieces=999, days_ahead=10, needs=frozenset({"origin.city", "destination.city"}))
VERSION = "3.1.0"
BILLING = "BILLC"
TAX = "STTXA"


class MyDhl(Provider):
    """DHL Express by its own rates."""

    carrier = Carrier.MYDHL
    hosts = HOSTS
    limits = LIMITS

    async def ask_at(self, base: str, ask: Ask, account: Account, client: Client) -> Answer:
        """Offers in the account's billing currency."""
        basic = write_basic(account.user, account.secret)
        client.keep_secret(basic[6:])
        outcome = await client.send(
            Call(
                url=f"{base}/rates",
                headers={"authorization": basic, "x-version": VERSION}
                | ({"message-reference": ask.key} if ask.key else {}),
                body=write_request(ask, account),
            )
        )
        return read_outcome(outcome)


def write_request(ask: Ask, account: Account) -> dict[str, Any]:
    """The body of the request. The planned time is noon: the document wants one, and a rate does not depend on it."""
    body: dict[str, Any] = {
        "customerDetails": {
            "shipperDetails": _write_place(ask.origin), "receiverDetails": _write_place(ask.destination),
        },
        "accounts": [{"typeCode": "shipper", "number": account.number}],
        "plannedShippingDateAndTime": f"{ask.ship_on:%Y-%m-%d}T12:00:00GMT+00:00",
        "unitOfMeasurement": "metric",
        "isCustomsDeclarable": ask.customs_value is not None,
        "estimatedDeliveryDate": {"isRequested": True, "typeCode": "QDDC"},
        "returnStandardProductsOnly": True,
        "nextBusinessDay": True,
        "packages": list(_write_packages(ask)),
    }  # fmt: skip
    if ask.customs_value:
        value = ask.customs_value.round_minor()
        body["monetaryAmount"] = [{"typeCode": "declaredValue", "value": value.amount, "currency": value.currency}]
    return body


def _write_place(place: Place) -> dict[str, str]:
    region = {"provinceCode": place.region} if len(place.region) >= 2 else {}
    return {"postalCode": place.postcode, "cityName": place.city, "countryCode": place.country} | region


def _write_packages(ask: Ask) -> Iterator[dict[str, Any]]:
    for piece in ask.pieces:
        sizes = {"length": piece.length_mm, "width": piece.width_mm, "height": piece.height_mm}
        package = {
            "weight": write_kg(piece.weight_g, step="0.001"),
            "dimensions": {name: write_cm(size, step="0.1") for name, size in sizes.items()},
        }
        yield from [package] * piece.count


def read_outcome(outcome: Reply | Failure) -> Answer:
    """Offers, services without a price, or the failure."""
    if isinstance(outcome, Failure):
        return Answer(Carrier.MYDHL, failures=(outcome,))
    if outcome.status >= 400:
        return Answer(Carrier.MYDHL, failures=(_read_error(outcome),))
    if "products" not in outcome.body:
        return Answer(Carrier.MYDHL, failures=(Failure(CarrierFailure.GARBAGE, status=outcome.status),))
    products = [p for p in list_objects(outcome.body["products"]) if p.get("isCustomerAgreement") is not True]
    warnings = outcome.body.get("warnings")
    return sort_out(
        Carrier.MYDHL,
        [_read_product(product) for product in products],
        notes=tuple(filter(None, map(tidy, warnings if isinstance(warnings, list) else []))),
    )


def _read_product(product: dict[str, Any]) -> Offer | Failure:
    name, code = tidy(product.get("productName")), tidy(product.get("productCode"))
    billed = _find_view(product.get("totalPrice"))
    price, currency = read_price(billed.get("price")), billed.get("priceCurrency")
    if price is None or not currency:
        return Failure(CarrierFailure.UNPRICED, detail=name or code)
    if not knows_currency(currency):
        return Failure(CarrierFailure.CURRENCY_UNKNOWN, detail=tidy(currency))
    tax = _read_tax(product, price)
    return Offer(
        service_code=code,
        service_name=name or code,
        amount=price - (tax or Decimal(0)),
        currency=currency,
        tax=tax,
        transit_days=read_days(dig(product, "deliveryCapabilities", "totalTransitDays")),
        arrives_on=read_day(dig(product, "deliveryCapabilities", "estimatedDeliveryDateAndTime")),
        billed_weight_g=_read_billed_weight(product),
    )


def _find_view(views: Any) -> dict[str, Any]:
    return next((view for view in list_objects(views) if view.get("currencyType") == BILLING), {})


def _read_tax(product: dict[str, Any], price: Decimal) -> Decimal | None:
    """The tax that is part of the price; None where none is named or where it makes no sense."""
    parts = list_objects(_find_view(product.get("totalPriceBreakdown")).get("priceBreakdown"))
    tax = next((read_number(part.get("price")) for part in parts if part.get("typeCode") == TAX), None)
    return tax if tax is not None and price - tax >= LEAST_PRICE else None


def _read_billed_weight(product: dict[str, Any]) -> Decimal | None:
    """No field says what is billed: the higher of the scales and the volume is."""
    unit = dig(product, "weight", "unitOfMeasurement")
    weights = [read_weight_g(dig(product, "weight", name), unit) for name in ("provided", "volumetric")]
    return max((weight for weight in weights if weight), default=None)


def _read_error(reply: Reply) -> Failure:
    """`application/problem+json`: the detail, else the message or title, and further details where there are any."""
    more = reply.body.get("additionalDetails")
    words = [reply.body.get(name) for name in ("detail", "message", "title")]
    said = [next((tidy(word) for word in words if word), ""), *map(tidy, more if isinstance(more, list) else [])]
    return read_complaint(" · ".join(filter(None, said)), status=reply.status)
