"""FedEx: `POST /rate/v1/rates/quotes` of Rates and Transit Times 1.0.0, by its OpenAPI document (read 2026-11-26, docs/howto/carriers.md).

OAuth client credentials in the form. `totalNetFedExCharge` is freight and surcharges without taxes; `totalNetCharge` may hold duties.
Days come as words. Document and examples differ in the case of some names; both are read.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from core.money import Money
from shipping.choices import Carrier, CarrierEnvironment, CarrierFailure
from shipping.providers.base import Account, Answer, Ask, Limits, Offer, Provider, sort_out
from shipping.providers.calls import Call, Client
from shipping.providers.complaints import read_complaint
from shipping.providers.oauth import send_with_token
from shipping.providers.outcomes import Failure, Reply, tidy
from shipping.providers.reading import (
    dig,
    knows_currency,
    list_objects,
    read_day,
    read_number,
    read_price,
    read_weight_g,
    write_cm,
    write_kg,
)  # fmt: skip
from shipping.rules.zones import Place

HOSTS = {
    CarrierEnvironment.SANDBOX: "https://apis-sandbox.fedex.com",
    CarrierEnvironment.PRODUCTION: "https://apis.fedex.com",
}
LIMITS = Limits(
    pieces=100, days_ahead=10, size_mm=9_990, needs=frozenset({"origin.postcode", "destination.postcode"})
)  # fmt: skip
"""At most 100 packages in a request, 999 cm a side, a day within the next ten."""
RATE_TYPES = ("ACCOUNT", "PREFERRED", "PREFERRED_CURRENCY", "PREFERRED_INCENTIVE", "LIST")
LIST_RATE = "LIST"
DAYS = (
    "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE", "THIRTEEN", "FOURTEEN",
    "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN", "TWENTY",
)  # fmt: skip
NO_SERVICE = ("SERVICE.", "SERVICETYPE.", "SERVICEPACKAGECOMBINATION.")


class FedEx(Provider):
    """FedEx by the account's rates, else by the published ones."""

    carrier = Carrier.FEDEX
    hosts = HOSTS
    limits = LIMITS

    async def ask_at(self, base: str, ask: Ask, account: Account, client: Client) -> Answer:
        """Offers with days in transit."""
        body = write_request(ask, account)
        form = {"grant_type": "client_credentials", "client_id": account.user, "client_secret": account.secret}
        outcome = await send_with_token(
            client,
            account,
            grant=Call(f"{base}/oauth/token", {}, form=form),
            write_call=lambda bearer: Call(
                f"{base}/rate/v1/rates/quotes",
                {"authorization": bearer, "x-locale": "en_US"}
                | ({"x-customer-transaction-id": ask.key} if ask.key else {}),
                body,
            ),
        )
        return read_outcome(outcome)


def write_request(ask: Ask, account: Account) -> dict[str, Any]:
    """The body of the request."""
    shipment: dict[str, Any] = {
        "shipper": {"address": _write_place(ask.origin)},
        "recipient": {"address": _write_place(ask.destination) | {"residential": ask.residential}},
        "shipDateStamp": f"{ask.ship_on:%Y-%m-%d}",
        "pickupType": "USE_SCHEDULED_PICKUP",
        "packagingType": "YOUR_PACKAGING",
        "rateRequestType": ["ACCOUNT", "LIST"],
        "totalPackageCount": ask.piece_count,
        "requestedPackageLineItems": list(_write_packages(ask)),
    }
    if ask.customs_value:
        shipment["customsClearanceDetail"] = _write_customs(ask, ask.customs_value.round_minor())
    return {
        "accountNumber": {"value": account.number},
        "rateRequestControlParameters": {"returnTransitTimes": True},
        "requestedShipment": shipment,
    }


def _write_place(place: Place) -> dict[str, Any]:
    address = {"postalCode": place.postcode, "countryCode": place.country}
    optional = {"city": place.city, "stateOrProvinceCode": place.region}
    return address | {name: value for name, value in optional.items() if value}


def _write_packages(ask: Ask) -> Iterator[dict[str, Any]]:
    for piece in ask.pieces:
        sizes = {"length": piece.length_mm, "width": piece.width_mm, "height": piece.height_mm}
        yield {
            "groupPackageCount": piece.count,
            "weight": {"units": "KG", "value": write_kg(piece.weight_g, step="0.01")},
            "dimensions": {name: write_cm(size, step="1") for name, size in sizes.items()} | {"units": "CM"},
        }


def _write_customs(ask: Ask, value: Money) -> dict[str, Any]:
    commodity = {
        "description": ask.goods or "Goods",
        "quantity": ask.piece_count,
        "quantityUnits": "PCS",
        "weight": {"units": "KG", "value": write_kg(ask.weight_g, step="0.01")},
        "customsValue": {"amount": value.amount, "currency": value.currency},
    } | ({"harmonizedCode": ask.hs_code} if ask.hs_code else {})
    return {"dutiesPayment": {"paymentType": "SENDER"}, "commodities": [commodity]}


def read_outcome(outcome: Reply | Failure) -> Answer:
    """Offers, services without a price, or the failure."""
    if isinstance(outcome, Failure):
        return Answer(Carrier.FEDEX, failures=(outcome,))
    output = outcome.body.get("output")
    if outcome.status >= 400 or (outcome.body.get("errors") and not output):
        return Answer(Carrier.FEDEX, failures=(_read_error(outcome),))
    if not isinstance(output, dict):
        return Answer(Carrier.FEDEX, failures=(Failure(CarrierFailure.GARBAGE, status=outcome.status),))
    details = list_objects(output.get("rateReplyDetails"))
    return sort_out(
        Carrier.FEDEX, [_read_detail(detail) for detail in details], notes=_read_messages(output.get("alerts"))
    )


def _read_detail(detail: dict[str, Any]) -> Offer | Failure:
    code = tidy(detail.get("serviceType"))
    name = tidy(detail.get("serviceName")) or tidy(dig(detail, "serviceDescription", "description")) or code
    rate = _choose_rate(list_objects(detail.get("ratedShipmentDetails")))
    price = read_price(rate.get("totalNetFedExCharge")) or read_price(rate.get("totalNetCharge"))
    currency = rate.get("currency") or dig(rate, "shipmentRateDetail", "currency")
    if price is None or not currency:
        return Failure(CarrierFailure.UNPRICED, detail=name)
    if not knows_currency(currency):
        return Failure(CarrierFailure.CURRENCY_UNKNOWN, detail=tidy(currency))
    return Offer(
        service_code=code,
        service_name=name,
        amount=price,
        currency=currency,
        tax=read_number(rate.get("totalVatCharge")),
        transit_days=_read_days(detail),
        arrives_on=_read_arrival(detail),
        billed_weight_g=_read_billed_weight(rate),
        is_published=rate.get("rateType") == LIST_RATE,
        notes=_read_messages(detail.get("customerMessages")),
    )


def _choose_rate(rates: list[dict[str, Any]]) -> dict[str, Any]:
    by_type = {rate.get("rateType"): rate for rate in reversed(rates) if isinstance(rate.get("rateType"), str)}
    return next((by_type[kind] for kind in RATE_TYPES if kind in by_type), {})


def _read_days(detail: dict[str, Any]) -> int | None:
    """The longest transit time that is told, from words such as TWO_DAYS; None for a word that is no number."""
    transit, operation = dig(detail, "commit", "transitDays"), detail.get("operationalDetail")
    told = (
        dig(transit, "maximumTransitTime"), dig(operation, "maximumTransitTime"), dig(operation, "MaximumTransitTime"),
        dig(transit, "minimumTransitTime"), dig(operation, "transitTime"), dig(detail, "commit", "daysInTransit"),
    )  # fmt: skip
    words = {f"{word}_DAY{'' if word == 'ONE' else 'S'}": days for days, word in enumerate(DAYS, start=1)}
    return next((words[word] for word in told if isinstance(word, str) and word in words), None)


def _read_arrival(detail: dict[str, Any]) -> Any:
    day, operation = dig(detail, "commit", "dateDetail"), detail.get("operationalDetail")
    told = (
        dig(day, "dayFormat"),
        dig(day, "dayCxsFormat"),
        dig(operation, "deliveryDate"),
        dig(operation, "commitDate"),
    )
    return next((arrives_on for arrives_on in map(read_day, told) if arrives_on), None)


def _read_billed_weight(rate: dict[str, Any]) -> Decimal | None:
    weight = dig(rate, "shipmentRateDetail", "totalBillingWeight")
    return read_weight_g(dig(weight, "value"), dig(weight, "units"))


def _read_messages(messages: Any) -> tuple[str, ...]:
    return tuple(filter(None, (tidy(item.get("message")) for item in list_objects(messages))))


def _read_error(reply: Reply) -> Failure:
    """`{"errors": [{"code", "message"}]}`, the first of them. No code for “no service” is documented; one of services is read as that."""
    error = reply.body.get("errors")
    code, words = tidy(dig(error, "code")), tidy(dig(error, "message"))
    if code.upper().startswith(NO_SERVICE):
        return Failure(CarrierFailure.NO_SERVICE, detail=tidy(f"{code}: {words}"), status=reply.status)
    return read_complaint(words, status=reply.status, code=code)
