"""The things that many pictures share: bags, jars, bottles, sacks, bowls, leaves and heaps."""

from collections.abc import Callable, Sequence

from demo.drawings.shapes import (
    CREAM,
    block,
    oval,
    path,
    placed,
    rect,
    sail,
    scattered,
    shadow,
    solid,
    stroke,
)


def label(x: float, y: float, w: float, h: float, paper: str, ink: str) -> str:
    """A paper label with the sail and two lines that stand for writing."""
    return (
        rect(x, y, w, h, paper, 6)
        + sail(x + w * 0.46, y + h * 0.42, h * 0.24, ink)
        + rect(x + w * 0.2, y + h * 0.67, w * 0.6, h * 0.06, ink, h * 0.03)
        + rect(x + w * 0.3, y + h * 0.8, w * 0.4, h * 0.045, ink, h * 0.02, 0.6)
    )


def bag(x: float, y: float, w: float, h: float, colour: str, paper: str) -> str:
    """A standing valve bag with a folded top."""
    outline = f"M{x + 10} {y} h{w - 20} l10 26 v{h - 36} q0 10 -10 10 h-{w - 20} q-10 0 -10 -10 v-{h - 36}Z"
    fold = path(f"M{x + 10} {y} h{w - 20} l10 26 h-{w}Z", "#000", 0.22)
    front = label(x + w * 0.16, y + h * 0.36, w * 0.68, h * 0.42, paper, colour)
    return shadow(x + w / 2, y + h, w * 0.62) + path(outline, colour) + fold + front + path(outline, "url(#light)")


def jar(x: float, y: float, w: float, h: float, colour: str, lid: str, paper: str) -> str:
    """A round jar with a screw lid and a band label."""
    top, round_corner = y + h * 0.15, w * 0.14
    return (
        shadow(x + w / 2, y + h, w * 0.6)
        + block(x + 8, y, w - 16, h * 0.17, lid, 8)
        + rect(x, top, w, h * 0.85, colour, round_corner)
        + rect(x, y + h * 0.42, w, h * 0.34, paper)
        + sail(x + w * 0.46, y + h * 0.55, h * 0.085, lid)
        + rect(x + w * 0.3, y + h * 0.66, w * 0.4, 6, lid, 3)
        + rect(x, top, w, h * 0.85, "url(#light)", round_corner)
    )


def bottle(x: float, y: float, w: float, h: float, glass: str, cap: str, paper: str = CREAM) -> str:
    """A bottle with round shoulders, a cap and a label."""
    neck, half = w * 0.36, (w - w * 0.36) / 2
    outline = (
        f"M{x + half:g} {y + h * 0.1:g} h{neck:g} v{h * 0.14:g} q0 {h * 0.05:g} {half:g} {h * 0.13:g}"
        f" v{h * 0.58:g} q0 {h * 0.05:g} -{w * 0.12:g} {h * 0.05:g} h-{w * 0.76:g}"
        f" q-{w * 0.12:g} 0 -{w * 0.12:g} -{h * 0.05:g} v-{h * 0.58:g} q{half:g} -{h * 0.08:g} {half:g} -{h * 0.13:g}Z"
    )
    return (
        shadow(x + w / 2, y + h, w * 0.66)
        + path(outline, glass)
        + label(x + w * 0.08, y + h * 0.48, w * 0.84, h * 0.36, paper, cap)
        + path(outline, "url(#light)")
        + block(x + half - 4, y, neck + 8, h * 0.12, cap, 5)
    )


def sack(x: float, y: float, colour: str, mark: str, scale: float = 1) -> str:
    """A tied export sack, 140 wide and 200 high before scaling."""
    belly = "M0 20q70 -36 140 0q10 80 0 152q-70 24 -140 0q-10 -72 0 -152Z"
    return placed(
        path("M50 -6q20 -26 40 0l-6 22h-28Z", colour)
        + path("M50 -6q20 -26 40 0l-6 22h-28Z", "#000", 0.16)
        + solid(belly, colour)
        + stroke("M54 15h32", "#000", 5, opacity=0.3)
        + sail(66, 102, 38, mark),
        x,
        y,
        scale=scale,
    )


def open_sack(x: float, y: float, w: float, h: float, colour: str, filling: str) -> str:
    """A sack with a rolled rim; `filling` is drawn between its back and its front rim."""
    body = (
        f"M{x} {y} q-{w * 0.1:g} {h * 0.5:g} {w * 0.04:g} {h:g} q{w * 0.46:g} {h * 0.09:g} {w * 0.92:g} 0"
        f" q{w * 0.14:g} -{h * 0.5:g} {w * 0.04:g} -{h:g}Z"
    )
    rim = f"M{x - 4} {y} q{w / 2:g} {h * 0.26:g} {w + 8} 0"
    return (
        shadow(x + w / 2, y + h, w * 0.6)
        + oval(x + w / 2, y, w / 2, h * 0.14, "#3B2A1C")
        + solid(body, colour)
        + filling
        + stroke(rim, "#000", 26, opacity=0.2)
        + stroke(rim, colour, 20)
    )


def bowl(x: float, y: float, w: float, h: float, colour: str, band: str) -> str:
    """A bowl seen from the side, with a dashed band below the rim."""
    outline = f"M{x} {y}h{w}q{-w * 0.05:g} {h} {-w / 2:g} {h}t{-w / 2:g} {-h}Z"
    line = stroke(f"M{x + w * 0.05:g} {y + h * 0.3:g}h{w * 0.9:g}", band, h * 0.07, f"{h * 0.18:g} {h * 0.14:g}")
    return solid(outline, colour) + line


def plain_bowl(x: float, y: float, w: float, h: float, colour: str) -> str:
    return solid(f"M{x} {y}h{w}q{-w * 0.05:g} {h} {-w / 2:g} {h}t{-w / 2:g} {-h}Z", colour)


def leaf(x: float, y: float, length: float, angle: float, colour: str) -> str:
    """A leaf from its stem at (x, y)."""
    half, width = length / 2, length * 0.42
    blade = f"M0 0q{half:g} {-width:g} {length:g} 0q{-half:g} {width:g} {-length:g} 0"
    vein = stroke(f"M{length * 0.08:g} 0H{length * 0.86:g}", "#fff", 2.4, opacity=0.28)
    lower = path(f"M0 0q{half:g} {width:g} {length:g} 0Z", "#000", 0.1)
    return placed(path(blade, colour) + lower + vein, x, y, angle)


def leaves(spots: Sequence[tuple[float, float, float, float, str]]) -> str:
    return "".join(leaf(*spot) for spot in spots)


def bean(colour: str, size: float = 15) -> str:
    groove = stroke(f"M{-size * 0.75:g} 0q{size * 0.75:g} {size * 0.45:g} {size * 1.5:g} 0", "#000", 2, opacity=0.3)
    return oval(0, 0, size, size * 0.66, colour) + groove


def lentil(colour: str, size: float = 12) -> str:
    return oval(0, 0, size, size * 0.8, colour) + oval(-size * 0.3, -size * 0.3, size * 0.26, size * 0.16, "#fff", 0.45)


def kernel(colour: str, size: float = 20) -> str:
    """A cashew kernel: a small crescent."""
    back = f"M{-size} {size * 0.35:g}q{size * 0.1:g} {-size * 1.25:g} {size:g} {-size * 1.2:g}"
    front = f"t{size:g} {size * 1.1:g}q{-size * 0.4:g} {size * 0.5:g} {-size * 0.7:g} {-size * 0.05:g}"
    inner = f"q{-size * 0.3:g} {-size * 0.35:g} {-size * 0.6:g} 0q{-size * 0.3:g} {size * 0.5:g} {-size * 0.7:g} {-size * 0.1:g}Z"
    return path(back + front + inner, colour) + stroke(back + front, "#7A5A2A", 1.6, opacity=0.35)


def peanut(colour: str, size: float = 18) -> str:
    shell = (
        f"M{-size * 1.5:g} 0q0 {-size * 0.75:g} {size * 0.8:g} {-size * 0.72:g}q{size * 0.7:g} {size * 0.3:g} {size * 1.4:g} 0"
        f"q{size * 0.8:g} 0 {size * 0.8:g} {size * 0.72:g}t{-size * 0.8:g} {size * 0.72:g}"
        f"q{-size * 0.7:g} {-size * 0.3:g} {-size * 1.4:g} 0q{-size * 0.8:g} 0 {-size * 0.8:g} {-size * 0.72:g}Z"
    )
    nets = stroke(
        f"M{-size} {-size * 0.3:g}v{size * 0.6:g}M{size * 0.9:g} {-size * 0.3:g}v{size * 0.6:g}M0 {-size * 0.15:g}v{size * 0.3:g}",
        "#5E3C14",
        2,
        opacity=0.4,
    )
    return path(shell, colour) + stroke(shell, "#5E3C14", 1.6, opacity=0.35) + nets


def grain(colour: str, size: float = 8) -> str:
    return oval(0, 0, size, size * 0.36, colour)


def lump(colour: str, size: float = 24) -> str:
    """A rough piece with one light and one dark facet."""
    outline = (
        f"M{-size} {size * 0.2:g}L{-size * 0.6:g} {-size * 0.6:g}L{size * 0.2:g} {-size * 0.75:g}"
        f"L{size} {-size * 0.1:g}L{size * 0.6:g} {size * 0.65:g}L{-size * 0.5:g} {size * 0.7:g}Z"
    )
    bright = path(
        f"M{-size * 0.6:g} {-size * 0.6:g}L{size * 0.2:g} {-size * 0.75:g}L{-size * 0.05:g} {-size * 0.05:g}Z",
        "#fff",
        0.3,
    )
    dark = path(
        f"M{-size * 0.05:g} {-size * 0.05:g}L{size} {-size * 0.1:g}L{size * 0.6:g} {size * 0.65:g}Z", "#000", 0.14
    )
    return path(outline, colour) + bright + dark


def heap(
    draw: Callable[[str, float], str],
    count: int,
    place: tuple[float, float, float, float],
    colours: Sequence[str],
    size: float,
) -> str:
    """Many of one thing over the ellipse `place` (x, y, rx, ry), each turned its own way."""
    return "".join(
        placed(draw(colours[i % len(colours)], size), x, y, (i * i * 29 + i * 71) % 180)
        for i, x, y in scattered(count, *place)
    )


def mound(x: float, y: float, rx: float, height: float, colour: str) -> str:
    """The body of a heap, so that no background shows between its grains."""
    crown = f"C{x - rx * 0.6:g} {y - height * 1.3:g} {x + rx * 0.6:g} {y - height * 1.3:g} {x + rx:g} {y}"
    return path(f"M{x - rx} {y}{crown}q{-rx} {rx * 0.16:g} {-2 * rx} 0Z", colour)
