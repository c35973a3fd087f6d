"""What a request for quotation must hold, until when it can be answered, and how many exporters a sourcing request asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from inquiries.exceptions import (
    AmountImpossible,
    LineNotDescribed,
    NeededInThePast,
    NoLines,
    TargetWithoutCurrency,
    TooManyRequestLines,
    UnitMisfit,
)
from inquiries.rules.messages import clean_name
from inquiries.rules.units import fits_unit, list_fitting_units

MOST_LINES = 12
LONGEST_NOTE = 2000
LONGEST_SPECIFICATION = 1000
MOST_QUANTITY = Decimal(99_999_999)
"""Beyond it a quantity is a slip of the keyboard, as in the form of inquiries."""
OPEN_FOR = timedelta(days=30)
LATEST_NEED = timedelta(days=3 * 365)
USUAL_INVITED, MOST_INVITED = 10, 25


@dataclass(frozen=True)
class LineWords:
    """One line as typed: `listing_unit` is what the chosen product is sold by, "" where the line stands in words."""

    description: str
    quantity: Decimal
    unit: str
    listing_id: int | None = None
    listing_unit: str = ""
    hs_code: str = ""
    specification: str = ""
    target_price: Decimal | None = None


@dataclass(frozen=True)
class RequestWords:
    """What a buyer needs; `currency` is that of every target price, `scheme_ids` the certificates that an answer needs."""

    title: str
    destination: str
    lines: Sequence[LineWords]
    place: str = ""
    incoterm: str = ""
    needed_by: date | None = None
    text: str = ""
    currency: str = ""
    scheme_ids: Sequence[int] = ()


def check_request(words: RequestWords, *, today: date, currencies: frozenset[str]) -> None:
    """Raise for what nobody can answer: no line or too many, impossible quantities, units that do not fit, a day in the past."""
    if not words.lines:
        raise NoLines
    if len(words.lines) > MOST_LINES:
        raise TooManyRequestLines(most=MOST_LINES)
    if words.needed_by is not None and not today < words.needed_by <= today + LATEST_NEED:
        raise NeededInThePast
    for number, line in enumerate(words.lines, start=1):
        _check_line(line, number)
    if any(line.target_price is not None for line in words.lines) and words.currency not in currencies:
        raise TargetWithoutCurrency


def _check_line(line: LineWords, number: int) -> None:
    if not clean_name(line.description):
        raise LineNotDescribed(number=number)
    prices = [line.target_price] if line.target_price is not None else []
    if any(not figure.is_finite() or not 0 < figure <= MOST_QUANTITY for figure in (line.quantity, *prices)):
        raise AmountImpossible(number=number)
    if line.listing_unit and not fits_unit(line.unit, line.listing_unit):
        raise UnitMisfit(number=number, units=", ".join(list_fitting_units(line.listing_unit)))


def find_last_day(*, today: date, needed_by: date | None) -> date:
    """Until when it can be answered: thirty days, or until the goods are needed."""
    last = today + OPEN_FOR
    return min(last, needed_by) if needed_by is not None else last


def is_count_possible(number: int) -> bool:
    """An officer asks between one and twenty-five exporters."""
    return 1 <= number <= MOST_INVITED
