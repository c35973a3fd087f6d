"""A lookup's request in one form, so that the same question has the same digest; how its attempts come to an end; what stays fresh how long."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from core.money import Money
from shipping.rules.loads import Package
from shipping.rules.zones import Place, clean_postcode

SETTLE_AFTER = timedelta(seconds=12)
"""By then every attempt of a lookup has ended."""
MARGIN_S = 1.5
"""Kept of that for writing the answers down."""
SHORTEST_S = 1.0
"""With less left nobody is asked any more."""
CARRIER_FRESH, NO_SERVICE_FRESH = timedelta(minutes=30), timedelta(hours=6)
"""How long a carrier's prices, and its word that it has no service, are used again. Failures never are."""
MOST_AT_ONCE = 24
"""Questions to one account at a time; a carrier that hangs holds no more than that."""
SILENT, PASSING_SKIPS = {"failed", "timeout"}, {"resting", "busy"}
FAR_ABOVE, FEWEST = 5, 3
"""An offer so many times the median, of so many offers at least, is marked."""


@dataclass(frozen=True)
class FreightRequest:
    """What is to be carried, from where, to where, on which day. `quantity` in the listing's unit where the packages follow from it."""

    origin: Place
    destination: Place
    packages: tuple[Package, ...]
    ship_on: date
    goods: str = ""
    hs_code: str = ""
    customs_value: Money | None = None
    is_dangerous: bool = False
    un_number: str = ""
    quantity: Decimal | None = None

    def as_plain(self) -> dict[str, Any]:
        """For JSON: texts trimmed, postcodes in capitals, numbers as texts without idle zeros."""
        value = self.customs_value
        return {
            "origin": _write_place(self.origin), "destination": _write_place(self.destination),
            "packages": [asdict(package) for package in self.packages], "ship_on": self.ship_on.isoformat(), "goods": self.goods.strip(),
            "hs_code": self.hs_code, "customs_value": {"amount": _write(value.amount), "currency": value.currency} if value else None,
            "is_dangerous": self.is_dangerous, "un_number": self.un_number, "quantity": _write(self.quantity) if self.quantity else None,
        }  # fmt: skip

    def as_load(self) -> dict[str, Any]:
        """What is carried from where to where, whatever the day and the value."""
        plain = self.as_plain()
        return {name: plain[name] for name in ("origin", "destination", "packages", "is_dangerous", "un_number")}


def read_request(plain: Mapping[str, Any]) -> FreightRequest:
    """The request again from what `as_plain` wrote."""
    value, quantity = plain["customs_value"], plain["quantity"]
    return FreightRequest(
        Place(**plain["origin"]), Place(**plain["destination"]), tuple(Package(**one) for one in plain["packages"]),
        date.fromisoformat(plain["ship_on"]), plain["goods"], plain["hs_code"], Money(Decimal(value["amount"]), value["currency"]) if value else None,
        plain["is_dangerous"], plain["un_number"], Decimal(quantity) if quantity else None,
    )  # fmt: skip


def digest(value: Any) -> str:
    """SHA-256 of a plain value as canonical JSON."""
    return hashlib.sha256(write_canonical(value).encode()).hexdigest()


def write_canonical(value: Any) -> str:
    """JSON with sorted keys and no idle spaces: equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def conclude(*, is_somebody_silent: bool, has_offers: bool) -> str:
    """How a lookup ends: complete where everybody who was to be asked has answered, with offers or with none."""
    if not is_somebody_silent:
        return "complete"
    return "partial" if has_offers else "failed"


def is_silent(*, state: str, failure: str) -> bool:
    """Whether an attempt ended without the provider's word: it failed, or was not asked for a reason that passes."""
    return state in SILENT or (state == "skipped" and failure in PASSING_SKIPS)


def find_outliers(amounts: Mapping[int, Decimal]) -> frozenset[int]:
    """The keys of amounts, all in one currency, at least five times the median. Of fewer than three nobody can say."""
    if len(amounts) < FEWEST:
        return frozenset()
    middle = median(amounts.values())
    return frozenset(key for key, amount in amounts.items() if amount >= FAR_ABOVE * middle)


def _write_place(place: Place) -> dict[str, str]:
    trimmed = {name: " ".join(str(text).split()) for name, text in asdict(place).items()}
    return {
        **trimmed,
        "country": place.country.upper(),
        "postcode": clean_postcode(place.postcode),
        "locode": place.locode.upper(),
    }


def _write(number: Decimal) -> str:
    return f"{number.normalize():f}"
