"""Fruit, nuts, spices, honey and drinks in bottles."""

from demo.drawings.shapes import (
    CREAM,
    INK,
    Drawing,
    block,
    oval,
    path,
    placed,
    rect,
    ring,
    sail,
    shadow,
    solid,
    stroke,
)
from demo.drawings.things import bag, bottle, bowl, heap, jar, kernel, leaves, mound, open_sack, peanut


def mango() -> Drawing:
    bags = bag(120, 100, 170, 300, "#F6A51E", "#FFF8E8") + bag(310, 90, 180, 310, "#1F6F54", "#FFF8E8")
    spots = [
        (80, 420, "#F28A1B"),
        (190, 434, "#F6A51E"),
        (480, 418, "#F28A1B"),
        (396, 440, "#F6A51E"),
        (290, 426, "#EE7F14"),
    ]
    slices = "".join(solid(f"M{x} {y}q50 -40 100 4q-46 40 -100 -4", c) for x, y, c in spots)
    return Drawing("#FFF0D2", "#FFD98E", bags + slices)


def fresh_mango_fruit(x: float, y: float, turn: float, skin: str, blush: str) -> str:
    fruit = "M-74 10q-4 -70 64 -76q84 -2 88 66q0 66 -74 70q-70 0 -78 -60Z"
    cheek = path("M-60 -10q10 -52 62 -50q-30 30 -32 92q-30 -10 -30 -42Z", blush, 0.75)
    return placed(
        path(fruit, skin) + cheek + path(fruit, "url(#light)") + stroke("M-8 -66q2 -14 12 -18", "#6B4A2B", 8),
        x,
        y,
        turn,
    )


def fresh_mango() -> Drawing:
    fruits = "".join(
        fresh_mango_fruit(x, y, turn, skin, blush)
        for x, y, turn, skin, blush in [
            (190, 236, -12, "#F3A92B", "#D9513A"),
            (320, 190, 8, "#F6B93F", "#D9513A"),
            (452, 236, 14, "#E9A024", "#8FA33A"),
            (250, 270, 24, "#F0B235", "#8FA33A"),
            (388, 272, -18, "#F6B93F", "#D9513A"),
        ]
    )
    slats = "".join(block(94, y, 452, 48, c, 5) for y, c in [(268, "#C9975A"), (324, "#BC8A4E"), (380, "#C9975A")])
    posts = block(94, 256, 30, 178, "#A5743C", 4) + block(516, 256, 30, 178, "#A5743C", 4)
    nails = "".join(oval(x, y, 4, 4, "#6B4A2B") for x in (109, 531) for y in (292, 348, 404))
    green = leaves([(330, 124, 120, -24, "#3B8054"), (322, 128, 110, -150, "#2F6B45")])
    return Drawing("#FFF3D6", "#FBDD9C", shadow(320, 434, 250) + green + fruits + slats + posts + nails)


def pineapple_fruit() -> str:
    crown = "".join(
        placed(path("M-15 0Q-24 -70 0 -120Q24 -70 15 0Z", c), x, 126, turn)
        for x, turn, c in [
            (180, -58, "#2A5E3D"), (260, 58, "#2A5E3D"), (190, -36, "#2F6B45"), (250, 36, "#2F6B45"),
            (204, -16, "#3B8054"), (236, 16, "#3B8054"), (220, 0, "#4C9463"),
        ]
    )  # fmt: skip
    body = "M220 110q100 0 104 150q-4 150 -104 150t-104 -150q4 -150 104 -150Z"
    mesh = "".join(
        path(f"M{x} {y - 20}l18 20l-18 20l-18 -20Z", "#B4661A", 0.55) + path(f"M{x} {y - 10}l8 10h-16Z", "#FFE08A", 0.8)
        for row, y in enumerate(range(150, 400, 28))
        for x in range(220 - 84 + (row % 2) * 21, 306, 42)
        if ((x - 220) / 92) ** 2 + ((y - 262) / 140) ** 2 < 0.94
    )
    return crown + path(body, "#E9A024") + mesh + path(body, "url(#light)")


def pineapple() -> Drawing:
    def dried_ring(x: float, y: float, colour: str) -> str:
        spokes = "".join(placed(stroke("M24 0H48", "#C9820F", 3, opacity=0.6), x, y, i * 40) for i in range(9))
        return ring(x, y, 42, 38, "#C9820F", 40) + ring(x, y, 42, 38, colour, 33) + spokes

    rings = "".join(
        dried_ring(x, y, c)
        for x, y, c in [
            (420, 346, "#F6C244"),
            (530, 352, "#F2B632"),
            (474, 262, "#F9CF5E"),
            (400, 190, "#F6C244"),
            (540, 182, "#F2B632"),
        ]
    )
    return Drawing("#FFF4D4", "#F8DE97", shadow(220, 410, 120) + shadow(480, 408, 130) + pineapple_fruit() + rings)


def cashew() -> Drawing:
    colours = ["#F0DDB4", "#E6CC98", "#F5E6C6"]
    filling = mound(320, 268, 190, 96, "#DCC08C") + heap(kernel, 46, (320, 236, 168, 48), colours, 25)
    loose = heap(kernel, 6, (560, 414, 44, 12), colours, 22) + heap(kernel, 5, (86, 416, 40, 12), colours, 22)
    dish = bowl(120, 262, 400, 144, "#2C5A70", "#F1C15A")
    return Drawing("#E8E4F0", "#CFC7DE", shadow(320, 406, 200) + filling + dish + loose)


def peanuts() -> Drawing:
    colours = ["#D9A55B", "#C98F42", "#E0B26C"]
    filling = mound(320, 214, 150, 100, "#A8742E") + heap(peanut, 36, (320, 172, 124, 44), colours, 17)
    loose = heap(peanut, 9, (320, 436, 240, 14), colours, 18)
    mark = sail(314, 336, 52, "#B4532A")
    return Drawing("#F4EADB", "#DFC9A6", open_sack(160, 210, 320, 210, "#D8BE90", filling) + mark + loose)


def honey() -> Drawing:
    paper, lid = "#FFF7DF", "#12383C"
    jars = (
        jar(96, 110, 170, 290, "#D98A0F", lid, paper)
        + jar(292, 176, 140, 224, "#B8650B", lid, paper)
        + jar(458, 236, 112, 164, "#E8A832", lid, paper)
    )
    cells = "".join(
        path(f"M{x} {y - 20}l17.5 10v20l-17.5 10l-17.5 -10v-20Z", "#E8A832", 0.55)
        for x, y in [
            (390, 70),
            (432, 70),
            (474, 70),
            (411, 106),
            (453, 106),
            (495, 106),
            (432, 142),
            (516, 70),
            (537, 106),
        ]
    )
    return Drawing("#FFF3CF", "#F7DB8B", cells + jars)


def spice() -> Drawing:
    def glass(x: int, y: int, colour: str) -> str:
        tall = 400 - y
        front = rect(x - 74, y + 60, 148, 70, CREAM) + sail(x - 4, y + 100, 24, colour)
        shell = rect(x - 74, y, 148, tall, "url(#light)", 12)
        return (
            shadow(x, 400, 84)
            + rect(x - 74, y, 148, tall, colour, 12)
            + front
            + block(x - 78, y - 18, 156, 30, INK, 8)
            + shell
        )

    jars = glass(160, 200, "#C23B2B") + glass(330, 150, "#D98A00") + glass(500, 220, "#6B7F2A")
    powder = mound(250, 430, 74, 34, "#C23B2B") + mound(420, 434, 66, 28, "#D98A00")
    return Drawing("#F6DDD2", "#E7B49D", jars + powder)


def ginger() -> Drawing:
    root = (
        "M96 330q-14 -56 40 -62q34 -4 52 12q4 -70 52 -74q52 0 46 62q44 -30 92 -12q20 -56 66 -38q44 22 12 70"
        "q66 -10 82 34q8 52 -60 54q-44 0 -70 -20q-20 42 -72 38q-44 -4 -58 -34q-40 26 -86 10q-80 22 -96 -40Z"
    )
    rings = stroke(
        "M150 290q14 20 6 44M214 250q22 8 44 0M300 286q12 22 2 48M376 284q14 20 4 46M430 250q16 12 38 4M470 320q10 14 2 32",
        "#9A6B2C",
        5,
        opacity=0.6,
    )
    cut = oval(548, 326, 24, 32, "#F6E19A") + ring(548, 326, 15, 21, "#D9B64A", 3)
    slices = "".join(
        oval(x, y, 40, 22, "#B98B45") + oval(x, y - 5, 38, 20, "#F6E19A") + ring(x, y - 5, 23, 11, "#DDBC5A", 3)
        for x, y in [(196, 424), (286, 434), (372, 424)]
    )
    powder = bag(250, 60, 130, 190, "#8A6A1F", "#FFF8E8")
    return Drawing("#F5ECD6", "#E2CFA0", powder + shadow(330, 384, 240) + solid(root, "#CFA35A") + rings + cut + slices)


def vanilla() -> Drawing:
    pods = "".join(
        stroke(f"M{250 + i * 9} 108Q{230 + i * 17} 250 {196 + i * 27} 410", c, 15)
        + stroke(f"M{247 + i * 9} 112Q{227 + i * 17} 250 {193 + i * 27} 400", "#fff", 2.5, opacity=0.2)
        for i, c in enumerate(["#3A2012", "#4A2A18", "#321A0E", "#4A2A18", "#3A2012", "#51301D", "#321A0E"])
    )
    tie = stroke("M236 216q60 22 112 2M236 232q60 22 116 2", "#D9A55B", 9) + stroke(
        "M290 236l-22 46M296 236l30 40", "#D9A55B", 7
    )
    petals = "".join(
        placed(path("M0 0Q-30 -60 0 -104Q30 -60 0 0Z", c), 456, 190, turn)
        for turn, c in [(0, "#FBF3DA"), (72, "#F4E6BC"), (144, "#FBF3DA"), (216, "#F4E6BC"), (288, "#FBF3DA")]
    )
    heart = solid("M426 186q30 -34 60 0l-12 58q-18 18 -36 0Z", "#F2C14E") + oval(456, 188, 22, 10, "#C98A1B")
    green = leaves([(440, 200, 150, 62, "#3B8054"), (470, 210, 130, 28, "#2F6B45")])
    return Drawing("#F3EBDD", "#DCC9AB", shadow(290, 424, 150) + pods + tie + green + petals + heart)


def chilli(x: float, y: float, turn: float, colour: str, scale: float = 1) -> str:
    fruit = solid("M0 -14q60 -14 110 12q34 20 46 46q-50 -22 -92 -24q-54 0 -68 -20Z", colour)
    stalk = path("M6 -16q-16 4 -8 22q16 8 22 -6Z", "#3B8054") + stroke("M-2 -4q-22 -6 -34 -22", "#2F6B45", 8)
    return placed(fruit + stalk, x, y, turn, scale)


def chilli_sauce() -> Drawing:
    bottles = (
        bottle(130, 80, 116, 320, "#C23B2B", "#16383B")
        + bottle(268, 120, 106, 280, "#E2703A", "#16383B")
        + bottle(394, 100, 112, 300, "#6B7F2A", "#16383B")
    )
    pods = (
        chilli(80, 410, 4, "#D9513A", 0.9) + chilli(330, 416, -4, "#C23B2B", 0.9) + chilli(490, 410, 8, "#D9513A", 0.75)
    )
    return Drawing("#F9E2D4", "#EDBBA0", bottles + pods)


def fruit_half(x: float, y: float, radius: float, rind: str, flesh: str) -> str:
    spokes = "".join(placed(stroke(f"M0 0H{radius * 0.72:g}", "#fff", 3, opacity=0.7), x, y, i * 45) for i in range(8))
    return (
        oval(x, y, radius, radius, rind)
        + oval(x, y, radius * 0.86, radius * 0.86, "#FFF3D6")
        + oval(x, y, radius * 0.78, radius * 0.78, flesh)
        + spokes
    )


def juice() -> Drawing:
    bottles = bottle(110, 70, 120, 330, "#F28A1B", "#1F6F54") + bottle(250, 110, 110, 290, "#B23052", "#1F6F54")
    glass = (
        shadow(456, 402, 76)
        + path("M394 210h124l-16 190h-92Z", "#fff", 0.55)
        + path("M398 252h116l-13 142h-90Z", "#F6A51E")
        + path("M394 210h124l-16 190h-92Z", "url(#light)")
    )
    straw = stroke("M470 250L506 130", "#D9513A", 10)
    fruit = fruit_half(392, 398, 42, "#F28A1B", "#FBBF4B") + fruit_half(540, 404, 36, "#8FA33A", "#CFE08A")
    return Drawing("#FFEFD6", "#FBD09A", bottles + straw + glass + fruit)


DRAWINGS = {
    "mango": mango,
    "fresh-mango": fresh_mango,
    "pineapple": pineapple,
    "cashew": cashew,
    "peanut": peanuts,
    "honey": honey,
    "spice": spice,
    "ginger": ginger,
    "vanilla": vanilla,
    "chilli-sauce": chilli_sauce,
    "juice": juice,
}
