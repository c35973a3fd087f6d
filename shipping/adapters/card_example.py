"""A small rate card as a workbook, to copy: it can come in as it stands, and every figure in it is invented."""

import io
from datetime import date

from openpyxl import Workbook

SOURCE = "Example: invented figures"
ZONES = (
    ("zone", "side", "kind", "country", "value", "until"),
    ("Us", "origin", "country", "{country}", "", ""),
    ("Europe", "destination", "group", "", "EU", ""),
    ("Hamburg", "destination", "prefix", "DE", "20", ""),
    ("Islands", "area", "range", "DE", "27498", "27499"),
)
PRICES = (
    ("origin", "destination", "basis", "from", "to", "price", "transit_days"),
    ("Us", "Europe", "per_kg", "0", "", "4.80", "5"),
    ("Us", "Europe", "per_kg", "45", "", "3.60", "5"),
    ("Us", "Europe", "per_kg", "100", "", "3.10", "5"),
    ("Us", "Hamburg", "per_kg", "0", "", "3.40", "4"),
    ("Us", "Hamburg", "per_kg", "100", "", "2.90", "4"),
)
SURCHARGES = (
    ("code", "name", "percent", "flat", "applies_to", "area"),
    ("fuel", "Fuel", "12.5", "", "freight", ""),
    ("island", "Delivery on islands", "", "35", "", "Islands"),
)


def write_example(*, company: str, country: str, first: date, last: date) -> bytes:
    """The card of a firm (its address word) from a country, from one day to another, as XLSX."""
    card = (
        ("field", "value"), ("tariff", f"{company}-air"[:60]), ("name", "Air freight to Europe"), ("owner", "company"), ("company", company),
        ("mode", "air"), ("currency", "EUR"), ("valid_from", first.isoformat()), ("valid_until", last.isoformat()), ("divisor", "6000"),
        ("shipment_rounding", "ceil_0.5"), ("minimum_charge", "80"), ("source", SOURCE),
    )  # fmt: skip
    zones = [tuple(cell.format(country=country) for cell in row) for row in ZONES]
    book, content = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in (("card", card), ("zones", zones), ("prices", PRICES), ("surcharges", SURCHARGES)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(content)
    return content.getvalue()
