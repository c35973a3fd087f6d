"""What came out held against what was expected."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from core.money import Money
from shipping.exceptions import ExampleUnreadable

Value = Decimal | Money | str | None | list[Any] | dict[str, Any]
Found = dict[str, Value]
LOOSE = ("volumetric", "volume", "actual", "rate", "weight")
"""Measures on the way to a result: sources print them shortened. Results and money must be right to the last digit that they print."""


def compare(found: Found, expected: Mapping[str, Any]) -> list[str]:
    """One sentence for each difference. Raises ExampleUnreadable for an expectation that the kind does not have."""
    if unknown := set(expected) - set(found):
        why = f"unknown expectation “{min(unknown)}”; known here are {', '.join(sorted(found))}"
        raise ExampleUnreadable(why)
    return [
        f"{name}: expected {_write(wanted)}, found {_write(found[name])}"
        for name, wanted in expected.items()
        if not _is_same(name, found[name], wanted)
    ]


def _is_same(name: str, value: Value, wanted: Any) -> bool:
    if isinstance(value, list):
        if not isinstance(wanted, list) or len(wanted) != len(value):
            return False
        return all(_is_same(name, one, other) for one, other in zip(value, wanted, strict=True))
    if isinstance(value, dict):
        if not isinstance(wanted, dict) or set(wanted) != set(value):
            return False
        return all(_is_same(name, value[key], wanted[key]) for key in value)
    return _is_same_plain(name, value, wanted)


def _is_same_plain(name: str, value: Decimal | Money | str | None, wanted: Any) -> bool:
    if value is None:
        return wanted is None or bool(wanted == "unknown")
    if isinstance(value, str):
        return bool(value == wanted)
    number = _read(wanted)
    if number is None:
        return False
    return _is_same_money(value, number) if isinstance(value, Money) else _is_same_measure(name, value, number)


def _is_same_money(money: Money, wanted: Decimal) -> bool:
    """To the minor unit; where the source prints more digits, to those."""
    rounded = money.round_minor().amount
    if _decimals(wanted) > _decimals(rounded):
        return money.amount.quantize(wanted, rounding=ROUND_HALF_UP) == wanted
    return rounded == wanted


def _is_same_measure(name: str, value: Decimal, wanted: Decimal) -> bool:
    if value == wanted:
        return True
    if not name.startswith(LOOSE) and not _decimals(wanted):
        return False
    return value.quantize(wanted, rounding=ROUND_HALF_UP) == wanted


def _read(wanted: Any) -> Decimal | None:
    try:
        number = None if isinstance(wanted, bool) else Decimal(str(wanted))
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _write(value: Any) -> str:
    if isinstance(value, Money):
        return f"{value.round_minor().amount}"
    if isinstance(value, list):
        return f"[{', '.join(_write(one) for one in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_write(one)}' for key, one in value.items())}}}"
    return "unknown" if value is None else str(value)
