"""The sheet of surcharges."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import gettext_noop
from shipping.rules.cardfile.table import Problem, Reader, Sheet
from shipping.rules.surcharges import FREIGHT

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")
AMOUNTS = ("flat", "per_kg", "per_m3", "per_piece", "percent")
NO_CODE = gettext_noop("“%(typed)s” is no code. Write small letters, digits and hyphens, such as fuel.")
NO_AMOUNT = gettext_noop("The surcharge has no amount and no percent.")
NO_CHARGE = gettext_noop("There is no charge “%(typed)s”. Write freight, or the code of another surcharge.")
ENDS_EARLIER = gettext_noop("It ends before it begins.")
LEAST_ABOVE = gettext_noop("The most is below the least.")
NO_AREA = gettext_noop("There is no zone “%(typed)s” with the side area in the sheet zones.")
TWICE = gettext_noop("Row %(row)s has this code on the same days in the same area.")


@dataclass(frozen=True)
class PlacedSurcharge:
    """A surcharge with the row that it stands in; amounts in the card's currency."""

    row: int
    code: str
    name: str
    flat: Decimal
    per_kg: Decimal
    per_m3: Decimal
    per_piece: Decimal
    percent: Decimal
    applies_to: tuple[str, ...]
    minimum: Decimal | None
    maximum: Decimal | None
    valid_from: date | None
    valid_until: date | None
    area: str


def read_surcharges(sheet: Sheet | None, problems: list[Problem], *, areas: set[str]) -> list[PlacedSurcharge]:
    """Every good row. What a percent is of may be named by a row further down."""
    readers, found = [], []
    for cells in sheet.rows if sheet else ():
        reader = Reader(sheet.name if sheet else "", next(iter(cells.values())).row, cells, problems)
        readers.append(reader)
        found.append(_read_surcharge(reader, areas))
    codes = {one.code for one in found} | {FREIGHT}
    alike: dict[tuple[str, str], list[PlacedSurcharge]] = {}
    for reader, one in zip(readers, found, strict=True):
        for named in one.applies_to:
            if named not in codes:
                reader.note("applies_to", NO_CHARGE, typed=named)
        same = alike.setdefault((one.code, one.area), [])
        if earlier := next((other for other in same if _overlap(other, one)), None):
            reader.note("code", TWICE, row=earlier.row)
        same.append(one)
    return found


def _read_surcharge(reader: Reader, areas: set[str]) -> PlacedSurcharge:
    code, area = reader.word("code", needed=True, most=30).lower(), reader.word("area", most=60)
    amounts = {name: reader.number(name, decimals=3 if name == "percent" else 4) for name in AMOUNTS}
    known = {name: amount or Decimal(0) for name, amount in amounts.items()}
    named = [word.strip().lower() for word in reader.word("applies_to", most=200).split("+") if word.strip()]
    one = PlacedSurcharge(
        reader.row, code, reader.word("name") or code, known["flat"], known["per_kg"], known["per_m3"], known["per_piece"], known["percent"],
        tuple(named or [FREIGHT]), reader.number("minimum"), reader.number("maximum"), reader.day("valid_from"), reader.day("valid_until"), area,
    )  # fmt: skip
    if code and (not CODE.fullmatch(code) or code == FREIGHT):
        reader.note("code", NO_CODE, typed=code)
    if all(amount is None for amount in amounts.values()):
        reader.note("code", NO_AMOUNT)
    if one.valid_from and one.valid_until and one.valid_until < one.valid_from:
        reader.note("valid_until", ENDS_EARLIER)
    if one.minimum is not None and one.maximum is not None and one.maximum < one.minimum:
        reader.note("maximum", LEAST_ABOVE)
    if area and area not in areas:
        reader.note("area", NO_AREA, typed=area)
    return one


def _overlap(one: PlacedSurcharge, other: PlacedSurcharge) -> bool:
    return (one.valid_from or date.min) <= (other.valid_until or date.max) and (other.valid_from or date.min) <= (
        one.valid_until or date.max
    )
