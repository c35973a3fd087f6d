"""What import VAT or GST is counted from, country by country, each formula with the page that it was read on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.money import Money
from reference.rules import EUROPEAN_UNION
from shipping.rules.duty import DutyBase

READ_ON = "2026-11-26"


@dataclass(frozen=True)
class TaxFormula:
    """How a country counts: the base of its duty, and what its tax adds to the customs value beside the duty.

    `adds_carriage`: carriage and insurance to the border where they are not in the customs value already. `adds_inland`: costs behind the
    border up to the known destination. `uplift_percent` of the customs value stands in for both; it does not apply to `no_uplift_from`.
    `duty_surcharge_percent` of the duty is a duty of its own.
    """

    territory: str
    duty_base: DutyBase
    adds_carriage: bool
    adds_inland: bool
    source: str
    uplift_percent: Decimal = Decimal(0)
    no_uplift_from: tuple[str, ...] = ()
    duty_surcharge_percent: Decimal = Decimal(0)
    read_on: str = READ_ON


@dataclass(frozen=True)
class Arrival:
    """The goods' value, carriage and insurance to the border, and costs behind it, in the country's currency."""

    goods: Decimal
    freight: Decimal = Decimal(0)
    insurance: Decimal = Decimal(0)
    inland: Decimal = Decimal(0)
    origin: str = ""


@dataclass(frozen=True)
class ImportCharges:
    """What is paid at the border, each rounded to the currency's minor unit; None is unknown, and makes what is counted from it unknown."""

    customs_value: Decimal
    duty: Decimal | None
    duty_surcharge: Decimal | None
    tax_base: Decimal | None
    tax: Decimal | None

    @property
    def payable(self) -> Decimal | None:
        """Duty, surcharge and tax."""
        parts = (self.duty, self.duty_surcharge, self.tax)
        return None if any(part is None for part in parts) else sum((part or Decimal(0) for part in parts), Decimal(0))


FORMULAS: Mapping[str, TaxFormula] = {
    formula.territory: formula
    for formula in (
        TaxFormula(
            "GB", DutyBase.CIF, adds_carriage=True, adds_inland=True,
            source="https://gov.uk/guidance/working-out-the-vat-value-using-the-customs-value-of-the-imported-goods",
        ),
        TaxFormula(
            "EU", DutyBase.CIF, adds_carriage=True, adds_inland=True, source="https://datenbank.nwb.de/Dokument/Anzeigen/452295_Article86/",
        ),
        TaxFormula(
            "AU", DutyBase.FOB, adds_carriage=True, adds_inland=False,
            source="http://www.austlii.edu.au/au/legis/cth/consol_act/antsasta1999402/s13.20.html",
        ),
        TaxFormula(
            "NZ", DutyBase.FOB, adds_carriage=True, adds_inland=False,
            source="https://fyi.org.nz/request/657/response/3311/attach/html/3/Copy%20of%20Examples%20of%20how%20to%20calculate%20Customs%20Charges.pdf.html",
        ),
        TaxFormula(
            "CA", DutyBase.FOB, adds_carriage=False, adds_inland=False, source="https://cbsa-asfc.gc.ca/publications/dm-md/d13/d13-2-5-eng.html",
        ),
        TaxFormula(
            "ZA", DutyBase.FOB, adds_carriage=False, adds_inland=False, uplift_percent=Decimal(10), no_uplift_from=("BW", "LS", "NA", "SZ"),
            source="https://www.sars.gov.za/faq/faq-how-is-vat-calculated-on-imported-goods",
        ),
        TaxFormula(
            "IN", DutyBase.CIF, adds_carriage=True, adds_inland=False, duty_surcharge_percent=Decimal(10),
            source="https://web.lawcrux.com/newversion/web/Assets/data5t/cu/cuncuv/nt/2017/83009.htm ; https://nexdigm.com/doing-business-in-india/customs-duty.php",
        ),
        TaxFormula(
            "NO", DutyBase.CIF, adds_carriage=True, adds_inland=False, source="https://www.toll.no/en/corporate/import/calculating-customs-duty-and-taxes/",
        ),
        TaxFormula(
            "KR", DutyBase.CIF, adds_carriage=True, adds_inland=False, source="https://www.trade.gov/knowledge-product/korea-import-tariffs",
        ),
        TaxFormula(
            "US", DutyBase.FOB, adds_carriage=False, adds_inland=False, source="https://docs.dutify.com/docs/united-states",
        ),
    )
}  # fmt: skip
"""That South Africa, Australia and Canada value goods without ocean freight: https://tradecaravan.co.za/guides/incoterms-customs-value-sars/,
https://www.customsbrokershub.com.au/guides/import-duties-taxes, https://cbsa-asfc.gc.ca/publications/dm-md/d13/d13-3-5-eng.html."""


def find_formula(country: str) -> TaxFormula | None:
    """A country's formula, a member state's by the union's; None where we know none."""
    if country in EUROPEAN_UNION:
        return replace(FORMULAS["EU"], territory=country)
    return FORMULAS.get(country)


def value_for_customs(formula: TaxFormula, arrival: Arrival) -> Decimal:
    """What ad valorem duty is counted from, unrounded."""
    if formula.duty_base is DutyBase.CIF:
        return arrival.goods + arrival.freight + arrival.insurance
    return arrival.goods


def count_charges(
    formula: TaxFormula, arrival: Arrival, *, duty: Decimal | None, tax_percent: Decimal | None, currency: str
) -> ImportCharges:
    """Round the customs value and the duty, count the surcharge and the tax from them, and round those. Unknown in, unknown out."""
    value = _round(value_for_customs(formula, arrival), currency)
    if duty is None:
        return ImportCharges(value, None, None, None, None)
    duty = _round(duty, currency)
    surcharge = _round(duty * formula.duty_surcharge_percent / 100, currency)
    base = value + duty + surcharge + _uplift(formula, arrival, value)
    if formula.adds_carriage and formula.duty_base is DutyBase.FOB:
        base += arrival.freight + arrival.insurance
    if formula.adds_inland:
        base += arrival.inland
    base = _round(base, currency)
    tax = None if tax_percent is None else _round(base * tax_percent / 100, currency)
    return ImportCharges(value, duty, surcharge, base, tax)


def _uplift(formula: TaxFormula, arrival: Arrival, value: Decimal) -> Decimal:
    exempt = arrival.origin in formula.no_uplift_from
    return Decimal(0) if exempt else value * formula.uplift_percent / 100


def _round(amount: Decimal, currency: str) -> Decimal:
    return Money(amount, currency).round_minor().amount
