"""How long a price is believed: when its firm is asked, how long it may take to answer, and what silence means."""

from dataclasses import dataclass
from datetime import date, timedelta

PRICE_DAYS = 90
"""A price that nobody has confirmed for so long is asked about, and asked about again."""
ANSWER_DAYS = 14
"""Without an answer for so long it becomes a price on request."""
SOON_DAYS = 14
"""A mail also names products that would be asked about within so many days, so that a firm gets one and not several."""
LINK_DAYS = 30
"""So long the mailed link answers; after that people sign in."""
QUIET_DAYS = 7
"""A firm that was reached and will answer stays off the officers' list for so long."""
MOST_ANSWERS_AN_HOUR = 300


@dataclass(frozen=True)
class PriceDates:
    """When the prices of a listing were last confirmed, and when its firm was last asked about them; None where never."""

    confirmed_on: date | None
    asked_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Asked, and not confirmed since. An answer of the day on which they were asked about is one."""
        if self.confirmed_on is None or self.asked_on is None:
            return False
        return self.asked_on > self.confirmed_on

    def is_due_on(self, day: date) -> bool:
        """Whether to ask: confirmed and last asked about long enough ago."""
        if self.confirmed_on is None:
            return False
        return max(self.confirmed_on, self.asked_on or self.confirmed_on) <= find_last_due(day)

    def is_unanswered_on(self, day: date) -> bool:
        """Whether the time to answer has passed."""
        return self.is_open and self.asked_on is not None and self.asked_on <= find_last_unanswered(day)


def find_last_due(day: date) -> date:
    """Prices of this day and older ones are asked about on `day`."""
    return day - timedelta(days=PRICE_DAYS)


def find_last_unanswered(day: date) -> date:
    """Questions of this day and older ones have waited long enough on `day`."""
    return day - timedelta(days=ANSWER_DAYS)


def find_last_answer_day(asked_on: date) -> date:
    """The last day on which an answer keeps the price in sight."""
    return asked_on + timedelta(days=ANSWER_DAYS - 1)
