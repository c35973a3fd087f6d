"""Plain rules about files that come in pieces: how large a piece is, what a browser may call a file, what comes next."""

import re
from dataclasses import dataclass

from uploads.exceptions import UnreadableRequest, WrongOffset, WrongSizeOfPiece

KIBIBYTE = 1024
LEAST_PIECE, MOST_PIECE = 16 * KIBIBYTE, 256 * KIBIBYTE
"""The last piece of a file may be smaller. A file of 15 MB is at most 960 pieces."""
MOST_OPEN_ARRIVALS = 12
"""A listing has ten pictures."""
MOST_OPEN_BYTES = 60 * 1024 * KIBIBYTE
"""Of one person, as announced. A browser makes pictures smaller and sends two at a time, so four of the largest are plenty."""

_KEY = re.compile(r"[0-9A-Za-z._:-]{8,100}")


@dataclass(frozen=True)
class Announced:
    """A file as a browser announces it."""

    profile: str
    key: str
    name: str
    byte_size: int


def read_announcement(*, profile: str, key: str, name: str, size: str) -> Announced:
    """What a browser said, made sure of; raises UnreadableRequest."""
    if not (_KEY.fullmatch(key) and name.strip() and size.isascii() and size.isdigit() and len(size) < 12):
        raise UnreadableRequest
    return Announced(profile, key, name, int(size))


def read_offset(text: str) -> int:
    """Where a piece begins, from its header; raises UnreadableRequest."""
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise UnreadableRequest
    return int(text)


def check_piece(*, offset: int, size: int, received: int, total: int) -> None:
    """Raise WrongOffset unless the piece begins where the last one ended, WrongSizeOfPiece unless it is of a right size."""
    if offset != received or received == total:
        raise WrongOffset(offset=received)
    is_last = offset + size == total
    if not 0 < size <= MOST_PIECE or offset + size > total or (size < LEAST_PIECE and not is_last):
        raise WrongSizeOfPiece
