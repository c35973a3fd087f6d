"""The sheet of zones: each row puts a part of the world into one."""

from dataclasses import dataclass

from core.errors import gettext_noop
from shipping.rules.cardfile.table import IS_MISSING, Problem, Reader, Sheet
from shipping.rules.zones import (
    GROUPS,
    KINDS,
    LOCODE,
    LONGEST_POSTCODE,
    ZoneMember,
    clean_city,
    clean_postcode,
    find_ties,
)

SIDES = ("origin", "destination", "area")
WITH_COUNTRY = {"postcode", "prefix", "range", "city", "country"}
NO_COUNTRY = gettext_noop("“%(typed)s” is no country. Write its two letters.")
NO_GROUP = gettext_noop("“%(typed)s” is no group of countries that we know. Known are %(known)s.")
NO_LOCODE = gettext_noop("“%(typed)s” is no UN/LOCODE. Write five signs such as GHTEM.")
NO_POSTCODE = gettext_noop("“%(typed)s” is no postcode.")
NO_RANGE = gettext_noop("A range goes from a lower to a higher postcode of the same length.")
TIE = gettext_noop("Zone %(other)s in row %(row)s holds the same places as closely. One of the two must go.")
TWICE = gettext_noop("Row %(row)s says the same.")


@dataclass(frozen=True)
class PlacedMember:
    """A member with its side and the row that it stands in."""

    side: str
    row: int
    member: ZoneMember


def read_zones(sheet: Sheet, problems: list[Problem], *, countries: frozenset[str]) -> list[PlacedMember]:
    """Every good row; ties between zones are noted at the later row."""
    found: list[PlacedMember] = []
    seen: dict[tuple[str, ZoneMember], int] = {}
    readers: dict[int, Reader] = {}
    for cells in sheet.rows:
        row = next(iter(cells.values())).row
        reader = readers[row] = Reader(sheet.name, row, cells, problems)
        placed = _read_member(reader, countries)
        if placed is None:
            continue
        first = seen.setdefault((placed.side, placed.member), row)
        if first != row:
            reader.note("value", TWICE, row=first)
            continue
        found.append(placed)
    for side in ("origin", "destination"):
        _note_ties([placed for placed in found if placed.side == side], readers)
    return found


def _note_ties(placed: list[PlacedMember], readers: dict[int, Reader]) -> None:
    rows = {one.member: one.row for one in placed}
    for first, second in find_ties([one.member for one in placed]):
        early, late = sorted((first, second), key=lambda member: rows[member])
        readers[rows[late]].note("value", TIE, other=early.zone, row=rows[early])


def _read_member(reader: Reader, countries: frozenset[str]) -> PlacedMember | None:
    zone, side = reader.word("zone", needed=True, most=60), reader.word("side", needed=True, among=SIDES)
    kind = reader.word("kind", needed=True, among=KINDS)
    country = reader.word("country").upper()
    if kind in WITH_COUNTRY and country not in countries:
        reader.note("country", NO_COUNTRY if country else IS_MISSING, typed=country)
        return None
    values = _read_values(reader, kind)
    if not (zone and side and kind) or values is None:
        return None
    held = values[0][:2] if kind == "locode" else country if kind in WITH_COUNTRY else ""
    return PlacedMember(side, reader.row, ZoneMember(zone, kind, held, *values))


def _read_values(reader: Reader, kind: str) -> tuple[str, str] | None:
    """Value and end, made comparable; None where they are wrong."""
    text = reader.word("value")
    if kind in {"country", "world", ""}:
        return "", ""
    if not text:
        reader.note("value", IS_MISSING)
        return None
    if kind == "range":
        return _read_range(reader, text)
    cleaned = {"locode": text.replace(" ", "").upper(), "group": text.upper(), "city": clean_city(text)}.get(
        kind, clean_postcode(text)
    )
    if kind == "group" and cleaned not in GROUPS:
        reader.note("value", NO_GROUP, typed=text, known=", ".join(GROUPS))
    elif kind == "locode" and not LOCODE.fullmatch(cleaned):
        reader.note("value", NO_LOCODE, typed=text)
    elif kind in {"postcode", "prefix"} and not _is_postcode(cleaned):
        reader.note("value", NO_POSTCODE, typed=text)
    else:
        return cleaned, ""
    return None


def _read_range(reader: Reader, text: str) -> tuple[str, str] | None:
    first, last = clean_postcode(text), clean_postcode(reader.word("until", needed=True))
    if not _is_postcode(first) or not _is_postcode(last):
        reader.note("value", NO_POSTCODE, typed=text)
    elif len(first) != len(last) or first > last:
        reader.note("until", NO_RANGE)
    else:
        return first, last
    return None


def _is_postcode(cleaned: str) -> bool:
    return cleaned.isascii() and cleaned.isalnum() and 0 < len(cleaned) <= LONGEST_POSTCODE
