"""What a carrier knows an account by, as somebody types it."""

import re
from dataclasses import dataclass, field

from shipping.exceptions import CredentialMissing, CredentialUnusable

PARTS = ("number", "user", "secret")
LONGEST = 200
USABLE = re.compile(r"[\x21-\x7e]{5,200}")
"""What can stand in a header. Anything shorter could not be taken out of what a carrier repeats (shipping/providers/calls.py)."""


@dataclass(frozen=True)
class Credentials:
    """Account number, API key (or client id) and its secret. In a change an empty part keeps what stands."""

    number: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)

    @property
    def given(self) -> dict[str, str]:
        """The parts that were typed, by name."""
        return {part: getattr(self, part) for part in PARTS if getattr(self, part)}


def clean_credentials(typed: Credentials) -> Credentials:
    """Without blanks that come along when something is copied; a number without those that group its digits. Raises CredentialUnusable."""
    kept = Credentials(number="".join(typed.number.split()), user=typed.user.strip(), secret=typed.secret.strip())
    for part, text in kept.given.items():
        if not USABLE.fullmatch(text):
            raise CredentialUnusable(field=part)
    return kept


def require_all(kept: Credentials) -> Credentials:
    """A new account has all three. Raises CredentialMissing for the first that is not there."""
    for part in PARTS:
        if part not in kept.given:
            raise CredentialMissing(field=part)
    return kept
