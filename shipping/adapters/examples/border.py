"""Examples of the border: duty and tax, fees with a least and a most, exchange rates."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.money import Money
from reference.rules import EURO, Rates
from shipping.adapters.examples.comparing import Found
from shipping.adapters.examples.options import Options
from shipping.exceptions import CurrencyUnknown, NoRate
from shipping.rules.currency import convert
from shipping.rules.duty import Dutiable, DutyBase, DutyRate, count_duty, find_consignment_rule
from shipping.rules.fees import Fee, find_fee
from shipping.rules.taxes import Arrival, ImportCharges, TaxFormula, count_charges, find_formula, value_for_customs

FOREIGN = re.compile(r"(?P<name>[a-z_]+)_(?P<currency>[a-z]{3})")
FISCAL_YEAR = re.compile(r"fiscal year (\d{4})", re.IGNORECASE)
AMOUNTS = ("goods", "freight", "insurance", "vat_addition")


def count_border(options: Options) -> Found:
    """Duty on its base, tax on its own; a duty that is not given is unknown, and so is what is counted from it."""
    currency, country = options.word("currency", default="EUR"), options.word("country").upper()
    formula = _read_formula(options, country)
    goods = _read_amount(options, "goods", currency)
    value = options.maybe("value")
    goods = value or Decimal(0) if goods is None else goods
    freight, insurance, inland = (_read_amount(options, name, currency) or Decimal(0) for name in AMOUNTS[1:])
    arrival = Arrival(goods, freight, insurance, inland, options.word("origin").upper())
    duty = _read_duty(options, country, value_for_customs(formula, arrival), goods if value is None else value)
    tax_percent = options.maybe("vat_pct", "gst_pct", "tax_pct")
    charges = count_charges(formula, arrival, duty=duty, tax_percent=tax_percent, currency=currency)
    return {
        **{
            name: Money(amount, currency)
            for name, amount in zip(AMOUNTS, (goods, freight, insurance, inland), strict=True)
        },
        **_name_charges(charges, arrival, currency),
    }


def _name_charges(charges: ImportCharges, arrival: Arrival, currency: str) -> Found:
    border = charges.payable
    if charges.tax is None and charges.duty is not None:
        border = charges.duty + (charges.duty_surcharge or Decimal(0))
    landed = None if border is None else arrival.goods + arrival.freight + arrival.insurance + arrival.inland + border
    values = {
        ("customs_value",): charges.customs_value, ("duty",): charges.duty, ("surcharge",): charges.duty_surcharge,
        ("vat_base", "gst_base", "tax_base", "atv"): charges.tax_base, ("vat", "gst", "tax"): charges.tax, ("payable",): border, ("landed",): landed,
    }  # fmt: skip
    return {
        name: None if value is None else Money(value, currency) for names, value in values.items() for name in names
    }


def _read_formula(options: Options, country: str) -> TaxFormula:
    """The country's own; where the example says otherwise, or the country is none of ours, what the example says."""
    known = find_formula(country)
    basis = options.word("basis", default=known.duty_base.value if known else "CIF", among=("CIF", "FOB"))
    formula = known or TaxFormula(country, DutyBase(basis), adds_carriage=True, adds_inland=True, source="")
    includes_freight = options.flag("vat_includes_freight")
    formula = replace(
        formula, duty_base=DutyBase(basis), uplift_percent=options.number("uplift_pct", "vat_uplift_pct", "atv_uplift_pct", default=formula.uplift_percent),
        duty_surcharge_percent=options.number("surcharge_on_duty_pct", default=formula.duty_surcharge_percent),
        adds_inland=formula.adds_inland or options.has("vat_addition"),
    )  # fmt: skip
    return formula if includes_freight is None else replace(formula, adds_carriage=includes_freight)


def _read_amount(options: Options, name: str, currency: str) -> Decimal | None:
    """An amount, or one in a foreign currency ("goods_usd") at the example's rate: `fx` foreign for one of ours, `fx_mult` ours for one foreign."""
    foreign = next((key for key in options.given if (found := FOREIGN.fullmatch(key)) and found["name"] == name), "")
    if not foreign:
        return options.maybe(name)
    if options.has(name):
        options.refuse(f"{name} and {foreign} say the same thing")
    amount = options.number(foreign)
    per_ours, per_foreign = options.maybe("fx"), options.maybe("fx_mult")
    if not per_ours and not per_foreign:
        options.refuse(f"fx or fx_mult is missing for {foreign}")
    converted = amount / per_ours if per_ours else amount * (per_foreign or Decimal(0))
    return Money(converted, currency).round_minor().amount


def _read_duty(options: Options, country: str, customs_value: Decimal, value: Decimal) -> Decimal | None:
    lines = options.rows("lines")
    codes = [line.word("hs", "hs_code") for line in lines]
    units = sum((line.number("qty", "n", default=1) for line in lines), Decimal(0))
    rate = _read_rate(options)
    day = options.day("date", "day")
    rule = find_consignment_rule(country, value=value, day=day) if day else None
    weight_kg = options.number("kg", "net_kg", "weight_kg", default=0)
    dutiable = Dutiable(customs_value, weight_kg, options.number("units", "qty", default=units), codes)
    return count_duty(rule.rate if rule else rate, dutiable)


def _read_rate(options: Options) -> DutyRate | None:
    names = ("duty_pct", "duty_per_kg", "duty_per_100kg", "duty_per_unit", "duty_per_subheading", "duty_flat")
    given = {name: options.maybe(name) for name in names}
    bounds = options.maybe("duty_min", "min_duty"), options.maybe("duty_max", "max_duty")
    if all(value is None for value in given.values()):
        return None
    known = {name: value or Decimal(0) for name, value in given.items()}
    if given["duty_flat"] is not None:
        return DutyRate(minimum=given["duty_flat"], maximum=given["duty_flat"])
    return DutyRate(
        known["duty_pct"], known["duty_per_kg"] + known["duty_per_100kg"] / 100, known["duty_per_unit"],
        known["duty_per_subheading"], bounds[0], bounds[1],
    )  # fmt: skip


def count_fees(options: Options) -> Found:
    """A fee with its own figures, or one of the United States with those of its day."""
    currency = options.word("currency", default="USD")
    fee = _read_fee(options)
    by_sea = _read_by_sea(options)
    several = options.take("values")
    if several is not None and not isinstance(several, list):
        options.refuse("values is a list of amounts")
    values = [Options({"value": one}).number("value") for one in several] if several else [options.number("value")]
    fees = [Money(fee.count(value, by_sea=by_sea), currency) for value in values]
    at_sea, in_air = (Money(fee.count(values[0], by_sea=sea), currency) for sea in (True, False))
    return {"fees": list(fees), "fee": fees[0], "amount": fees[0], "sea": at_sea, "air": in_air}


def _read_by_sea(options: Options) -> bool:
    mode = options.word("mode", default="sea", among=("sea", "air", "road", "rail"))
    said = options.flag("mode_sea")
    return mode == "sea" if said is None else said


def _read_fee(options: Options) -> Fee:
    """Figures of the example come first. Without them its rule names the fee and, without a date, the fiscal year."""
    percent = options.maybe("pct", "rate_pct", "percent")
    least, most = options.maybe("min", "minimum"), options.maybe("max", "maximum", "cap")
    sea_only = options.flag("sea_only")
    named = [code for code in ("MPF", "HMF") if code in options.rule.upper()]
    code = options.word("fee", "code", default="HMF" if options.has("mode_sea") else (named or ["MPF"])[0]).upper()
    year = FISCAL_YEAR.search(options.rule)
    stated = options.maybe("fiscal_year", "year")
    fallback = int(stated) if stated else int(year[1]) if year else 0
    day = options.day("date", "day") or (date(fallback, 1, 1) if fallback else None)
    if percent is not None:
        return Fee("own", percent, least, most, sea_only=bool(sea_only))
    fee = find_fee(code, day) if day else find_fee(code, date.max) or find_fee(code, date.min)
    if fee is None:
        options.refuse(f"pct is missing, and we know no {code} of that day")
    return replace(
        fee, minimum=fee.minimum if least is None else least, maximum=fee.maximum if most is None else most,
        sea_only=fee.sea_only if sea_only is None else sea_only,
    )  # fmt: skip


def exchange(options: Options) -> Found:
    """An amount at the rates of a day. `rate` is what a bank publishes: units of the other currency for one euro, else for one of the first."""
    source, target = options.word("frm", "from").upper(), options.word("to").upper()
    day = options.day("date", "day")
    if day is None or not source or not target:
        options.refuse("frm, to and date are needed")
    rates = _read_rates(options, day)
    amount = options.number("amount", default=1)
    try:
        converted = convert(Money(amount, source), target, rates=rates)
    except CurrencyUnknown:
        return {"error": "unknown_currency"}
    except NoRate:
        return {"error": "stale_rate"}
    exact = rates.convert(Decimal(1), source, target) or Decimal(0)
    rate = rates.units_per_eur[source] if target == EURO else exact
    return {
        "amount": Money(rates.convert(amount, source, target) or Decimal(0), target), "rate": rate, "exact_rate": exact,
        "rate_date": converted.rate_day.isoformat(), "rate_day": converted.rate_day.isoformat(), "error": None,
    }  # fmt: skip


def _read_rates(options: Options, day: date) -> Rates:
    """The example's own rates to one euro, or those that banks published."""
    given = options.take("rates")
    if given is None:
        return options.rates(day)
    if not isinstance(given, dict):
        options.refuse("rates are units for one euro by currency")
    part = Options(given, where="rates: ")
    units = {EURO: Decimal(1)} | {str(code).upper(): part.number(str(code)) for code in given}
    return Rates(day, units, dict.fromkeys(units, day))
