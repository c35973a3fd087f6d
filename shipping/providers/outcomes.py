"""How a call can end: a reply that can be read, or a failure with its code."""

import re
from dataclasses import dataclass, field
from typing import Any

from shipping.choices import CarrierFailure

LONGEST_WORDS = 200
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]+")


@dataclass(frozen=True)
class Failure:
    """Why there is no answer.

    `field` names ours where a carrier complains of one; `detail` holds the carrier's own words in one line, or is empty;
    `retry_after_s` is how long it asks us to wait. `passes` where the same call may go through in a moment.
    """

    code: CarrierFailure
    field: str = ""
    detail: str = ""
    status: int | None = None
    retry_after_s: int | None = None
    passes: bool = False


@dataclass(frozen=True)
class Reply:
    """What a carrier sent: the status and a JSON object, whose numbers are int or Decimal."""

    status: int
    body: dict[str, Any] = field(repr=False)


def tidy(words: object) -> str:
    """A carrier's words as one line of plain text; “” for what is no text."""
    return " ".join(UNSEEN.sub(" ", words).split()) if isinstance(words, str) else ""


def cut(line: str) -> str:
    """At most LONGEST_WORDS characters. Credentials are hidden before, for a half of one would not be found."""
    return line if len(line) <= LONGEST_WORDS else line[: LONGEST_WORDS - 1] + "…"
