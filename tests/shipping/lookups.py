"""Lookups as rows, for tests of what happens after the asking: no service runs."""

import hashlib
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from shipping.models import Lookup
from tests.listings.factories import make_company

CARTONS = {
    "kind": "carton", "count": 20, "gross_weight_g": 12_500, "length_mm": 400, "width_mm": 300, "height_mm": 300, "diameter_mm": None,
}  # fmt: skip
DRUMS = {
    "kind": "drum", "count": 2, "gross_weight_g": 210_000, "length_mm": None, "width_mm": None, "height_mm": 900, "diameter_mm": 600,
}  # fmt: skip
HO = {"country": "GH", "postcode": "", "city": "Ho", "locode": "GHTEM", "region": "Volta"}
HAMBURG = {"country": "DE", "postcode": "20457", "city": "Hamburg", "locode": "", "region": "Hafenlager 7"}


def write_request(**changed):
    """What is to be carried, as a lookup keeps it, some of it changed."""
    request = {
        "origin": HO, "destination": HAMBURG, "packages": [CARTONS], "ship_on": (timezone.localdate() + timedelta(days=14)).isoformat(),
        "goods": "Washed Arabica", "hs_code": "090111", "customs_value": {"amount": "3360", "currency": "EUR"}, "is_dangerous": False, "un_number": "",
        "quantity": "240",
    }  # fmt: skip
    return request | changed


def make_lookup(*, company=None, audience="buyers", state="complete", request=None, **fields):
    """A lookup that has ended a minute ago, or still runs."""
    now, key = timezone.now(), hashlib.sha256(uuid4().bytes).hexdigest()
    ended = None if state == "running" else now - timedelta(minutes=1)
    values = {
        "audience": audience, "key": key, "ask_key": key, "load_key": key, "request": request or write_request(), "state": state, "settled_at": ended,
        "asked_at": now - timedelta(minutes=1), "settle_by": now + timedelta(seconds=12), "fresh_until": now + timedelta(minutes=30),
    }  # fmt: skip
    return Lookup.objects.create(company=company or make_company(), **(values | fields))
