"""The sizes that are made of a picture, why making them can fail, and a picture as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import gettext_noop

TALLEST = 2
"""A rendition is at most this many times as tall as its nominal width, so that a scroll cannot become a poster."""

BYTE_BUDGETS: Mapping[int, int] = {160: 6_000, 320: 15_000, 640: 60_000, 1200: 180_000}
"""Most bytes of a WebP rendition by nominal width; quality is lowered until it fits (DESIGN, bandwidth budgets)."""

FAILURES: Mapping[str, str] = {
    "broken": gettext_noop("The picture is damaged and cannot be read to its end. Send it again from the original."),
    "too_many_pixels": gettext_noop("The picture has too many pixels. Save it smaller, then send it again."),
    "too_many_frames": gettext_noop("This is a film of many pictures. Send one still picture."),
    "too_heavy": gettext_noop(
        "The picture takes too much work to read. Save it as an ordinary JPEG, then send it again."
    ),
    "not_in_time": gettext_noop("The picture could not be read in time. Send it again."),
    "lost": gettext_noop("The picture was lost on its way. Send it again."),
}


@dataclass(frozen=True)
class Picture:
    """All that `components/picture.html` needs."""

    src: str
    srcset: str
    avif_srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    placeholder_color: str


@dataclass(frozen=True)
class Facts:
    """What is known of a picture once it has been read."""

    width: int
    height: int
    placeholder: str
    placeholder_color: str
    difference_hash: str


@dataclass(frozen=True)
class Made:
    """One finished rendition, still in memory; `page` is 0 for a picture itself."""

    label: int
    format: str
    width: int
    height: int
    content: bytes
    page: int = 0


def fit(*, width: int, height: int, label: int) -> tuple[int, int]:
    """Return the pixel size of the rendition `label`: never larger than the picture, at least one pixel each way."""
    scale = min(1.0, label / width, TALLEST * label / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def rendition_name(*, sha256: str, format: str) -> str:  # noqa: A002  the word of the model's field
    """Where a rendition lies: under the hash of its bytes, so that equal bytes are one file and a repeat is harmless."""
    return f"renditions/{sha256[:2]}/{sha256[2:4]}/{sha256}.{format}"
