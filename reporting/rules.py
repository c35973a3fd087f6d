"""When an act of support is plausible, and which days a period has. A day counts whole, in the agency's own time zone."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from reporting.exceptions import (
    CostNegative,
    CostWithoutCurrency,
    CurrencyWithoutCost,
    DayNotYet,
    DayTooEarly,
    MinutesUnlikely,
)

MOST_MINUTES = 24 * 60
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""Earlier and later days are slips of the keyboard."""
REPEAT_WITHIN = timedelta(minutes=1)
"""The same act logged again within this time is a second press of the button."""
QUARTER_MONTHS = 3
NOT_TOLD = ""
"""The key of the part in which those stand of whom the agency does not know."""


@dataclass(frozen=True)
class SupportFacts:
    """What an officer says of an act of support. `cost` and `currency` (ISO 4217) stand together or not at all."""

    kind: str
    day: date
    minutes: int
    cost: Decimal | None = None
    currency: str = ""
    note: str = ""


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both counted."""

    first: date
    last: date


def check_support(facts: SupportFacts, *, today: date) -> None:
    """Raise what is wrong with the day, the minutes or the cost."""
    if facts.day > today:
        raise DayNotYet
    if facts.day < FIRST_DAY:
        raise DayTooEarly(year=FIRST_DAY.year)
    if not 0 <= facts.minutes <= MOST_MINUTES:
        raise MinutesUnlikely(most=MOST_MINUTES)
    if facts.cost is not None and facts.cost < 0:
        raise CostNegative
    if facts.cost is not None and not facts.currency:
        raise CostWithoutCurrency
    if facts.cost is None and facts.currency:
        raise CurrencyWithoutCost


def get_quarter(day: date) -> Period:
    """The calendar quarter of a day."""
    month = day.month - (day.month - 1) % QUARTER_MONTHS
    first = date(day.year, month, 1)
    following = date(day.year + month // 10, (month + QUARTER_MONTHS - 1) % 12 + 1, 1)
    return Period(first, following - timedelta(days=1))


def complete_period(first: date | None, last: date | None, *, today: date) -> Period:
    """What is left out: both, this quarter; the first day, that of the last day's quarter; the last day, today (or the first, if later)."""
    if first is None:
        quarter = get_quarter(last or today)
        return Period(quarter.first, last or quarter.last)
    return Period(first, last or max(first, today))
