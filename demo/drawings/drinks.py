"""Coffee, tea and cocoa."""

from demo.drawings.shapes import (
    CREAM,
    Drawing,
    ball,
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
from demo.drawings.things import bag, bean, heap, label, leaf, leaves, sack

ROAST = ["#5A3420", "#6D4027", "#482716", "#7B4C30"]


def coffee() -> Drawing:
    bags = bag(150, 70, 170, 320, "#16383B", "#F3E7CF") + bag(330, 120, 150, 270, "#B4532A", "#F8EBD3")
    return Drawing("#E9DDCB", "#D9C5A6", bags + heap(bean, 34, (330, 412, 210, 22), ROAST, 14))


def coffee_beans() -> Drawing:
    behind = rect(0, 0, 640, 480, "#3A2012")
    return Drawing("#D9C5A6", "#C8AF87", behind + heap(bean, 170, (320, 240, 420, 320), [*ROAST, "#8A5A3C"], 36))


def coffee_branch() -> Drawing:
    twig = stroke("M20 330Q260 210 620 170", "#6B4A2B", 12)
    foliage = leaves(
        [
            (120, 290, 190, -70, "#2F6B45"),
            (150, 280, 200, 62, "#3B8054"),
            (330, 222, 200, -62, "#3B8054"),
            (350, 216, 200, 58, "#2A5E3D"),
            (520, 186, 160, -58, "#2F6B45"),
            (530, 184, 170, 50, "#3B8054"),
        ]
    )
    cherries = [
        (212, 262, "#C23B2B"), (250, 238, "#D9513A"), (226, 300, "#B23023"), (266, 284, "#C23B2B"), (290, 246, "#E08A3C"),
        (424, 206, "#C23B2B"), (462, 190, "#D9513A"), (446, 240, "#B23023"), (486, 226, "#C23B2B"), (404, 240, "#7FA34A"),
    ]  # fmt: skip
    return Drawing("#DCE8DC", "#A9C7B2", twig + foliage + "".join(ball(x, y, 25, c) for x, y, c in cherries))


def coffee_sacks() -> Drawing:
    ground = shadow(320, 432, 270)
    spots = [(140, 54), (300, 54), (60, 226), (220, 226), (380, 226)]
    return Drawing(
        "#E6E2D8", "#CFC8B6", ground + "".join(sack(x + 22, y + 2, "#C9A974", "#16383B", 1.08) for x, y in spots)
    )


def tea() -> Drawing:
    caddy = shadow(210, 404, 116) + block(120, 150, 180, 254, "#1F6F54", 10) + block(112, 116, 196, 52, "#12463A", 10)
    front = label(144, 204, 132, 150, CREAM, "#1F6F54")
    saucer = shadow(440, 412, 140) + oval(440, 398, 132, 18, "#E9F2F0") + oval(440, 394, 96, 10, "#C9D8D4")
    handle = ring(538, 328, 34, 32, "#E9F2F0", 15)
    cup = handle + solid("M340 280h200q-4 112 -100 112t-100 -112Z", "#E9F2F0") + oval(440, 280, 100, 20, "#F7FBFA")
    drink = oval(440, 282, 88, 15, "#B4622A") + oval(412, 279, 26, 4, "#fff", 0.35)
    steam = stroke("M410 240q-18 -26 0 -52t0 -52M460 240q-18 -26 0 -52t0 -52", "#fff", 9, opacity=0.6)
    sprig = leaves([(96, 424, 96, -14, "#3B8054"), (100, 426, 84, 14, "#2F6B45"), (268, 430, 80, -8, "#3B8054")])
    return Drawing("#E2EEE0", "#BFD9C2", caddy + front + saucer + cup + drink + steam + sprig)


def herbal_tea_leaf(colour: str, size: float) -> str:
    return leaf(-size, 0, size * 2, 0, colour)


def pod(colour: str, rib: str) -> str:
    """A cocoa pod on its side, 300 long."""
    outline = "M-150 0q20 -84 140 -84q120 0 166 74q4 8 0 14q-46 76 -166 76q-120 0 -140 -80Z"
    ribs = stroke("M-138 -8q130 -70 286 4M-140 0q140 -10 290 0M-138 12q130 64 286 -6", rib, 6, opacity=0.55)
    return solid(outline, colour) + ribs + stroke("M-148 0l-34 -12", "#6B4A2B", 13)


def half_pod() -> str:
    shell = path("M-150 0q20 -84 140 -84q120 0 166 80q-46 82 -166 82q-120 0 -140 -78Z", "#B4702A")
    flesh = path("M-128 0q20 -62 120 -62q98 0 134 58q-40 62 -134 62q-100 0 -120 -58Z", "#F3DDB0")
    spots = [(-86, -10), (-40, -26), (8, -30), (56, -22), (96, -2), (-62, 22), (-14, 16), (34, 14), (74, 24), (-104, 8)]
    seeds = "".join(oval(x, y, 25, 17, "#FFF8EA") + oval(x + 3, y + 3, 15, 8, "#C9A0A8", 0.5) for x, y in spots)
    return shell + flesh + seeds


def cocoa_beans() -> Drawing:
    ground = shadow(340, 416, 250)
    whole = placed(pod("#E39A2B", "#8F4E16"), 240, 170, -14) + placed(half_pod(), 420, 262, 10)
    dry = heap(bean, 46, (310, 404, 230, 30), ["#6B3A26", "#7E4A30", "#5A2E1E", "#8C563A"], 19)
    return Drawing("#F3E2CF", "#E0C19D", ground + whole + dry)


def cocoa_butter() -> Drawing:
    chunks = [
        ("M110 300l150 -34l90 40v96l-140 30l-100 -44Z", "M110 300l150 -34l90 40l-140 32Z"),
        ("M300 316l130 -30l110 34v78l-130 34l-110 -32Z", "M300 316l130 -30l110 34l-130 34Z"),
        ("M200 190l140 -34l96 36v92l-136 36l-100 -40Z", "M200 190l140 -34l96 36l-136 36Z"),
    ]
    body = "".join(solid(side, "#F0D998") + path(top, "#FBEFC6") for side, top in chunks)
    shavings = "".join(
        stroke(f"M{x} {y}q12 -18 26 -4q8 14 22 0", "#F7E6B2", 9)
        for x, y in [(96, 430), (150, 446), (440, 444), (520, 430)]
    )
    beans = heap(bean, 9, (290, 438, 70, 12), ["#6B3A26", "#7E4A30"], 18)
    return Drawing("#F4E9D8", "#DDC6A4", shadow(320, 424, 250) + body + shavings + beans)


def chocolate() -> Drawing:
    squares = "".join(
        rect(x, y, 68, 56, "#5A2E1E", 6)
        + rect(x + 8, y + 7, 52, 42, "#6D3B27", 4)
        + path(f"M{x + 8} {y + 49}l8 -8h36l8 8Z", "#000", 0.2)
        for x in range(150, 500, 72)
        for y in (84, 144)
    )
    slab = rect(142, 76, 372, 140, "#4A2416", 8) + squares
    foil = path(
        "M124 204l24 -20l24 22l26 -24l28 24l24 -22l28 22l26 -24l26 24l26 -22l26 22l26 -24l24 22l28 -22l26 22l24 -18v60h-386Z",
        "#E6E2D8",
    )
    wrap = (
        block(130, 224, 396, 186, "#7A1F3D", 6)
        + rect(130, 258, 396, 14, "#F2B632")
        + rect(130, 376, 396, 10, "#F2B632")
    )
    front = rect(258, 284, 140, 80, CREAM, 8) + sail(320, 332, 26, "#7A1F3D")
    bits = heap(bean, 9, (560, 420, 50, 14), ["#6B3A26", "#7E4A30"], 15) + heap(
        bean, 7, (84, 424, 44, 12), ["#6B3A26"], 15
    )
    return Drawing("#F2E4DA", "#DDBFA9", shadow(328, 412, 240) + slab + foil + wrap + front + bits)


DRAWINGS = {
    "coffee": coffee,
    "coffee-2": coffee_beans,
    "coffee-3": coffee_branch,
    "coffee-4": coffee_sacks,
    "tea": tea,
    "cocoa-beans": cocoa_beans,
    "cocoa-butter": cocoa_butter,
    "chocolate": chocolate,
}
