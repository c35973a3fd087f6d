"""Baskets, beads, carvings, drums, toys, paper and glass made new."""

import math

from demo.drawings.home import weave
from demo.drawings.shapes import Drawing, ball, block, oval, path, placed, rect, ring, shadow, solid, stroke


def basket() -> Drawing:
    handle = stroke("M222 170q98 -200 196 0", "#8C5A2B", 17) + stroke("M226 160q94 -180 188 0", "#B98B45", 5, "12 9")
    wall = weave(180, 160, 280, 244, ("#D9A55B", "#C98F42", "#B4532A"), 10)
    rim = block(186, 152, 268, 18, "#B98B45", 9)
    return Drawing(
        "#DCE9E4",
        "#B9D3CA",
        shadow(320, 406, 180) + handle + wall + rect(191, 160, 258, 244, "url(#light)", 14, 0.8) + rim,
    )


def necklace() -> Drawing:
    colours = ["#D98A00", "#0F4C5C", "#B23023", "#F2E4C4", "#1F6F54"]

    def string(rx: float, ry: float, count: int, size: float, shift: int) -> str:
        out = ""
        for i in range(count):
            turn = math.pi * (-0.08 + i * 1.16 / (count - 1))
            x, y = 320 - rx * math.cos(turn), 130 + ry * math.sin(turn)
            out += ball(round(x), round(y), size if i % 3 else round(size * 1.3), colours[(i + shift) % 5])
        return out

    pendant = placed(
        solid("M0 -20l34 44l-34 56l-34 -56Z", "#C9A24A") + path("M0 2l18 22l-18 32l-18 -32Z", "#7A1F3D"), 320, 360
    )
    return Drawing("#EEF0F4", "#CFD5E0", string(206, 210, 31, 13, 0) + string(150, 140, 25, 11, 2) + pendant)


def carving() -> Drawing:
    def elephant(x: float, y: float, scale: float, wood: str) -> str:
        body = "M-120 30q-20 -110 70 -128q70 -16 128 10q18 -22 56 -14q50 14 44 70q-2 40 0 76q4 30 26 24q14 -4 14 -18h18q0 38 -34 42q-44 2 -48 -48l-4 -40q-12 24 -40 26l-4 90h-52l-4 -66q-48 10 -84 0l-4 66h-54l-8 -90Z"
        ear = solid("M72 -66q48 -14 56 36q0 40 -34 48q-30 -20 -22 -84Z", wood) + stroke(
            "M72 -66q48 -14 56 36q0 40 -34 48q-30 -20 -22 -84Z", "#000", 4, opacity=0.22
        )
        tusk = path("M150 26q22 18 46 6q-12 26 -44 16Z", "#F6EBD0")
        rug = (
            path("M-70 -92q50 -22 104 -10l-4 70q-52 18 -104 0Z", "#B23023")
            + stroke("M-72 -44q52 18 102 0", "#F2B632", 6)
            + stroke("M-66 -70q50 14 94 0", "#F2B632", 4, "4 10")
        )
        tail = stroke("M-120 0q-26 24 -20 60", wood, 9)
        return placed(
            shadow(20, 122, 150) + tail + solid(body, wood) + rug + ear + oval(146, -48, 6, 6, "#1C120A") + tusk,
            x,
            y,
            0,
            scale,
        )

    return Drawing("#EAE6D8", "#CFC5A4", elephant(204, 236, 1.08, "#7A4A22") + elephant(532, 372, 0.42, "#A8733C"))


def drum() -> Drawing:
    def djembe(x: float, y: float, scale: float, wood: str, band: str) -> str:
        shell = "M-100 0q0 130 60 170q-8 60 -30 116h140q-22 -56 -30 -116q60 -40 60 -170Z"
        ropes = stroke("M-96 20L-70 120L-44 26L-18 138L10 28L38 136L62 26L78 108L97 20", "#F2E4C4", 5)
        hoop = path("M-104 -6q104 40 208 0v26q-104 40 -208 0Z", "#12383C")
        waist = path("M-42 166h84l4 26h-92Z", band)
        foot = stroke("M-54 258l18 -22l18 22l18 -22l18 22l18 -22l18 22", "#F2D9A0", 5)
        head = oval(0, -4, 104, 28, "#F2E4C4") + oval(0, -4, 84, 20, "#E2CFA4") + ring(0, -4, 102, 26, "#C9A05C", 4)
        return placed(shadow(0, 288, 86) + solid(shell, wood) + ropes + waist + foot + hoop + head, x, y, 0, scale)

    return Drawing(
        "#F4E4D6", "#E0BFA0", djembe(238, 110, 1.04, "#9A5230", "#D98A00") + djembe(454, 204, 0.7, "#7A4A22", "#1F6F54")
    )


def toy() -> Drawing:
    def wheel(x: float, y: float, r: float) -> str:
        return (
            oval(x, y, r, r, "#7A4A22")
            + oval(x, y, r, r, "url(#light)")
            + oval(x, y, r * 0.6, r * 0.6, "#D9A55B")
            + oval(x, y, r * 0.2, r * 0.2, "#5F3818")
        )

    cab = solid("M350 176h92q20 0 30 20l34 66h30q18 0 18 18v66h-204Z", "#D9513A") + path(
        "M384 200h52q10 0 16 10l26 50h-94Z", "#DCEBF0"
    )
    bed = (
        block(96, 214, 258, 20, "#C9975A", 5)
        + block(96, 234, 258, 112, "#1F6F8B", 8)
        + block(112, 254, 226, 14, "#17516B", 5)
        + block(112, 290, 226, 14, "#17516B", 5)
    )
    load = (
        ball(150, 186, 34, "#F2B632")
        + block(198, 144, 70, 72, "#1F6F54", 8)
        + path("M288 216l38 -72l38 72Z", "#B23023")
        + path("M288 216l38 -72l38 72Z", "url(#light)")
    )
    base = block(86, 344, 474, 22, "#A8733C", 8)
    lamps = oval(546, 302, 8, 11, "#F2D9A0")
    return Drawing(
        "#E3EFF2",
        "#BBD6DD",
        shadow(322, 414, 250) + load + bed + cab + base + lamps + wheel(180, 372, 44) + wheel(460, 372, 44),
    )


def notebook() -> Drawing:
    def book(x: float, y: float, turn: float, cover: str, motif: str) -> str:
        pages = rect(8, 8, 196, 268, "#F6EFDC", 6) + rect(4, 4, 196, 268, "#E4D8BC", 6)
        spine = rect(0, 0, 34, 268, "#000", 6, 0.22) + stroke("M18 24v220", "#F2E4C4", 4, "16 14")
        band = rect(170, 0, 10, 268, "#F2B632")
        return placed(
            pages + rect(0, 0, 196, 268, cover, 6) + motif + spine + rect(0, 0, 196, 268, "url(#light)", 6) + band,
            x,
            y,
            turn,
        )

    rings = "".join(ring(70 + i * 44, 60 + j * 52, 17, 17, "#F2D9A0", 6) for i in range(3) for j in range(4))
    teeth = "".join(
        path(f"M{44 + i * 36} {70 + j * 60}l18 -40l18 40Z", "#F2B632" if (i + j) % 2 else "#E9F2F0")
        for i in range(4)
        for j in range(4)
    )
    pencil = placed(
        block(0, 0, 180, 18, "#D9513A", 3)
        + path("M180 0l30 9l-30 9Z", "#F0D9B0")
        + path("M201 6l9 3l-9 3Z", "#1C120A")
        + block(-18, 0, 20, 18, "#C9A24A", 4),
        372,
        418,
        -6,
    )
    return Drawing(
        "#EFEAF2",
        "#D3C9DC",
        shadow(320, 412, 220) + book(120, 112, -7, "#7A1F3D", teeth) + book(318, 96, 8, "#0F4C5C", rings) + pencil,
    )


def recycled() -> Drawing:
    def tumbler(x: int, y: int, w: int, h: int, colour: str) -> str:
        outline = f"M{x} {y}h{w}l-8 {h - 10}q-2 10 -14 10h-{w - 44}q-12 0 -14 -10Z"
        rim = oval(x + w / 2, y, w / 2, 12, "#fff", 0.5) + ring(x + w / 2, y, w / 2 - 2, 11, colour, 4)
        glints = stroke(f"M{x + 22} {y + 34}l4 {h * 0.5:g}", "#fff", 9, opacity=0.5) + "".join(
            oval(x + w * a, y + h * b, 4, 5, "#fff", 0.4) for a, b in [(0.6, 0.4), (0.7, 0.62), (0.5, 0.76)]
        )
        return shadow(x + w / 2, y + h, w * 0.56) + f'<g opacity=".85">{solid(outline, colour)}</g>' + glints + rim

    glasses = (
        tumbler(96, 210, 130, 196, "#3B9A7A")
        + tumbler(252, 164, 130, 242, "#C9822B")
        + tumbler(408, 226, 130, 180, "#3F86B5")
    )
    colours = ["#3B9A7A", "#F2E4C4", "#3F86B5", "#C9822B", "#B23023"]
    beads = "".join(ball(96 + i * 25, 432 + (i % 2) * 5 - (i * (18 - i)) * 0.14, 12, colours[i % 5]) for i in range(19))
    arrows = placed(
        "".join(
            placed(stroke("M-34 -34q34 -22 64 4", "#2E7D5B", 10) + path("M20 -44l26 20l-30 12Z", "#2E7D5B"), 0, 0, t)
            for t in (0, 120, 240)
        ),
        510,
        120,
    )
    return Drawing("#E8F1EC", "#C6DCD0", glasses + beads + arrows)


DRAWINGS = {
    "basket": basket,
    "necklace": necklace,
    "carving": carving,
    "drum": drum,
    "toy": toy,
    "notebook": notebook,
    "recycled": recycled,
}
