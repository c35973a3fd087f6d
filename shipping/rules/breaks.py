"""Weight breaks: prices for a kilogram from a weight on, or for a whole step."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shipping.exceptions import NoBreakFits


@dataclass(frozen=True)
class WeightBreak:
    """From this weight on. `price` is for a kilogram, or for the whole step where `is_flat`; `to_kg` ends the last step, None leaves it open."""

    from_kg: Decimal
    price: Decimal
    is_flat: bool = False
    to_kg: Decimal | None = None


@dataclass(frozen=True)
class Rated:
    """What a weight costs, the weight that it is billed as, and what it would cost at its own break."""

    amount: Decimal
    rated_kg: Decimal
    naive: Decimal


def rate_weight(weight_kg: Decimal, breaks: Sequence[WeightBreak], *, minimum: Decimal = Decimal(0)) -> Rated:
    """Per kg: the cheapest break, at its own weight where that is higher. Flat: the step that holds the weight. Then the minimum charge.

    Raises NoBreakFits below the first flat step and above the last one that ends.
    """
    ordered = sorted(breaks, key=lambda one: one.from_kg)
    own = _find_step(weight_kg, ordered)
    naive = own.price if own.is_flat else max(weight_kg, own.from_kg) * own.price
    offers = [(naive, max(weight_kg, own.from_kg) if not own.is_flat else weight_kg)]
    if not own.is_flat:
        offers += [
            (max(weight_kg, one.from_kg) * one.price, max(weight_kg, one.from_kg))
            for one in ordered
            if not one.is_flat and (one.to_kg is None or weight_kg <= one.to_kg)
        ]
    amount, rated_kg = min(offers)
    return Rated(max(amount, minimum), rated_kg, naive)


def _find_step(weight_kg: Decimal, ordered: Sequence[WeightBreak]) -> WeightBreak:
    """The last step that begins at or below the weight, a weight on the line in the lower of two flat ones ("up to 5 kg")."""
    if not ordered:
        raise NoBreakFits(weight_kg=weight_kg)
    held = [one for one in ordered if one.from_kg <= weight_kg and (one.to_kg is None or weight_kg <= one.to_kg)]
    if ordered[0].is_flat:
        ending = [one for one in held if one.to_kg is not None]
        if not held:
            raise NoBreakFits(weight_kg=weight_kg)
        return ending[0] if ending else held[-1]
    if ordered[-1].to_kg is not None and weight_kg > ordered[-1].to_kg:
        raise NoBreakFits(weight_kg=weight_kg)
    return held[-1] if held else ordered[0]
