"""The input of an example, read option by option, so that what nobody asked for is refused."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from core.errors import DomainError
from reference.rules import Rates
from shipping.exceptions import ExampleUnreadable
from shipping.rules.measures import Rounding, parse_rounding


class Options:
    """Options by name; several names for one thing are tried in order. `rule` is the example's own sentence."""

    def __init__(
        self,
        given: Mapping[str, Any],
        *,
        rule: str = "",
        rates_on: Callable[[date], Rates] | None = None,
        where: str = "",
    ) -> None:
        self.given, self.rule, self.where = given, rule, where
        self._rates_on = rates_on
        self._asked: set[str] = set()
        self._parts: list[Options] = []

    def has(self, *names: str) -> bool:
        """Whether one of them is given."""
        self._asked |= set(names)
        return any(self.given.get(name) is not None for name in names)

    def take(self, *names: str) -> Any:
        """The value of the first name that is given; None where none is."""
        self._asked |= set(names)
        given = [name for name in names if self.given.get(name) is not None]
        if len(given) > 1:
            self.refuse(f"{given[0]} and {given[1]} say the same thing")
        return self.given[given[0]] if given else None

    def number(self, *names: str, default: Decimal | int | None = None) -> Decimal:
        """A number; refused where it is missing and has no default."""
        value = self.take(*names)
        if value is None:
            if default is None:
                self.refuse(f"{names[0]} is missing")
            return Decimal(default or 0)
        return self._read(names[0], value)

    def maybe(self, *names: str) -> Decimal | None:
        """A number, or None."""
        value = self.take(*names)
        return None if value is None else self._read(names[0], value)

    def word(self, *names: str, default: str = "", among: tuple[str, ...] = ()) -> str:
        """A word, one of a list where there is one."""
        value = self.take(*names)
        text = default if value is None else str(value).strip()
        if among and text not in among:
            self.refuse(f"“{text}” is no {names[0]}; known are {', '.join(among)}")
        return text

    def flag(self, *names: str) -> bool | None:
        """True, false, or None where it is not given."""
        value = self.take(*names)
        if value is not None and not isinstance(value, bool):
            self.refuse(f"{names[0]} is true or false")
        return value

    def day(self, *names: str) -> date | None:
        """A day, or None."""
        value = self.take(*names)
        try:
            return None if value is None else date.fromisoformat(str(value))
        except ValueError:
            self.refuse(f"“{value}” is no day; write it as 2026-11-25")

    def rounding(self, *names: str) -> Rounding:
        """How something is rounded; not at all where nothing is said."""
        try:
            return parse_rounding(self.word(*names, default="none"))
        except DomainError as error:
            self.refuse(str(error))

    def rows(self, *names: str) -> list["Options"]:
        """A list of objects, each with options of its own."""
        value = self.take(*names)
        if value is None:
            return []
        if not isinstance(value, list) or not value or not all(isinstance(row, dict) for row in value):
            self.refuse(f"{names[0]} is a list of objects")
        parts = [Options(row, where=f"{names[0]} {number}: ") for number, row in enumerate(value, start=1)]
        self._parts += parts
        return parts

    def rates(self, day: date) -> Rates:
        """Exchange rates of the day."""
        return self._rates_on(day) if self._rates_on else Rates(day)

    def refuse(self, why: str) -> NoReturn:
        """Raise ExampleUnreadable; it says where."""
        message = f"{self.where}{why}"
        raise ExampleUnreadable(message)

    def refuse_rest(self) -> None:
        """Raise ExampleUnreadable for an option that was never asked for."""
        for part in self._parts:
            part.refuse_rest()
        if unknown := set(self.given) - self._asked:
            self.refuse(f"unknown option “{min(unknown)}”; known here are {', '.join(sorted(self._asked))}")

    def _read(self, name: str, value: Any) -> Decimal:
        try:
            number = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.refuse(f"{name} is a number, not “{value}”")
        return number
