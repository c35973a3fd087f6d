"""The child for pictures: decodes one and writes its renditions.

Argument: `{"widths": [...], "max_pixels": n}`. Each rendition goes out as soon as it is made.
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pillow_heif
import thumbhash
from PIL import AvifImagePlugin, ExifTags, Image, ImageCms, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from uploads.media.child import Emit, Refused, run_child
from uploads.rules.pictures import BYTE_BUDGETS, fit

JPEG, PNG = JpegImagePlugin.JpegImageFile.format, PngImagePlugin.PngImageFile.format
WEBP, AVIF = WebPImagePlugin.WebPImageFile.format, AvifImagePlugin.AvifImageFile.format
READABLE = (JPEG, PNG, WEBP, "HEIF")
MAX_FRAMES = 300
WEBP_QUALITIES = (75, 65, 55, 45, 35, 25, 15, 5)
AVIF_SPEED = 8
AVIF_BELOW_WEBP = 18
DRAFT_MARGIN = 1.5
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SIDEWAYS = {TURNS[orientation] for orientation in (5, 6, 7, 8)}


def main() -> int:
    return run_child(_make)


def _make(content: bytes, wanted: dict[str, Any], emit: Emit) -> None:
    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before anything is decoded
    pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    make_all(content, widths=wanted["widths"], max_pixels=wanted["max_pixels"], emit=emit)


@dataclass(frozen=True)
class Source:
    """A decoded picture as it lies in its file, no larger than the largest rendition needs; `size` is its full size, upright."""

    picture: Image.Image
    turn: Image.Transpose | None
    profile: bytes | None
    size: tuple[int, int]

    def make(self, label: int) -> Image.Image:
        """The picture in the size of a rendition, in sRGB, turned as its camera was held."""
        small = resize(self.picture, _lie(fit(width=self.size[0], height=self.size[1], label=label), self.turn))
        return _to_srgb(small.transpose(self.turn) if self.turn is not None else small, self.profile)


def make_all(content: bytes, *, widths: Sequence[int], max_pixels: int, emit: Emit) -> None:
    """Decode once, then emit a WebP of each width in the given order, the facts after the first, and AVIF where smaller.

    The first comes straight from the decoded picture, so that nobody waits for the largest.
    """
    source = open_source(content, largest=max(widths), max_pixels=max_pixels)
    width, height = source.size
    first, largest = source.make(widths[0]), None
    made: list[tuple[int, Image.Image, int, int]] = []
    for label in widths:
        if made and largest is None:
            largest = source.make(max(widths))
        picture = resize(largest, fit(width=width, height=height, label=label)) if largest is not None else first
        quality, webp = encode_webp(picture, budget=BYTE_BUDGETS.get(label))
        emit(webp, event="rendition", label=label, format="webp", width=picture.width, height=picture.height)
        if not made:
            emit(event="facts", width=width, height=height, **describe(picture))
        made.append((label, picture, quality, len(webp)))
    for label, picture, quality, webp_bytes in made:
        avif = _save(picture, AVIF, quality=max(20, quality - AVIF_BELOW_WEBP), speed=AVIF_SPEED, max_threads=1)
        if len(avif) < webp_bytes:
            emit(avif, event="rendition", label=label, format="avif", width=picture.width, height=picture.height)
    emit(event="done")


def open_source(content: bytes, *, largest: int, max_pixels: int) -> Source:
    """Decode the picture, a JPEG at the smallest scale that serves the largest rendition; raises Refused."""
    picture = Image.open(io.BytesIO(content), formats=READABLE)
    if picture.width * picture.height > max_pixels:
        raise Refused("too_many_pixels")
    if picture.format in {PNG, WEBP} and getattr(picture, "n_frames", 1) > MAX_FRAMES:
        raise Refused("too_many_frames")
    turn = _find_turn(picture)
    size = _lie(picture.size, turn)
    lying = _lie(fit(width=size[0], height=size[1], label=largest), turn)
    if picture.format in {JPEG, "MPO"}:
        picture.draft(None, (round(lying[0] * DRAFT_MARGIN), round(lying[1] * DRAFT_MARGIN)))
    picture.load()
    return Source(_without_exotic_modes(picture), turn, picture.info.get("icc_profile"), size)


def _lie(size: tuple[int, int], turn: Image.Transpose | None) -> tuple[int, int]:
    """A size as it lies in the file, for one that stands upright; and the other way round."""
    return size if turn not in SIDEWAYS else (size[1], size[0])


def resize(picture: Image.Image, target: tuple[int, int]) -> Image.Image:
    return picture if target == picture.size else picture.resize(target, Image.Resampling.LANCZOS, reducing_gap=2.0)


def encode_webp(picture: Image.Image, *, budget: int | None) -> tuple[int, bytes]:
    """Return the quality and the bytes of the best WebP within the budget; the smallest there is when none fits."""
    quality, webp = 0, b""
    for quality in WEBP_QUALITIES:
        webp = _save(picture, WEBP, quality=quality, method=4, alpha_quality=min(90, quality + 15))
        if budget is None or len(webp) <= budget:
            break
    return quality, webp


def describe(picture: Image.Image) -> dict[str, str]:
    """A blur of 25 bytes, the mean colour and a hash that near-duplicates share, all from a small rendition."""
    backed = Image.new("RGBA", picture.size, "white")  # thumbhash 0.1.2 fails on what is transparent
    backed.alpha_composite(picture.convert("RGBA"))
    small = backed.copy()
    small.thumbnail((48, 48))
    blur = bytes(thumbhash.rgba_to_thumb_hash(small.width, small.height, list(small.tobytes())))
    red, green, blue = backed.convert("RGB").resize((1, 1), Image.Resampling.BOX).tobytes()
    return {
        "placeholder": base64.b64encode(blur).decode(),
        "placeholder_color": f"#{red:02x}{green:02x}{blue:02x}",
        "difference_hash": hash_differences(backed.convert("L")),
    }


def hash_differences(grey: Image.Image) -> str:
    """64 bits, one for each pixel of a 9 by 8 miniature that is brighter than its right neighbour."""
    miniature = grey.resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = [miniature[row * 9 + column] > miniature[row * 9 + column + 1] for row in range(8) for column in range(8)]
    return f"{sum(bit << place for place, bit in enumerate(reversed(bits))):016x}"


def _find_turn(picture: Image.Image) -> Image.Transpose | None:
    try:
        return TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001  a broken EXIF block must not cost the seller the picture
        return None


def _without_exotic_modes(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"P", "PA", "LA", "La", "RGBa"}:
        return picture.convert("RGBA" if picture.mode != "P" or "transparency" in picture.info else "RGB")
    if picture.mode in {"L", "RGB"} and "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in {"L", "RGB", "RGBA", "CMYK"} else picture.convert("RGB")


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    colours = picture.convert("RGB") if alpha else picture
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            colours = converted or colours
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # an unusable profile: the colours are shown as they are stored
    colours = colours.convert("RGB")
    if alpha and alpha.getextrema()[0] != 255:
        colours.putalpha(alpha)
    return colours


def _save(picture: Image.Image, format: str, **how: int) -> bytes:  # noqa: A002  Pillow's own word
    target = io.BytesIO()
    picture.info = {}
    picture.save(target, format, exif=b"", **how)
    return target.getvalue()
