"""Honest pictures, drawn on the spot."""

import io
from collections.abc import Callable

from PIL import Image

from uploads.models import Upload

PROFILE = "test_picture"
Receive = Callable[..., Upload]


def draw(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A picture with the red in the top left quarter, green in the top right, blue below."""
    picture = Image.new("RGB", (width, height), (30, 60, 200))
    picture.paste((220, 30, 40), (0, 0, width // 2, height // 2))
    picture.paste((40, 200, 60), (width // 2, 0, width, height // 2))
    return picture if mode == "RGB" else picture.convert(mode)


def save(picture: Image.Image, kind: str = "JPEG", **how) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **how)
    return target.getvalue()
