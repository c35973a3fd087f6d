"""Rates for the demo: the European Central Bank's of 28 June 2024, told to be today's, for older ones are not converted at."""

from dataclasses import replace
from pathlib import Path

from django.utils import timezone

from reference.adapters.rate_files import read_rate_file
from reference.services.rates import import_rates

FILE = Path(__file__).with_suffix(".csv")


def plant_rates() -> None:
    """The figures are real, the day is not, and the source says so."""
    today = timezone.localdate()
    rates = [replace(rate, day=today) for rate in read_rate_file(FILE.read_bytes(), today=today)]
    import_rates(rates=rates, source="Demo: European Central Bank, figures of 28 June 2024")
