"""Why a document is not taken, and where its original lies."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import gettext_noop

FAILURES: Mapping[str, str] = {
    "broken": gettext_noop("The PDF is damaged or cut off. Print it to a new PDF, then send that."),
    "locked": gettext_noop("The PDF opens only with a password. Print it to a new PDF without one, then send that."),
    "active": gettext_noop(
        "The PDF does more than show pages: it runs a script, starts a program, opens other files or sends off a form. "
        "Print it to a new PDF, then send that."
    ),
    "files_inside": gettext_noop("The PDF carries other files inside. Print it to a new PDF, then send that."),
    "media_inside": gettext_noop("The PDF plays film, sound or 3D. Print it to a new PDF, then send that."),
    "program_form": gettext_noop(
        "The PDF is a form that only few programs can show (XFA). Print it to a new PDF, then send that."
    ),
    "no_pages": gettext_noop("The PDF has no pages. Print it to a new PDF, then send that."),
    "too_many_pages": gettext_noop(
        "The PDF has too many pages. Print the pages that matter to a new PDF, then send that."
    ),
    "too_heavy": gettext_noop("The PDF takes too much work to read. Print it to a new PDF, then send that."),
    "not_in_time": gettext_noop("The PDF could not be read in time. Send it again."),
    "lost": gettext_noop("The PDF was lost on its way. Send it again."),
}


LONGEST_TEXT = 50_000
"""Letters of a document's text that are kept: a certificate has some thousand."""
FEWEST_LETTERS = 40
"""A text layer with fewer is the stamp of a scanner, and no text."""
EXTENSIONS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
}


@dataclass(frozen=True)
class DocumentFacts:
    """What is known of a document once it has been read."""

    pages: int


@dataclass(frozen=True)
class Words:
    """The text layer of a document."""

    text: str


def has_words(text: str) -> bool:
    """Enough letters to be more than a scanner's stamp."""
    return sum(letter.isalpha() for letter in text) >= FEWEST_LETTERS


def original_name(*, sha256: str, content_type: str = "application/pdf") -> str:
    """Where an original that is kept lies, byte for byte as it was sent: under its hash, so that equal files are one."""
    return f"originals/{sha256[:2]}/{sha256[2:4]}/{sha256}.{EXTENSIONS.get(content_type, 'bin')}"
