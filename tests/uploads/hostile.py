"""Files that mean harm, each a few kilobytes, and none of them decoded here."""

import io
import struct
import zipfile
import zlib

from tests.uploads.pictures import draw, save


def jpeg_of_size(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size."""
    content = bytearray(save(draw(64, 64)))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def jpeg_of_scans(scans: int, side: int = 64) -> bytes:
    """A progressive JPEG whose last scan is repeated until it has this many."""
    content = save(draw(side, side), progressive=True, quality=60)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * (scans - content.count(b"\xff\xda") + 1) + content[-2:]


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of_size(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + png_chunk(b"IEND", b"")


def png_with_text_bomb() -> bytes:
    """A good PNG with a comment that unpacks to 200 MB."""
    content = save(draw(64, 64), "PNG")
    text = b"Comment\0\x01\0\0\0" + zlib.compress(b"a" * 200_000_000, 9)
    return content[:33] + png_chunk(b"iTXt", text) + content[33:]


def zip_archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("payload.sh", "echo")
    return target.getvalue()
