"""`python -m bench.search.plot`: docs/operations/search.svg from var/bench/search.json. Times on a logarithmic axis: each line is ten times more."""

import json
import math
import sys
from html import escape
from typing import Any

from bench.report import FOLDER

TARGET = FOLDER.parent.parent / "docs" / "operations" / "search.svg"
SERIES = (
    ("engine", "Lateen, asked again", "#0b6e63"),
    ("engine_cold", "Lateen, asked for the first time", "#3f9e91"),
    ("postgres", "PostgreSQL full text", "#c8651b"),
)
LEFT, RIGHT, TOP, ROW, GAP = 230, 640, 56, 20, 30
LEAST_MS, MOST_MS = 0.1, 10_000.0


def main() -> int:
    """Write the plot."""
    result: dict[str, Any] = json.loads((FOLDER / "search.json").read_text())
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(draw({size: found for size, found in result.items() if size.isdigit()}))
    sys.stdout.write(f"{TARGET}\n")
    return 0


def draw(result: dict[str, dict[str, float]]) -> str:
    """One group of bars a size: the bar ends at p95, the tick in it stands at p50."""
    bars, top = [], TOP
    for size, found in result.items():
        bars.append(_write(LEFT - 12, top + ROW * 1.9, f"{int(size):,} listings", "end", "600"))
        for name, label, color in SERIES:
            bars += _draw_bar(top, found[f"{name}_p50_ms"], found[f"{name}_p95_ms"], label, color)
            top += ROW
        top += GAP
    axis = [mark for power in range(-1, 5) for mark in _draw_line(10.0**power, top - GAP + 6)]
    head = _write(
        12, 24, "A page of 24, its exact total and the filters’ counts: p50 (tick) and p95 (bar)", "start", "600"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 {top + 14}" font-family="system-ui, sans-serif" font-size="13">'
        f'<rect width="900" height="{top + 14}" fill="#fff"/>{head}{"".join(axis)}{"".join(bars)}</svg>\n'
    )


def _draw_bar(top: float, middle: float, most: float, label: str, color: str) -> list[str]:
    end, tick = _place(most), _place(middle)
    return [
        f'<rect x="{LEFT}" y="{top + 3}" width="{end - LEFT:.1f}" height="{ROW - 6}" fill="{color}"/>',
        f'<rect x="{tick - 1:.1f}" y="{top + 1}" width="2" height="{ROW - 2}" fill="#12201d"/>',
        _write(end + 6, top + 14.5, f"{_say(middle)} / {_say(most)} ms  {label}", "start", "400"),
    ]


def _draw_line(value: float, bottom: float) -> list[str]:
    x = _place(value)
    return [
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{bottom:.1f}" stroke="#d5ddda"/>',
        _write(x, TOP - 10, f"{value:g} ms" if value < 1000 else f"{value / 1000:g} s", "middle", "400"),
    ]


def _place(value: float) -> float:
    share = math.log10(max(value, LEAST_MS) / LEAST_MS) / math.log10(MOST_MS / LEAST_MS)
    return LEFT + share * (RIGHT - LEFT)


def _say(value: float) -> str:
    return f"{value:.2g}" if value < 10 else f"{value:,.0f}"


def _write(x: float, y: float, words: str, anchor: str, weight: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" fill="#12201d">{escape(words)}</text>'


if __name__ == "__main__":
    sys.exit(main())
