"""The pen: flat shapes, side light and ground shadow, as pieces of SVG text."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

GOLDEN_ANGLE = 2.399963
INK = "#0A272B"
CREAM = "#FFF5E6"
LIGHT = (
    '<linearGradient id="light" x1="0" x2="1"><stop stop-color="#000" stop-opacity=".16"/>'
    '<stop offset=".28" stop-color="#fff" stop-opacity=".16"/><stop offset=".6" stop-color="#fff" stop-opacity="0"/>'
    '<stop offset="1" stop-color="#000" stop-opacity=".2"/></linearGradient>'
    '<radialGradient id="glow"><stop stop-color="#FFE7A0" stop-opacity=".8"/>'
    '<stop offset="1" stop-color="#FFE7A0" stop-opacity="0"/></radialGradient>'
    '<linearGradient id="beam" x1="0" y1="0" x2="0" y2="1"><stop stop-color="#FFF2C4" stop-opacity=".75"/>'
    '<stop offset="1" stop-color="#FFF2C4" stop-opacity="0"/></linearGradient>'
)


@dataclass(frozen=True)
class Drawing:
    """One picture: a soft background from top to bottom colour, and what stands on it."""

    top: str
    bottom: str
    body: str
    width: int = 640
    height: int = 480
    pixels_wide: int = 1600

    @property
    def pixels_high(self) -> int:
        return round(self.height * self.pixels_wide / self.width)

    def as_svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}"'
            f' width="{self.pixels_wide}" height="{self.pixels_high}"><defs>'
            f'<linearGradient id="ground" x1="0" y1="0" x2="0" y2="1"><stop stop-color="{self.top}"/>'
            f'<stop offset="1" stop-color="{self.bottom}"/></linearGradient>{LIGHT}</defs>'
            f'<rect width="{self.width}" height="{self.height}" fill="url(#ground)"/>{self.body}</svg>'
        )


def path(d: str, fill: str, opacity: float = 1) -> str:
    return f'<path d="{d}" fill="{fill}" opacity="{opacity:g}"/>'


def solid(d: str, fill: str) -> str:
    """A filled outline with light from the left."""
    return path(d, fill) + path(d, "url(#light)")


def stroke(d: str, colour: str, width: float, dash: str = "none", opacity: float = 1) -> str:
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linecap="round"'
        f' stroke-linejoin="round" stroke-dasharray="{dash}" opacity="{opacity:g}"/>'
    )


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0, opacity: float = 1) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="{fill}" opacity="{opacity:g}"/>'


def block(x: float, y: float, w: float, h: float, fill: str, r: float = 0) -> str:
    """A rectangle with light from the left."""
    return rect(x, y, w, h, fill, r) + rect(x, y, w, h, "url(#light)", r)


def oval(x: float, y: float, rx: float, ry: float, fill: str, opacity: float = 1) -> str:
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}" opacity="{opacity:g}"/>'


def ring(x: float, y: float, rx: float, ry: float, colour: str, width: float, opacity: float = 1) -> str:
    return (
        f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="none" stroke="{colour}"'
        f' stroke-width="{width:g}" opacity="{opacity:g}"/>'
    )


def ball(x: float, y: float, radius: float, fill: str) -> str:
    """A round thing with a highlight."""
    glint = oval(x - radius * 0.3, y - radius * 0.34, radius * 0.26, radius * 0.2, "#fff", 0.4)
    return oval(x, y, radius, radius, fill) + oval(x, y, radius, radius, "url(#light)") + glint


def shadow(x: float, y: float, rx: float) -> str:
    return oval(x, y, rx, rx * 0.12, "#000", 0.16)


def sail(x: float, y: float, size: float, fill: str) -> str:
    """The emblem on labels: a lateen sail, never a word."""
    right, left, foot = x + size * 0.8, x - size * 0.45, y + size * 0.55
    return path(f"M{x:g} {y - size:g} L{right:g} {foot:g} L{left:g} {foot:g}Z", fill)


def placed(body: str, x: float, y: float, angle: float = 0, scale: float = 1) -> str:
    return f'<g transform="translate({x:g} {y:g}) rotate({angle:g}) scale({scale:g})">{body}</g>'


def scattered(count: int, x: float, y: float, rx: float, ry: float) -> Iterator[tuple[int, float, float]]:
    """Number and place of `count` things spread over an ellipse, those behind first."""
    spots = []
    for i in range(count):
        angle, reach = i * GOLDEN_ANGLE, math.sqrt((i + 0.5) / count)
        wobble_x, wobble_y = (i * 37) % 11 - 5, (i * 53) % 7 - 3
        spots.append(
            (i, round(x + rx * reach * math.cos(angle) + wobble_x), round(y + ry * reach * math.sin(angle) + wobble_y))
        )
    return iter(sorted(spots, key=lambda spot: spot[2]))
