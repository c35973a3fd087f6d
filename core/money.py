"""Money: a Decimal with its currency, exact to what the currency knows."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.core import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision, get_currency_symbol

AMBIGUOUS_SYMBOLS = {"$", "¥", "kr", "£", "₨", "Rs", "F", "C$", "A$"}


@dataclass(frozen=True)
class Money:
    """An amount and its ISO 4217 currency. Unit prices may hold up to four decimals; totals are rounded by `round_minor`."""

    amount: Decimal
    currency: str

    def round_minor(self) -> "Money":
        """Round half up to the currency's minor unit (2 for USD, 0 for XOF), as CLDR lists it."""
        step = Decimal(1).scaleb(-get_currency_precision(self.currency))
        return Money(self.amount.quantize(step, rounding=ROUND_HALF_UP), self.currency)


def format_money(money: Money, *, language: str) -> str:
    """Write money for a reader: at least the minor unit, up to four decimals, the ISO code where a symbol is shared."""
    locale = _locale(language)
    decimals = max(get_currency_precision(money.currency), _decimals(money.amount))
    number = "#,##0" + ("." + "0" * decimals if decimals else "")
    symbol = get_currency_symbol(money.currency, locale=locale)
    if money.currency == "USD" or (symbol not in AMBIGUOUS_SYMBOLS and len(symbol) == 1):
        symbol = "$" if money.currency == "USD" else symbol
        return format_currency(
            money.amount, money.currency, format=f"{symbol}{number}", locale=locale, currency_digits=False
        )
    return format_currency(
        money.amount, money.currency, format=f"{money.currency} {number}", locale=locale, currency_digits=False
    )


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return min(4, max(0, -exponent)) if isinstance(exponent, int) else 0


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
