"""An officer's table of duty and tax rules: one row a rule, every fault named with row and column, whole or not at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import gettext_noop
from shipping.rules.cardfile.table import Cell, Problem, Reader
from shipping.rules.duties.keys import write_key
from shipping.rules.taxes import FORMULAS

DUTY_NUMBERS = (
    "percent", "per_kg", "per_unit", "per_subheading", "minimum", "minimum_percent", "minimum_per_kg", "maximum", "maximum_percent", "maximum_per_kg",
)  # fmt: skip
MONEY = ("per_kg", "per_unit", "per_subheading", "minimum", "minimum_per_kg", "maximum", "maximum_per_kg")
COLUMNS = (
    "rule", "destination", "hs_prefix", "origin", "origin_group", "excluded_origins", "sale", "currency", "value_from", "value_until", *DUTY_NUMBERS,
    "unknown", "preference", "proof", "tax", "formula", "recoverable", "valid_from", "valid_until", "source", "read_on",
)  # fmt: skip
NEEDED = ("rule", "destination", "source", "read_on")
KINDS, YES_NO, SALES, TAXES = ("duty", "tax"), ("yes", "no"), ("b2c", "b2b"), ("vat", "gst", "none")
LONGEST_PREFIX = {"duty": 10, "tax": 6}
DECIMALS = 6

NO_COUNTRY = gettext_noop("“%(typed)s” is no country. Write its two letters, or EU for the destination.")
NO_CODE = gettext_noop("“%(typed)s” is no beginning of an HS code. Write 2 to %(most)s digits without dots.")
NO_CURRENCY = gettext_noop("“%(typed)s” is no currency that we know.")
CURRENCY_MISSING = gettext_noop("An amount or a value needs its currency.")
NOTHING_SAID = gettext_noop("The row says no duty. Write 0 as the percent for a duty of nothing, or yes under unknown.")
SAYS_BOTH = gettext_noop("An unknown duty has no percent and no amounts.")
TWO_ORIGINS = gettext_noop("Name an origin or a group of origins, not both.")
ORIGIN_MISSING = gettext_noop("A preference names the origin, or the group, that it is for.")
ENDS_BEFORE = gettext_noop("It ends before it begins.")
NOT_RISING = gettext_noop("It is not above the value that it begins with.")
IN_FUTURE = gettext_noop("This day lies in the future.")
TAX_MISSING = gettext_noop("A tax needs its kind, its percent and its formula.")
TOO_MUCH = gettext_noop("A tax is at most 100 percent, and none where there is no tax.")
ONLY_DUTY = gettext_noop("This column is for duties; a tax leaves it empty.")
TWICE = gettext_noop(
    "Row %(row)s says when another rule for the same goods holds: two that are as specific cannot both hold."
)


@dataclass(frozen=True)
class Known:
    """What cells may name, and the day of reading."""

    countries: Collection[str]
    currencies: Collection[str]
    today: date


@dataclass(frozen=True)
class TableRule:
    """A clean row: `kind` is duty or tax, `values` those of its record."""

    row: int
    kind: str
    values: Mapping[str, object]


def read_rules(rows: Sequence[tuple[int, Mapping[str, Cell]]], known: Known) -> tuple[list[TableRule], list[Problem]]:
    """Every row with its clean values, and every fault in the order of the table."""
    problems: list[Problem] = []
    rules: list[TableRule] = []
    seen: dict[tuple[str, str], int] = {}
    for number, cells in rows:
        reader = Reader("csv", number, cells, problems)
        rule = _read_row(reader, number, known)
        first = seen.setdefault((rule.kind, write_key(rule.values)), number)
        if first != number:
            reader.note("hs_prefix", TWICE, row=first)
        rules.append(rule)
    return rules, problems


def _read_row(reader: Reader, number: int, known: Known) -> TableRule:
    kind = reader.word("rule", needed=True, among=KINDS)
    values = {**_read_shared(reader, kind, known), **_read_scope(reader, known)}
    values |= _read_tax(reader) if kind == "tax" else _read_duty(reader, known)
    if not values["currency"] and any(values.get(name) is not None for name in (*MONEY, "value_from", "value_until")):
        reader.note("currency", CURRENCY_MISSING)
    return TableRule(number, kind, values)


def _read_shared(reader: Reader, kind: str, known: Known) -> dict[str, object]:
    destination = reader.word("destination", needed=True).upper()
    if destination and destination not in known.countries and destination != "EU":
        reader.note("destination", NO_COUNTRY, typed=destination)
    prefix = reader.word("hs_prefix").replace(".", "").replace(" ", "")
    most = LONGEST_PREFIX.get(kind, 10)
    if prefix and not (prefix.isascii() and prefix.isdigit() and 2 <= len(prefix) <= most):
        reader.note("hs_prefix", NO_CODE, typed=prefix, most=most)
    read_on = reader.day("read_on", needed=True)
    if read_on and read_on > known.today:
        reader.note("read_on", IN_FUTURE)
    source = reader.word("source", needed=True, most=400)
    return {"destination": destination, "hs_prefix": prefix, "source": source, "read_on": read_on}


def _read_scope(reader: Reader, known: Known) -> dict[str, object]:
    currency = reader.word("currency").upper()
    if currency and currency not in known.currencies:
        reader.note("currency", NO_CURRENCY, typed=currency)
    value_from, value_until = reader.number("value_from", decimals=2), reader.number("value_until", decimals=2)
    if value_from is not None and value_until is not None and value_until <= value_from:
        reader.note("value_until", NOT_RISING)
    valid_from, valid_until = reader.day("valid_from"), reader.day("valid_until")
    if valid_from and valid_until and valid_until < valid_from:
        reader.note("valid_until", ENDS_BEFORE)
    return {
        "sale": reader.word("sale", among=SALES), "currency": currency, "value_from": value_from, "value_until": value_until,
        "valid_from": valid_from, "valid_until": valid_until,
    }  # fmt: skip


def _read_duty(reader: Reader, known: Known) -> dict[str, object]:
    numbers = {name: reader.number(name, decimals=DECIMALS) for name in DUTY_NUMBERS}
    is_unknown = reader.word("unknown", among=YES_NO) == "yes"
    says = [name for name in DUTY_NUMBERS if name in reader.cells and reader.cells[name].text]
    if is_unknown and says:
        reader.note("unknown", SAYS_BOTH)
    if not is_unknown and not says:
        reader.note("percent", NOTHING_SAID)
    if not is_unknown and numbers["percent"] is None:
        numbers["percent"] = Decimal(0)
    origin, group = reader.word("origin").upper(), reader.word("origin_group", most=8)
    excluded = reader.word("excluded_origins", most=400).upper().replace(",", " ").replace(";", " ").split()
    for column, codes in (("origin", [origin] if origin else []), ("excluded_origins", excluded)):
        if foreign := [code for code in codes if code not in known.countries]:
            reader.note(column, NO_COUNTRY, typed=foreign[0])
    is_preference = reader.word("preference", among=YES_NO) == "yes"
    if origin and group:
        reader.note("origin_group", TWO_ORIGINS)
    if is_preference and not origin and not group:
        reader.note("origin", ORIGIN_MISSING)
    return {
        **numbers, "origin": origin, "origin_group": group, "excluded_origins": excluded, "is_preference": is_preference,
        "proof": reader.word("proof", most=200), "why_unknown": "stated" if is_unknown else "",
    }  # fmt: skip


def _read_tax(reader: Reader) -> dict[str, object]:
    kind, percent = reader.word("tax", among=TAXES), reader.number("percent")
    formula = reader.word("formula", among=[code.lower() for code in FORMULAS]).upper()
    if any(name not in reader.cells or not reader.cells[name].text for name in ("tax", "percent", "formula")):
        reader.note("tax", TAX_MISSING)
    elif percent is None or not formula:
        pass  # noted already, at the cell itself
    elif percent > 100 or (kind == "none" and percent):
        reader.note("percent", TOO_MUCH)
    for column in (*DUTY_NUMBERS[1:], "origin", "origin_group", "excluded_origins", "preference", "proof", "unknown"):
        if reader.word(column, most=400):
            reader.note(column, ONLY_DUTY)
    return {
        "kind": kind, "percent": percent or Decimal(0), "formula": formula, "is_recoverable": reader.word("recoverable", among=YES_NO) != "no",
    }  # fmt: skip
