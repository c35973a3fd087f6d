"""Inputs for other makers: gums, waxes, rubber, timber, stone, fibres, feed and metal."""

import math

from demo.drawings.shapes import Drawing, block, oval, path, placed, rect, ring, sail, shadow, solid, stroke
from demo.drawings.things import bag, bowl, heap, leaves, lentil, lump, mound


def gum_arabic() -> Drawing:
    colours = ["#E8A24A", "#D9862B", "#F2BE6E", "#C9742A"]
    filling = mound(320, 252, 184, 100, "#B9662A") + heap(lump, 34, (320, 220, 160, 46), colours, 27)
    loose = heap(lump, 7, (320, 424, 230, 12), colours, 22)
    dish = bowl(124, 250, 392, 152, "#12383C", "#F2B632")
    return Drawing("#F4EBDD", "#E0CBA8", shadow(320, 404, 200) + filling + dish + loose)


def wax() -> Drawing:
    def cake(x: float, y: float, r: float, side: str, top: str) -> str:
        rim = [(x + r * math.cos(math.pi / 3 * i), y + r * 0.42 * math.sin(math.pi / 3 * i)) for i in range(6)]
        face = "M" + "L".join(f"{px:.0f} {py:.0f}" for px, py in rim) + "Z"
        left, right = rim[3], rim[0]
        low = f"M{left[0]:.0f} {left[1]:.0f}v58l{r * 0.5:.0f} {r * 0.36:.0f}h{r:.0f}l{r * 0.5:.0f} -{r * 0.36:.0f}V{right[1]:.0f}L{rim[1][0]:.0f} {rim[1][1]:.0f}H{rim[2][0]:.0f}Z"
        return solid(low, side) + path(face, top) + sail(x - 5, y + 4, r * 0.2, side)

    cakes = (
        cake(220, 318, 118, "#D99A1F", "#F2C14E")
        + cake(440, 322, 110, "#C9B38A", "#EFE2C2")
        + cake(326, 206, 108, "#B97A18", "#E0A63A")
    )
    cells = "".join(
        path(f"M{x} {y - 22}l19 11v22l-19 11l-19 -11v-22Z", "#F2C14E", 0.55)
        for x, y in [(96, 92), (138, 92), (117, 128), (75, 128), (159, 128), (96, 164), (138, 164)]
    )
    return Drawing("#F8F0DA", "#E6D3A3", cells + shadow(330, 424, 240) + cakes)


def rubber() -> Drawing:
    def sheet(x: int, w: int, h: int, colour: str) -> str:
        ribs = "".join(stroke(f"M{x + 8} {130 + k}l{w - 16} 26", "#000", 4, opacity=0.13) for k in range(6, h - 40, 22))
        return (
            rect(x, 108, w, h, colour, 8)
            + ribs
            + rect(x, 108, w, h, "url(#light)", 8)
            + rect(x, 108, w, 14, "#000", 8, 0.14)
        )

    pole = block(70, 92, 500, 20, "#8C5A2B", 10)
    posts = block(82, 100, 18, 312, "#7A4A22", 4) + block(540, 100, 18, 312, "#7A4A22", 4)
    sheets = (
        sheet(118, 96, 190, "#C98F42")
        + sheet(222, 96, 200, "#B9772E")
        + sheet(326, 96, 186, "#D9A55B")
        + sheet(430, 96, 196, "#A8672A")
    )
    bales = "".join(
        block(x, y, 150, 64, c, 8) + stroke(f"M{x + 50} {y}v64M{x + 100} {y}v64", "#2A1B12", 5, opacity=0.5)
        for x, y, c in [(150, 348, "#6D4B2A"), (330, 348, "#5C3E22")]
    )
    return Drawing("#E6ECE4", "#C5D0BF", shadow(320, 414, 260) + posts + sheets + pole + bales)


def timber() -> Drawing:
    def plank(x: int, y: int, w: int, colour: str) -> str:
        end = rect(x, y, 54, 40, "#000", 4, 0.16) + stroke(
            f"M{x + 10} {y + 32}q16 -26 34 0M{x + 18} {y + 34}q8 -14 18 0", "#000", 3, opacity=0.3
        )
        lines = stroke(
            f"M{x + 70} {y + 12}q80 8 160 0t{w - 250} 2M{x + 66} {y + 27}q120 -8 {w - 90} 2", "#000", 3, opacity=0.16
        )
        return block(x, y, w, 40, colour, 4) + end + lines

    tones = ["#B5713A", "#C98A4B", "#9E5E2C", "#BC7A40"]
    planks = "".join(plank(94 + (row % 2) * 18, 366 - row * 58, 440, tones[row % 4]) for row in range(5))
    stickers = "".join(block(x, 406 - row * 58 - 58, 26, 18, "#E2C79A", 2) for row in range(4) for x in (170, 308, 446))
    return Drawing("#EDE8DD", "#D3C5AC", shadow(320, 408, 250) + stickers + planks)


def stone() -> Drawing:
    def slab(x: int, y: int, w: int, h: int, colours: tuple[str, str, str], veins: str) -> str:
        face, top, side = colours
        lid = path(f"M{x} {y}l28 -22h{w}l-28 22Z", top)
        edge = path(f"M{x + w} {y}l28 -22v{h}l-28 22Z", side)
        return rect(x, y, w, h, face) + lid + edge + placed(veins, x, y)

    speckle = "".join(
        oval(
            (i * i * 23 + i * 67) % 176 + 12,
            (i * i * 31 + i * 11) % 216 + 12,
            3 + i % 3,
            2 + i % 2,
            "#fff" if i % 3 else "#1C2A30",
            0.45,
        )
        for i in range(46)
    )
    marble = stroke("M10 40q50 20 70 70t60 90M80 10q10 60 56 84", "#9AA6A8", 4, opacity=0.6)
    tiles = "".join(
        slab(380, y, 164, 30, c, "")
        for y, c in [
            (376, ("#C9A27A", "#DDBD9A", "#A8815A")),
            (340, ("#7D8C92", "#98A6AB", "#5F6E74")),
            (304, ("#B4653C", "#CC8059", "#8E4B29")),
        ]
    )
    pebbles = "".join(
        oval(x, 424, r, r * 0.62, c) + oval(x - r * 0.3, 424 - r * 0.26, r * 0.3, r * 0.13, "#fff", 0.4)
        for x, r, c in [(90, 22, "#98A6AB"), (132, 15, "#C9A27A"), (352, 17, "#7D8C92")]
    )
    slabs = slab(216, 128, 150, 280, ("#EDEBE4", "#FAF8F2", "#CFCBC0"), marble) + slab(
        110, 168, 200, 240, ("#55656C", "#70818A", "#3D4B52"), speckle
    )
    return Drawing("#E6EBEE", "#C3CDD3", shadow(250, 412, 170) + shadow(474, 410, 120) + slabs + tiles + pebbles)


def jute_sacks() -> Drawing:
    def folded(y: int, colour: str, stripe: str) -> str:
        threads = "".join(stroke(f"M{x} {y + 8}v30", "#000", 2, opacity=0.1) for x in range(84, 330, 12))
        return block(70, y, 270, 44, colour, 12) + threads + rect(150, y, 12, 44, stripe) + rect(250, y, 12, 44, stripe)

    rows = [
        (362, "#C9A974", "#1F6F54"),
        (318, "#D5B884", "#1F6F54"),
        (274, "#C09C64", "#B23023"),
        (230, "#D5B884", "#B23023"),
        (186, "#C9A974", "#1F5F8B"),
    ]
    body = "M376 118q88 -18 176 0q14 140 4 286q-92 14 -184 0q-10 -146 4 -286Z"
    threads = "".join(stroke(f"M384 {y}q80 -10 162 0", "#000", 2, opacity=0.09) for y in range(140, 400, 10))
    standing = (
        solid(body, "#D5B884")
        + threads
        + rect(372, 196, 188, 10, "#1F6F54")
        + rect(372, 340, 188, 10, "#1F6F54")
        + sail(458, 276, 46, "#1F6F54")
        + oval(464, 116, 88, 12, "#7A5A30")
    )
    return Drawing(
        "#F0EADD",
        "#D9CCB0",
        shadow(206, 408, 160) + shadow(466, 406, 112) + "".join(folded(*row) for row in rows) + standing,
    )


def fibre() -> Drawing:
    def hank(x: float, turn: float, colour: str, dark: str) -> str:
        strands = "".join(
            stroke(
                f"M{k * 0.45:g} -120Q{k * 1.1:g} 20 {k * 1.9:g} {150 + (k * 7) % 13}",
                dark if k % 3 else colour,
                5,
                opacity=0.75,
            )
            for k in range(-40, 41, 5)
        )
        body = path("M-20 -126q20 -14 40 0q22 130 60 268q-80 34 -160 0q38 -138 60 -268Z", colour)
        knot = block(-30, -116, 60, 30, "#B4532A", 8) + stroke("M-26 -101h52", "#F2D9A0", 4)
        head = path("M-22 -118q-16 -40 22 -52q38 12 22 52Z", colour)
        return placed(head + body + strands + knot, x, 254, turn)

    hanks = hank(206, 6, "#E6D3A0", "#B99B56") + hank(446, -6, "#C9975A", "#8A5A26")
    coir = oval(326, 386, 78, 48, "#8A5A2E") + "".join(
        stroke(
            f"M{262 + k} {400 - (k * 5) % 37}q20 {-24 + (k * 7) % 30} 52 {-6 + k % 9}",
            "#5F3A18" if k % 2 else "#B07C46",
            4,
            opacity=0.8,
        )
        for k in range(0, 84, 9)
    )
    return Drawing(
        "#EEF0E2", "#D2D6B6", shadow(200, 408, 110) + shadow(452, 408, 110) + shadow(326, 430, 90) + hanks + coir
    )


def seed_cake() -> Drawing:
    def cake(x: int, y: int, colour: str, top: str) -> str:
        crumbs = "".join(oval(x + (i * 47) % 150 - 75, y + (i * 29) % 30 - 15, 5, 3, "#000", 0.16) for i in range(16))
        return solid(f"M{x - 110} {y}v34q0 34 110 34t110 -34v-34Z", colour) + oval(x, y, 110, 34, top) + crumbs

    cakes = (
        cake(208, 340, "#8A6A34", "#A8864A")
        + cake(208, 288, "#9A783C", "#B89655")
        + cake(208, 236, "#8A6A34", "#A8864A")
    )
    pellets = mound(456, 408, 120, 112, "#7A5A28") + heap(
        lambda c, s: rect(-s, -s * 0.4, s * 2, s * 0.8, c, s * 0.35),
        60,
        (456, 374, 104, 40),
        ["#9A783C", "#B08C4A", "#8A6A34"],
        13,
    )
    seeds = heap(lentil, 12, (320, 436, 200, 8), ["#E6D3A0", "#D5BC7C"], 8)
    return Drawing("#F1EEDD", "#DAD0A8", shadow(208, 404, 130) + shadow(456, 414, 134) + cakes + pellets + seeds)


def fertiliser() -> Drawing:
    soil = mound(460, 412, 130, 92, "#4A3423") + heap(
        lump, 26, (460, 396, 110, 18), ["#5C4330", "#3E2B1C", "#6B4F38"], 13
    )
    sprout = stroke("M460 336q-6 -60 4 -120", "#3B8054", 10) + leaves(
        [
            (462, 262, 110, -34, "#4C9463"),
            (462, 282, 100, -150, "#3B8054"),
            (464, 222, 84, -62, "#5FA874"),
            (464, 224, 80, -122, "#3B8054"),
        ]
    )
    return Drawing(
        "#E6F0DC", "#C3D8AE", bag(100, 84, 230, 324, "#1F6F54", "#FFF8E8") + shadow(460, 414, 140) + sprout + soil
    )


def gear(x: float, y: float, r: float, teeth: int, colour: str) -> str:
    cogs = "".join(
        placed(rect(-r * 0.13, -r * 1.2, r * 0.26, r * 0.4, colour, 4), x, y, 360 / teeth * i) for i in range(teeth)
    )
    holes = "".join(placed(oval(r * 0.62, 0, r * 0.13, r * 0.13, "#4A5A62"), x, y, 60 * i) for i in range(6))
    return (
        cogs
        + oval(x, y, r, r, colour)
        + oval(x, y, r, r, "url(#light)")
        + ring(x, y, r * 0.84, r * 0.84, "#fff", 4, 0.3)
        + holes
        + oval(x, y, r * 0.32, r * 0.32, "#5E6F78")
        + oval(x, y, r * 0.2, r * 0.2, "#33424A")
    )


def metal_part() -> Drawing:
    def bolt(x: float, y: float, turn: float) -> str:
        thread = "".join(stroke(f"M{k} -12l6 24", "#000", 3, opacity=0.2) for k in range(40, 124, 11))
        return placed(
            block(22, -13, 106, 26, "#B9C4C8", 4)
            + thread
            + path("M-18 -26h42v52h-42l-10 -26Z", "#93A2A8")
            + path("M-18 -26h42v18h-46Z", "#fff", 0.25),
            x,
            y,
            turn,
        )

    def nut(x: float, y: float) -> str:
        return (
            path(f"M{x - 34} {y}l17 -26h34l17 26l-17 26h-34Z", "#93A2A8")
            + path(f"M{x - 34} {y}l17 -26h34l17 26Z", "#fff", 0.2)
            + oval(x, y, 14, 13, "#4A5A62")
        )

    pipe = (
        solid("M388 300h150v104h-150Z", "#C98A3A")
        + oval(538, 352, 22, 52, "#A86E28")
        + oval(538, 352, 14, 36, "#5C3A12")
        + block(372, 286, 34, 132, "#B9772E", 6)
    )
    gears = gear(240, 214, 112, 14, "#8FA0A8") + gear(436, 168, 70, 10, "#C9A24A")
    small = bolt(110, 404, -6) + nut(290, 402)
    return Drawing("#E4EAED", "#BFCBD1", shadow(250, 424, 190) + shadow(466, 412, 120) + gears + pipe + small)


DRAWINGS = {
    "gum-arabic": gum_arabic,
    "wax": wax,
    "rubber": rubber,
    "timber": timber,
    "stone": stone,
    "jute-sacks": jute_sacks,
    "fibre": fibre,
    "seed-cake": seed_cake,
    "fertiliser": fertiliser,
    "metal-part": metal_part,
}
