"""Import duty: what it is counted from, and what it comes to. An unknown duty is None and never 0."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from reference.rules import EUROPEAN_UNION

SUBHEADING_DIGITS = 6


class DutyBase(StrEnum):
    """What a country counts ad valorem duty from: the goods with or without carriage and insurance to its border."""

    CIF = "CIF"
    FOB = "FOB"


AMOUNTS = ("per_kg", "per_unit", "per_subheading", "minimum_per_kg", "maximum_per_kg")


@dataclass(frozen=True)
class DutyRate:
    """Parts add up and are then bounded. `percent` of the customs value; amounts in the country's currency.

    A bound is an amount, a percent of the customs value, an amount for a kilogram, or the sum of them.
    """

    percent: Decimal = Decimal(0)
    per_kg: Decimal = Decimal(0)
    per_unit: Decimal = Decimal(0)
    per_subheading: Decimal = Decimal(0)
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    minimum_percent: Decimal | None = None
    minimum_per_kg: Decimal | None = None
    maximum_percent: Decimal | None = None
    maximum_per_kg: Decimal | None = None

    @property
    def is_in_amounts(self) -> bool:
        """Whether a part is money, so that a currency belongs to it."""
        return any(getattr(self, name) for name in AMOUNTS) or self.minimum is not None or self.maximum is not None

    def convert(self, factor: Decimal) -> "DutyRate":
        """The same rate with its amounts in another currency, one unit of its own being worth `factor` of it."""
        given = {name: getattr(self, name) for name in (*AMOUNTS, "minimum", "maximum")}
        converted: dict[str, Any] = {name: None if value is None else value * factor for name, value in given.items()}
        return replace(self, **converted)


@dataclass(frozen=True)
class Dutiable:
    """What is imported: customs value in the country's currency, net kilograms, units, and the HS codes of its lines."""

    customs_value: Decimal
    weight_kg: Decimal = Decimal(0)
    units: Decimal = Decimal(0)
    hs_codes: Sequence[str] = ()


@dataclass(frozen=True)
class ConsignmentRule:
    """What a territory asks of small consignments between two days, both included: up to this value, in its currency."""

    territory: str
    currency: str
    most_value: Decimal
    rate: DutyRate
    valid_from: date | None
    valid_until: date | None
    source: str
    read_on: str


FREE = DutyRate()
COUNCIL = "https://regfollower.com/?p=78434"
"""On the Council's decision of 11 February 2026; it asks the EUR 3 of sellers in the import one-stop shop and may be prolonged."""
CONSIGNMENT_RULES = (
    ConsignmentRule("EU", "EUR", Decimal(150), FREE, None, date(2026, 6, 30), COUNCIL, "2026-11-26"),
    ConsignmentRule(
        "EU", "EUR", Decimal(150), DutyRate(per_subheading=Decimal(3)), date(2026, 7, 1), date(2028, 6, 30), COUNCIL, "2026-11-26",
    ),
    ConsignmentRule(
        "US", "USD", Decimal(800), FREE, None, date(2025, 8, 28), "https://www.thompsonhinesmartrade.com/?p=8490", "2026-11-26",
    ),
)  # fmt: skip


def count_duty(rate: DutyRate | None, goods: Dutiable) -> Decimal | None:
    """The duty, unrounded; None while the rate is unknown."""
    if rate is None:
        return None
    subheadings = {code[:SUBHEADING_DIGITS] for code in goods.hs_codes}
    duty = (
        goods.customs_value * rate.percent / 100
        + rate.per_kg * goods.weight_kg
        + rate.per_unit * goods.units
        + rate.per_subheading * len(subheadings)
    )
    least = _bound(goods, rate.minimum, rate.minimum_percent, rate.minimum_per_kg)
    most = _bound(goods, rate.maximum, rate.maximum_percent, rate.maximum_per_kg)
    duty = duty if least is None else max(duty, least)
    return duty if most is None else min(duty, most)


def _bound(goods: Dutiable, amount: Decimal | None, percent: Decimal | None, per_kg: Decimal | None) -> Decimal | None:
    if amount is None and percent is None and per_kg is None:
        return None
    return (
        (amount or Decimal(0))
        + goods.customs_value * (percent or Decimal(0)) / 100
        + (per_kg or Decimal(0)) * goods.weight_kg
    )


def find_consignment_rule(country: str, *, value: Decimal, day: date) -> ConsignmentRule | None:
    """The rule for a consignment of this value (in the territory's currency) on the day; None where the ordinary rates apply."""
    territory = "EU" if country in EUROPEAN_UNION else country
    for rule in CONSIGNMENT_RULES:
        begins, ends = rule.valid_from or date.min, rule.valid_until or date.max
        if rule.territory == territory and value <= rule.most_value and begins <= day <= ends:
            return rule
    return None
