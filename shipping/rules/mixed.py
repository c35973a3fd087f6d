"""Mixed cartons by first fit: rows in layers on pallets, the tallest first. Quick and never wrong, rarely the best: an estimate."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from shipping.rules.stowage import Box, Placed

Item = tuple[Box, int, bool]
"""Outer size, gross weight in grams, and whether it must stand as it is."""


@dataclass
class Row:
    """Cartons side by side along the length."""

    y_mm: int
    depth_mm: int
    used_mm: int = 0


@dataclass
class Level:
    """Rows side by side along the width, all from one height up."""

    z_mm: int
    height_mm: int
    used_mm: int = 0
    rows: list[Row] = field(default_factory=list)


@dataclass
class Stack:
    """What stands on one pallet."""

    room: Box
    levels: list[Level] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    weight_g: int = 0

    @property
    def height_mm(self) -> int:
        return sum(level.height_mm for level in self.levels)

    def take(self, item: Item, payload_g: int) -> bool:
        """Put the carton into the first place that it fits; False where there is none."""
        box, weight_g, stands = item
        if self.weight_g + weight_g > payload_g:
            return False
        turns = _list_turns(box, stands=stands)
        placed = next((found for turn in turns for found in [self._find(turn)] if found), None)
        if placed is None:
            return False
        self.placed.append(placed)
        self.weight_g += weight_g
        return True

    def _find(self, turn: tuple[int, int, int]) -> Placed | None:
        dx_mm, dy_mm, dz_mm = turn
        for level in self.levels:
            if dz_mm <= level.height_mm and (row := self._find_row(level, dx_mm, dy_mm)):
                return _put(row, level, turn)
        free_mm = self.room.height_mm - self.height_mm
        if dz_mm > free_mm or dx_mm > self.room.length_mm or dy_mm > self.room.width_mm:
            return None
        level = Level(self.height_mm, dz_mm)
        self.levels.append(level)
        row = self._find_row(level, dx_mm, dy_mm)
        return _put(row, level, turn) if row else None

    def _find_row(self, level: Level, dx_mm: int, dy_mm: int) -> Row | None:
        for row in level.rows:
            if dy_mm <= row.depth_mm and row.used_mm + dx_mm <= self.room.length_mm:
                return row
        if level.used_mm + dy_mm > self.room.width_mm or dx_mm > self.room.length_mm:
            return None
        row = Row(level.used_mm, dy_mm)
        level.rows.append(row)
        level.used_mm += dy_mm
        return row


def stack_first_fit(items: Sequence[Item], room: Box, *, payload_g: int) -> list[Stack]:
    """Every item on a pallet that holds it; each item must fit into the empty room and weigh no more than the payload."""
    stacks: list[Stack] = []
    for item in sorted(items, key=_tallest_first):
        if any(stack.take(item, payload_g) for stack in stacks):
            continue
        stack = Stack(room)
        if not stack.take(item, payload_g):
            message = "an item is larger or heavier than a pallet takes"
            raise AssertionError(message)
        stacks.append(stack)
    return stacks


def _put(row: Row, level: Level, turn: tuple[int, int, int]) -> Placed:
    placed = Placed(row.used_mm, row.y_mm, level.z_mm, *turn)
    row.used_mm += turn[0]
    return placed


def _list_turns(box: Box, *, stands: bool) -> list[tuple[int, int, int]]:
    """How it may lie: as it stands first, the longer side along the row or across; on its sides last."""
    length_mm, width_mm, height_mm = box.length_mm, box.width_mm, box.height_mm
    upright = [(length_mm, width_mm, height_mm), (width_mm, length_mm, height_mm)]
    if stands:
        return upright
    return [
        *upright, (length_mm, height_mm, width_mm), (height_mm, length_mm, width_mm),
        (width_mm, height_mm, length_mm), (height_mm, width_mm, length_mm),
    ]  # fmt: skip


def _tallest_first(item: Item) -> tuple[int, int]:
    return (-item[0].height_mm, -item[0].volume_mm3)
