"""The sheet of prices: lanes between zones, and steps that neither overlap nor leave a gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from core.errors import gettext_noop
from shipping.rules.cardfile.table import IS_MISSING, Problem, Reader, Sheet
from shipping.rules.equipment import CONTAINERS

BASES = ("per_kg", "flat", "per_wm", "per_container")
CONTAINER_CODES = tuple(container.code for container in CONTAINERS)
NO_ZONE = gettext_noop("There is no zone “%(typed)s” of this side in the sheet zones.")
NO_CONTAINER = gettext_noop("“%(typed)s” is no container. Known are %(known)s.")
CONTAINER_NOT_ASKED = gettext_noop("Only a price for a container names one.")
ENDS_BELOW = gettext_noop("The step ends before it begins.")
SAME_STEP = gettext_noop("Row %(row)s has a price from there already.")
OVERLAP = gettext_noop("The step in row %(row)s reaches to %(to)s: the two overlap.")
GAP = gettext_noop("The step in row %(row)s ends at %(to)s: between the two there is no price.")
BEGINS_LATE = gettext_noop("The first step begins at %(start)s: below it there is no price.")
RISES = gettext_noop("The price rises: row %(row)s has %(price)s for less weight.")


@dataclass(frozen=True)
class PlacedPrice:
    """A price of a lane with the row that it stands in; kilograms or revenue tons."""

    row: int
    origin: str
    destination: str
    basis: str
    container: str
    starts_at: Decimal
    ends_at: Decimal | None
    price: Decimal
    transit_days: int | None

    @property
    def lane(self) -> tuple[str, str, str, str]:
        return self.origin, self.destination, self.basis, self.container


def read_prices(
    sheet: Sheet, problems: list[Problem], warnings: list[Problem], *, origins: set[str], destinations: set[str]
) -> list[PlacedPrice]:
    """Every good row; steps of a lane are judged together, at the later row."""
    readers: dict[int, Reader] = {}
    lanes: dict[tuple[str, str, str, str], list[PlacedPrice]] = {}
    for cells in sheet.rows:
        row = next(iter(cells.values())).row
        reader = readers[row] = Reader(sheet.name, row, cells, problems)
        price = _read_price(reader, origins, destinations)
        if price:
            lanes.setdefault(price.lane, []).append(price)
    for lane in lanes.values():
        ordered = sorted(lane, key=lambda price: (price.starts_at, price.row))
        _check_steps(ordered, readers)
        _check_rises(
            ordered, {row: Reader(sheet.name, row, readers[row].cells, warnings) for row in {one.row for one in lane}}
        )
    return [price for lane in lanes.values() for price in lane]


def _read_price(reader: Reader, origins: set[str], destinations: set[str]) -> PlacedPrice | None:
    origin, destination = reader.word("origin", needed=True), reader.word("destination", needed=True)
    for column, zone, zones in (("origin", origin, origins), ("destination", destination, destinations)):
        if zone and zone not in zones:
            reader.note(column, NO_ZONE, typed=zone)
    basis, container = reader.word("basis", needed=True, among=BASES), reader.word("container").upper()
    starts_at, ends_at = reader.number("from", decimals=3) or Decimal(0), reader.number("to", decimals=3)
    price, days = reader.number("price", needed=True), reader.number("transit_days", decimals=0)
    if basis == "per_container" and container not in CONTAINER_CODES:
        reader.note(
            "container", NO_CONTAINER if container else IS_MISSING, typed=container, known=", ".join(CONTAINER_CODES)
        )
        return None
    if container and basis and basis != "per_container":
        reader.note("container", CONTAINER_NOT_ASKED)
    if ends_at is not None and ends_at <= starts_at:
        reader.note("to", ENDS_BELOW)
        return None
    if price is None or not basis or origin not in origins or destination not in destinations:
        return None
    return PlacedPrice(
        reader.row, origin, destination, basis, container, starts_at, ends_at, price, None if days is None else min(int(days), 365)
    )  # fmt: skip


def _check_steps(ordered: Sequence[PlacedPrice], readers: dict[int, Reader]) -> None:
    first = ordered[0]
    if first.basis == "flat" and first.starts_at > 0:
        readers[first.row].note("from", BEGINS_LATE, start=first.starts_at)
    for before, after in pairwise(ordered):
        reader = readers[after.row]
        if before.starts_at == after.starts_at:
            reader.note("from", SAME_STEP, row=before.row)
        elif before.ends_at is not None and after.starts_at < before.ends_at:
            reader.note("from", OVERLAP, row=before.row, to=before.ends_at)
        elif before.ends_at is not None and after.starts_at > before.ends_at:
            reader.note("from", GAP, row=before.row, to=before.ends_at)


def _check_rises(ordered: Sequence[PlacedPrice], readers: dict[int, Reader]) -> None:
    """A kilogram that costs more in a higher step is rarely meant; a whole step may well cost more."""
    if ordered[0].basis == "flat":
        return
    for before, after in pairwise(ordered):
        if after.price > before.price:
            readers[after.row].note("price", RISES, row=before.row, price=before.price)
