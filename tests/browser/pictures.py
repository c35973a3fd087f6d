"""Files as people send them: photos of a phone, a scan, and files that break while they are read."""

import io
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload

pillow_heif.register_heif_opener()
ORIENTATION, TURNED = 0x0112, 6


def draw(colour: str, size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """A plain ground with a bowl of something on it."""
    picture = Image.new("RGB", size, "#efe9dc")
    pen = ImageDraw.Draw(picture)
    width, height = size
    pen.ellipse((width * 0.2, height * 0.3, width * 0.8, height * 0.9), fill=colour)
    pen.rectangle((0, 0, width * 0.1, height * 0.1), fill="#4b2e1e")
    return picture


def save(picture: Image.Image, kind: str, **how: Any) -> bytes:
    """The bytes of a file of this kind."""
    target = io.BytesIO()
    picture.save(target, kind, **how)
    return target.getvalue()


def as_file(name: str, kind: str, content: bytes) -> FilePayload:
    """A file as Playwright sends it."""
    return {"name": name, "mimeType": kind, "buffer": content}


def three_photos() -> list[FilePayload]:
    """An upright JPEG, a JPEG that a phone turned, and a HEIC."""
    turned = Image.Exif()
    turned[ORIENTATION] = TURNED
    return [
        as_file("sacks.jpg", "image/jpeg", save(draw("#b98a4e"), "JPEG", quality=85)),
        as_file("turned.jpg", "image/jpeg", save(draw("#7a9a4e"), "JPEG", quality=85, exif=turned)),
        as_file("field.heic", "image/heic", save(draw("#c96f4a", (800, 600)), "HEIF", quality=60)),
    ]


def scan() -> FilePayload:
    """A PNG."""
    return as_file("scan.png", "image/png", save(draw("#4e6fb9", (640, 480)), "PNG"))


def cut_off() -> FilePayload:
    """A JPEG that a broken line cut short: its header is good, so only the worker finds out."""
    return as_file("half.jpg", "image/jpeg", save(draw("#336699"), "JPEG")[:5000])


def notes() -> FilePayload:
    """A text that calls itself a picture."""
    return as_file("notes.jpg", "image/jpeg", b"Call the shipper on Monday.\n" * 40)
