"""What comes on top of a card's freight: fuel, remote areas, security; each with its own base, dates and reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

FREIGHT = "freight"


@dataclass(frozen=True)
class Measures:
    """What surcharges are counted by; kilograms are the chargeable ones."""

    weight_kg: Decimal = Decimal(0)
    volume_m3: Decimal = Decimal(0)
    pieces: int = 1
    goods: Decimal = Decimal(0)


@dataclass(frozen=True)
class Surcharge:
    """Amounts add up: flat, for each kilogram, cubic metre and piece, and percent of the charges named in `applies_to` or of the goods' value.

    Valid on both days named. `minimum` and `maximum` bound what is counted, in the card's currency.
    """

    code: str
    flat: Decimal = Decimal(0)
    per_kg: Decimal = Decimal(0)
    per_m3: Decimal = Decimal(0)
    per_piece: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)
    percent_of_goods: Decimal = Decimal(0)
    applies_to: tuple[str, ...] = (FREIGHT,)
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether it is charged on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def base_of(self, charges: Mapping[str, Decimal]) -> Decimal:
        """The sum that the percent is of; charges that are not there count nothing."""
        return sum((charges.get(code, Decimal(0)) for code in self.applies_to), Decimal(0))

    def count(self, measures: Measures, charges: Mapping[str, Decimal]) -> Decimal:
        """What it comes to, unrounded."""
        amount = (
            self.flat
            + self.per_kg * measures.weight_kg
            + self.per_m3 * measures.volume_m3
            + self.per_piece * measures.pieces
            + self.percent * self.base_of(charges) / 100
            + self.percent_of_goods * measures.goods / 100
        )
        if self.minimum is not None:
            amount = max(amount, self.minimum)
        return amount if self.maximum is None else min(amount, self.maximum)


def charge(
    surcharges: Sequence[Surcharge], *, freight: Mapping[str, Decimal], measures: Measures, day: date
) -> dict[str, Decimal]:
    """Every surcharge of the day by its code. One that is counted from another comes after it, whatever their order in the card."""
    charges = dict(freight)
    waiting = [one for one in surcharges if one.is_valid_on(day)]
    while waiting:
        codes = {one.code for one in waiting}
        ready = [one for one in waiting if not codes & set(one.applies_to) - {one.code}] or waiting[:1]
        for one in ready:
            charges[one.code] = charges.get(one.code, Decimal(0)) + one.count(measures, charges)
        waiting = [one for one in waiting if one not in ready]
    return {code: amount for code, amount in charges.items() if code not in freight}
