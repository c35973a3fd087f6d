"""Geometry of small plots: values in, paths and heights out. The words beside them are HTML, so that they never shrink."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 160
BAR_HEIGHT = 56


@dataclass(frozen=True)
class Line:
    """A line over its area in a box of WIDTH to HEIGHT; the scale runs from 0 to `top`, `half` lies between.

    `running` is the last leg by itself: it leads to a week that is not over.
    """

    top: int
    half: int
    path: str
    running: str
    area: str


def find_top(values: Sequence[int]) -> int:
    """The even round number at or above the largest value: 2, 4, 6, 8, 10, 20, 40 and so on."""
    most, step = max([*values, 1]), 1
    while True:
        for first in (2, 4, 6, 8, 10):
            if most <= first * step:
                return first * step
        step *= 10


def draw_line(values: Sequence[int]) -> Line:
    """The values from left to right at equal distances; fewer than two draw a level line."""
    shown = list(values) if len(values) > 1 else [*values, *values] or [0, 0]
    top, gap = find_top(shown), WIDTH / (len(shown) - 1)
    points = [f"{number * gap:.0f} {HEIGHT - HEIGHT * value / top:.1f}" for number, value in enumerate(shown)]
    over, running = "M" + " ".join(points[:-1]), "M" + " ".join(points[-2:])
    return Line(top, top // 2, over, running, f"M{' '.join(points)} {WIDTH} {HEIGHT} 0 {HEIGHT}Z")


def draw_bars(values: Sequence[int]) -> tuple[int, ...]:
    """Heights from 0 to BAR_HEIGHT; what is there at all is at least two high."""
    most = max([*values, 1])
    return tuple(max(2, round(BAR_HEIGHT * value / most)) if value else 0 for value in values)
