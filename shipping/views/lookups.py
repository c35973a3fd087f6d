"""Lookups: asking carriers about an order, and the page that shows offers as they land."""

import json
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.guests import checked_for_members
from core.visits import remember_destination
from shipping.exceptions import MeasureMissing
from shipping.forms.landed import LandedForm
from shipping.models import Lookup
from shipping.selectors.forwarding import describe_forwarding
from shipping.selectors.landed_words import name_measure
from shipping.selectors.lookup_pages import show_lookup
from shipping.selectors.lookups import get_lookup, mark_lookup
from shipping.selectors.market import get_offered
from shipping.services.lookups import ask_as_buyer


@checked_for_members
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask about an order of a product; the answers stand on the lookup's own page, or in the place from which htmx asked."""
    listing, revision = get_offered(pk=pk, user=request.user)
    form = LandedForm(request.POST, unit=revision.unit)
    context = {"listing": listing, "revision": revision, "form": form}
    if not form.is_valid():
        return render(request, "shipping/landed.html", context, status=422)
    order = form.read()
    remember_destination(request, destination=order.destination.country, place=order.destination.city)
    try:
        network = str(get_adapter().get_client_ip(request))
        found = ask_as_buyer(listing=listing, revision=revision, order=order, user=request.user, network=network)
    except MeasureMissing as missing:
        return render(
            request, "shipping/landed.html", {**context, "missing": name_measure(missing=missing)}, status=422
        )
    if _is_part(request):
        return _show_part(request, found, is_short=True)
    insurance = request.POST.get("insurance", "")
    return redirect(f"{found.get_absolute_url()}?{urlencode({'insurance': insurance})}" if insurance else found)


@never_cache
@require_safe
def lookup(request: HttpRequest, lookup_id: UUID) -> HttpResponse:
    """The lookup's page; htmx asks for its middle each second until it has ended, and gets 304 while nothing is new."""
    found = get_lookup(user=request.user, pk=lookup_id)
    if not _is_part(request):
        return render(request, "shipping/lookup.html", _describe(request, found))
    unchanged = get_conditional_response(request, etag=_name_state(found))
    if isinstance(unchanged, HttpResponseNotModified):
        return unchanged
    return _show_part(request, found, is_short="short" in request.GET)


def _show_part(request: HttpRequest, found: Lookup, *, is_short: bool) -> HttpResponse:
    context = {**_describe(request, found), "is_short": is_short}
    if is_short:
        query = urlencode({"short": "", "insurance": context["page"].insurance})
        context["poll"]["url"] = f"{found.get_absolute_url()}?{query}"
    response = render(request, "shipping/parts/lookup.html", context)
    response.headers["ETag"] = _name_state(found)
    return response


def _describe(request: HttpRequest, found: Lookup) -> dict[str, Any]:
    typed = {name: request.GET.get(name, "") for name in ("chosen", "insurance")}
    typed["insurance"] = typed["insurance"] or request.POST.get("insurance", "")
    poll = {"url": request.get_full_path(), "headers": json.dumps({"If-None-Match": _name_state(found)})}
    return {
        "lookup": found, "page": show_lookup(lookup=found, user=request.user, **typed), "poll": poll,
        "forwarding": describe_forwarding(lookup=found, user=request.user),
    }  # fmt: skip


def _name_state(found: Lookup) -> str:
    """The ETag of its middle in the reader's language."""
    return f'"{mark_lookup(lookup=found)}-{get_language()}"'


def _is_part(request: HttpRequest) -> bool:
    """htmx asks for a piece of a page."""
    return bool(request.htmx) and not request.htmx.boosted  # type: ignore[attr-defined]  # the middleware of django-htmx
