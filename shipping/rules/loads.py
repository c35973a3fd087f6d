"""A load: the packages of an order on pallets, with what they weigh and the room that they take."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shipping.exceptions import MeasureMissing
from shipping.rules.equipment import CONTAINERS, EURO_PALLET, TALLEST_LOADED_PALLET_MM, Container, Pallet
from shipping.rules.measures import to_m3
from shipping.rules.mixed import stack_first_fit
from shipping.rules.stowage import Box, count_stowed, stow

LOOSE_FACTOR = Decimal("1.15")
"""Ours: what does not fit on a pallet takes its own volume and 15 in 100 of air beside it."""
TURNABLE = "carton"
"""What may be laid on its side; drums, sacks and all else stand as they are."""
MOST_FITTED = 500
"""Mixed packages above that are taken by their volume: first fit would keep a page waiting."""
DRUM, LOADED_PALLET = "drum", "pallet"


class Method(StrEnum):
    """How the load was found: cartons in blocks is exact, the others are estimates."""

    EQUAL = "equal"
    FIRST_FIT = "first_fit"
    VOLUME = "volume"


@dataclass(frozen=True)
class Package:
    """So many packages of one type. Weights in grams, outer sizes in millimetres; a drum has a diameter instead of length and width."""

    kind: str
    count: int
    gross_weight_g: int
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    diameter_mm: int | None = None

    @property
    def box(self) -> Box:
        """The outer size; of a drum the square that it stands on. Raises MeasureMissing with what is missing."""
        across = self.diameter_mm
        sides = {"length": self.length_mm or across, "width": self.width_mm or across, "height": self.height_mm}
        if missing := next((name for name, side in sides.items() if not side), ""):
            raise MeasureMissing("diameter" if self.kind == DRUM and missing != "height" else missing)
        return Box(*(int(side or 0) for side in sides.values()))


@dataclass(frozen=True)
class Unit:
    """So many equal things that a carrier lifts at once: loaded pallets or loose packages. Outer size in millimetres, gross weight of one in grams."""

    box: Box
    weight_g: int
    packages: int
    on_pallet: bool
    count: int = 1


@dataclass(frozen=True)
class Load:
    """What is shipped: its units, gross weight in grams, volume in cubic metres, and whether the volume is an estimate."""

    units: tuple[Unit, ...]
    weight_g: int
    volume_m3: Decimal
    method: Method

    @property
    def count(self) -> int:
        """How many things are lifted."""
        return sum(unit.count for unit in self.units)

    @property
    def is_estimate(self) -> bool:
        return self.method is not Method.EQUAL


@dataclass(frozen=True)
class ContainerFit:
    """How many containers of a type a load needs, and by what it is limited."""

    container: Container
    needed: int
    units_each: int
    limited_by: str


def build_load(
    packages: Sequence[Package], *, pallet: Pallet = EURO_PALLET, tallest_mm: int = TALLEST_LOADED_PALLET_MM
) -> Load:
    """Equal packages in blocks, mixed ones by first fit, and what no pallet holds by its volume × 1.15.

    Raises MeasureMissing where a weight or a size is not known.
    """
    for package in packages:
        if package.gross_weight_g <= 0:
            raise MeasureMissing("gross weight")
    if all(package.kind == LOADED_PALLET for package in packages):
        return _load_as_they_are(packages)
    room = pallet.room_above(tallest_mm)
    boxes = [package.box for package in packages]
    fits = all(count_stowed(box, room, keep_upright=_stands(one)) for box, one in zip(boxes, packages, strict=True))
    if not fits or any(package.gross_weight_g > pallet.payload_g for package in packages):
        return load_loose(packages)
    if len(packages) == 1:
        return _load_equal(packages[0], pallet, room)
    if sum(package.count for package in packages) > MOST_FITTED:
        return load_loose(packages)
    return _load_mixed(packages, pallet, room)


def load_loose(packages: Sequence[Package]) -> Load:
    """Without pallets, as couriers take cartons: one unit for each package, the volume an estimate."""
    units = [Unit(one.box, one.gross_weight_g, 1, on_pallet=False, count=one.count) for one in packages]
    return _sum_up(units, Method.VOLUME, LOOSE_FACTOR)


def fit_containers(load: Load) -> list[ContainerFit]:
    """For each type of container how many the load needs; a type that a unit does not pass the door of is left out."""
    return [found for container in CONTAINERS if (found := _fit(load, container))]


def _stands(package: Package) -> bool:
    return package.kind != TURNABLE


def _load_as_they_are(packages: Sequence[Package]) -> Load:
    """Pallets that the exporter has loaded already."""
    units = [Unit(one.box, one.gross_weight_g, 1, on_pallet=True, count=one.count) for one in packages]
    return _sum_up(units, Method.EQUAL)


def _load_equal(package: Package, pallet: Pallet, room: Box) -> Load:
    layers = stow(package.box, room, keep_upright=_stands(package))
    by_weight = pallet.payload_g // package.gross_weight_g
    each = min(sum(layer.count for layer in layers), by_weight)
    full, rest = divmod(package.count, each)
    heights = [(layer.count, layer.height_mm) for layer in layers]
    units = [
        _on_pallet(pallet, _height_of(packages, heights), packages, packages * package.gross_weight_g, times)
        for packages, times in ((each, full), (rest, 1))
        if packages and times
    ]
    return _sum_up(units, Method.EQUAL)


def _height_of(count: int, layers: list[tuple[int, int]]) -> int:
    height_mm = 0
    for held, layer_mm in layers:
        if count <= 0:
            break
        count -= held
        height_mm += layer_mm
    return height_mm


def _load_mixed(packages: Sequence[Package], pallet: Pallet, room: Box) -> Load:
    items = [
        (package.box, package.gross_weight_g, _stands(package)) for package in packages for _ in range(package.count)
    ]
    stacks = stack_first_fit(items, room, payload_g=pallet.payload_g)
    units = [_on_pallet(pallet, stack.height_mm, len(stack.placed), stack.weight_g) for stack in stacks]
    return _sum_up(units, Method.FIRST_FIT)


def _on_pallet(pallet: Pallet, stacked_mm: int, packages: int, weight_g: int, count: int = 1) -> Unit:
    box = Box(pallet.length_mm, pallet.width_mm, pallet.height_mm + stacked_mm)
    return Unit(box, weight_g + pallet.own_weight_g, packages, on_pallet=True, count=count)


def _sum_up(units: list[Unit], method: Method, factor: Decimal = Decimal(1)) -> Load:
    volume_mm3 = sum(unit.box.volume_mm3 * unit.count for unit in units)
    weight_g = sum(unit.weight_g * unit.count for unit in units)
    return Load(tuple(units), weight_g, to_m3(volume_mm3 * factor), method)


def _fit(load: Load, container: Container) -> ContainerFit | None:
    """Pallets side by side and not upon one another; loose packages of one size in blocks, of several sizes by their volume."""
    boxes = {unit.box for unit in load.units}
    if any(not _passes_door(box, container) for box in boxes):
        return None
    largest = max(boxes, key=lambda box: box.volume_mm3)
    if load.units[0].on_pallet:
        floor = Box(container.inside.length_mm, container.inside.width_mm, largest.height_mm)
        each = count_stowed(largest, floor, keep_upright=True)
    elif len(boxes) == 1:
        each = count_stowed(largest, container.inside)
    else:
        room_m3 = to_m3(Decimal(container.inside.volume_mm3))
        each = int(load.count * room_m3 / load.volume_m3)
    if not each:
        return None
    by_room = -(-load.count // each)
    by_weight = -(-load.weight_g // container.payload_g)
    return ContainerFit(container, max(by_room, by_weight), each, "weight" if by_weight > by_room else "room")


def _passes_door(box: Box, container: Container) -> bool:
    """Upright, the shorter side of the floor through the door."""
    narrow_mm = min(box.length_mm, box.width_mm)
    return narrow_mm <= container.door_width_mm and box.height_mm <= container.door_height_mm
