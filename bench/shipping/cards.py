"""Without any carrier: pricing a load among 100,000 prices, and a card of 10,000 rows that comes in."""

import io
import time
from statistics import quantiles

from django.db import transaction
from django.utils import timezone
from openpyxl import Workbook

from accounts.models import User
from bench.shipping.tariffs import BREAKS_KG, list_served
from shipping.rules.loads import Package
from shipping.rules.zones import Place
from shipping.selectors.card_offers import list_card_offers
from shipping.services.cards import import_card

LOADS, ROWS, TURNS = 240, 10_000, 3
ORIGIN = Place("GH", "GA184", "Accra")
DESTINATIONS = (
    Place("DE", "20457", "Hamburg"), Place("DE", "27498", "Helgoland"), Place("US", "10001", "New York"), Place("GB", "E1 6AN", "London"),
    Place("FR", "69001", "Lyon"), Place("NL", "3011", "Rotterdam"),
)  # fmt: skip
CARTONS = ((400, 300, 250), (600, 400, 400), (305, 255, 180), (800, 600, 500))


def find_p95(taken: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(taken, n=20)[-1]


def measure_match() -> dict[str, float]:
    """Milliseconds to price a load, each time another one; the first ones, which warm up, are left out."""
    taken, offers = [], 0
    for number in range(LOADS + 20):
        sides = CARTONS[number % len(CARTONS)]
        package = Package("carton", 1 + number % 60, 4_000 + 37 * number, sides[0] + number, sides[1], sides[2])
        started = time.perf_counter()
        found = list_card_offers(
            packages=[package], origin=ORIGIN, destination=DESTINATIONS[number % len(DESTINATIONS)], day=timezone.localdate()
        )  # fmt: skip
        taken.append(1000 * (time.perf_counter() - started))
        offers = len(found)
    return {"match_p95_ms": round(find_p95(taken[20:]), 1), "match_offers": offers}


def measure_import(*, officer: User) -> dict[str, float]:
    """Seconds of a dry run and the import after it, of the slower kind of file; the best of three turns of each. Nothing is kept."""
    files = {"csv": write_csv(), "xlsx": write_xlsx()}
    found = {f"card_{kind}_s": min(_import(kind, content, officer) for _turn in range(TURNS)) for kind, content in files.items()}  # fmt: skip
    return {**found, "card_10000_rows_s": max(found.values())}


def _import(kind: str, content: bytes, officer: User) -> float:
    with transaction.atomic():
        started = time.perf_counter()
        import_card(user=officer, content=content, file_name=f"large.{kind}", dry_run=True)
        read = import_card(user=officer, content=content, file_name=f"large.{kind}")
        taken = time.perf_counter() - started
        if len(read.plan.prices) != ROWS or read.version is None:
            raise AssertionError(read.plan.problems[:3])
        transaction.set_rollback(True)
    return round(taken, 2)


def list_rows() -> dict[str, list[list[str]]]:
    """The sheets of a card with 10,000 prices: 20 origins, 50 destinations, ten breaks."""
    first, last = timezone.localdate(), timezone.localdate().replace(month=12, day=31)
    fields = [
        ["field", "value"], ["tariff", "large"], ["name", "Large"], ["owner", "forwarder"], ["forwarder", "Large Freight"], ["mode", "air"],
        ["currency", "EUR"], ["valid_from", first.isoformat()], ["valid_until", last.isoformat()], ["divisor", "6000"], ["minimum_charge", "80"],
    ]  # fmt: skip
    origins, destinations = list_served()[50:70], list_served()[:50]
    zones = [["zone", "side", "kind", "country", "value", "until"]]
    zones += [[code, "origin", "country", code, "", ""] for code in origins]
    zones += [[code, "destination", "country", code, "", ""] for code in destinations]
    prices = [["origin", "destination", "basis", "from", "to", "price", "transit_days"]]
    prices += [
        [origin, destination, "per_kg", str(starts_at), "", f"{9 - step * 0.35:.2f}", "5"]
        for origin in origins
        for destination in destinations
        for step, starts_at in enumerate(BREAKS_KG)
    ]
    return {"card": fields, "zones": zones, "prices": prices}


def write_csv() -> bytes:
    """The card as one CSV."""
    lines = [line for name, rows in list_rows().items() for line in (f"[{name}]", *(",".join(row) for row in rows), "")]
    return "\n".join(lines).encode()


def write_xlsx() -> bytes:
    """The card as a workbook, numbers as numbers."""
    book, content = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in list_rows().items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(
                [float(cell) if name == "prices" and cell.replace(".", "").isdigit() else cell for cell in row]
            )
    book.save(content)
    return content.getvalue()
