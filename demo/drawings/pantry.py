"""Grains, pulses, oils and fish."""

from demo.drawings.shapes import (
    CREAM,
    Drawing,
    ball,
    block,
    oval,
    path,
    placed,
    ring,
    sail,
    shadow,
    solid,
    stroke,
)
from demo.drawings.things import bottle, bowl, grain, heap, leaf, lentil, mound, open_sack


def rice() -> Drawing:
    colours = ["#FFFDF4", "#F3EAD2", "#FAF4E2"]
    filling = mound(250, 202, 138, 92, "#EFE5CB") + heap(grain, 110, (250, 172, 118, 38), colours, 11)
    bag = open_sack(104, 196, 292, 216, "#CDB07C", filling) + sail(244, 320, 50, "#1F6F54")
    white = mound(478, 338, 92, 48, "#EFE5CB") + heap(grain, 50, (478, 322, 80, 18), colours, 9)
    dish = shadow(478, 414, 84) + white + bowl(376, 336, 204, 78, "#B4532A", "#F2D9A0")
    ears = "".join(
        placed(
            stroke("M0 0Q24 -120 90 -180", "#B98B2F", 5)
            + "".join(placed(oval(10, 0, 14, 6, "#D9A83A"), x, y, turn) for x, y, turn in EAR),
            468 + i * 34,
            290,
            i * 16 - 10,
        )
        for i in range(2)
    )
    return Drawing("#F2EEDD", "#DCD3B2", ears + bag + dish)


EAR = [
    (32, -96, -10),
    (28, -96, -110),
    (44, -120, 0),
    (40, -120, -100),
    (58, -142, 8),
    (54, -142, -96),
    (76, -164, 10),
    (70, -164, -90),
    (88, -178, -50),
]


def pulses() -> Drawing:
    def dish(x: int, y: int, w: int, colour: str, band: str, colours: list[str]) -> str:
        middle = x + w / 2
        filling = mound(middle, y + 4, w * 0.46, w * 0.24, colours[0]) + heap(
            lentil, 40, (middle, y - w * 0.06, w * 0.4, w * 0.09), colours, 10
        )
        return shadow(middle, y + 116, w * 0.44) + filling + bowl(x, y, w, 116, colour, band)

    back = dish(210, 150, 224, "#7A1F3D", "#F2B632", ["#6B7F2A", "#7C9136", "#5B6D22"])
    left = dish(76, 282, 232, "#1F6F54", "#F2D9A0", ["#B23023", "#C23B2B", "#8F241B"])
    right = dish(334, 282, 232, "#0F4C5C", "#E9F2F0", ["#F0DDB4", "#E6CC98", "#F5E6C6"])
    return Drawing("#EEF0E0", "#D0D6B4", back + left + right)


def jerrycan(x: float, y: float, colour: str) -> str:
    outline = "M0 60q0 -34 34 -34h16l20 -22h70q40 0 40 40v206q0 16 -16 16h-148q-16 0 -16 -16Z"
    hole = path("M84 34h52q16 0 16 18v22h-84v-22q0 -18 16 -18Z", "#000", 0.28)
    ribs = stroke("M24 120h132v120h-132Z", "#000", 5, opacity=0.14)
    return placed(
        shadow(90, 264, 112)
        + block(14, 6, 38, 28, "#8F241B", 6)
        + solid(outline, colour)
        + hole
        + ribs
        + sail(84, 190, 40, CREAM),
        x,
        y,
    )


def palm_oil() -> Drawing:
    cluster = "".join(
        ball(x, y, 23, c)
        for x, y, c in [
            (430, 380, "#B23023"), (470, 362, "#C23B2B"), (510, 380, "#B23023"), (448, 346, "#D9513A"), (492, 342, "#C23B2B"),
            (412, 412, "#C23B2B"), (452, 404, "#D9513A"), (492, 408, "#B23023"), (532, 410, "#D9513A"),
        ]
    )  # fmt: skip
    fronds = "".join(
        leaf(474, 350, 140, turn, c)
        for turn, c in [(-150, "#2F6B45"), (-120, "#3B8054"), (-62, "#2F6B45"), (-32, "#3B8054")]
    )
    can = jerrycan(92, 146, "#E2703A")
    return Drawing(
        "#F6E6D2",
        "#E6C199",
        fronds + shadow(474, 428, 92) + can + bottle(290, 110, 92, 300, "#D9601F", "#16383B") + cluster,
    )


def fish() -> Drawing:
    body = "M-180 6q70 -92 196 -84q96 10 150 78q-54 70 -150 82q-126 10 -196 -76Z"
    tail = path("M150 2q60 -70 104 -76q-26 74 -2 152q-60 -16 -102 -76Z", "#3E6C86")
    fins = path("M-30 -70q50 -50 120 -24q-12 30 -30 36Z", "#3E6C86") + path(
        "M-10 74q34 44 86 20q0 -22 -18 -32Z", "#3E6C86"
    )
    belly = path("M-176 12q90 46 180 44q110 -4 160 -54q-54 70 -148 80q-120 8 -192 -70Z", "#EAF3F6", 0.8)
    scales = stroke(
        "M-60 -30q18 16 0 36M-20 -44q20 18 0 44M24 -46q22 20 0 50M68 -36q18 18 0 44", "#fff", 4, opacity=0.4
    )
    face = (
        stroke("M-98 -56q34 56 4 118", "#2A4C5E", 5, opacity=0.6)
        + oval(-132, -14, 13, 13, "#fff")
        + oval(-132, -14, 7, 7, "#0A272B")
    )
    whole = placed(tail + fins + path(body, "#5B8FA8") + belly + scales + face, 300, 168, -6, 1.02)
    tin = (
        oval(400, 398, 150, 38, "#8FA0A6")
        + path("M250 352v46q0 38 150 38t150 -38v-46Z", "#C2CDD1")
        + path("M250 352v46q0 38 150 38t150 -38v-46Z", "url(#light)")
    )
    band = path("M250 366v26q0 38 150 38t150 -38v-26q0 38 -150 38t-150 -38Z", "#D9513A")
    lid = (
        oval(400, 352, 150, 38, "#DDE5E8")
        + ring(400, 352, 130, 30, "#A9B6BB", 4)
        + ring(440, 350, 28, 11, "#8FA0A6", 6)
        + oval(404, 350, 12, 6, "#8FA0A6")
    )
    lemon = (
        oval(160, 394, 48, 40, "#F2C14E")
        + oval(160, 390, 44, 36, "#FBE9A0")
        + stroke("M160 358v64M122 390h76M134 366l52 48M186 366l-52 48", "#F2C14E", 4)
    )
    return Drawing(
        "#E1EEF3", "#B5D0DB", shadow(400, 436, 160) + shadow(160, 434, 52) + whole + tin + band + lid + lemon
    )


DRAWINGS = {"rice": rice, "pulses": pulses, "palm-oil": palm_oil, "fish": fish}
