"""The decoding child on real pictures: sizes, colours, turns, budgets, nothing private left; and on hostile ones."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageCms

from tests.uploads import hostile
from tests.uploads.pictures import draw, save
from uploads.adapters import child
from uploads.exceptions import FileUnreadable, ReadingStopped
from uploads.rules.pictures import Facts, Made, fit

WIDTHS = (320, 160, 640, 1200)
RED, GREEN, BLUE = (220, 30, 40), (40, 200, 60), (30, 60, 200)


def read(content: bytes) -> list[Facts | Made]:
    return list(child.read_picture(content, widths=WIDTHS, max_pixels=40_000_000))


def read_facts(content: bytes) -> Facts:
    return next(part for part in read(content) if isinstance(part, Facts))


def read_webp(content: bytes, label: int = 320) -> Image.Image:
    made = next(
        part for part in read(content) if isinstance(part, Made) and (part.label, part.format) == (label, "webp")
    )
    return Image.open(io.BytesIO(made.content))


def is_near(colour: tuple[int, ...], wanted: tuple[int, ...], within: int = 12) -> bool:
    return max(abs(one - other) for one, other in zip(colour, wanted, strict=True)) <= within


def colour_at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    return tuple(picture.convert("RGB").crop((x, y, x + 1, y + 1)).tobytes())


def corners(picture: Image.Image) -> list[tuple[int, ...]]:
    """The colours of the top left, top right and bottom left quarters."""
    wide, tall = picture.size
    places = [(wide // 4, tall // 4), (wide * 3 // 4, tall // 4), (wide // 4, tall * 3 // 4)]
    return [colour_at(picture, *place) for place in places]


def shows(picture: Image.Image, *wanted: tuple[int, int, int]) -> bool:
    return all(is_near(seen, want) for seen, want in zip(corners(picture), wanted, strict=True))


def test_the_320_comes_first_and_every_size_is_exact():
    parts = read(save(draw(4000, 3000), quality=85))
    webps = [
        (part.label, part.width, part.height) for part in parts if isinstance(part, Made) and part.format == "webp"
    ]
    assert webps == [(320, 320, 240), (160, 160, 120), (640, 640, 480), (1200, 1200, 900)]
    assert isinstance(parts[1], Facts)
    assert (parts[1].width, parts[1].height) == (4000, 3000)


def test_renditions_are_what_they_say_they_are():
    for part in read(save(draw(1000, 750))):
        if isinstance(part, Made):
            picture = Image.open(io.BytesIO(part.content))
            assert ((picture.format or "").lower(), picture.size) == (part.format, (part.width, part.height))


def test_avif_is_kept_only_where_it_is_smaller():
    sizes = {
        (part.label, part.format): len(part.content) for part in read(save(draw(1600, 1200))) if isinstance(part, Made)
    }
    assert (640, "avif") in sizes
    assert all(size < sizes[label, "webp"] for (label, kind), size in sizes.items() if kind == "avif")


def test_a_small_picture_is_never_enlarged():
    assert read_webp(save(draw(200, 100)), 1200).size == (200, 100)


@pytest.mark.parametrize(
    ("size", "label", "fitted"),
    [
        ((4000, 3000), 320, (320, 240)),
        ((200, 100), 640, (200, 100)),
        ((1000, 9000), 320, (71, 640)),
        ((9000, 1), 160, (160, 1)),
    ],
)
def test_a_size_fits_its_width_and_at_most_twice_that_in_height(size, label, fitted):
    assert fit(width=size[0], height=size[1], label=label) == fitted


@pytest.mark.parametrize(
    ("orientation", "wanted"),
    [(1, (RED, GREEN, BLUE)), (3, (BLUE, BLUE, GREEN)), (6, (BLUE, RED, BLUE)), (8, (GREEN, BLUE, RED))],
)
def test_a_picture_stands_as_its_camera_was_held(orientation, wanted):
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert shows(read_webp(save(draw(800, 600), exif=exif)), *wanted)


def test_a_turned_picture_tells_its_turned_size():
    exif = Image.Exif()
    exif[0x0112] = 6
    content = save(draw(4000, 3000), exif=exif)
    facts = read_facts(content)
    assert ((facts.width, facts.height), read_webp(content, 1200).size) == ((3000, 4000), (1200, 1600))


def test_a_broken_exif_block_costs_nobody_the_picture():
    assert read_webp(save(draw(), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff broken")).size == (320, 240)


def test_place_camera_and_comment_are_gone():
    exif = Image.Exif()
    exif[0x0110] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (5.0, 33.0, 12.0)
    for part in read(save(draw(), exif=exif, comment=b"my farm", icc_profile=srgb_profile())):
        if isinstance(part, Made):
            picture = Image.open(io.BytesIO(part.content))
            assert (len(picture.getexif()), "icc_profile" in picture.info, b"SecretCamera" in part.content) == (
                0,
                False,
                False,
            )


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_the_colour_profile_is_respected():
    red, plain = Image.new("RGB", (64, 64), RED), ImageCms.createProfile("sRGB")
    stored = ImageCms.profileToProfile(red, plain, swapped_profile(), outputMode="RGB")
    assert stored
    assert not is_near(colour_at(stored, 9, 9), RED, within=40)
    with_profile = read_webp(save(stored, "PNG", icc_profile=swapped_profile().tobytes()))
    assert is_near(colour_at(with_profile, 9, 9), RED)
    without = read_webp(save(stored, "PNG", icc_profile=None))
    assert not is_near(colour_at(without, 9, 9), RED, within=40)


def swapped_profile() -> ImageCms.ImageCmsProfile:
    """sRGB with its red and green primaries exchanged: a wide difference that nobody can miss."""
    content = bytearray(srgb_profile())
    red, green = content.index(b"rXYZ"), content.index(b"gXYZ")
    content[red : red + 4], content[green : green + 4] = b"gXYZ", b"rXYZ"
    return ImageCms.ImageCmsProfile(io.BytesIO(bytes(content)))


def test_an_unusable_colour_profile_is_ignored():
    assert shows(read_webp(save(draw(), icc_profile=b"no profile at all")), RED, GREEN, BLUE)


def test_cmyk_grey_palette_and_16_bit_are_real_sellers_input():
    assert shows(read_webp(save(draw(mode="CMYK"), quality=95)), RED, GREEN, BLUE)
    assert shows(read_webp(save(draw().quantize(16), "PNG")), RED, GREEN, BLUE)
    assert is_near(colour_at(read_webp(save(Image.new("L", (400, 300), 120))), 9, 9), (120, 120, 120))
    deep = read_webp(save(Image.new("I;16", (400, 300), 40_000), "PNG"))
    assert is_near(colour_at(deep, 9, 9), (156, 156, 156), within=2)


def test_transparency_is_kept():
    picture = draw(mode="RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    rendition = read_webp(save(picture, "PNG"))
    assert rendition.mode == "RGBA"
    alpha = rendition.getchannel("A").tobytes()
    assert is_near((alpha[0], alpha[-1]), (0, 255), within=4)


def test_webp_and_heic_are_read():
    target = io.BytesIO()
    pillow_heif.from_pillow(draw()).save(target, quality=90)
    assert shows(read_webp(target.getvalue()), RED, GREEN, BLUE)
    assert shows(read_webp(save(draw(), "WEBP", quality=90)), RED, GREEN, BLUE)


def test_of_a_moving_picture_the_first_frame_is_taken():
    moving = save(draw(), "WEBP", save_all=True, append_images=[Image.new("RGB", (800, 600), "black")])
    assert shows(read_webp(moving), RED, GREEN, BLUE)


def test_noise_stays_within_the_byte_budgets():
    noise = Image.merge("RGB", [Image.effect_noise((1600, 1200), 90) for _ in range(3)])
    sizes = {
        (part.label, part.format): len(part.content) for part in read(save(noise, quality=90)) if isinstance(part, Made)
    }
    assert sizes[320, "webp"] <= 15_000
    assert sizes[640, "webp"] <= 60_000


def test_near_duplicates_share_their_difference_hash():
    first, second = read_facts(save(draw(800, 600), quality=90)), read_facts(save(draw(400, 300), "PNG"))
    other = read_facts(save(draw(800, 600).rotate(90, expand=True)))
    assert bits_between(first, second) <= 4
    assert bits_between(first, other) > 10


def bits_between(one: Facts, other: Facts) -> int:
    return (int(one.difference_hash, 16) ^ int(other.difference_hash, 16)).bit_count()


def test_the_placeholder_is_small_and_the_colour_is_the_mean():
    facts = read_facts(save(Image.new("RGB", (800, 600), RED), quality=95))
    assert is_near(tuple(bytes.fromhex(facts.placeholder_color[1:])), RED, within=3)
    assert 8 <= len(facts.placeholder) <= 40


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (save(draw(), quality=95)[:-3000], "broken"),
        (hostile.zip_archive(), "broken"),
        (hostile.png_with_text_bomb(), "broken"),
        (hostile.png_of_size(3000, 3000), "broken"),
        (hostile.png_of_size(60_000, 60_000), "too_many_pixels"),
        (hostile.jpeg_of_size(10_000, 5_000), "too_many_pixels"),
        (b"", "broken"),
    ],
)
def test_the_child_tells_why_a_picture_is_no_good(content, code):
    with pytest.raises(FileUnreadable) as reason:
        read(content)
    assert reason.value.code == code


def test_of_a_polyglot_only_the_picture_lives_on():
    parts = read(save(draw()) + hostile.zip_archive())
    assert not any(b"payload.sh" in part.content for part in parts if isinstance(part, Made))


def test_a_child_that_takes_too_long_is_killed_and_reported(monkeypatch):
    monkeypatch.setattr(child, "DEADLINE_SECONDS", 0.05)
    before = time.monotonic()
    with pytest.raises(ReadingStopped):
        read(save(draw(4000, 3000)))
    assert time.monotonic() - before < 3


def test_a_picture_that_eats_its_cpu_time_is_too_heavy(monkeypatch):
    command = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"]
    over_limit = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    monkeypatch.setattr(child, "_start", lambda wanted: over_limit)
    with pytest.raises(FileUnreadable) as reason:
        read(b"")
    assert reason.value.code == "too_heavy"


@pytest.mark.parametrize(
    "said",
    [
        "print(1)",
        "print('{}')",
        "print('no JSON')",
        """print('{"event": "rendition", "label": 7, "format": "webp", "bytes": 1}')""",
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(monkeypatch, said):
    puppet = subprocess.Popen([sys.executable, "-c", said], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    monkeypatch.setattr(child, "_start", lambda wanted: puppet)
    with pytest.raises(ReadingStopped):
        read(b"")


@pytest.fixture
def started(monkeypatch) -> list["subprocess.Popen[bytes]"]:
    """The children that were started, to look at."""
    children: list[subprocess.Popen[bytes]] = []
    start = child._start

    def start_and_remember(wanted: str) -> "subprocess.Popen[bytes]":
        children.append(start(wanted))
        return children[-1]

    monkeypatch.setattr(child, "_start", start_and_remember)
    return children


def test_closing_early_leaves_no_child_behind(started):
    parts = child.read_picture(save(draw(4000, 3000)), widths=WIDTHS, max_pixels=40_000_000)
    next(parts)
    parts.close()
    with pytest.raises(ProcessLookupError):
        os.kill(started[0].pid, 0)


def test_the_child_knows_no_secret_and_may_write_no_file(monkeypatch, started):
    monkeypatch.setenv("SECRET_KEY", "nobody's business")
    parts = child.read_picture(save(draw(4000, 3000)), widths=WIDTHS, max_pixels=40_000_000)
    next(parts)
    process = Path("/proc") / str(started[0].pid)
    assert b"nobody" not in (process / "environ").read_bytes()
    assert "Max file size             0                    0" in (process / "limits").read_text()
    parts.close()
