"""Rate cards as files: a good one to change, written as CSV or XLSX."""

import io

from openpyxl import Workbook

CARD = [
    ["field", "value"], ["tariff", "air-accra"], ["name", "Air from Accra"], ["owner", "forwarder"], ["forwarder", "Volta Freight"], ["mode", "air"],
    ["currency", "EUR"], ["valid_from", "2026-11-01"], ["valid_until", "2027-01-31"], ["divisor", "6000"], ["shipment_rounding", "ceil_0.5"],
    ["minimum_charge", "80"],
]  # fmt: skip
ZONES = [
    ["zone", "side", "kind", "country", "value", "until"],
    ["Accra", "origin", "country", "GH", "", ""],
    ["Europe", "destination", "group", "", "EU", ""],
    ["Hamburg", "destination", "prefix", "DE", "20", ""],
    ["Islands", "area", "range", "DE", "27000", "27999"],
]
PRICES = [
    ["origin", "destination", "basis", "from", "to", "price", "transit_days"],
    ["Accra", "Europe", "per_kg", "0", "", "5.00", "4"],
    ["Accra", "Europe", "per_kg", "100", "", "4.00", "4"],
    ["Accra", "Hamburg", "per_kg", "0", "", "3.50", "3"],
]
SURCHARGES = [
    ["code", "name", "percent", "per_kg", "minimum", "applies_to", "area", "valid_from", "valid_until"],
    ["fuel", "Fuel", "10", "", "", "freight+island", "", "", ""],
    ["island", "Islands", "", "0.70", "22.20", "", "Islands", "2026-11-01", ""],
]


def sheets(**changed):
    """The four sheets, some of them replaced; None leaves one out."""
    whole = {"card": CARD, "zones": ZONES, "prices": PRICES, "surcharges": SURCHARGES} | changed
    return {name: rows for name, rows in whole.items() if rows is not None}


def card(**values):
    """The sheet of fields with some of them changed, added or (None) left out."""
    fields = {row[0]: row[1] for row in CARD[1:]} | values
    return [CARD[0], *([name, value] for name, value in fields.items() if value is not None)]


def write_csv(whole=None, *, delimiter=","):
    lines = []
    for name, rows in (whole or sheets()).items():
        lines += [f"[{name}]", *(delimiter.join(str(cell) for cell in row) for row in rows), ""]
    return "\n".join(lines).encode()


def write_xlsx(whole=None):
    book, content = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in (whole or sheets()).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(content)
    return content.getvalue()
