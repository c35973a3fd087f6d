"""What a load costs by one rate card: its freight and the surcharges of the day, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from core.money import Money
from shipping.exceptions import NoBreakFits
from shipping.rules.breaks import WeightBreak, rate_weight
from shipping.rules.groupage import SEA_KG_PER_M3
from shipping.rules.loads import Load, Unit, fit_containers
from shipping.rules.measures import from_g
from shipping.rules.surcharges import FREIGHT, Measures, Surcharge, charge
from shipping.rules.weights import Piece, WeightRule, weigh

BEYOND = Decimal(10) ** 10
"""What an offer cannot hold; no order that is meant costs so much freight in any currency."""


@dataclass(frozen=True)
class Price:
    """A price of a lane. From and to are kilograms, of a W/M price revenue tons; a container's has its type instead."""

    basis: str
    price: Decimal
    starts_at: Decimal = Decimal(0)
    ends_at: Decimal | None = None
    container: str = ""


@dataclass(frozen=True)
class Terms:
    """How a card counts: its currency, how it weighs, the least it asks."""

    currency: str
    weight: WeightRule
    minimum: Decimal = Decimal(0)


@dataclass(frozen=True)
class ChargeLine:
    """One line of an offer, in whole minor units."""

    code: str
    amount: Decimal


@dataclass(frozen=True)
class CardPrice:
    """An offer: its lines, their sum, what was billed and of what. `containers` by type for whole containers."""

    lines: tuple[ChargeLine, ...]
    total: Money
    basis: str
    billed: Decimal
    containers: Mapping[str, int]


@dataclass(frozen=True)
class _Freight:
    amount: Decimal
    basis: str
    billed: Decimal
    containers: Mapping[str, int]


def price_load(
    load: Load, *, terms: Terms, prices: Sequence[Price], surcharges: Sequence[Surcharge], day: date
) -> CardPrice:  # fmt: skip
    """The cheapest way in which the card takes the load. Raises NoBreakFits, also where it comes to nothing or to more than anybody pays."""
    chargeable_kg = _weigh(load.units, terms.weight)
    offers = [offer for offer in _list_freights(load, terms, prices, chargeable_kg) if offer]
    if not offers:
        raise NoBreakFits(weight_kg=f"{chargeable_kg.normalize():f}")
    freight = min(offers, key=lambda offer: offer.amount)
    base = Money(freight.amount, terms.currency).round_minor().amount
    measures = Measures(chargeable_kg, load.volume_m3, load.count)
    added = charge(surcharges, freight={FREIGHT: base}, measures=measures, day=day)
    lines = [ChargeLine(FREIGHT, base)]
    lines += [ChargeLine(code, Money(amount, terms.currency).round_minor().amount) for code, amount in added.items()]
    total = Money(sum((line.amount for line in lines), Decimal(0)), terms.currency)
    if not 0 < total.amount < BEYOND:
        raise NoBreakFits(weight_kg=f"{chargeable_kg.normalize():f}")
    return CardPrice(tuple(lines), total, freight.basis, freight.billed, freight.containers)


@lru_cache(maxsize=256)
def _weigh(units: tuple[Unit, ...], rule: WeightRule) -> Decimal:
    """Many cards weigh a load by the same rule."""
    return weigh(_list_pieces(units), rule).chargeable


def _list_pieces(units: Sequence[Unit]) -> list[Piece]:
    return [
        Piece(
            Decimal(unit.box.length_mm), Decimal(unit.box.width_mm), Decimal(unit.box.height_mm), Decimal(unit.weight_g), unit.count
        )
        for unit in units
    ]  # fmt: skip


def _list_freights(load: Load, terms: Terms, prices: Sequence[Price], chargeable_kg: Decimal) -> list[_Freight | None]:
    by_basis: dict[str, list[Price]] = {}
    for price in prices:
        by_basis.setdefault(price.basis, []).append(price)
    weight_m3 = from_g(Decimal(load.weight_g), "kg") / (terms.weight.kg_per_m3 or SEA_KG_PER_M3)
    return [
        _rate("per_kg", chargeable_kg, by_basis, terms.minimum),
        _rate("flat", chargeable_kg, by_basis, terms.minimum),
        _rate("per_wm", max(load.volume_m3, weight_m3), by_basis, terms.minimum),
        _rate_containers(load, by_basis.get("per_container", []), terms.minimum),
    ]


def _rate(basis: str, measure: Decimal, by_basis: Mapping[str, Sequence[Price]], minimum: Decimal) -> _Freight | None:
    """None where the card has no such price, or none for so much."""
    breaks = [WeightBreak(one.starts_at, one.price, basis == "flat", one.ends_at) for one in by_basis.get(basis, [])]
    if not breaks:
        return None
    try:
        rated = rate_weight(measure, breaks, minimum=minimum)
    except NoBreakFits:
        return None
    return _Freight(rated.amount, basis, rated.rated_kg, {})


def _rate_containers(load: Load, prices: Sequence[Price], minimum: Decimal) -> _Freight | None:
    """Containers of one type for the whole load, the cheapest type."""
    by_code = {price.container: price.price for price in prices}
    fits = [fit for fit in fit_containers(load) if fit.container.code in by_code] if by_code else []
    if not fits:
        return None
    best = min(fits, key=lambda fit: fit.needed * by_code[fit.container.code])
    amount = max(best.needed * by_code[best.container.code], minimum)
    return _Freight(amount, "per_container", Decimal(best.needed), {best.container.code: best.needed})
