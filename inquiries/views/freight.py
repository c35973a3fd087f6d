"""Freight for a quotation that is being built: ask, compare, and put a price into the draft under a term."""

import json
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, NotAllowed, NotFound
from core.middleware import explain
from inquiries.forms.freight import FreightForm, QuoteFreightForm
from inquiries.models import QuotationVersion
from inquiries.rules.quotations import Terms
from inquiries.selectors.freight_pages import show_freight
from inquiries.selectors.quotations import Place, find_draft_version, get_quotation, read_private_terms
from inquiries.services.freight import ask_freight_for_quotation, quote_freight
from inquiries.views.frames import build_frame
from inquiries.views.reading import get_reader, read_number
from shipping.exceptions import LookupGone
from shipping.selectors.forwarding import describe_forwarding
from shipping.selectors.lookups import get_lookup, mark_lookup
from shipping.selectors.profiles import find_usual_profile


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def freight(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> HttpResponse:
    """GET shows the form and, with `lookup`, what came back; POST asks about the draft's goods. htmx looks each second, 304 while nothing is new."""
    place, draft = _find(request, inquiry_id, quotation_id)
    if draft is None:
        return redirect(place.quotation)
    terms = read_private_terms(version=draft)
    if request.method != "POST":
        return _show(request, place, terms)
    form = FreightForm(request.POST)
    if not form.is_valid():
        return _render(request, place, form, status=422)
    try:
        wish = form.read_wish()
        found = ask_freight_for_quotation(
            reader=get_reader(request), quotation_id=quotation_id, destination=wish.destination
        )
    except NotAllowed:
        raise
    except DomainError as refused:
        form.add_error(None, explain(refused))
        return _render(request, place, form, status=refused.status)
    typed = {name: request.POST.get(name, "") for name in form.fields}
    return redirect(f"{request.path}?{urlencode({**typed, 'lookup': found.pk})}")


@never_cache
@require_POST
def use(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> HttpResponse:
    """Put a price into the draft under a term; the builder shows it."""
    place, _draft = _find(request, inquiry_id, quotation_id)
    form = QuoteFreightForm(request.POST)
    if not form.is_valid():
        return _render(request, place, form, status=422)
    said = form.cleaned_data
    try:
        quote_freight(
            reader=get_reader(request), quotation_id=quotation_id, lookup_id=said["lookup"], chosen=said["chosen"], incoterm=said["incoterm"],
            wish=form.read_wish(), edit_number=said["version"],
        )  # fmt: skip
    except (NotAllowed, NotFound, LookupGone):
        raise
    except DomainError as refused:
        messages.error(request, explain(refused))
        return redirect("inquiries:quotation_freight", inquiry_id, quotation_id)
    messages.success(
        request,
        _("The freight is in the draft, and what it was counted from is frozen. Look at the lines, then send it."),
    )
    return redirect("inquiries:build_quotation", inquiry_id, quotation_id)


@never_cache
@require_safe
def snapshot(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID, number: int) -> HttpResponse:
    """What a version's freight was counted from, byte for byte, for the exporter's team: it holds prices of the firm's own accounts."""
    place, _draft = _find(request, inquiry_id, quotation_id)
    version = place.quotation.versions.select_related("freight").filter(number=number).first()
    if version is None or version.freight is None:
        raise NotFound
    name = f"{place.quotation.number}-{number}-freight.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-SHA256": version.freight.sha256}
    return HttpResponse(version.freight.body, content_type="application/json", headers=headers)


def _find(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> tuple[Place, QuotationVersion | None]:
    place = get_quotation(reader=get_reader(request), quotation_id=quotation_id)
    if place.quotation.inquiry_id != inquiry_id or place.seat.member is None:
        raise NotFound
    if not place.seat.can_write:
        raise NotAllowed
    return place, find_draft_version(quotation=place.quotation)


def _show(request: HttpRequest, place: Place, terms: Terms) -> HttpResponse:
    if "lookup" not in request.GET:
        return _render(request, place, FreightForm(initial=_propose(place, terms)))
    form = QuoteFreightForm(request.GET)
    form.fields["chosen"].required = form.fields["incoterm"].required = form.fields["version"].required = False
    if not form.is_valid():
        return _render(request, place, form, status=422)
    lookup = get_lookup(user=request.user, pk=form.cleaned_data["lookup"])
    state = f'"{mark_lookup(lookup=lookup)}-{place.quotation.edit_number}-{get_language()}"'
    unchanged = get_conditional_response(request, etag=state)
    if isinstance(unchanged, HttpResponseNotModified):
        return unchanged
    try:
        page = show_freight(
            quotation=place.quotation,
            terms=terms,
            lookup=lookup,
            wish=form.read_wish(),
            chosen=read_number(request.GET.get("chosen", "")),
        )
    except LookupGone:
        raise
    except DomainError as refused:
        form.add_error(None, explain(refused))
        return _render(request, place, form, status=refused.status)
    forwarding = describe_forwarding(lookup=lookup, user=request.user)
    poll = json.dumps({"If-None-Match": state})
    return _render(request, place, form, lookup=lookup, page=page, forwarding=forwarding, poll=poll)


def _propose(place: Place, terms: Terms) -> dict[str, Any]:
    """Where the buyer wants the goods, and what the usual shipping profile says of insurance."""
    inquiry, profile = place.seat.inquiry, find_usual_profile(company_id=place.quotation.company_id)
    premium = profile.insurance_percent if profile else None
    return {
        "to": inquiry.destination, "town": inquiry.place, "price_term": terms.incoterm if terms.incoterm in {"FCA", "FAS", "FOB"} else "",
        "insurance": "" if premium is None else f"{premium.normalize():f}",
    }  # fmt: skip


def _render(request: HttpRequest, place: Place, form: FreightForm, *, status: int = 200, **more: Any) -> HttpResponse:
    quotation = place.quotation
    context = {
        **build_frame(place.seat), "inquiry": place.seat.inquiry, "quotation": quotation, "form": form,
        "action": reverse("inquiries:quotation_freight", args=[quotation.inquiry_id, quotation.pk]),
        "hidden": [(name, form.data.get(name, "")) for name in ("to", "town", "postcode", "price_term", "insurance", "lookup")], **more,
    }  # fmt: skip
    return render(request, "inquiries/quotation/freight.html", context, status=status)
