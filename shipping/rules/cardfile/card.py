"""The sheet that says whose the card is and how it counts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.errors import gettext_noop
from shipping.exceptions import RoundingUnknown
from shipping.rules.cardfile.table import Cell, Problem, Reader, Sheet
from shipping.rules.measures import parse_rounding

FIELDS = (
    "tariff", "name", "owner", "forwarder", "company", "mode", "currency", "valid_from", "valid_until", "divisor", "kg_per_m3", "size_rounding",
    "piece_rounding", "shipment_rounding", "compare", "minimum_kg", "minimum_charge", "source",
)  # fmt: skip
NEEDED = ("tariff", "name", "owner", "mode", "currency", "valid_from", "valid_until")
CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,59}")
OWNERS, COMPARES = ("agency", "forwarder", "company"), ("piece", "shipment")
MODES = ("courier", "air", "lcl", "fcl", "road", "post")
SMALLEST_DIVISOR = 1000

FIELD_UNKNOWN = gettext_noop("“%(typed)s” is no field. Known are %(known)s.")
FIELD_TWICE = gettext_noop("The field %(name)s stands there twice.")
FIELD_MISSING = gettext_noop("The field %(name)s is missing.")
NO_CODE = gettext_noop("“%(typed)s” is no code. Write small letters, digits and hyphens, such as air-west-africa-2027.")
NO_CURRENCY = gettext_noop("“%(typed)s” is no currency in use. Write three letters such as EUR.")
NO_ROUNDING = gettext_noop("“%(typed)s” is no rounding. Write none, or a direction and a step such as ceil_0.5.")
ENDS_EARLIER = gettext_noop("The card ends before it begins.")
TWO_WAYS = gettext_noop("Give the divisor or the kilograms for a cubic metre, not both.")
DIVISOR_SMALL = gettext_noop("The divisor is cubic centimetres for a kilogram, such as 5000 or 6000.")
OWNER_MISSING = gettext_noop("Name the forwarder or the company that owns the card.")
OWNER_TWICE = gettext_noop("A card of this owner names nobody here.")


@dataclass(frozen=True)
class CardTerms:
    """Whose the card is, when it holds and how it counts; weights in kilograms, the least freight in the card's currency.

    `places` has the cell of each field, to say where a fault lies that shows only beside other cards.
    """

    code: str
    name: str
    owner_kind: str
    forwarder: str
    company: str
    mode: str
    currency: str
    valid_from: date | None
    valid_until: date | None
    divisor_cm3_per_kg: int | None
    kg_per_m3: int | None
    size_rounding: str
    piece_rounding: str
    shipment_rounding: str
    compare_by: str
    minimum_kg: Decimal
    minimum_charge: Decimal
    source: str
    places: Mapping[str, Cell] = field(default_factory=dict)


def read_terms(sheet: Sheet, problems: list[Problem], *, currencies: frozenset[str]) -> CardTerms:
    """The fields of the sheet; what is wrong is noted, with an empty value in its place."""
    reader = Reader(sheet.name, sheet.head_row, _list_fields(sheet, problems), problems)
    for name in NEEDED:
        if name not in reader.cells:
            reader.note(name, FIELD_MISSING, name=name)
    whole = {name: reader.number(name, decimals=0) for name in ("divisor", "kg_per_m3")}
    terms = CardTerms(
        code=_read_code(reader), name=reader.word("name", needed="name" in reader.cells, most=120), owner_kind=reader.word("owner", among=OWNERS),
        forwarder=reader.word("forwarder", most=120), company=reader.word("company"), mode=reader.word("mode", among=MODES),
        currency=_read_currency(reader, currencies), valid_from=reader.day("valid_from"), valid_until=reader.day("valid_until"),
        divisor_cm3_per_kg=None if whole["divisor"] is None else int(whole["divisor"]),
        kg_per_m3=None if whole["kg_per_m3"] is None else int(whole["kg_per_m3"]), size_rounding=_read_rounding(reader, "size_rounding"),
        piece_rounding=_read_rounding(reader, "piece_rounding"), shipment_rounding=_read_rounding(reader, "shipment_rounding"),
        compare_by=reader.word("compare", among=COMPARES), minimum_kg=reader.number("minimum_kg", decimals=3) or Decimal(0),
        minimum_charge=reader.number("minimum_charge") or Decimal(0), source=reader.word("source", most=200), places=reader.cells,
    )  # fmt: skip
    _check_together(terms, reader)
    return terms


def _list_fields(sheet: Sheet, problems: list[Problem]) -> Mapping[str, Cell]:
    """The value of each field by its name."""
    found: dict[str, Cell] = {}
    for cells in sheet.rows:
        named = cells["field"]
        name = "_".join(named.text.lower().split())
        reader = Reader(sheet.name, named.row, cells, problems)
        if name not in FIELDS:
            reader.note("field", FIELD_UNKNOWN, typed=named.text, known=", ".join(FIELDS))
        elif name in found:
            reader.note("field", FIELD_TWICE, name=name)
        elif "value" in cells:
            found[name] = cells["value"]
    return found


def _read_code(reader: Reader) -> str:
    code = reader.word("tariff", needed="tariff" in reader.cells)
    if code and not CODE.fullmatch(code):
        reader.note("tariff", NO_CODE, typed=code)
    return code


def _read_currency(reader: Reader, currencies: frozenset[str]) -> str:
    code = reader.word("currency", needed="currency" in reader.cells).upper()
    if code and code not in currencies:
        reader.note("currency", NO_CURRENCY, typed=code)
    return code


def _read_rounding(reader: Reader, name: str) -> str:
    text = reader.word(name, most=20)
    try:
        return str(parse_rounding(text))
    except RoundingUnknown:
        reader.note(name, NO_ROUNDING, typed=text)
        return "none"


def _check_together(terms: CardTerms, reader: Reader) -> None:
    if terms.valid_from and terms.valid_until and terms.valid_until < terms.valid_from:
        reader.note("valid_until", ENDS_EARLIER)
    if terms.divisor_cm3_per_kg is not None and terms.kg_per_m3 is not None:
        reader.note("kg_per_m3", TWO_WAYS)
    if terms.divisor_cm3_per_kg is not None and terms.divisor_cm3_per_kg < SMALLEST_DIVISOR:
        reader.note("divisor", DIVISOR_SMALL)
    for kind, name, value in (("forwarder", "forwarder", terms.forwarder), ("company", "company", terms.company)):
        if terms.owner_kind == kind and not value:
            reader.note(name, OWNER_MISSING)
        if terms.owner_kind and terms.owner_kind != kind and value:
            reader.note(name, OWNER_TWICE)
