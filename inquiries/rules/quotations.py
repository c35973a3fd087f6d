"""What a quotation says, when it can be sent, and what it comes to. All money is Decimal, exact to the currency's minor unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.bank_words import speaks_of_payment_change
from core.money import Money
from inquiries.choices import LineKind
from inquiries.exceptions import (
    BankDetailsQuoted,
    CurrencyUnknown,
    IncotermMissing,
    LeadTimeMissing,
    LineIncomplete,
    NothingQuoted,
    NotYourProduct,
    PaymentTermsMissing,
    PriceImpossible,
    QuantityImpossible,
    TooManyLines,
    TotalImpossible,
    UnitDoesNotFit,
    ValidityImpossible,
)

MOST_LINES = 30
MOST_QUANTITY = Decimal(99_999_999)
MOST_PRICE = Decimal(999_999_999)
MOST_TOTAL = Decimal(99_999_999_999)
LONGEST_VALIDITY = timedelta(days=365)
USUAL_VALIDITY = timedelta(days=21)
LINK_OUTLASTS = timedelta(days=30)
"""How long the shared link opens a quotation after its last day: both sides look things up."""


@dataclass(frozen=True)
class LineTerms:
    """One line. `unit_price` may hold four decimals; `floor` is the lowest price the exporter would take, seen by nobody else.

    `quantity` and `unit_price` are None where a draft is not filled in yet. `request_line_id` is the line of a request that it answers.
    """

    kind: str
    description: str = ""
    detail: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    listing_id: int | None = None
    floor: Decimal | None = None
    request_line_id: int | None = None


@dataclass(frozen=True)
class Terms:
    """All that a version says. `currency` ISO 4217, `incoterm` of Incoterms 2020 with its place, `lead_time_days` after the order."""

    currency: str = ""
    incoterm: str = ""
    named_place: str = ""
    payment_terms: str = ""
    lead_time_days: int | None = None
    valid_until: date | None = None
    documents: str = ""
    notes: str = ""
    lines: tuple[LineTerms, ...] = ()


@dataclass(frozen=True)
class Totals:
    """Each line's amount, in the order of the lines, and their sum; a discount's amount is below zero."""

    amounts: tuple[Money, ...]
    total: Money


def total_up(*, lines: Sequence[LineTerms], currency: str) -> Totals:
    """What the lines come to: each is quantity times price, rounded half up to the minor unit, and the total is their sum.

    The one place where a quotation is added up, so that the lines a buyer reads always come to the total. A line that is not filled
    in yet is nothing.
    """
    amounts = tuple(_amount_of(line, currency) for line in lines)
    return Totals(amounts, Money(sum((amount.amount for amount in amounts), start=Decimal(0)), currency).round_minor())


def _amount_of(line: LineTerms, currency: str) -> Money:
    sign = -1 if line.kind == LineKind.DISCOUNT else 1
    return Money(sign * (line.quantity or Decimal(0)) * (line.unit_price or Decimal(0)), currency).round_minor()


def check_terms(terms: Terms, *, today: date, units: Mapping[int, str], currencies: Sequence[str]) -> None:
    """Raise the first thing that keeps a quotation from being sent. `units` are those of the company's listings by number."""
    if terms.currency not in currencies:
        raise CurrencyUnknown
    _check_lines(terms.lines, units)
    _refuse_accounts(terms)
    if not (terms.incoterm and terms.named_place.strip()):
        raise IncotermMissing(field="named_place" if terms.incoterm else "incoterm")
    if not terms.payment_terms.strip():
        raise PaymentTermsMissing
    if terms.lead_time_days is None:
        raise LeadTimeMissing
    latest = today + LONGEST_VALIDITY
    if terms.valid_until is None or not today <= terms.valid_until <= latest:
        raise ValidityImpossible(latest=f"{latest:%Y-%m-%d}")
    total = total_up(lines=terms.lines, currency=terms.currency).total
    is_free = all(line.kind == LineKind.SAMPLE for line in terms.lines) and total.amount == 0
    if not (0 < total.amount <= MOST_TOTAL or is_free):
        raise TotalImpossible(total=f"{total.amount:f} {total.currency}")


def _refuse_accounts(terms: Terms) -> None:
    """A buyer pays to the account that the agency has called the company about, and to no other."""
    for field, sentence in BankDetailsQuoted.places.items():
        if speaks_of_payment_change(getattr(terms, field)):
            raise BankDetailsQuoted(sentence, field=field)
    for row, line in enumerate(terms.lines, start=1):
        if speaks_of_payment_change(f"{line.description}\n{line.detail}"):
            raise BankDetailsQuoted(row=row, field=f"lines-{row}")


def _check_lines(lines: Sequence[LineTerms], units: Mapping[int, str]) -> None:
    if not any(line.kind in {LineKind.GOODS, LineKind.SAMPLE} for line in lines):
        raise NothingQuoted
    if len(lines) > MOST_LINES:
        raise TooManyLines(limit=MOST_LINES)
    for row, line in enumerate(lines, start=1):
        _check_line(line, row, units)


def _check_line(line: LineTerms, row: int, units: Mapping[int, str]) -> None:
    lacks_unit = line.kind in {LineKind.GOODS, LineKind.SAMPLE} and not line.unit
    if not line.description.strip() or line.quantity is None or line.unit_price is None or lacks_unit:
        raise LineIncomplete(row=row, field=f"lines-{row}")
    if not 0 < line.quantity <= MOST_QUANTITY:
        raise QuantityImpossible(row=row, most=f"{MOST_QUANTITY:,f}", field=f"lines-{row}")
    if not (0 < line.unit_price <= MOST_PRICE or (line.kind == LineKind.SAMPLE and line.unit_price == 0)):
        raise PriceImpossible(row=row, most=f"{MOST_PRICE:,f}", field=f"lines-{row}")
    if line.listing_id is None:
        return
    if line.listing_id not in units:
        raise NotYourProduct(row=row, field=f"lines-{row}")
    if line.kind == LineKind.GOODS and line.unit != units[line.listing_id]:
        raise UnitDoesNotFit(row=row, unit=units[line.listing_id], field=f"lines-{row}")


def check_draft(terms: Terms) -> None:
    """Raise what could not be kept: too many lines, a figure that no column holds. Everything else may be missing in a draft."""
    if len(terms.lines) > MOST_LINES:
        raise TooManyLines(limit=MOST_LINES)
    for row, line in enumerate(terms.lines, start=1):
        check_wish(row=row, quantity=line.quantity, unit_price=line.unit_price)
        check_wish(row=row, quantity=None, unit_price=line.floor)
        if (line.quantity or 0) * (line.unit_price or 0) > MOST_TOTAL:
            raise TotalImpossible(total=f"{(line.quantity or 0) * (line.unit_price or 0):f}", field=f"lines-{row}")


def check_wish(*, row: int, quantity: Decimal | None, unit_price: Decimal | None) -> None:
    """Raise what is wrong with a figure that stands in a draft or that a buyer wishes."""
    if quantity is not None and not 0 < quantity <= MOST_QUANTITY:
        raise QuantityImpossible(row=row, most=f"{MOST_QUANTITY:,f}", field=f"lines-{row}")
    if unit_price is not None and not 0 <= unit_price <= MOST_PRICE:
        raise PriceImpossible(row=row, most=f"{MOST_PRICE:,f}", field=f"lines-{row}")
