"""Prices by quantity: which price breaks make sense together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from decimal import Decimal

from core.errors import gettext_noop

MOST_BREAKS = 6


@dataclass(frozen=True)
class Break:
    """From `quantity` units on, each costs `price`."""

    quantity: Decimal
    price: Decimal


@dataclass(frozen=True)
class TypedBreak:
    """A row as the person typed it; None where nothing (or nothing readable) stands."""

    row: int
    quantity: Decimal | None
    price: Decimal | None


@dataclass(frozen=True)
class BreakProblem:
    """What is wrong in a row; `values` are numbers for the message, written in the reader's way by the form."""

    row: int
    field: str
    message: str
    values: Mapping[str, Decimal] = default(default_factory=dict)


PRICE_MISSING = gettext_noop("Give the price from %(quantity)s.")
PRICE_MISSING_LOWER = gettext_noop("Give the price from %(quantity)s, lower than %(price)s.")
PRICE_NOT_LOWER = gettext_noop("The price from %(quantity)s must be lower than %(price)s.")
QUANTITY_MISSING = gettext_noop("Say from how many this price holds.")
QUANTITY_TWICE = gettext_noop("Two prices start at %(quantity)s. Keep one.")
FIRST_IS_NOT_MINIMUM = gettext_noop("The first price must start at your minimum order, %(quantity)s.")


def check_breaks(typed: Sequence[TypedBreak], *, minimum_order: Decimal | None) -> list[BreakProblem]:
    """Everything that keeps the rows from being price breaks; rows may come in any order, empty ones are left out before."""
    rows = [row for row in typed if row.quantity is not None or row.price is not None]
    problems = [BreakProblem(row.row, "quantity", QUANTITY_MISSING) for row in rows if row.quantity is None]
    counted = sorted(((row.quantity, row) for row in rows if row.quantity is not None), key=lambda pair: pair[0])
    if counted and minimum_order is not None and counted[0][0] != minimum_order:
        problems.append(BreakProblem(counted[0][1].row, "quantity", FIRST_IS_NOT_MINIMUM, {"quantity": minimum_order}))
    lowest: Decimal | None = None
    before: Decimal | None = None
    for quantity, row in counted:
        problem = _check_row(row, quantity, before=before, lowest=lowest)
        if problem:
            problems.append(problem)
        elif row.price is not None:
            lowest = row.price
        before = quantity
    return sorted(problems, key=lambda problem: problem.row)


def _check_row(
    row: TypedBreak, quantity: Decimal, *, before: Decimal | None, lowest: Decimal | None
) -> BreakProblem | None:
    if quantity == before:
        return BreakProblem(row.row, "quantity", QUANTITY_TWICE, {"quantity": quantity})
    if row.price is None and lowest is None:
        return BreakProblem(row.row, "price", PRICE_MISSING, {"quantity": quantity})
    if row.price is None and lowest is not None:
        return BreakProblem(row.row, "price", PRICE_MISSING_LOWER, {"quantity": quantity, "price": lowest})
    if row.price is not None and lowest is not None and row.price >= lowest:
        return BreakProblem(row.row, "price", PRICE_NOT_LOWER, {"quantity": quantity, "price": lowest})
    return None


def sort_breaks(typed: Sequence[TypedBreak]) -> tuple[Break, ...]:
    """The breaks of rows without a problem, smallest quantity first."""
    whole = [Break(row.quantity, row.price) for row in typed if row.quantity is not None and row.price is not None]
    return tuple(sorted(whole, key=lambda row: row.quantity))


def percent_change(before: Decimal, after: Decimal) -> int:
    """How much a price rose (or fell, below zero), in whole percent."""
    return round((after - before) * 100 / before)
