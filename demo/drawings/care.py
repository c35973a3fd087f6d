"""Butters, oils, soaps and candles."""

from demo.drawings.shapes import CREAM, INK, Drawing, block, oval, path, placed, rect, ring, sail, shadow, solid, stroke
from demo.drawings.things import bottle, jar, label, leaves


def shea() -> Drawing:
    jars = jar(150, 110, 190, 270, "#F6EBC9", "#2E5E4E", "#FFFFFF") + jar(
        370, 204, 134, 176, "#F6EBC9", "#2E5E4E", "#FFFFFF"
    )
    spots = [
        (110, 396, "#6D4027"),
        (176, 420, "#7E4D2E"),
        (330, 412, "#6D4027"),
        (400, 424, "#5F3620"),
        (520, 406, "#7E4D2E"),
    ]
    nuts = "".join(
        shadow(x, y + 20, 30)
        + oval(x, y, 31, 22, c)
        + oval(x + 8, y + 2, 12, 13, "#D9B98A", 0.7)
        + oval(x - 12, y - 8, 8, 4, "#fff", 0.35)
        for x, y, c in spots
    )
    return Drawing("#F1E6D0", "#E3CFA4", jars + nuts)


def soap() -> Drawing:
    def bar(x: int, y: int, colour: str) -> str:
        return block(x, y, 200, 76, colour, 14) + sail(x + 96, y + 46, 20, "rgba(255,255,255,.55)")

    ground = shadow(210, 398, 120) + shadow(430, 398, 120)
    bars = bar(110, 320, "#4B3A2E") + bar(330, 320, "#D9C7A0") + bar(220, 238, "#7FA37C") + bar(220, 156, "#C98F7A")
    ribbon = stroke("M320 156v76", "#FFF8EA", 10) + stroke(
        "M320 150q-46 -44 -52 -10q2 18 52 10q46 -44 52 -10q-2 18 -52 10", "#FFF8EA", 8
    )
    return Drawing("#E4F0E6", "#BFDCC6", ground + bars + ribbon)


def dropper(x: float, y: float, scale: float, glass: str, paper: str, ink: str) -> str:
    bulb = path("M42 0q0 -26 20 -26t20 26v40h-40Z", INK) + block(32, 30, 60, 36, "#C9A24A", 5)
    body = "M36 66h52v20q36 8 36 44v130q0 16 -16 16h-92q-16 0 -16 -16v-130q0 -36 36 -44Z"
    return placed(
        shadow(62, 276, 80)
        + bulb
        + path(body, glass)
        + label(12, 146, 100, 94, paper, ink)
        + path(body, "url(#light)"),
        x,
        y,
        scale=scale,
    )


def essential_oil() -> Drawing:
    bottles = (
        dropper(160, 98, 1.1, "#8A4B14", CREAM, "#2E5E4E")
        + dropper(330, 180, 0.81, "#6E3A10", CREAM, "#7A1F3D")
        + dropper(452, 212, 0.69, "#8A4B14", CREAM, "#D98A00")
    )
    stems = stroke("M84 420Q190 396 300 432M380 432Q470 404 580 420", "#3B8054", 5)
    green = leaves(
        [
            (x, y, 60, turn, c)
            for x, y, turn, c in [
                (110, 414, -56, "#3B8054"),
                (140, 408, 40, "#2F6B45"),
                (80, 420, -160, "#3B8054"),
                (230, 414, 34, "#3B8054"),
                (560, 418, -28, "#2F6B45"),
                (430, 416, 32, "#3B8054"),
                (500, 410, 38, "#2F6B45"),
            ]
        ]
    )
    return Drawing("#E9EFE3", "#C9D8BC", bottles + stems + green)


def body_oil() -> Drawing:
    def pump(x: float, y: float, colour: str) -> str:
        head = path("M40 -54h64q10 0 10 12v10h-44v24h-20v-24h-10Z", INK) + block(36, -12, 48, 24, "#C9A24A", 4)
        body = block(0, 12, 120, 254, colour, 18) + label(14, 96, 92, 116, "#FFFFFF", "#2E5E4E")
        return placed(shadow(60, 266, 76) + head + body + rect(0, 12, 120, 254, "url(#light)", 18, 0.5), x, y)

    bottles = (
        pump(120, 138, "#E8A832")
        + bottle(272, 96, 116, 308, "#C9762B", "#2E5E4E", "#FFFFFF")
        + jar(424, 262, 136, 142, "#F6EBC9", "#C9A24A", "#FFFFFF")
    )
    drops = "".join(
        placed(
            path("M0 -26q22 28 22 42a22 22 0 0 1 -44 0q0 -14 22 -42Z", "#E8A832") + oval(-8, 14, 5, 9, "#fff", 0.5),
            x,
            y,
            scale=s,
        )
        for x, y, s in [(470, 160, 1.5), (530, 196, 0.9), (428, 216, 0.8)]
    )
    return Drawing("#F8EAD6", "#EBCDA3", bottles + drops)


def shampoo_bar() -> Drawing:
    def puck(x: float, y: float, colour: str, top: str) -> str:
        side = f"M{x - 100} {y}v44q0 34 100 34t100 -34v-44Z"
        return (
            solid(side, colour)
            + oval(x, y, 100, 34, top)
            + ring(x, y, 72, 22, "#fff", 4, 0.5)
            + sail(x - 4, y + 2, 17, "rgba(255,255,255,.75)")
        )

    tin = (
        shadow(450, 412, 128)
        + solid("M336 330v46q0 38 114 38t114 -38v-46Z", "#B9C4C8")
        + oval(450, 330, 114, 38, "#DDE5E8")
        + oval(450, 332, 98, 30, "#93A2A8")
        + puck(450, 296, "#D98F7A", "#E8AE9C")
    )
    stack = (
        shadow(200, 412, 122)
        + puck(200, 332, "#7FA37C", "#A2C09E")
        + puck(200, 262, "#C9A24A", "#E2C67E")
        + puck(200, 192, "#8C7FB0", "#AFA4CC")
    )
    foam = "".join(
        oval(x, y, r, r, "#FFFFFF", 0.72)
        + ring(x, y, r, r, "#9CC3CC", 2, 0.5)
        + oval(x - r * 0.3, y - r * 0.3, r * 0.24, r * 0.2, "#fff")
        for x, y, r in [
            (400, 150, 30),
            (452, 120, 18),
            (466, 176, 22),
            (520, 150, 34),
            (350, 190, 14),
            (540, 92, 14),
            (330, 122, 20),
        ]
    )
    return Drawing("#E2F0F3", "#BBDAE0", foam + tin + stack)


def candle() -> Drawing:
    def glass(x: int, y: int, w: int, h: int, colour: str, wax: str) -> str:
        middle = x + w / 2
        glow = oval(middle, y - 34, 100, 100, "url(#glow)")
        flame = path(f"M{middle} {y - 66}q30 38 0 62q-30 -24 0 -62Z", "#F6A51E") + path(
            f"M{middle} {y - 42}q14 20 0 36q-14 -16 0 -36Z", "#FFF0B8"
        )
        wick = stroke(f"M{middle} {y - 6}v18", INK, 4)
        cup = rect(x, y, w, h, colour, 16) + oval(middle, y + 12, w / 2 - 8, 10, wax)
        return (
            shadow(middle, y + h, w * 0.6)
            + glow
            + cup
            + wick
            + flame
            + label(x + w * 0.2, y + h * 0.36, w * 0.6, h * 0.44, CREAM, colour)
            + rect(x, y, w, h, "url(#light)", 16)
        )

    cups = (
        glass(90, 210, 150, 190, "#7A4E2B", "#F6E6C2")
        + glass(266, 150, 130, 250, "#1F6F54", "#F6E6C2")
        + glass(424, 246, 144, 154, "#B4532A", "#F6E6C2")
    )
    return Drawing("#EFE4DC", "#D3BBAB", cups)


DRAWINGS = {
    "shea": shea,
    "soap": soap,
    "essential-oil": essential_oil,
    "body-oil": body_oil,
    "shampoo-bar": shampoo_bar,
    "candle": candle,
}
