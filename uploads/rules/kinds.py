"""Picture or document, told by content; and the sentences for files that a place does not take."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from uploads.exceptions import (
    EmptyDocument,
    EmptyFile,
    NeitherPictureNorPdf,
    NoPdf,
    TooManyBytes,
    TooManyBytesForFile,
)
from uploads.rules.headers import MEBIBYTE, check_picture, find_kind, tenths

PICTURE, DOCUMENT = "picture", "document"
PDF_TYPE = "application/pdf"
BEFORE_A_PDF = b"\xef\xbb\xbf \t\r\n"
"""What mail programs and old servers put before a document: a byte order mark and blanks. All else makes it another file."""
LOOK_BYTES = 64
NAME_LENGTH = 200


@dataclass(frozen=True)
class Known:
    """What is known of a file before anybody has opened it up."""

    kind: str
    content_type: str


def check_size(*, name: str, byte_size: int, max_bytes: int, kinds: Collection[str] = (PICTURE,)) -> None:
    """Refuse an empty or an oversized file before a byte of it is read."""
    pictures_only = set(kinds) == {PICTURE}
    if byte_size == 0:
        raise EmptyFile(name=name) if pictures_only else EmptyDocument(name=name)
    if byte_size > max_bytes:
        refusal = TooManyBytes if pictures_only else TooManyBytesForFile
        raise refusal(name=name, size=tenths(byte_size / MEBIBYTE), limit=tenths(max_bytes / MEBIBYTE))


def check_content(content: bytes, *, name: str, kinds: Collection[str], max_pixels: int) -> Known:
    """Return the kind, or raise the UploadRefused that a person can act on; the file's name counts for nothing."""
    if DOCUMENT in kinds and is_pdf(content):
        return Known(DOCUMENT, PDF_TYPE)
    if PICTURE in kinds and (DOCUMENT not in kinds or find_kind(content)):
        return Known(PICTURE, check_picture(content, name=name, max_pixels=max_pixels).content_type)
    raise NeitherPictureNorPdf(name=name) if PICTURE in kinds else NoPdf(name=name)


def is_pdf(content: bytes) -> bool:
    """A document begins with its mark: what stands in front of it could make it another kind of file as well."""
    return content[:LOOK_BYTES].lstrip(BEFORE_A_PDF).startswith(b"%PDF-")


def clean_name(name: str) -> str:
    """The last part of the path without control and direction characters, which could make one name look like another."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")[:NAME_LENGTH].strip() or "file"
