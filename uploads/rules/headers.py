"""What the first bytes of a file say: its kind, its size in pixels, the scans of a JPEG. Nothing is decoded here."""

import math
import re
import struct
from dataclasses import dataclass

from uploads.exceptions import CutOff, NoPicture, TooManyPixels, TooManyScans

MEBIBYTE = 1024 * 1024
MAX_SCANS = 100
MAX_SEGMENTS = 4000
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
CONTENT_TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "heic": "image/heic"}
HEIC_META_BYTES = 256 * 1024

_MARKER = re.compile(rb"\xff([^\x00\x01\xff\xd0-\xd8])")  # after stuffing, fill bytes and the markers that stand alone
_SIZES_OF_JPEG = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN, _END = 0xDA, 0xD9


@dataclass(frozen=True)
class Header:
    """The kind of a picture and, where the header tells, its size in pixels as stored."""

    kind: str
    width: int | None = None
    height: int | None = None

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.kind]


class Unreadable(Exception):
    """The header ends early or contradicts itself."""


def check_picture(content: bytes, *, name: str, max_pixels: int) -> Header:
    """Return what the header says, or raise the UploadRefused that a person can act on."""
    kind = find_kind(content)
    if kind is None:
        raise NoPicture(name=name)
    try:
        header = _READERS[kind](content)
    except (Unreadable, struct.error, IndexError) as error:
        raise CutOff(name=name) from error
    except TooManyScans as error:
        raise TooManyScans(name=name, limit=MAX_SCANS) from error
    if header.width and header.height and header.width * header.height > max_pixels:
        raise TooManyPixels(
            name=name,
            size=tenths(header.width * header.height / 1_000_000),
            limit=tenths(max_pixels / 1_000_000),
            width=header.width,
            height=header.height,
        )
    return header


def find_kind(content: bytes) -> str | None:
    """Tell the kind by content alone; the file's name and the browser's word count for nothing."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp":
        brands = {content[8:12]} | {content[at : at + 4] for at in range(16, min(64, len(content)), 4)}
        return "heic" if brands & HEIC_BRANDS and content[8:12] not in {b"avif", b"avis"} else None
    return None


def read_jpeg(content: bytes) -> Header:
    """Walk the segments to the end of the first picture: its size, and the number of scans that a decoder would run."""
    width = height = scans = 0
    position = 2
    for _ in range(MAX_SEGMENTS):
        marker = _MARKER.search(content, position)
        code = marker[1][0] if marker else _END
        if not marker or code == _END:
            break
        start = marker.end()
        if code in _SIZES_OF_JPEG:
            tall, wide = struct.unpack_from(">HH", content, start + 3)
            width, height = max(width, wide), max(height, tall)
        scans += code == _START_OF_SCAN
        if scans > MAX_SCANS:
            raise TooManyScans
        position = start + struct.unpack_from(">H", content, start)[0]
    else:
        raise Unreadable
    if not (width and height and scans):
        raise Unreadable
    return Header("jpeg", width, height)


def read_png(content: bytes) -> Header:
    """The size stands in IHDR, which is always the first chunk."""
    if content[12:16] != b"IHDR" or len(content) < 33:
        raise Unreadable
    return _sized("png", *struct.unpack_from(">II", content, 16))


def read_webp(content: bytes) -> Header:
    """A lossy, a lossless or an extended file: each keeps its size elsewhere."""
    chunk = content[12:16]
    if chunk == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        wide, tall = struct.unpack_from("<HH", content, 26)
        return _sized("webp", wide & 0x3FFF, tall & 0x3FFF)
    if chunk == b"VP8L" and content[20] == 0x2F:
        bits = struct.unpack_from("<I", content, 21)[0]
        return _sized("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if chunk == b"VP8X" and len(content) >= 30:
        return _sized(
            "webp", int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
        )
    raise Unreadable


def read_heic(content: bytes) -> Header:
    """The largest image extent in the meta box; unknown when the box stands elsewhere (the child looks again)."""
    largest = (0, 0)
    for found in re.finditer(rb"ispe", content[:HEIC_META_BYTES]):
        if found.end() + 12 <= len(content):
            extent = struct.unpack_from(">II", content, found.end() + 4)
            largest = max(largest, extent, key=lambda pair: pair[0] * pair[1])
    return Header("heic", largest[0] or None, largest[1] or None)


def _sized(kind: str, width: int, height: int) -> Header:
    if not (width and height):
        raise Unreadable
    return Header(kind, width, height)


def tenths(number: float) -> str:
    """Rounded up, so that what is over a limit never reads as if it were within."""
    return f"{math.ceil(round(number * 10, 6)) / 10:g}"


_READERS = {"jpeg": read_jpeg, "png": read_png, "webp": read_webp, "heic": read_heic}
