"""Fabric, yarn and clothes."""

from demo.drawings.shapes import Drawing, block, oval, path, placed, rect, ring, shadow, solid, stroke


def fold(x: int, y: int, w: int, colours: tuple[str, str, str], motif: str) -> str:
    """One folded cloth in a pile; the motif is `teeth`, `bars` or `dots`."""
    tall, cell = 66, w / 8
    out = rect(x, y, w, tall, colours[0], 14)
    for j in range(8):
        left, colour = x + j * cell, colours[1 + j % 2]
        if motif == "teeth":
            out += path(f"M{left:g} {y + tall} l{cell / 2:g} -{tall} l{cell / 2:g} {tall}Z", colour)
        elif motif == "bars":
            out += rect(left + 4, y + tall * 0.2, cell - 8, tall * 0.6, colour)
        else:
            out += oval(left + cell / 2, y + tall / 2, tall * 0.3, tall * 0.3, colour)
    return out + rect(x, y, w, tall, "url(#light)", 14)


def textile() -> Drawing:
    pile = (
        fold(120, 340, 400, ("#7A1F3D", "#F2B632", "#D9513A"), "teeth")
        + fold(135, 272, 370, ("#0F4C5C", "#E9F2F0", "#F2B632"), "bars")
        + fold(125, 204, 390, ("#D98A00", "#7A1F3D", "#0F4C5C"), "dots")
        + fold(145, 136, 350, ("#1F6F54", "#F2D9A0", "#B4532A"), "teeth")
    )
    return Drawing("#F3E3DC", "#E2C3B5", shadow(320, 410, 230) + pile)


def fabric() -> Drawing:
    def bolt(x: int, y: int, colour: str, motif: str) -> str:
        face = rect(x, y, 96, 412 - y, colour, 10) + motif + rect(x, y, 96, 412 - y, "url(#light)", 10)
        core = (
            oval(x + 48, y + 2, 48, 15, colour)
            + oval(x + 48, y + 2, 48, 15, "#fff", 0.18)
            + ring(x + 48, y + 2, 26, 8, "#000", 3, 0.2)
            + oval(x + 48, y + 2, 11, 4, "#6B4A2B")
        )
        return shadow(x + 48, 412, 62) + face + core

    circles = "".join(
        ring(x, y, 20, 20, "#F2B632", 7) + oval(x, y, 7, 7, "#D9513A") for x in (138, 186) for y in range(150, 410, 58)
    )
    waves = "".join(stroke(f"M242 {y}q12 -18 24 0t24 0t24 0t22 -4", "#E9F2F0", 7) for y in range(204, 405, 32))
    kente = "".join(
        rect(360, y, 96, 18, "#F2B632") + rect(376, y + 24, 26, 18, "#1F6F54") + rect(416, y + 24, 26, 18, "#B23023")
        for y in range(130, 370, 62)
    )
    spots = "".join(
        oval(x, y, 7, 7, "#7A1F3D")
        for i, y in enumerate(range(214, 400, 26))
        for x in range(490 + (i % 2) * 16, 566, 32)
    )
    bolts = (
        bolt(114, 110, "#12383C", circles)
        + bolt(240, 170, "#1F5F8B", waves)
        + bolt(360, 90, "#2A1B12", kente)
        + bolt(478, 190, "#F2D9A0", spots)
    )
    return Drawing("#EFE9E2", "#D6CABC", bolts)


def yarn() -> Drawing:
    def ball_of_yarn(x: float, y: float, r: float, colour: str, dark: str) -> str:
        threads = "".join(
            placed(
                stroke(f"M{-r * 0.82:g} {r * k:g}Q0 {r * (k - 0.5):g} {r * 0.82:g} {r * k:g}", dark, 4, opacity=0.6),
                x,
                y,
                turn,
            )
            for turn in (-34, 40)
            for k in (-0.1, 0.12, 0.34, 0.56)
        )
        return shadow(x, y + r, r) + oval(x, y, r, r, colour) + threads + oval(x, y, r, r, "url(#light)")

    def cone(x: float, y: float, colour: str) -> str:
        winding = "".join(
            stroke(f"M{x - 26 - k * 0.22:g} {y + k}l{52 + k * 0.44:g} 14", "#000", 3, opacity=0.14)
            for k in range(12, 150, 17)
        )
        return (
            shadow(x, y + 176, 74)
            + block(x - 12, y - 20, 24, 26, "#E6DCC8", 4)
            + solid(f"M{x - 26} {y}h52l36 166h-124Z", colour)
            + winding
            + block(x - 66, y + 164, 132, 14, "#E6DCC8", 5)
        )

    cones = cone(150, 150, "#E9DDBF") + cone(300, 110, "#1F5F8B") + cone(452, 150, "#B4532A")
    balls = (
        ball_of_yarn(230, 356, 62, "#D98A00", "#8F5A00")
        + ball_of_yarn(374, 366, 54, "#1F6F54", "#0E4030")
        + ball_of_yarn(500, 376, 44, "#E9DDBF", "#A8946A")
    )
    tail = stroke("M180 392q-60 40 -110 18", "#D98A00", 5)
    return Drawing("#EEF0EA", "#D0D6C8", cones + balls + tail)


def hanger(x: float, y: float) -> str:
    hook = stroke(f"M{x} {y}v-20q0 -14 12 -16q14 -4 12 -18q-4 -14 -20 -12q-10 2 -12 10", "#5F6B6E", 5)
    return hook + stroke(f"M{x - 92} {y + 44}L{x} {y}L{x + 92} {y + 44}", "#8C5A2B", 10)


def dress() -> Drawing:
    outline = "M262 126l26 -14q32 34 64 0l26 14l34 76l-38 22l-12 -26q-8 44 6 70q50 70 62 148q-110 34 -220 0q12 -78 62 -148q14 -26 6 -70l-12 26l-38 -22Z"
    inside = '<clipPath id="dress"><path d="' + outline + '"/></clipPath>'
    teeth = "".join(path(f"M{x} 400l20 -44l20 44Z", "#F2B632") for x in range(200, 440, 40)) + rect(
        190, 396, 260, 12, "#F2E4C4"
    )
    dots = "".join(
        ring(x, y, 15, 15, "#F2B632", 6) + oval(x, y, 5, 5, "#D9513A")
        for i, y in enumerate((292, 330))
        for x in range(214 + i * 24, 430, 48)
    )
    yoke = path("M276 118q44 52 88 0l8 30q-52 40 -104 0Z", "#0F4C5C")
    sash = rect(250, 236, 140, 20, "#F2B632")
    pattern = f'<g clip-path="url(#dress)">{teeth}{dots}{yoke}{sash}</g>'
    return Drawing(
        "#F4E6E6",
        "#E0C4C6",
        inside
        + shadow(320, 440, 120)
        + hanger(320, 94)
        + path(outline, "#7A1F3D")
        + pattern
        + path(outline, "url(#light)"),
    )


def shirt() -> Drawing:
    outline = "M240 116l46 -18q34 30 68 0l46 18l70 66l-46 54l-34 -28v196q-70 16 -140 0v-196l-34 28l-46 -54Z"
    inside = '<clipPath id="shirt"><path d="' + outline + '"/></clipPath>'
    stripes = "".join(
        rect(x, 90, 16, 330, "#E9F2F0", 0, 0.85) + rect(x + 22, 90, 5, 330, "#F2B632") for x in range(176, 300, 46)
    )
    mirror = "".join(
        rect(624 - x, 90, 16, 330, "#E9F2F0", 0, 0.85) + rect(613 - x, 90, 5, 330, "#F2B632")
        for x in range(176, 300, 46)
    )
    placket = rect(300, 110, 40, 310, "#0C3F4D") + stroke("M308 130v264M332 130v264", "#F2B632", 3, "8 8")
    buttons = "".join(oval(320, y, 6, 6, "#F2E4C4") for y in range(160, 390, 52))
    pattern = f'<g clip-path="url(#shirt)">{stripes}{mirror}{placket}</g>'
    collar = path("M284 98q36 46 72 0l14 10l-30 46l-20 -22l-20 22l-30 -46Z", "#0C3F4D")
    cuffs = stroke("M176 188l42 44M464 188l-42 44", "#0C3F4D", 12)
    return Drawing(
        "#E4ECF0",
        "#C2D2DA",
        inside
        + shadow(320, 434, 110)
        + hanger(320, 80)
        + path(outline, "#1F6F8B")
        + pattern
        + cuffs
        + collar
        + buttons
        + path(outline, "url(#light)"),
    )


def scarf() -> Drawing:
    rail = block(90, 92, 460, 16, "#8C5A2B", 8) + oval(90, 100, 13, 13, "#7A4A22") + oval(550, 100, 13, 13, "#7A4A22")

    def hung(x: int, w: int, h: int, ground: str, band: str, line: str) -> str:
        body = rect(x, 84, w, h, ground, 10) + "".join(
            rect(x, 84 + h - d, w, t, c)
            for d, t, c in [(150, 8, line), (132, 34, band), (88, 8, line), (62, 22, band), (28, 8, line)]
        )
        diamonds = "".join(path(f"M{x + w * k:g} {84 + h - 128}l9 13l-9 13l-9 -13Z", line) for k in (0.18, 0.5, 0.82))
        fringe = "".join(stroke(f"M{x + d} {84 + h}v26", ground, 4) for d in range(5, w, 9))
        return fringe + body + diamonds + rect(x, 84, w, h, "url(#light)", 10) + rect(x, 108, w, 10, "#000", 0, 0.12)

    cloths = (
        hung(130, 108, 300, "#D98A00", "#7A1F3D", "#F2E4C4")
        + hung(266, 108, 260, "#0F4C5C", "#F2B632", "#E9F2F0")
        + hung(402, 108, 320, "#E9DDBF", "#B4532A", "#12383C")
    )
    return Drawing("#EDEBF2", "#D2CDDE", rail + cloths)


def hat() -> Drawing:
    def straw(x: float, y: float, scale: float, straw_colour: str, ribbon: str) -> str:
        brim = (
            oval(0, 0, 200, 48, straw_colour)
            + ring(0, -2, 168, 38, "#8C5A2B", 3, 0.35)
            + ring(0, -3, 136, 28, "#8C5A2B", 3, 0.35)
            + oval(0, 0, 200, 48, "url(#light)", 0.8)
        )
        crown = "M-108 -8q4 -130 60 -140q48 -10 96 0q56 10 60 140q-108 36 -216 0Z"
        rows = "".join(
            stroke(f"M{-w} {y}q{w} {d} {2 * w} 0", "#8C5A2B", 3, "11 6", 0.45)
            for y, w, d in [(-124, 72, 18), (-100, 88, 22), (-76, 98, 26)]
        )
        band = path("M-106 -52q106 40 212 0l2 44q-108 36 -216 0Z", ribbon)
        return placed(
            oval(0, 34, 190, 26, "#000", 0.14)
            + brim
            + path(crown, straw_colour)
            + rows
            + band
            + path(crown, "url(#light)"),
            x,
            y,
            0,
            scale,
        )

    return Drawing(
        "#F6EFDC", "#E6D6AE", straw(390, 206, 0.78, "#CFA35A", "#1F6F54") + straw(270, 378, 1.04, "#E6CC8E", "#B4532A")
    )


DRAWINGS = {
    "textile": textile,
    "fabric": fabric,
    "yarn": yarn,
    "dress": dress,
    "shirt": shirt,
    "scarf": scarf,
    "hat": hat,
}
