"""What a product costs at the buyer's door: a page, of which the product's page shows the figures."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.errors import NotFound
from core.middleware import explain
from core.visits import recall_destination
from listings.choices import ListingState
from listings.models import Listing, ListingRevision
from listings.selectors.products import get_listing
from shipping.exceptions import DestinationNotServed, DestinationReviewed, MeasureMissing
from shipping.forms.landed import LandedForm
from shipping.selectors.landed_cost import estimate_landed_cost
from shipping.selectors.landed_words import name_measure, tell_landed_cost
from shipping.services.destinations import refuse_destination


@require_safe
def landed_cost(request: HttpRequest, pk: int) -> HttpResponse:
    """The order in the address, what it costs, and the same under every term."""
    listing = get_listing(pk=pk, user=request.user)
    revision = listing.live_revision
    if revision is None or not _is_on_the_market(listing):
        raise NotFound
    form = LandedForm(request.GET or None, unit=revision.unit, initial=_propose(request, revision))
    context: dict[str, Any] = {"listing": listing, "revision": revision, "form": form}
    status = 200
    if form.is_bound:
        status = 200 if form.is_valid() else 422
        context |= _estimate(request, listing, revision, form) if form.is_valid() else {}
    return render(request, "shipping/landed.html", context, status=status)


def _estimate(request: HttpRequest, listing: Listing, revision: ListingRevision, form: LandedForm) -> dict[str, Any]:
    order = form.read()
    try:
        refuse_destination(country=order.destination.country, day=timezone.localdate(), user=request.user)
        found = estimate_landed_cost(listing=listing, revision=revision, order=order, user=request.user)
    except MeasureMissing as missing:
        return {"missing": name_measure(missing=missing)}
    except (DestinationNotServed, DestinationReviewed) as refused:
        return {"refused": explain(refused)}
    return {"told": tell_landed_cost(found=found, revision=revision, order=order)}


def _propose(request: HttpRequest, revision: ListingRevision) -> dict[str, Any]:
    """Where this visitor sent goods last, and the smallest order."""
    known = recall_destination(request)
    return {
        "to": known.get("destination", ""), "town": known.get("place", ""), "quantity": revision.minimum_order or Decimal(1),
    }  # fmt: skip


def _is_on_the_market(listing: Listing) -> bool:
    return listing.company.is_public and listing.state == ListingState.LIVE


def select_form(*, listing: Listing, revision: ListingRevision, user: Any, **given: Any) -> dict[str, Any] | None:
    """The form on a product's page; an anonymous page gets the same each time, so that it stays unchanged for caches. No query."""
    if not _is_on_the_market(listing):
        return None
    return {
        "listing": listing,
        "form": LandedForm(unit=revision.unit, initial={"quantity": revision.minimum_order or Decimal(1)}),
    }
