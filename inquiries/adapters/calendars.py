"""Calendars of countries: public holidays and weekends from PyPI holidays, time zones from CLDR."""

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from babel.core import get_global

from inquiries.rules.clock import Calendar

SATURDAY_AND_SUNDAY = {5, 6}


def get_calendar(*, country: str, home_zone: str) -> Calendar:
    """When people of a country (ISO 3166 code) work; `home_zone` is the zone of the agency, which decides in large countries.

    A country that the library does not know has Saturdays and Sundays off and no holidays.
    """
    return Calendar(_find_zone(country, home_zone), lambda day: _is_working_day(country, day))


def _is_working_day(country: str, day: date) -> bool:
    year = _get_year(country, day.year)
    if year is None:
        return day.weekday() not in SATURDAY_AND_SUNDAY
    return day.weekday() not in year.weekend and day not in year


@lru_cache(maxsize=512)
def _get_year(country: str, year: int) -> holidays.HolidayBase | None:
    try:
        return holidays.country_holidays(country, years=[year])
    except NotImplementedError:  # what the library says of a country that it does not know
        return None


@lru_cache(maxsize=512)
def _find_zone(country: str, home_zone: str) -> ZoneInfo:
    """The country's zone; of several the agency's own, else the one in the middle."""
    names = get_global("territory_zones").get(country, [])
    if home_zone in names:
        return ZoneInfo(home_zone)
    zones = sorted((ZoneInfo(name) for name in names), key=_get_winter_offset)
    return zones[len(zones) // 2] if zones else ZoneInfo(home_zone)


def _get_winter_offset(zone: ZoneInfo) -> tuple[float, str]:
    offset = datetime(2026, 1, 1, tzinfo=UTC).astimezone(zone).utcoffset()
    return (offset.total_seconds() if offset else 0.0), str(zone)
