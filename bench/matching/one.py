"""One number of exporters, in a process whose environment names its database; prints one JSON object."""

import json
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certifications.models import Certificate
from demo.scale.generate import read_kinds
from demo.scale.plant import plant_listings
from inquiries.models import Request, RequestLine, RequestScheme
from inquiries.selectors.match_words import tell_reasons
from inquiries.selectors.matching import Matching, find_exporters
from listings.models import Listing

PRODUCTS_EACH, ROUNDS, INVITED = 3, 9, 10
ENRICH = (
    """UPDATE storefronts_company SET export_markets = CASE id % 5 WHEN 0 THEN '[]' WHEN 1 THEN '["DE", "FR"]' WHEN 2 THEN '["FR", "US"]'
       WHEN 3 THEN '["DE"]' ELSE '["US", "JP"]' END::jsonb""",
    """UPDATE listings_listingrevision SET yearly_capacity = CASE WHEN id % 4 = 0 THEN NULL ELSE (id % 97 + 1) * 500 END,
       stock = CASE WHEN id % 3 = 0 THEN (id % 50) * 100 END, stock_on = CASE WHEN id % 3 = 0 THEN CURRENT_DATE - (id % 120)::int END,
       harvest_months = CASE WHEN id % 6 = 0 THEN '[1, 2, 6]' ELSE '[]' END::jsonb""",
    """INSERT INTO inquiries_replyrecord (company_id, answers, median_minutes, updated_at)
       SELECT id, 9, (id % 60) * 60, now() FROM storefronts_company WHERE id % 3 = 0""",
    "VACUUM ANALYZE",
)


def main(exporters: int) -> None:
    """Fill the database where it is empty, then ask each question nine times."""
    found: dict[str, float] = prepare(exporters)
    slowest = 0.0
    for name, request in plant_requests().items():
        first, usual, matching, statements = measure(request)
        slowest = max(slowest, first, usual)
        found |= {
            f"{name}_first_ms": round(first), f"{name}_ms": round(usual), f"{name}_looked_at": matching.looked_at,
            f"{name}_found": len(matching.found), f"{name}_queries": statements,
        }  # fmt: skip
    sys.stdout.write(json.dumps({**found, "slowest_ms": round(slowest)}) + "\n")


def prepare(exporters: int) -> dict[str, float]:
    """Exporters with their products, prices and certificates; then what only matching reads of them."""
    call_command("migrate", verbosity=0)
    started = time.monotonic()
    if not Listing.objects.exists():
        plant_listings(exporters * PRODUCTS_EACH, seed=1, tell=_tell, per_company=PRODUCTS_EACH)
        with connection.cursor() as cursor:
            for statement in ENRICH:
                cursor.execute(statement)
    return {
        "exporters": Listing.objects.order_by().values("company").distinct().count(),
        "listings": Listing.objects.count(),
        "seed_s": round(time.monotonic() - started),
    }


def plant_requests() -> dict[str, Request]:
    """Four questions: the commonest goods; a rare kind; two lines with all terms; a line in words."""
    kinds = read_kinds()
    common, next_common, rare = kinds[0], kinds[1], kinds[-1]
    asked = Certificate.objects.order_by("pk").values_list("scheme", flat=True).first()
    return {
        "common": _plant([common]),
        "rare": _plant([rare]),
        "two_lines": _plant([common, next_common], days=120, target=True),
        "certificate": _plant([common], days=120, target=True, scheme=asked),
    }


def _plant(
    kinds: Sequence[Any], *, days: int | None = None, target: bool = False, scheme: int | None = None
) -> Request:
    now = timezone.now()
    needed_by = timezone.localdate() + timedelta(days=days) if days else None
    key = f"{now.timestamp()}"
    with transaction.atomic():
        request = Request.objects.create(
            title="Bench", destination="DE", language="en", state="waiting", buyer_email="bench@example.org", buyer_name="Bench", key=key,
            asked_at=now, confirmed_at=now, needed_by=needed_by,
        )  # fmt: skip
        for place, kind in enumerate(kinds, start=1):
            price = Decimal(kind["price"]) if target else None
            RequestLine.objects.create(
                request=request, position=place, description=kind["en"], hs_code=kind["hs"], quantity=600, unit=kind["unit"], target_price=price,
                currency="EUR" if target else "",
            )  # fmt: skip
        if scheme is not None:
            RequestScheme.objects.create(request=request, scheme_id=scheme)
    return request


def measure(request: Request) -> tuple[float, float, Matching, int]:
    """Milliseconds of the first time and usually, with the ten best and all their reasons in words; statements of one time."""
    matching, taken = Matching([], 0, {}, {}, []), []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        matching = find_exporters(request=request, most=INVITED)
        for found in matching.found:
            tell_reasons(reasons=found.reasons)
        taken.append(1000 * (time.perf_counter() - started))
    with CaptureQueriesContext(connection) as captured:
        find_exporters(request=request, most=INVITED)
    return taken[0], median(taken), matching, len(captured)


def _tell(number: int) -> None:
    sys.stderr.write(f"{number} listings\n")
