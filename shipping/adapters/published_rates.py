"""Euro reference rates of 2023 and 2024, as the European Central Bank published them, for worked examples that name a day of those years.

https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html; reuse is free with the source named.
"""

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from reference.adapters.rate_files import read_rate_file
from reference.rules import RATE_DAYS, Rate, Rates, join_rates

FILE = Path(__file__).parent.parent / "data" / "ecb_rates.csv"


def find_published_rates(day: date) -> Rates | None:
    """Rates of the day and of the two weeks before it; None outside of the file's years."""
    rates = _read()
    if not rates[0].day <= day <= rates[-1].day:
        return None
    return join_rates([rate for rate in rates if day - timedelta(days=RATE_DAYS) < rate.day <= day], day=day)


@lru_cache(maxsize=1)
def _read() -> tuple[Rate, ...]:
    rates = read_rate_file(FILE.read_bytes(), today=date.max)
    return tuple(sorted(rates, key=lambda rate: rate.day))
