"""Duty and tax of a sale as figures of the ladder: what is not known makes what is counted from it unknown, never 0."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shipping.rules.duty import Dutiable, DutyBase, DutyRate, count_duty
from shipping.rules.incoterms import Leg
from shipping.rules.ladder import UNKNOWN, Figure, Standing
from shipping.rules.taxes import Arrival, TaxFormula, count_charges, value_for_customs

TO_SHIP = (Leg.PICKUP, Leg.EXPORT_CLEARANCE, Leg.ORIGIN_TERMINAL)
CARRIAGE = (Leg.MAIN_CARRIAGE,)
COVER = (Leg.INSURANCE,)
INLAND = (Leg.DESTINATION_TERMINAL, Leg.DELIVERY)


@dataclass(frozen=True)
class Import:
    """What the destination asks: its formula, duty and tax rates (None: not known) with their sources, and the goods' measures.

    All money is in the currency of the sale; a rate in amounts is converted before.
    """

    formula: TaxFormula
    duty_rate: DutyRate | None
    tax_percent: Decimal | None
    duty_source: str
    tax_source: str
    as_of: date
    weight_kg: Decimal = Decimal(0)
    units: Decimal = Decimal(0)
    hs_codes: tuple[str, ...] = ()
    origin: str = ""
    is_tax_recoverable: bool = True


def add_import_charges(
    goods: Decimal, figures: Mapping[Leg, Figure], wanted: Import, *, currency: str
) -> dict[Leg, Figure]:
    """The figures with duty and tax. Either is an estimate at best: customs decide. A leg of its base that is unknown makes it unknown."""
    duty, tax = _count(goods, figures, wanted, currency)
    return {
        **figures,
        Leg.DUTY: _figure(duty, wanted.duty_source, wanted.as_of),
        Leg.IMPORT_TAX: _figure(tax, wanted.tax_source, wanted.as_of, is_recoverable=wanted.is_tax_recoverable),
    }


def _count(
    goods: Decimal, figures: Mapping[Leg, Figure], wanted: Import, currency: str
) -> tuple[Decimal | None, Decimal | None]:
    formula = wanted.formula
    if wanted.duty_rate is None or not _are_known(figures, _list_dutied(formula)):
        return None, None
    inland = _sum(figures, INLAND)
    arrival = Arrival(
        goods + _sum(figures, TO_SHIP), _sum(figures, CARRIAGE), _sum(figures, COVER), inland, wanted.origin
    )
    dutiable = Dutiable(value_for_customs(formula, arrival), wanted.weight_kg, wanted.units, wanted.hs_codes)
    duty = count_duty(wanted.duty_rate, dutiable)
    charges = count_charges(formula, arrival, duty=duty, tax_percent=wanted.tax_percent, currency=currency)
    border = None if charges.duty is None else charges.duty + (charges.duty_surcharge or Decimal(0))
    return border, charges.tax if _are_known(figures, _list_taxed(formula)) else None


def _list_dutied(formula: TaxFormula) -> tuple[Leg, ...]:
    """The legs in the customs value."""
    return TO_SHIP if formula.duty_base is DutyBase.FOB else (*TO_SHIP, *CARRIAGE, *COVER)


def _list_taxed(formula: TaxFormula) -> tuple[Leg, ...]:
    """The legs in the base of the tax."""
    carried = (*CARRIAGE, *COVER) if formula.adds_carriage else ()
    return (*_list_dutied(formula), *carried, *(INLAND if formula.adds_inland else ()))


def _are_known(figures: Mapping[Leg, Figure], legs: tuple[Leg, ...]) -> bool:
    return all(figures.get(leg, UNKNOWN).amount is not None for leg in legs)


def _sum(figures: Mapping[Leg, Figure], legs: tuple[Leg, ...]) -> Decimal:
    return sum((figures.get(leg, UNKNOWN).counted for leg in legs), Decimal(0))


def _figure(amount: Decimal | None, source: str, as_of: date, *, is_recoverable: bool = False) -> Figure:
    standing = Standing.UNKNOWN if amount is None else Standing.ESTIMATE
    return Figure(amount, standing, source, as_of, is_recoverable)
