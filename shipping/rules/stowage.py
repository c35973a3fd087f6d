"""Equal cartons on a floor and under a ceiling: layers of at most two blocks, in all six orientations.

A layer is cut once, along the length or along the width. The cartons of one side are turned by a quarter against those of the other.
Layers of different orientations are stacked so that they hold the most cartons below the ceiling.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product


@dataclass(frozen=True)
class Box:
    """Outer length, width and height in millimetres."""

    length_mm: int
    width_mm: int
    height_mm: int

    @property
    def volume_mm3(self) -> int:
        return self.length_mm * self.width_mm * self.height_mm


@dataclass(frozen=True)
class Placed:
    """A carton in its place: the corner nearest to the origin, and its sizes along the three axes, in millimetres."""

    x_mm: int
    y_mm: int
    z_mm: int
    dx_mm: int
    dy_mm: int
    dz_mm: int


@dataclass(frozen=True)
class Block:
    """Cartons in rows and columns, all turned the same way. `dx_mm` and `dy_mm` are the sizes of one carton on the floor."""

    x_mm: int
    y_mm: int
    columns: int
    rows: int
    dx_mm: int
    dy_mm: int

    @property
    def count(self) -> int:
        return self.columns * self.rows


@dataclass(frozen=True)
class Layer:
    """One layer: its height in millimetres and its blocks."""

    height_mm: int
    blocks: tuple[Block, ...]

    @property
    def count(self) -> int:
        return sum(block.count for block in self.blocks)


def stow(carton: Box, space: Box, *, keep_upright: bool = False) -> tuple[Layer, ...]:
    """The layers from the floor up that hold the most cartons; `keep_upright` forbids to lay a carton on its side."""
    kinds = [layer for layer in _list_layers(carton, space, keep_upright=keep_upright) if layer.count]
    best: tuple[int, ...] = ()
    best_count = 0
    for times in _list_stacks([layer.height_mm for layer in kinds], space.height_mm):
        count = sum(number * layer.count for number, layer in zip(times, kinds, strict=True))
        if count > best_count:
            best, best_count = times, count
    return tuple(layer for number, layer in zip(best, kinds, strict=False) for _ in range(number))


def _list_stacks(heights_mm: list[int], room_mm: int) -> Iterator[tuple[int, ...]]:
    """How often each height may occur below the ceiling; of the last one as many as there is room for."""
    if not heights_mm:
        return
    if len(heights_mm) == 1:
        yield (room_mm // heights_mm[0],)
        return
    for number in range(room_mm // heights_mm[0] + 1):
        for rest in _list_stacks(heights_mm[1:], room_mm - number * heights_mm[0]):
            yield (number, *rest)


def count_stowed(carton: Box, space: Box, *, keep_upright: bool = False) -> int:
    """How many cartons the space holds."""
    return sum(layer.count for layer in stow(carton, space, keep_upright=keep_upright))


def count_in_grid(carton: Box, space: Box) -> int:
    """How many it holds in one block, all turned the same way: what `stow` is never below."""
    sides = (carton.length_mm, carton.width_mm, carton.height_mm)
    return max(
        (space.length_mm // sides[a]) * (space.width_mm // sides[b]) * (space.height_mm // sides[c])
        for a, b, c in ((0, 1, 2), (1, 0, 2), (0, 2, 1), (2, 0, 1), (1, 2, 0), (2, 1, 0))
    )


def place(layers: tuple[Layer, ...]) -> Iterator[Placed]:
    """Every carton of the layers in its place, from the floor up."""
    z_mm = 0
    for layer in layers:
        for block in layer.blocks:
            for column, row in product(range(block.columns), range(block.rows)):
                x_mm, y_mm = block.x_mm + column * block.dx_mm, block.y_mm + row * block.dy_mm
                yield Placed(x_mm, y_mm, z_mm, block.dx_mm, block.dy_mm, layer.height_mm)
        z_mm += layer.height_mm


def _list_layers(carton: Box, space: Box, *, keep_upright: bool) -> list[Layer]:
    """The best layer for each side that may point upwards."""
    length_mm, width_mm, height_mm = carton.length_mm, carton.width_mm, carton.height_mm
    lying = [(height_mm, length_mm, width_mm)]
    if not keep_upright:
        lying += [(width_mm, length_mm, height_mm), (length_mm, width_mm, height_mm)]
    return [
        Layer(up_mm, fill_floor(a_mm, b_mm, space.length_mm, space.width_mm))
        for up_mm, a_mm, b_mm in dict.fromkeys(lying)
        if up_mm <= space.height_mm
    ]


@lru_cache(maxsize=4096)
def fill_floor(a_mm: int, b_mm: int, length_mm: int, width_mm: int) -> tuple[Block, ...]:
    """The two blocks of cartons a × b that cover the most of a floor; the later one of equals is as good."""
    best: tuple[Block, ...] = ()
    for dx_mm, dy_mm in ((a_mm, b_mm), (b_mm, a_mm)):
        for blocks in (*_cut_length(dx_mm, dy_mm, length_mm, width_mm), *_cut_width(dx_mm, dy_mm, length_mm, width_mm)):
            if sum(block.count for block in blocks) > sum(block.count for block in best):
                best = tuple(block for block in blocks if block.count)
    return best


def _cut_length(dx_mm: int, dy_mm: int, length_mm: int, width_mm: int) -> Iterator[tuple[Block, Block]]:
    for columns in range(length_mm // dx_mm + 1):
        cut_mm = columns * dx_mm
        yield (
            Block(0, 0, columns, width_mm // dy_mm, dx_mm, dy_mm),
            Block(cut_mm, 0, (length_mm - cut_mm) // dy_mm, width_mm // dx_mm, dy_mm, dx_mm),
        )


def _cut_width(dx_mm: int, dy_mm: int, length_mm: int, width_mm: int) -> Iterator[tuple[Block, Block]]:
    for rows in range(width_mm // dy_mm + 1):
        cut_mm = rows * dy_mm
        yield (
            Block(0, 0, length_mm // dx_mm, rows, dx_mm, dy_mm),
            Block(0, cut_mm, length_mm // dy_mm, (width_mm - cut_mm) // dx_mm, dy_mm, dx_mm),
        )
