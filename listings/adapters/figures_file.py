"""The figures of an exporter as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

BOM = "\ufeff"
"""Without it spreadsheets read accents wrongly."""


def write_weeks(headings: Sequence[str], rows: Iterable[tuple[date, Sequence[int]]]) -> str:
    """One line a week, the Monday as ISO 8601 writes it."""
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([day.isoformat(), *cells] for day, cells in rows)
    return text.getvalue()
