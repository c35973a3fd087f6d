"""What a product costs at the buyer's door: a page, of which the product's page shows the figures."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.middleware import explain
from core.visits import recall_destination, remember_destination
from listings.models import Listing, ListingRevision
from shipping.exceptions import DestinationNotServed, DestinationReviewed, MeasureMissing
from shipping.forms.landed import LandedForm
from shipping.selectors.accounts import list_asked_accounts
from shipping.selectors.landed_cost import Order, estimate_landed_cost
from shipping.selectors.landed_words import name_measure, tell_landed_cost
from shipping.selectors.market import get_offered, is_on_the_market
from shipping.services.destinations import refuse_destination


@require_safe
def landed_cost(request: HttpRequest, pk: int) -> HttpResponse:
    """The order in the address, what it costs, and the same under every term."""
    listing, revision = get_offered(pk=pk, user=request.user)
    form = LandedForm(request.GET or None, unit=revision.unit, initial=_propose(request, revision))
    context: dict[str, Any] = {"listing": listing, "revision": revision, "form": form}
    status = 200
    if form.is_bound:
        status = 200 if form.is_valid() else 422
        context |= _estimate(request, listing, revision, form) if form.is_valid() else {}
    return render(request, "shipping/landed.html", context, status=status)


def _estimate(request: HttpRequest, listing: Listing, revision: ListingRevision, form: LandedForm) -> dict[str, Any]:
    order = form.read()
    _keep_destination(request, order)
    try:
        refuse_destination(country=order.destination.country, day=timezone.localdate(), user=request.user)
        found = estimate_landed_cost(listing=listing, revision=revision, order=order, user=request.user)
    except MeasureMissing as missing:
        return {"missing": name_measure(missing=missing)}
    except (DestinationNotServed, DestinationReviewed) as refused:
        return {"refused": explain(refused)}
    return {
        "told": tell_landed_cost(found=found, revision=revision, order=order), "ask_fields": form.as_hidden(),
        "asks_at_once": bool(list_asked_accounts(company_id=listing.company_id, by_buyers=True)),
    }  # fmt: skip


def _keep_destination(request: HttpRequest, order: Order) -> None:
    """For the next page, where the visitor has a session already; nobody gets one for reading."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        remember_destination(request, destination=order.destination.country, place=order.destination.city)


def _propose(request: HttpRequest, revision: ListingRevision) -> dict[str, Any]:
    """Where this visitor sent goods last, and the smallest order."""
    return _fill_in(revision, recall_destination(request))


def select_form(
    *, listing: Listing, revision: ListingRevision, remembered: Mapping[str, str], **given: Any
) -> dict[str, Any] | None:  # fmt: skip
    """The form on a product's page; who has chosen a destination before sees its estimate at once, everybody else the same page. No query."""
    if not is_on_the_market(listing=listing):
        return None
    return {
        "listing": listing,
        "form": LandedForm(unit=revision.unit, initial=_fill_in(revision, remembered)),
        "is_known": bool(remembered.get("destination")),
    }


def _fill_in(revision: ListingRevision, known: Mapping[str, str]) -> dict[str, Any]:
    """The destination that is known, and the smallest order."""
    return {
        "to": known.get("destination", ""), "town": known.get("place", ""), "quantity": revision.minimum_order or Decimal(1),
    }  # fmt: skip
