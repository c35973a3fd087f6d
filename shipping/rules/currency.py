"""Amounts in another currency at dated rates; an old rate is no rate."""

from dataclasses import dataclass
from datetime import date

from core.money import Money
from reference.rules import FRESH_DAYS, Rates
from shipping.exceptions import CurrencyUnknown, NoRate


@dataclass(frozen=True)
class Converted:
    """The amount in the other currency, rounded to its minor unit, and the day of the older of the rates that were used."""

    money: Money
    rate_day: date


def convert(money: Money, currency: str, *, rates: Rates) -> Converted:
    """Convert at rates of the day or of the week before it. Raises CurrencyUnknown, or NoRate where the newest is older."""
    if money.currency == currency:
        return Converted(money.round_minor(), rates.day)
    for code in (money.currency, currency):
        if code not in rates.units_per_eur:
            raise CurrencyUnknown(currency=code)
    day, amount = rates.find_day(money.currency, currency), rates.convert(money.amount, money.currency, currency)
    if day is None or amount is None:
        raise NoRate(source=money.currency, target=currency, days=FRESH_DAYS)
    return Converted(Money(amount, currency).round_minor(), day)
