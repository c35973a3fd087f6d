"""What a message may hold, who reads a thread, and when a second inquiry is the first one again."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from inquiries.exceptions import EmptyMessage, MessageTooLong

LONGEST_MESSAGE = 5000
MOST_FILES = 5
SAME_WITHIN = timedelta(days=1)
UNCONFIRMED_LASTS = timedelta(days=7)
LINK_LASTS = timedelta(days=30)
OFFICERS_READ_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Question:
    """What a buyer asks: `quantity` in `unit`, `destination` an ISO 3166 code, `place` a town or port."""

    text: str
    quantity: Decimal | None = None
    unit: str = ""
    destination: str = ""
    place: str = ""
    wants_sample: bool = False


@dataclass(frozen=True)
class BuyerWords:
    """Who asks, as typed or as the account knows; `email` in lower case."""

    email: str
    name: str
    organisation: str = ""
    country: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Reader:
    """Who looks: a person (or nobody), and the inquiries that a mailed link has opened in this browser."""

    user: Any
    opened: frozenset[str] = field(default_factory=frozenset)


def clean_text(text: str, *, has_files: bool = False) -> str:
    """The words as they are kept: line ends made one, no control characters. Raises EmptyMessage, MessageTooLong."""
    one = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        letter for letter in one if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}
    ).strip()
    if not kept and not has_files:
        raise EmptyMessage
    if len(kept) > LONGEST_MESSAGE:
        raise MessageTooLong(size=len(kept), limit=LONGEST_MESSAGE)
    return kept


def clean_name(text: str) -> str:
    """A name on one line, without control characters: it goes into subjects and senders of mails."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def is_same_question(*, asked_at: datetime, now: datetime) -> bool:
    """A second inquiry of one buyer about one thing within a day belongs to the first one's thread."""
    return now - asked_at < SAME_WITHIN


def fill_template(text: str, *, buyer: str, product: str) -> str:
    """A reply template with {buyer} and {product} filled in; other braces stay as they are."""
    return text.replace("{buyer}", buyer).replace("{product}", product)


def name_key(*, kind: str, key: str) -> str:
    """The key of a form or a mail, told apart from those that the house makes: nobody can take the place of an event."""
    return f"{kind}:{key}"[:64]
