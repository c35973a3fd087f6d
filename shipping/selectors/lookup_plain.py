"""A lookup as plain values, for the API and for snapshots."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from shipping.models import Lookup
from shipping.rules.incoterms import Leg
from shipping.rules.ladder import UNKNOWN, Figure, Rung
from shipping.rules.lookups import read_request
from shipping.selectors.freights import Freight, list_outliers
from shipping.selectors.landed_cost import LandedCost, Order, count_lookup
from shipping.selectors.lookups import find_state


def describe_lookup(*, lookup: Lookup, user: Any) -> dict[str, Any]:
    """State, attempts, offers, and the landed cost with the cheapest offer where the lookup is of a product whose price this reader sees."""
    request = read_request(lookup.request)
    order = Order(request.quantity or Decimal(1), request.destination)
    found, freights = count_lookup(lookup=lookup, order=order, user=user)
    outliers = list_outliers(freights=freights)
    return {
        "id": str(lookup.pk), "url": lookup.get_absolute_url(), "state": find_state(lookup=lookup, now=timezone.now()),
        "asked_at": lookup.asked_at, "settle_by": lookup.settle_by, "fresh_until": lookup.fresh_until,
        "attempts": [
            {"provider": one.label, "kind": one.kind, "state": one.state, "failure": one.failure, "answered_at": one.answered_at}
            for one in lookup.attempts.all()
        ],
        "offers": [describe_freight(freight=one, is_outlier=one.key in outliers) for one in freights],
        "landed_cost": describe_landed(found=found) if found else None,
    }  # fmt: skip


def describe_freight(*, freight: Freight, is_outlier: bool = False) -> dict[str, Any]:
    """A price as plain values."""
    return {
        "key": freight.key, "provider": freight.by, "service": freight.service, "mode": freight.mode, "amount": f"{freight.price.amount:f}",
        "currency": freight.price.currency, "standing": freight.standing.value, "covers": sorted(freight.covers),
        "transit_days": freight.transit_days, "valid_until": freight.valid_until.isoformat() if freight.valid_until else None,
        "is_current": freight.is_current, "is_outlier": is_outlier, "said_by": freight.source,
    }  # fmt: skip


def describe_landed(*, found: LandedCost) -> dict[str, Any] | None:
    """The ladder as plain values; None where there is none."""
    if not found.ladder or found.goods is None or found.chosen is None:
        return None
    rung = found.ladder[-1]
    return {
        "offer": found.chosen.key, "currency": found.goods.currency, "goods": f"{found.goods.amount:f}", "headline": f"{rung.per_lot.headline:f}",
        "recoverable": f"{rung.per_lot.recoverable:f}", "is_at_least": rung.is_at_least, "missing": [leg.value for leg in rung.missing],
        "legs": describe_legs(figures=found.figures or {}), "terms": [describe_rung(rung=one) for one in found.ladder],
    }  # fmt: skip


def describe_legs(*, figures: Mapping[Leg, Figure]) -> list[dict[str, Any]]:
    """Each leg with its figure, where it comes from, and as of which day."""
    legs = [(leg, figures.get(leg, UNKNOWN)) for leg in Leg if leg in figures or leg != Leg.UNLOADING]
    return [
        {
            "leg": leg.value, "amount": None if one.amount is None else f"{one.amount:f}", "standing": one.standing.value, "said_by": one.source,
            "as_of": one.as_of.isoformat() if one.as_of else None, "is_recoverable": one.is_recoverable,
        }
        for leg, one in legs
    ]  # fmt: skip


def describe_rung(*, rung: Rung) -> dict[str, Any]:
    """One term: the seller's part, the buyer's, and both."""
    lot = rung.per_lot
    return {
        "incoterm": rung.term, "seller": f"{lot.seller:f}", "buyer": f"{lot.buyer:f}", "total": f"{lot.total:f}", "is_at_least": rung.is_at_least,
    }  # fmt: skip
