"""Tableware, lamps, seats, rugs, baskets and pots for the house and the garden."""

import math

from demo.drawings.shapes import Drawing, block, oval, path, placed, rect, ring, shadow, solid, stroke
from demo.drawings.things import leaves


def weave(
    x: float, y: float, w: float, h: float, colours: tuple[str, str, str], rows: int = 9, bulge: float = 0.14
) -> str:
    """A woven wall of small knots; two of its rows carry the third colour."""
    base, second, accent = colours
    out, tall = "", h / rows
    for i in range(rows):
        wide = w * (1 - bulge + bulge * math.sin(math.pi * (i / (rows - 1) * 0.75 + 0.2)))
        left, knot = x + (w - wide) / 2, wide / 14
        pair = (accent, base) if i in (3, 5) else (base, second)
        out += "".join(
            rect(
                round(left + j * knot, 1),
                round(y + i * tall, 1),
                round(knot + 0.6, 1),
                round(tall + 0.6, 1),
                pair[(i + j) % 2],
                5,
            )
            for j in range(14)
        )
    return out


def ceramic() -> Drawing:
    outline = "M90 220h280q-6 176 -140 176t-140 -176Z"
    band = path("M96 262q134 40 268 0l-8 42q-126 34 -252 0Z", "#1F5F8B")
    dish = (
        path(outline, "#F2EDE2")
        + band
        + path(outline, "url(#light)")
        + oval(230, 220, 140, 26, "#DAD3C3")
        + ring(230, 220, 138, 24, "#F7F3EA", 4)
    )
    form = "M380 180q-8 -60 34 -80h60q42 20 34 80q24 60 10 120q-10 96 -74 96t-64 -96q-14 -60 0 -120Z"
    vase = (
        path(form, "#1F5F8B")
        + path("M371 236h142l6 40h-154Z", "#F2EDE2")
        + path(form, "url(#light)")
        + oval(444, 101, 31, 8, "#123E5C")
    )
    return Drawing("#E3EAF2", "#BFCEDF", shadow(230, 398, 140) + shadow(444, 398, 96) + dish + vase)


def plate() -> Drawing:
    dots = "".join(placed(oval(122, 0, 8, 8, "#1F5F8B"), 400, 216, i * 15) for i in range(24))
    star = "".join(placed(path("M0 0Q14 -34 0 -66Q-14 -34 0 0Z", "#D98A00"), 400, 216, i * 45) for i in range(8))
    standing = (
        oval(400, 216, 148, 148, "#F7F3EA")
        + dots
        + ring(400, 216, 96, 96, "#1F5F8B", 5)
        + star
        + ring(400, 216, 146, 146, "#1F5F8B", 5)
        + oval(400, 216, 148, 148, "url(#light)", 0.5)
    )
    pile = "".join(
        solid(f"M{70} {y}h280q-30 34 -90 34h-100q-60 0 -90 -34Z", c) + oval(210, y, 140, 15, top)
        for y, c, top in [
            (372, "#1F5F8B", "#2B75A6"),
            (340, "#F2EDE2", "#FBF8F1"),
            (308, "#D98A00", "#E8A832"),
            (276, "#1F6F54", "#2E8A6B"),
        ]
    )
    return Drawing(
        "#EAF0EE",
        "#C6D6D0",
        shadow(400, 400, 150) + block(330, 352, 140, 44, "#8C5A2B", 8) + standing + shadow(210, 406, 140) + pile,
    )


def lamp() -> Drawing:
    def shade(x: float, y: float, w: float, h: float, colour: str, weft: str) -> str:
        outline = f"M{x - w * 0.16:g} {y}h{w * 0.32:g}q{w * 0.34:g} {h * 0.2:g} {w * 0.34:g} {h:g}h-{w:g}q0 -{h * 0.8:g} {w * 0.34:g} -{h:g}Z"
        ribs = "".join(
            stroke(
                f"M{x + w * 0.15 * k:g} {y + 2}Q{x + w * 0.46 * k:g} {y + h * 0.3:g} {x + w * 0.47 * k:g} {y + h - 2:g}",
                weft,
                3,
                opacity=0.6,
            )
            for k in (-1, -0.6, -0.2, 0.2, 0.6, 1)
        )
        hoops = "".join(
            stroke(f"M{x - w * k:g} {y + h * t:g}h{2 * w * k:g}", weft, 4, "10 6", 0.8)
            for t, k in [(0.25, 0.33), (0.5, 0.42), (0.75, 0.46)]
        )
        glow = path(f"M{x - w / 2:g} {y + h} h{w} l{w * 0.3:g} 180 h-{w * 1.6:g}Z", "url(#beam)")
        bulb = oval(x, y + h, w * 0.13, w * 0.13, "#FFE9A0")
        return (
            stroke(f"M{x} 0V{y}", "#3A2A1C", 5)
            + glow
            + bulb
            + solid(outline, colour)
            + ribs
            + hoops
            + rect(x - w / 2 - 4, y + h - 7, w + 8, 13, weft, 6)
        )

    return Drawing(
        "#DDE4E0",
        "#F0E3C4",
        shade(200, 110, 240, 160, "#D9A55B", "#8C5A2B") + shade(456, 60, 190, 200, "#C98F42", "#7A4E2B"),
    )


def stool() -> Drawing:
    seat = solid("M100 150q30 66 220 66t220 -66l24 34q-30 92 -244 92t-244 -92Z", "#8C5A2B")
    rim = path("M100 150q30 66 220 66t220 -66l8 12q-34 72 -228 72t-228 -72Z", "#A8733C")
    column = solid("M280 258h80q-18 50 0 112h-80q18 -62 0 -112Z", "#7A4A22")
    arms = stroke("M206 250q-24 60 24 112M434 250q24 60 -24 112", "#7A4A22", 30) + stroke(
        "M206 250q-24 60 24 112M434 250q24 60 -24 112", "#5F3818", 4, "10 12"
    )
    foot = (
        block(150, 364, 340, 44, "#8C5A2B", 8)
        + stroke("M170 386h300", "#F2D9A0", 5, "4 16")
        + stroke("M292 290l28 22l28 -22M292 322l28 22l28 -22", "#F2D9A0", 5)
    )
    return Drawing("#EFE6DA", "#D6C2A6", shadow(320, 410, 210) + arms + column + foot + seat + rim)


def rug() -> Drawing:
    def zigzag(y: float, colour: str) -> str:
        return stroke(f"M150 {y}" + "l20 -18l20 18" * 8 + "l12 -11", colour, 9)

    field = (
        rect(140, 130, 360, 250, "#7A1F3D", 4) + rect(140, 130, 360, 34, "#12383C") + rect(140, 346, 360, 34, "#12383C")
    )
    diamonds = "".join(
        path(f"M{x} 206l44 50l-44 50l-44 -50Z", "#F2B632")
        + path(f"M{x} 228l25 28l-25 28l-25 -28Z", "#0F4C5C")
        + path(f"M{x} 244l11 12l-11 12l-11 -12Z", "#F2E4C4")
        for x in (210, 320, 430)
    )
    fringe = "".join(stroke(f"M{x} 380v22", "#F2E4C4", 4) for x in range(146, 500, 12))
    roll = (
        block(120, 86, 400, 62, "#B4532A", 30)
        + stroke("M160 117h320", "#F2D9A0", 7, "18 14")
        + oval(136, 117, 16, 30, "#8F3F1E")
        + ring(136, 117, 8, 16, "#F2D9A0", 4)
    )
    return Drawing(
        "#EDE7E3",
        "#D2C4BC",
        shadow(320, 404, 210)
        + field
        + zigzag(152, "#E9F2F0")
        + zigzag(370, "#E9F2F0")
        + diamonds
        + rect(140, 130, 360, 250, "url(#light)", 4)
        + fringe
        + roll,
    )


def cushion() -> Drawing:
    outline = "M0 14q100 -26 200 0q26 90 0 188q-100 24 -200 0q-26 -96 0 -188Z"

    def pad(x: float, y: float, turn: float, colour: str, pattern: str) -> str:
        return placed(
            path(outline, colour) + pattern + path(outline, "url(#light)") + stroke(outline, "#000", 3, opacity=0.12),
            x,
            y,
            turn,
        )

    stripes = "".join(
        rect(-8, 40 + i * 36, 216, 14, c) for i, c in enumerate(["#F2D9A0", "#7A1F3D", "#F2D9A0", "#7A1F3D"])
    )
    diamonds = "".join(
        path(f"M{50 + i * 50} {60 + j * 52}l18 22l-18 22l-18 -22Z", "#F2B632" if (i + j) % 2 else "#E9F2F0")
        for i in range(3)
        for j in range(2)
    )
    cross = stroke("M36 48L164 168M164 48L36 168", "#E9F2F0", 10) + ring(100, 108, 44, 44, "#F2B632", 10)
    pads = (
        pad(300, 84, 9, "#0F4C5C", diamonds)
        + pad(112, 110, -8, "#D9812E", stripes)
        + pad(236, 194, 2, "#1F6F54", cross)
    )
    return Drawing("#F1E8E4", "#DAC6BD", shadow(320, 408, 220) + pads)


def storage_basket() -> Drawing:
    tall = weave(92, 146, 220, 262, ("#D9B77A", "#C9A05C", "#1F6F54"), 11, 0.1)
    low = weave(346, 260, 210, 148, ("#E0C48E", "#CFAB6A", "#7A1F3D"), 7, 0.12)
    lid = (
        path("M88 150q10 -66 114 -66t114 66Z", "#C08F45")
        + path("M88 150q10 -66 114 -66t114 66Z", "url(#light)")
        + stroke("M112 132q90 -30 180 0M138 112q64 -20 128 0", "#8C5A2B", 4, "12 7", 0.7)
        + oval(202, 80, 20, 14, "#8C5A2B")
    )
    edge = block(346, 250, 210, 20, "#B98B45", 10) + stroke(
        "M340 300q-30 4 -26 34q10 20 38 10M562 300q30 4 26 34q-10 20 -38 10", "#8C5A2B", 11
    )
    throw = path("M384 252q20 -46 70 -40q70 -10 84 40Z", "#F2EDE2") + stroke("M420 222q20 10 60 4", "#C9B89A", 4)
    light = rect(96, 146, 212, 262, "url(#light)", 14, 0.7) + rect(350, 260, 202, 148, "url(#light)", 12, 0.7)
    return Drawing(
        "#E9EDE6", "#C9D3C3", shadow(202, 410, 130) + shadow(451, 410, 124) + throw + tall + low + light + edge + lid
    )


def garden_pot() -> Drawing:
    def pot(x: float, y: float, w: float, h: float, colour: str) -> str:
        taper = w * 0.14
        return (
            shadow(x + w / 2, y + h, w * 0.5)
            + solid(f"M{x + 8:g} {y + 20:g}h{w - 16:g}l{-taper:g} {h - 20:g}h{-(w - 16 - 2 * taper):g}Z", colour)
            + block(x, y, w, h * 0.2, colour, 6)
            + rect(x + 6, y + h * 0.2, w - 12, 7, "#000", 0, 0.16)
        )

    aloe = "".join(
        placed(path("M-20 0Q-16 -90 0 -160Q16 -90 20 0Z", c), 210, 236, turn)
        for turn, c in [(-52, "#2F6B45"), (50, "#2F6B45"), (-30, "#3B8054"), (28, "#3B8054"), (0, "#4C9463")]
    )
    bush = leaves(
        [
            (460, 300, 110, turn, c)
            for turn, c in [(-160, "#2F6B45"), (-20, "#2F6B45"), (-130, "#3B8054"), (-50, "#3B8054"), (-92, "#4C9463")]
        ]
    )
    lines = stroke("M128 330l18 -18l18 18l18 -18l18 18l18 -18l18 18l18 -18l18 18l18 -18", "#F2D9A0", 7)
    return Drawing(
        "#E6F0E2",
        "#C2D8B9",
        aloe + bush + pot(100, 226, 220, 180, "#C0653A") + lines + pot(376, 292, 168, 114, "#A94F2C"),
    )


DRAWINGS = {
    "ceramic": ceramic,
    "plate": plate,
    "lamp": lamp,
    "stool": stool,
    "rug": rug,
    "cushion": cushion,
    "storage-basket": storage_basket,
    "garden-pot": garden_pot,
}
