"""What the day makes of a certificate: standing, days left, reminders. Nothing of this is stored as a state."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ENDS_SOON_DAYS = 90
REMINDERS = (90, 60, 30, 7)
"""Days before the last valid day."""
LEAST_SEAL_LEVEL = 2


class StandingName(StrEnum):
    """How a certificate stands on a day."""

    DRAFT = "draft"
    CHANGES = "changes"
    BEING_CHECKED = "being_checked"
    NOT_YET = "not_yet"
    VALID = "valid"
    ENDING = "ending"
    EXPIRED = "expired"
    REJECTED = "rejected"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Standing:
    """`days_left` counts the days after this one on which it is valid; None without an end, or where it is not valid."""

    name: StandingName
    days_left: int | None = None

    @property
    def is_valid(self) -> bool:
        return self.name in {StandingName.VALID, StandingName.ENDING}


STORED = {
    "draft": StandingName.DRAFT,
    "submitted": StandingName.BEING_CHECKED,
    "rejected": StandingName.REJECTED,
    "revoked": StandingName.REVOKED,
    "withdrawn": StandingName.WITHDRAWN,
}


def get_standing(
    *, state: str, valid_from: date | None, valid_until: date | None, day: date, has_note: bool = False
) -> Standing:
    """Exactly one standing for each state and day; the last day still counts. A draft with an officer's note waits for changes."""
    if state != "verified":
        asked = state == "draft" and has_note
        return Standing(StandingName.CHANGES if asked else STORED[state])
    if valid_from is None or day < valid_from:
        return Standing(StandingName.NOT_YET)
    if valid_until is None:
        return Standing(StandingName.VALID)
    left = (valid_until - day).days
    if left < 0:
        return Standing(StandingName.EXPIRED)
    return Standing(StandingName.ENDING if left <= ENDS_SOON_DAYS else StandingName.VALID, left)


def shows_seal(*, level: int, standing: Standing, is_badge: bool) -> bool:
    """The seal says that an officer confirmed it with its issuer, and that it is valid today."""
    return is_badge and standing.is_valid and level >= LEAST_SEAL_LEVEL


def find_reminder_due(*, valid_until: date, day: date, sent: frozenset[int]) -> int | None:
    """The reminder that is due on the day, each once. Of several that were missed only the nearest counts; none after the end."""
    left = (valid_until - day).days
    passed = [days for days in REMINDERS if 0 <= left <= days]
    due = min(passed, default=None)
    return None if due is None or any(days <= due for days in sent) else due
