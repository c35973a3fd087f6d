"""The response clock: the first answer is due in 48 hours of the exporter's working days.

A day counts whole or not at all: weekends, public holidays and days of absence stop the clock from midnight to midnight, in the
exporter's own time zone. All moments are aware; all results are in UTC.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from statistics import median

ANSWER_WITHIN = timedelta(hours=48)
REMIND_AFTER = (timedelta(hours=24), timedelta(hours=42))
"""Working time after which the exporter is reminded: half of it gone, and six hours left."""
ANSWERS_TO_BE_PUBLIC = 5
LONGEST_ABSENCE = timedelta(days=60)
LOOKS_AHEAD_DAYS = 400

MINUTES_OF_RANGES = {"8h": 8 * 60, "1d": 24 * 60, "2d": 48 * 60}
"""The ranges of working time that buyers filter by."""

IsWorkingDay = Callable[[date], bool]


@dataclass(frozen=True)
class Calendar:
    """When a company works: its zone, and which days count (its absence left out)."""

    zone: tzinfo
    is_working_day: IsWorkingDay

    def without(self, *, first: date, back_on: date) -> "Calendar":
        """The same calendar with an absence: from `first` until the day before `back_on`."""
        return Calendar(self.zone, lambda day: self.is_working_day(day) and not first <= day < back_on)


def add_working_time(start: datetime, amount: timedelta, calendar: Calendar) -> datetime:
    """The moment at which `amount` of working time has passed since `start`.

    With no working day within 400 days (nobody has such a calendar) the end of that time, so that nothing waits for ever.
    """
    left = amount
    end = start
    for begin, end in _working_stretches(start, calendar):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return end


def measure_working_time(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much working time lies between two moments; zero when the end comes first."""
    passed = timedelta()
    for begin, stop in _working_stretches(start, calendar):
        if begin >= end:
            break
        passed += min(stop, end) - begin
    return passed


def _working_stretches(start: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """Each working day from `start` on, from its first moment to its last, in UTC (so that a day of 23 hours is one)."""
    first = start.astimezone(calendar.zone).date()
    for day in (first + timedelta(days=number) for number in range(LOOKS_AHEAD_DAYS)):
        if calendar.is_working_day(day):
            yield (
                max(start.astimezone(UTC), _midnight(day, calendar.zone)),
                _midnight(day + timedelta(days=1), calendar.zone),
            )


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def list_reminders(asked_at: datetime, calendar: Calendar) -> list[datetime]:
    """When the exporter is reminded of an inquiry, before its answer is due."""
    return [add_working_time(asked_at, after, calendar) for after in REMIND_AFTER]


def get_median_minutes(answers: list[int]) -> int | None:
    """The median of first answers' working minutes; None below five answers, when one slow day would say too much."""
    return round(median(answers)) if len(answers) >= ANSWERS_TO_BE_PUBLIC else None


def is_absence_possible(*, today: date, back_on: date) -> bool:
    """A return between tomorrow and sixty days from now."""
    return today < back_on <= today + LONGEST_ABSENCE
