"""Reading what carriers send: shapes that vary and types that slip give None or nothing, never an error."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.numbers import is_currency

from shipping.rules.measures import G_PER_UNIT, Rounding, from_g, from_mm

LARGEST = Decimal(10) ** 9
LEAST_PRICE, MOST_DAYS, MOST_WEIGHT_G = Decimal("0.01"), 365, Decimal(10) ** 9
"""What lies beyond is a slip, and no column of ours holds it: it must not cost the answers of the others."""
SMALLEST_EXPONENT = -6
NUMBER = re.compile(r"[0-9]{1,10}(\.[0-9]{1,6})?")
UNITS = {"KG": "kg", "KGS": "kg", "METRIC": "kg", "LB": "lb", "LBS": "lb", "IMPERIAL": "lb", "OZS": "oz", "OZ": "oz"}
NO_CURRENCY = {"XXX", "XTS"}
"""ISO 4217 keeps these for “none” and for tests."""


def dig(value: Any, *path: str) -> Any:
    """What stands under a path of keys; of a list on the way the first; None where something on the way is missing."""
    for key in path:
        if isinstance(value, list):
            value = value[0] if value else None
        value = value.get(key) if isinstance(value, dict) else None
    return value


def list_objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list. One alone may come without its list, and none as nothing at all."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def read_number(value: Any) -> Decimal | None:
    """A number that is not negative and of an everyday size, from a number or digits."""
    if isinstance(value, str):
        value = Decimal(value.strip()) if NUMBER.fullmatch(value.strip()) else None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    if not number.is_finite() or not 0 <= number <= LARGEST:
        return None
    exponent = number.as_tuple().exponent
    return number if isinstance(exponent, int) and exponent >= SMALLEST_EXPONENT else None


def read_price(value: Any) -> Decimal | None:
    """A price; None for 0, which carriers send where they have not priced a service, and for less than a cent."""
    number = read_number(value)
    return number if number is not None and number >= LEAST_PRICE else None


def read_whole(value: Any) -> int | None:
    """A whole number from a number or digits."""
    number = read_number(value)
    return int(number) if number is not None and number == number.to_integral_value() else None


def read_days(value: Any) -> int | None:
    """Days on the way, a year at most."""
    days = read_whole(value)
    return days if days is not None and days <= MOST_DAYS else None


def read_day(value: Any) -> date | None:
    """The day of “2026-12-03T10:30:00”, “2026-12-03” or “20261203”; the time of day at the destination is left out."""
    text = value.strip() if isinstance(value, str) else ""
    shape = "%Y%m%d" if re.fullmatch(r"[0-9]{8}", text) else "%Y-%m-%d"
    try:
        return datetime.strptime(text[:10], shape).date()  # noqa: DTZ007 -- a day without a zone is meant
    except ValueError:
        return None


def read_weight_g(value: Any, unit: Any) -> Decimal | None:
    """A weight in grams from a number and a carrier's word for its unit; None for 0, for other units and above 1,000 tonnes."""
    number, known = read_number(value), UNITS.get(unit.strip().upper()) if isinstance(unit, str) else None
    weight_g = number * G_PER_UNIT[known] if number and known else None
    return weight_g if weight_g and weight_g <= MOST_WEIGHT_G else None


def knows_currency(code: Any) -> bool:
    """Whether a currency is in ISO 4217, as CLDR lists it."""
    return isinstance(code, str) and code not in NO_CURRENCY and code.isupper() and is_currency(code)


def write_kg(weight_g: Decimal, *, step: str) -> Decimal:
    """Grams as kilograms, rounded up: a carrier weighs again and bills what it finds."""
    return Rounding("ceil", Decimal(step)).apply(from_g(weight_g, "kg"))


def write_cm(size_mm: Decimal, *, step: str) -> Decimal:
    """Millimetres as centimetres, rounded up."""
    return Rounding("ceil", Decimal(step)).apply(from_mm(size_mm, "cm"))
