"""Wide covers for storefronts, and the team."""

from demo.drawings.shapes import Drawing, ball, block, oval, path, placed, rect, shadow, solid, stroke


def cover(top: str, bottom: str, body: str) -> Drawing:
    return Drawing(top, bottom, body, width=1600, height=466)


def tree(x: float, y: float, scale: float, crown: str) -> str:
    trunk = path("M-7 0L-4 -60h8L7 0Z", "#4A3423")
    return placed(
        oval(0, 0, 44, 6, "#000", 0.15) + trunk + oval(0, -86, 54, 44, crown) + oval(-16, -98, 26, 20, "#fff", 0.1),
        x,
        y,
        0,
        scale,
    )


def house(x: float, y: float, wall: str, roof: str, scale: float = 1) -> str:
    front = (
        block(-60, -70, 120, 70, wall)
        + rect(-14, -44, 28, 44, "#4A2A18")
        + rect(-46, -52, 20, 20, "#16383B")
        + rect(26, -52, 20, 20, "#16383B")
    )
    return placed(oval(0, 0, 80, 8, "#000", 0.16) + front + path("M-78 -66L0 -124L78 -66Z", roof), x, y, 0, scale)


def hills() -> Drawing:
    sun = oval(1180, 150, 78, 78, "#FFB81C") + oval(1180, 150, 118, 118, "#FFB81C", 0.25)
    far = path("M0 270Q200 120 430 220T860 190Q1080 80 1260 220T1600 230V466H0Z", "#7FB09A")
    middle = path("M0 330Q260 210 540 290T1080 270T1600 300V466H0Z", "#3F8A6B")
    slope = "M0 400Q320 300 720 372T1600 350V466H0Z"
    near = f'<clipPath id="field"><path d="{slope}"/></clipPath>' + path(slope, "#1F6F54")
    rows = "".join(
        stroke(f"M{420 + k * 62} 466Q{560 + k * 42} 390 {640 + k * 30} 330", "#12513C", 9, "2 16")
        for k in range(-6, 20)
    )
    rows = f'<g clip-path="url(#field)">{rows}</g>'
    trees = (
        tree(180, 360, 0.9, "#2A5E3D")
        + tree(270, 372, 0.7, "#3B8054")
        + tree(1420, 366, 1.05, "#2A5E3D")
        + tree(1330, 372, 0.7, "#3B8054")
        + tree(980, 296, 0.5, "#2A5E3D")
        + tree(1030, 292, 0.42, "#1F5A3C")
    )
    homes = house(400, 316, "#F2E4C4", "#B4532A", 0.62) + house(500, 312, "#E2C79A", "#8F3F1E", 0.5)
    return cover("#FBE9C8", "#F6D39A", sun + far + middle + homes + near + rows + trees)


def boat(x: float, y: float, scale: float, main: str, shade: str) -> str:
    mast = rect(-4, -20, 8, 32, "#4A2A18")
    big = path("M6 -256L176 -16H-40Z", main) + path("M6 -256L-40 -16H30Z", shade)
    jib = path("M-52 -170L-60 -16H-160Z", "#DCE6E3") + path("M-52 -170L-60 -16H-84Z", "#B5C5C4")
    hull = path("M-176 0H196L150 54H-132Z", "#7A3A1E") + rect(-176, -4, 372, 14, "#F2B632")
    return placed(mast + big + jib + hull, x, y, 0, scale)


def sea() -> Drawing:
    sun = oval(330, 170, 70, 70, "#FFB81C")
    coast = path("M0 300Q150 240 320 262T640 284L760 300H0Z", "#1B5A5A") + path(
        "M1260 300Q1420 240 1600 250V300Z", "#1B5A5A"
    )
    water = rect(0, 294, 1600, 172, "#0C6F67")
    boats = (
        boat(620, 306, 0.42, "#E2703A", "#BF5524")
        + boat(1330, 330, 0.6, "#F6F1E2", "#D5CDB6")
        + boat(980, 368, 1.12, "#FFB81C", "#E89B00")
    )
    wave = "q50 -26 100 0t100 0" * 8
    waves = path(f"M0 388{wave}V466H0Z", "#0A5650", 0.75) + path(f"M-60 420{wave}t100 0V466H-60Z", "#083F3C")
    glint = "".join(
        stroke(f"M{x} {y}h{w}", "#FFE7A0", 4, opacity=0.45)
        for x, y, w in [(280, 318, 100), (300, 334, 64), (310, 350, 40), (120, 356, 60), (520, 362, 50)]
    )
    return cover("#12383C", "#2C7A78", sun + coast + water + glint + boats + waves)


def stall(x: int, canopy: tuple[str, str], goods: str) -> str:
    posts = rect(-104, -150, 9, 150, "#5F3818") + rect(95, -150, 9, 150, "#5F3818")
    cloth = "".join(path(f"M{-126 + i * 28} -190h28v48q-14 18 -28 0Z", canopy[i % 2]) for i in range(9)) + rect(
        -126, -200, 252, 14, canopy[0], 5
    )
    table = block(-112, -62, 224, 16, "#A8733C", 4) + block(-104, -46, 208, 46, "#8C5A2B")
    return placed(oval(0, 2, 130, 9, "#000", 0.16) + posts + goods + table + cloth, x, 420)


def fruit_row(colours: list[str], r: int) -> str:
    count = 190 // (r * 2 + 2)
    return "".join(
        ball((i - (count - 1) / 2) * (r * 2 + 2), -62 - r, r, colours[i % len(colours)]) for i in range(count)
    )


def street() -> str:
    tones = [("#E9C79A", "#B4532A"), ("#F2E4C4", "#8F3F1E"), ("#D9A55B", "#7A1F3D"), ("#C9D8C4", "#16383B")]
    heights = [90, 140, 80, 150, 100, 170, 90, 140, 100, 160, 90]
    out = ""
    for i, h in enumerate(heights):
        x, (wall, roof) = 20 + i * 146, tones[i % 4]
        out += block(x, 290 - h, 116, h + 60, wall) + path(f"M{x - 10} {290 - h}l68 -46l68 46Z", roof)
        out += "".join(rect(x + a, 290 - h + b, 22, 28, "#16383B", 3, 0.75) for a in (20, 72) for b in range(20, h, 52))
    return out


def bunting() -> str:
    """Two sagging strings of flags: y follows the same parabola as the string."""
    colours = ["#F2B632", "#7A1F3D", "#1F6F54", "#D9513A", "#0F4C5C"]
    flags = ""
    for i in range(12):
        start, step = (0, i) if i < 6 else (800, i - 6)
        t = (step + 0.5) / 6
        y = (1 - t) * (1 - t) * 40 + 2 * t * (1 - t) * 120 + t * t * 40
        flags += path(f"M{start + t * 800 - 17:g} {y:g}h34l-17 38Z", colours[i % 5])
    return flags + stroke("M0 40Q400 120 800 40Q1200 120 1600 40", "#4A2A18", 3)


def market() -> Drawing:
    square = rect(0, 330, 1600, 136, "#D9A878") + rect(0, 330, 1600, 12, "#C28F5E")
    cloths = "".join(
        rect(-84 + i * 44, -108, 36, 46, c, 5) for i, c in enumerate(["#7A1F3D", "#F2B632", "#0F4C5C", "#1F6F54"])
    )
    pots = "".join(
        placed(solid("M-18 0q-14 -34 8 -44h20q22 10 8 44Z", c), -66 + i * 44, -62)
        for i, c in enumerate(["#C0653A", "#1F5F8B", "#A94F2C", "#F2EDE2"])
    )
    stalls = (
        stall(200, ("#B23023", "#FFF5E6"), fruit_row(["#F28A1B", "#D9513A", "#8FA33A"], 15))
        + stall(560, ("#1F6F54", "#FFF5E6"), cloths)
        + stall(960, ("#D98A00", "#FFF5E6"), pots)
        + stall(1340, ("#1F5F8B", "#FFF5E6"), fruit_row(["#6D4027", "#C23B2B", "#F2B632"], 18))
    )
    return cover("#BFE0E2", "#FBE6C2", bunting() + street() + square + stalls)


def window(x: int) -> str:
    return (
        rect(x, 60, 190, 190, "#BFE0E2", 8)
        + path(f"M{x} 200q60 -50 110 -20t80 -10v72q0 8 -8 8h-174q-8 0 -8 -8Z", "#7FB09A")
        + stroke(f"M{x + 95} 60v190M{x} 155h190", "#6B4021", 8)
        + stroke(f"M{x} 60h190v190h-190Z", "#6B4021", 10)
    )


def loom() -> str:
    colours = ["#B23023", "#F2B632", "#F2E4C4", "#0F4C5C", "#F2B632", "#7A1F3D"]
    warp = "".join(stroke(f"M{x} 110v220", "#F7EBD2", 3) for x in range(652, 950, 9))
    bands = "".join(rect(648, 234 + i * 16, 304, 16, c) for i, c in enumerate(colours))
    teeth = "".join(path(f"M{x} 298l19 -16l19 16Z", "#F2E4C4") for x in range(648, 950, 38))
    shuttle = path("M690 216q100 -22 200 0q-100 22 -200 0Z", "#A8733C")
    posts = block(620, 90, 22, 290, "#6B4021", 4) + block(958, 90, 22, 290, "#6B4021", 4)
    beams = block(600, 84, 400, 24, "#7A4A22", 6) + block(600, 330, 400, 26, "#7A4A22", 6)
    return rect(640, 100, 320, 236, "#C9A878", 0, 0.5) + warp + bands + teeth + shuttle + posts + beams


def shelves() -> str:
    boards = block(360, 150, 210, 14, "#6B4021", 4) + block(360, 250, 210, 14, "#6B4021", 4)
    spools = [(370, 56, "#B4532A"), (418, 70, "#1F6F54"), (466, 50, "#D98A00"), (514, 64, "#7A1F3D")]
    balls = [(388, "#F7EBD2"), (440, "#1F5F8B"), (492, "#D98A00"), (544, "#B23023")]
    return (
        boards
        + "".join(block(x, 150 - h, 40, h, c, 8) for x, h, c in spools)
        + "".join(ball(x, 226, 24, c) for x, c in balls)
    )


def pots_and_baskets() -> str:
    pot = "M-50 0q-40 -90 14 -122h72q54 32 14 122Z"
    out = ""
    for x, s, c in [(1060, 0.8, "#C0653A"), (1160, 1.05, "#1F5F8B"), (1250, 0.6, "#A94F2C")]:
        shape = solid(pot, c) + rect(-40, -130, 80, 14, c, 6) + stroke("M-58 -62q58 22 116 0", "#F2E4C4", 6)
        out += shadow(x, 418, 70 * s) + placed(shape, x, 416, 0, s)
    for x, s, c in [(180, 1.05, "#D9A55B"), (330, 0.8, "#C98F42"), (456, 0.62, "#D9B77A")]:
        knots = stroke("M-74 -66h148M-70 -40h140M-66 -16h132", "#6B4021", 5, "12 8", 0.6)
        out += shadow(x, 420, 76 * s) + placed(solid("M-66 0l-14 -90h160l-14 90Z", c) + knots, x, 418, 0, s)
    return out


def workshop() -> Drawing:
    floor = rect(0, 360, 1600, 106, "#8C5A2B") + rect(0, 352, 1600, 14, "#6B4021")
    lamps = "".join(
        stroke(f"M{x} 0v46", "#2A1B12", 4)
        + oval(x, 86, 120, 90, "url(#glow)")
        + oval(x, 86, 16, 10, "#FFE9A0")
        + path(f"M{x - 46} 84q6 -40 46 -40t46 40Z", "#16383B")
        for x in (302, 1130)
    )
    room = floor + window(52) + window(1300) + shelves() + loom() + lamps
    return cover("#F3E0C0", "#E6C697", room + pots_and_baskets())


def team() -> Drawing:
    def person(x: int, y: int, skin: str, hair: str, clothes: str, necklace: str) -> str:
        hair_shape = path("M-50 -4q-2 -64 50 -64t50 64q-22 -28 -50 -28t-50 28Z", hair)
        body = "M-96 300v-108q0 -134 96 -134t96 134v108Z"
        collar = stroke("M-30 66q30 40 60 0", necklace, 8)
        return placed(
            solid(body, clothes) + rect(-16, 34, 32, 34, skin, 12) + collar + oval(0, 0, 45, 47, skin) + hair_shape,
            x,
            y,
        )

    hills_behind = path("M0 330Q160 240 330 300T640 270V480H0Z", "#A9C7B2", 0.7)
    people = (
        person(112, 246, "#7A4A2E", "#1C1512", "#D98A00", "#FFF5E6")
        + person(528, 240, "#9B6A48", "#B4532A", "#1F6F54", "#F2B632")
        + person(238, 222, "#8A5A3C", "#F2B632", "#7A1F3D", "#F2B632")
        + person(398, 206, "#6B4229", "#1C1512", "#0F4C5C", "#E9F2F0")
    )
    return Drawing("#E3ECE9", "#C3D5CF", hills_behind + people)


DRAWINGS = {
    "cover-1": hills,
    "cover-2": sea,
    "cover-3": market,
    "cover-4": workshop,
    "team": team,
}
