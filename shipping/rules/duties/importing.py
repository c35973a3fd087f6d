"""From rules to the figures of a sale: amounts of a duty in the sale's currency, or not known where there is no rate between the two."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.money import Money
from reference.rules import Rates
from shipping.exceptions import CurrencyUnknown, NoRate
from shipping.rules.currency import convert
from shipping.rules.duties.matching import DutyAnswer, TaxFact
from shipping.rules.duty import DutyRate
from shipping.rules.landing import Import
from shipping.rules.taxes import TaxFormula


@dataclass(frozen=True)
class Border:
    """What a destination asks of goods on a day: how it counts, the duty, the tax (None: not known)."""

    formula: TaxFormula
    duty: DutyAnswer
    tax: TaxFact | None
    day: date


@dataclass(frozen=True)
class ImportedGoods:
    """What duties are counted from: net kilograms, pieces, the codes of the consignment, the origin."""

    weight_kg: Decimal
    units: Decimal
    hs_codes: tuple[str, ...] = ()
    origin: str = ""
    is_business: bool = True


def make_import(border: Border, goods: ImportedGoods, *, currency: str, rates: Rates | None) -> Import:
    """For `landing.add_import_charges`. A duty in amounts that cannot be converted is not known."""
    fact, tax = border.duty.fact, border.tax
    return Import(
        border.formula, _convert(border.duty, currency, rates), tax.percent if tax else None, fact.source if fact else "",
        tax.source if tax else "", border.day, goods.weight_kg, goods.units, goods.hs_codes, goods.origin,
        is_tax_recoverable=bool(tax and tax.is_recoverable and goods.is_business),
    )  # fmt: skip


def _convert(answer: DutyAnswer, currency: str, rates: Rates | None) -> DutyRate | None:
    rate, fact = answer.rate, answer.fact
    if rate is None or fact is None or not rate.is_in_amounts or fact.scope.currency == currency:
        return rate
    if rates is None:
        return None
    try:
        convert(Money(Decimal(1), fact.scope.currency), currency, rates=rates)
    except (NoRate, CurrencyUnknown):
        return None
    factor = rates.convert(Decimal(1), fact.scope.currency, currency)
    return None if factor is None else rate.convert(factor)
