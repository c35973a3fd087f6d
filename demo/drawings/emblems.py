"""Eight flat emblems that serve as logos."""

from demo.drawings.shapes import INK, Drawing, oval, path, placed, rect, stroke
from demo.drawings.things import leaf as blade

PAPER = "#FFF5E6"
SUN = "#FFB81C"


def emblem(colour: str, mark: str) -> Drawing:
    return Drawing(colour, colour, mark, width=512, height=512, pixels_wide=512)


def leaf() -> Drawing:
    return emblem("#1F6F54", blade(140, 372, 330, -45, "#CFE8A8") + stroke("M110 402L150 362", "#CFE8A8", 14))


def sun() -> Drawing:
    rays = "".join(placed(path("M-20 -112L0 -168L20 -112Z", SUN), 256, 256, i * 36) for i in range(10))
    return emblem(INK, oval(256, 256, 84, 84, SUN) + rays)


def bean() -> Drawing:
    shape = oval(0, 0, 150, 104, "#5A3420") + stroke("M-118 -10q118 80 236 20", "#F3E7CF", 16)
    return emblem("#F3E7CF", placed(shape, 256, 256, -40))


def loom() -> Drawing:
    colours = ["#F2B632", PAPER, "#D9513A", PAPER, "#F2B632"]
    bands = "".join(rect(120, 126 + i * 54, 272, 38, c, 6) for i, c in enumerate(colours))
    teeth = "".join(path(f"M{x} 272l27 -38l27 38Z", PAPER) for x in range(121, 380, 54))
    return emblem("#7A1F3D", bands + teeth)


def drop() -> Drawing:
    shape = path("M256 96q116 140 116 214a116 116 0 0 1 -232 0q0 -74 116 -214Z", "#C9762B")
    return emblem("#FFE2A8", shape + stroke("M190 306q2 52 50 72", "#FFE2A8", 16))


def hide() -> Drawing:
    outline = (
        "M-110 -130q60 40 110 10q50 30 110 -10q-10 60 40 90q-34 30 -30 80q10 50 30 90q-60 20 -100 0q-50 60 -100 0"
        "q-40 20 -100 0q20 -40 30 -90q4 -50 -30 -80q50 -30 40 -90Z"
    )
    seam = stroke("M256 170v170", "#EFE0CC", 10, "16 16")
    return emblem("#EFE0CC", placed(path(outline, "#9A5230"), 256, 250) + seam)


def pot() -> Drawing:
    shape = path("M186 140h140v28q76 50 62 138q-12 80 -82 96h-100q-70 -16 -82 -96q-14 -88 62 -138Z", "#1F5F8B")
    band = stroke("M146 256l36 34l37 -34l37 34l37 -34l37 34l36 -34", "#F2B632", 16)
    return emblem("#DDE7F0", shape + band)


def wave() -> Drawing:
    swell = "q40 -44 80 0t80 0t80 0t80 0"
    sails = path("M262 110L372 290H200Z", SUN) + path("M246 150L180 290H246Z", PAPER)
    return emblem("#0C6F67", sails + stroke(f"M96 350{swell}M96 402{swell}", PAPER, 18))


DRAWINGS = {
    "logo-1": leaf,
    "logo-2": sun,
    "logo-3": bean,
    "logo-4": loom,
    "logo-5": drop,
    "logo-6": hide,
    "logo-7": pot,
    "logo-8": wave,
}
