"""Leather and what is made of it."""

from demo.drawings.shapes import Drawing, block, oval, path, placed, rect, ring, sail, shadow, solid, stroke

THREAD = "#F0D2A8"


def leather() -> Drawing:
    outline = "M170 180h300l26 210q2 20 -18 20h-316q-20 0 -18 -20Z"
    handle = stroke("M240 190q0 -120 80 -120t80 120", "#5F2F1A", 15)
    seams = stroke("M182 196h276M160 388h322", THREAD, 3, "9 7")
    patch = rect(282, 250, 76, 54, "#7C3F22", 6) + sail(316, 282, 22, "#F2C46B")
    rings = "".join(ring(x, 188, 11, 11, "#C9A24A", 5) for x in (240, 400))
    return Drawing(
        "#E4E7E1", "#C9D0C5", shadow(320, 412, 180) + handle + solid(outline, "#9A5230") + seams + rings + patch
    )


def leather_hide() -> Drawing:
    skin = (
        "M206 86q30 22 60 12q30 -16 60 0q34 12 66 -12q26 6 22 36q-6 30 14 54q34 -6 52 12q6 26 -26 34q-20 12 -16 54q2 46 22 78"
        "q-8 30 -46 18q-40 -8 -66 12q-18 36 -46 40q-28 -4 -46 -40q-28 -22 -66 -12q-38 10 -46 -18q20 -32 22 -78q4 -42 -16 -54"
        "q-32 -8 -26 -34q18 -18 52 -12q20 -24 14 -54q-6 -30 22 -36Z"
    )
    spine = stroke("M300 130q-8 120 4 230", "#000", 4, opacity=0.12) + stroke(
        "M236 190q-10 70 8 130M366 190q12 70 -6 130", "#fff", 4, opacity=0.16
    )
    rolls = "".join(
        block(x, 366 - k, 150, 50, c, 25)
        + oval(x + 14, 391 - k, 14, 25, "#E6C9A0")
        + ring(x + 14, 391 - k, 8, 15, "#7C3F22", 3)
        for x, k, c in [(330, 0, "#7A1F3D"), (388, 44, "#1F5F8B"), (446, 0, "#D98A00")]
    )
    return Drawing(
        "#EEE7DF",
        "#D5C6B5",
        shadow(300, 420, 120) + shadow(464, 418, 150) + placed(solid(skin, "#B0693C") + spine, -6, -4) + rolls,
    )


def buckle(x: float, y: float, scale: float = 1) -> str:
    return placed(stroke("M-26 -34h52v68h-52Z", "#C9A24A", 11) + stroke("M-26 0h48", "#A98334", 8), x, y, 0, scale)


def belt() -> Drawing:
    def coil(x: float, y: float, leather_colour: str, edge: str) -> str:
        rolls = "".join(
            ring(0, 0, r, r * 0.86, edge if i % 2 else leather_colour, 13)
            for i, r in enumerate((100, 86, 72, 58, 44, 30))
        )
        strap = (
            block(0, 72, 176, 46, leather_colour, 6)
            + stroke("M8 80h160M8 110h160", THREAD, 2.5, "8 6")
            + "".join(oval(hole, 95, 4, 5, "#2A160C") for hole in (70, 92, 114))
        )
        return placed(shadow(10, 112, 120) + oval(0, 0, 104, 92, edge) + rolls + strap + buckle(170, 95, 0.9), x, y)

    return Drawing("#EAE6DE", "#CFC6B6", coil(380, 160, "#9A5230", "#6E351C") + coil(200, 308, "#3A2A22", "#1F1510"))


def wallet() -> Drawing:
    back = placed(
        solid("M0 0h250q12 0 12 12v146q0 12 -12 12h-250Z", "#1F5F5A")
        + stroke("M12 12h236M12 158h236", THREAD, 3, "9 7"),
        250,
        96,
        12,
    )
    notes = placed(
        rect(28, -26, 280, 100, "#A9C7B2", 6) + rect(40, -16, 256, 80, "#C6DCCB", 4) + oval(168, 24, 30, 26, "#A9C7B2"),
        120,
        226,
        -5,
    )
    front = "M0 0h332q16 0 16 16v156q0 16 -16 16h-332q-16 0 -16 -16v-156q0 -16 16 -16Z"
    seams = stroke("M0 14h332M0 174h332", THREAD, 3, "9 7")
    clasp = rect(284, 66, 64, 56, "#7C3F22", 10) + oval(312, 94, 12, 12, "#C9A24A") + oval(309, 91, 4, 4, "#fff", 0.6)
    purse = placed(solid(front, "#9A5230") + seams + sail(120, 104, 34, "#F2C46B") + clasp, 130, 222, -5)
    return Drawing("#E9EBE4", "#CBD1C2", shadow(320, 416, 210) + back + notes + purse)


def sandals() -> Drawing:
    def sandal(x: float, turn: float, flip: int) -> str:
        sole = "M0 -150q58 4 62 74q2 44 -12 84q-10 46 4 86q2 56 -50 58q-52 -2 -54 -58q10 -44 -4 -88q-20 -40 -16 -82q8 -72 70 -74Z"
        inner = "M0 -134q44 6 47 62q2 40 -11 78q-10 46 4 88q0 42 -38 43q-40 -1 -41 -43q10 -46 -4 -90q-16 -36 -13 -74q8 -60 56 -64Z"
        straps = stroke("M6 -112Q-40 -70 -58 -26M6 -112Q34 -60 52 -20", "#7A1F3D", 20) + stroke(
            "M6 -112Q-40 -70 -58 -26M6 -112Q34 -60 52 -20", "#F2B632", 4, "3 11"
        )
        heel = stroke("M-46 58q46 28 92 0", "#7A1F3D", 16) + oval(6, -112, 12, 12, "#C9A24A")
        shoe = path(sole, "#5F2F1A") + placed(path(inner, "#C98F5A"), -2, 2) + path(sole, "url(#light)") + straps + heel
        return f'<g transform="translate({x:g} 250) rotate({turn:g}) scale({flip * 1.08:g} 1.08)">{shoe}</g>'

    floor = oval(232, 432, 80, 10, "#000", 0.1) + oval(410, 432, 80, 10, "#000", 0.1)
    return Drawing("#F3EADB", "#DCCBAE", floor + sandal(230, -8, 1) + sandal(412, 8, -1))


DRAWINGS = {
    "leather": leather,
    "leather-hide": leather_hide,
    "belt": belt,
    "wallet": wallet,
    "sandals": sandals,
}
