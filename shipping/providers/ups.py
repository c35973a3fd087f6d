"""UPS: `POST /api/rating/v2409/Shoptimeintransit`, as UPS's own OpenAPI documents describe it (read 2026-11-26, docs/howto/carriers.md).

OAuth client credentials. Numbers and days are texts; a list with one entry may come as the entry alone.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from shipping.choices import Carrier, CarrierEnvironment, CarrierFailure
from shipping.providers.base import Account, Answer, Ask, Limits, Offer, Provider, sort_out
from shipping.providers.calls import Call, Client, write_basic
from shipping.providers.complaints import read_complaint
from shipping.providers.oauth import send_with_token
from shipping.providers.outcomes import Failure, Reply, tidy
from shipping.providers.reading import (
    dig,
    knows_currency,
    list_objects,
    read_day,
    read_days,
    read_price,
    read_weight_g,
    write_cm,
    write_kg,
)  # fmt: skip
from shipping.rules.zones import Place

HOSTS = {
    CarrierEnvironment.SANDBOX: "https://wwwcie.ups.com",
    CarrierEnvironment.PRODUCTION: "https://onlinetools.ups.com",
}
LIMITS = Limits(pieces=200, piece_g=9_999_900)
"""At most 200 packages; a weight has six characters, which is 9999.9 kg."""
SERVICES = {
    "01": "Next Day Air", "02": "2nd Day Air", "03": "Ground", "12": "3 Day Select", "13": "Next Day Air Saver",
    "14": "Next Day Air Early", "59": "2nd Day Air A.M.", "75": "Heavy Goods", "07": "Worldwide Express",
    "08": "Worldwide Expedited", "11": "Standard", "54": "Worldwide Express Plus", "65": "Worldwide Saver",
    "96": "Worldwide Express Freight", "71": "Worldwide Express Freight Midday",
}  # fmt: skip
"""The answer often holds no names."""
PACKAGE, NON_DOCUMENT, TRANSPORT = "02", "03", "01"
LARGEST_VALUE = 99_999_999


class Ups(Provider):
    """UPS by the account's negotiated rates where it has any."""

    carrier = Carrier.UPS
    hosts = HOSTS
    limits = LIMITS

    async def ask_at(self, base: str, ask: Ask, account: Account, client: Client) -> Answer:
        """Offers with days in transit."""
        basic = write_basic(account.user, account.secret)
        client.keep_secret(basic[6:])
        body = write_request(ask, account)
        outcome = await send_with_token(
            client,
            account,
            grant=Call(
                f"{base}/security/v1/oauth/token", {"authorization": basic}, form={"grant_type": "client_credentials"}
            ),
            write_call=lambda bearer: Call(
                f"{base}/api/rating/v2409/Shoptimeintransit",
                {"authorization": bearer} | ({"transid": ask.key[:32]} if ask.key else {}),
                body,
            ),
        )
        return read_outcome(outcome)


def write_request(ask: Ask, account: Account) -> dict[str, Any]:
    """The body of the request."""
    shipper = {"ShipperNumber": account.number, "Address": _write_place(ask.origin)}
    destination = _write_place(ask.destination) | ({"ResidentialAddressIndicator": "Y"} if ask.residential else {})
    shipment: dict[str, Any] = {
        "Shipper": shipper,
        "ShipFrom": {"Address": _write_place(ask.origin)},
        "ShipTo": {"Address": destination},
        "PaymentDetails": {
            "ShipmentCharge": [{"Type": TRANSPORT, "BillShipper": {"AccountNumber": account.number}}]
        },
        "ShipmentRatingOptions": {"NegotiatedRatesIndicator": "Y"},
        "DeliveryTimeInformation": {"PackageBillType": NON_DOCUMENT, "Pickup": {"Date": f"{ask.ship_on:%Y%m%d}"}},
        "ShipmentTotalWeight": {"UnitOfMeasurement": {"Code": "KGS"}, "Weight": _write_kg(ask.weight_g)},
        "Package": list(_write_packages(ask)),
    }  # fmt: skip
    if ask.customs_value:
        value = min(max(ask.customs_value.round_minor().amount, Decimal(1)), Decimal(LARGEST_VALUE))
        shipment["InvoiceLineTotal"] = {"CurrencyCode": ask.customs_value.currency, "MonetaryValue": f"{value:f}"}
    request = {"RequestOption": "Shop", "TransactionReference": {"CustomerContext": ask.key or "-"}}
    return {"RateRequest": {"Request": request, "Shipment": shipment}}


def _write_place(place: Place) -> dict[str, Any]:
    """The document asks for a line of the street, which we do not know before there is an order: the town stands in for it."""
    address: dict[str, Any] = {"AddressLine": [place.city or place.postcode or "-"], "CountryCode": place.country}
    optional = {"City": place.city, "PostalCode": place.postcode, "StateProvinceCode": place.region}
    return address | {name: value for name, value in optional.items() if value}


def _write_packages(ask: Ask) -> Iterator[dict[str, Any]]:
    for piece in ask.pieces:
        sizes = {"Length": piece.length_mm, "Width": piece.width_mm, "Height": piece.height_mm}
        dimensions = {name: f"{write_cm(size, step='0.01'):f}" for name, size in sizes.items()}
        package = {
            "PackagingType": {"Code": PACKAGE},
            "Dimensions": {"UnitOfMeasurement": {"Code": "CM"}, **dimensions},
            "PackageWeight": {"UnitOfMeasurement": {"Code": "KGS"}, "Weight": _write_kg(piece.weight_g)},
        }
        yield from [package] * piece.count


def _write_kg(weight_g: Decimal) -> str:
    return f"{write_kg(weight_g, step='0.1'):f}"


def read_outcome(outcome: Reply | Failure) -> Answer:
    """Offers, services without a price, or the failure."""
    if isinstance(outcome, Failure):
        return Answer(Carrier.UPS, failures=(outcome,))
    if outcome.status >= 400:
        return Answer(Carrier.UPS, failures=(_read_error(outcome),))
    response = outcome.body.get("RateResponse")
    if not isinstance(response, dict):
        return Answer(Carrier.UPS, failures=(Failure(CarrierFailure.GARBAGE, status=outcome.status),))
    rated = list_objects(response.get("RatedShipment"))
    return sort_out(
        Carrier.UPS, [_read_rated(item) for item in rated], notes=_read_alerts(dig(response, "Response", "Alert"))
    )


def _read_rated(rated: dict[str, Any]) -> Offer | Failure:
    code = tidy(dig(rated, "Service", "Code"))
    negotiated = dig(rated, "NegotiatedRateCharges", "TotalCharge")
    charge = negotiated if isinstance(negotiated, dict) else rated.get("TotalCharges")
    price, currency = read_price(dig(charge, "MonetaryValue")), dig(charge, "CurrencyCode")
    name = _find_name(rated, code)
    if price is None or not currency:
        return Failure(CarrierFailure.UNPRICED, detail=name)
    if not knows_currency(currency):
        return Failure(CarrierFailure.CURRENCY_UNKNOWN, detail=tidy(currency))
    weight = rated.get("BillingWeight")
    return Offer(
        service_code=code,
        service_name=name,
        amount=price,
        currency=currency,
        transit_days=_read_days(rated),
        arrives_on=read_day(dig(rated, "TimeInTransit", "ServiceSummary", "EstimatedArrival", "Arrival", "Date")),
        billed_weight_g=read_weight_g(dig(weight, "Weight"), dig(weight, "UnitOfMeasurement", "Code")),
        is_published=charge is not negotiated,
        notes=_read_alerts(rated.get("RatedShipmentAlert")),
    )


def _find_name(rated: dict[str, Any], code: str) -> str:
    told = (dig(rated, "Service"), dig(rated, "TimeInTransit", "ServiceSummary", "Service"))
    return next(filter(None, (tidy(dig(service, "Description")) for service in told)), SERVICES.get(code, code))


def _read_days(rated: dict[str, Any]) -> int | None:
    """All days on the way where they are told, else the working days."""
    arrival = dig(rated, "TimeInTransit", "ServiceSummary", "EstimatedArrival")
    told = (
        dig(arrival, "TotalTransitDays"),
        dig(arrival, "BusinessDaysInTransit"),
        dig(rated, "GuaranteedDelivery", "BusinessDaysInTransit"),
    )
    return next((days for days in map(read_days, told) if days is not None), None)


def _read_alerts(alerts: Any) -> tuple[str, ...]:
    return tuple(filter(None, (tidy(alert.get("Description")) for alert in list_objects(alerts))))


def _read_error(reply: Reply) -> Failure:
    """`{"response": {"errors": [{"code", "message"}]}}`, the first of them."""
    error = dig(reply.body, "response", "errors")
    return read_complaint(
        tidy(dig(error, "message")) or tidy(dig(error, "code")), status=reply.status, code=tidy(dig(error, "code"))
    )
