"""A quotation for the exporter: its page, the builder, and what is done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, NotAllowed, NotFound
from core.middleware import explain
from inquiries.choices import Side
from inquiries.exceptions import NothingToSend
from inquiries.forms.quotations import QuotationEntry, ReasonForm
from inquiries.forms.thread import make_key
from inquiries.models import Quotation, QuotationVersion
from inquiries.selectors.quotations import (
    Place,
    find_draft_version,
    get_quotation,
    list_quotable,
    read_private_terms,
    was_sent_by,
)
from inquiries.services.quotations import (
    begin_quotation,
    begin_version,
    discard_draft,
    quote_again,
    renew_link,
    save_draft_terms,
    send_quotation,
    take_over_wish,
    withdraw_quotation,
)
from inquiries.views.quotation_frames import build_builder, build_page
from inquiries.views.reading import get_reader

ROW_BUTTONS = ("add_line", "remove_line")


@never_cache
@require_safe
def page(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> HttpResponse:
    """The quotation for both sides; `?from=1&to=2` shows what differs between two versions."""
    return _show(request, _find(request, inquiry_id, quotation_id))


@never_cache
@require_POST
def begin(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """A draft in this thread, or the quotation that is open already; what stands in the composer is kept."""
    return _lead_to(
        begin_quotation(reader=get_reader(request), inquiry_id=inquiry_id, words=request.POST.get("text", ""))
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def build(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> HttpResponse:
    """The builder: keep, add up again, or send."""
    place = _find(request, inquiry_id, quotation_id)
    if place.seat.member is None:
        raise NotFound
    if not place.seat.can_write:
        raise NotAllowed
    draft = find_draft_version(quotation=place.quotation)
    if draft is None and (
        request.method != "POST" or was_sent_by(quotation=place.quotation, key=request.POST.get("key", ""))
    ):
        return redirect(place.quotation)  # it went out: by this very form, pressed twice, or by a colleague
    source = draft or place.quotation.current
    if source is None:
        raise NothingToSend
    if request.method == "POST":
        return _keep(request, place, source)
    return _show_builder(request, place, _enter(place, source))


@never_cache
@require_POST
def next_version(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> HttpResponse:
    """Begin the next version; with `take_over` the buyer's figures go into it."""
    _find(request, inquiry_id, quotation_id)
    reader = get_reader(request)
    quotation = begin_version(reader=reader, quotation_id=quotation_id)
    if "take_over" in request.POST:
        quotation = take_over_wish(reader=reader, quotation_id=quotation_id, edit_number=quotation.edit_number)
        messages.success(request, _("The buyer’s figures are in the draft. Look at them, then send it."))
    return _lead_to(quotation)


@never_cache
@require_POST
def again(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> HttpResponse:
    """Quote again what has ended."""
    _find(request, inquiry_id, quotation_id)
    return _lead_to(quote_again(reader=get_reader(request), quotation_id=quotation_id))


@never_cache
@require_POST
def discard(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    place = _find(request, inquiry_id, quotation_id)
    inquiry = discard_draft(
        reader=get_reader(request), quotation_id=quotation_id, edit_number=place.quotation.edit_number
    )
    messages.success(request, _("The draft is thrown away."))
    return redirect(place.quotation if place.quotation.current_id else inquiry)


@never_cache
@require_POST
def withdraw(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> HttpResponse:
    """Take it back; the buyer is told."""
    place = _find(request, inquiry_id, quotation_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, place, status=422)
    try:
        withdraw_quotation(reader=get_reader(request), quotation_id=quotation_id, **form.cleaned_data)
    except DomainError as refused:
        return _show_refused(request, place, refused)
    messages.success(request, _("Withdrawn. The buyer is told."))
    return redirect(place.quotation)


@never_cache
@require_POST
def new_link(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> HttpResponse:
    """Another shared link; those of before stop working."""
    place = _find(request, inquiry_id, quotation_id)
    renew_link(reader=get_reader(request), quotation_id=quotation_id)
    messages.success(request, _("This is a new link. The old one no longer opens the quotation."))
    return redirect(f"{place.quotation.get_absolute_url()}#share")


def _find(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> Place:
    place = get_quotation(reader=get_reader(request), quotation_id=quotation_id)
    if place.quotation.inquiry_id != inquiry_id:
        raise NotFound
    return place


def _lead_to(quotation: Quotation) -> HttpResponse:
    """To the builder where there is a draft, else to the page."""
    if find_draft_version(quotation=quotation) is None:
        return redirect(quotation)
    return redirect("inquiries:build_quotation", quotation.inquiry_id, quotation.pk)


def _enter(place: Place, source: QuotationVersion, **given: Any) -> QuotationEntry:
    return QuotationEntry(
        terms=read_private_terms(version=source), listings=list_quotable(company=place.quotation.company),
        version=place.quotation.edit_number, key=make_key(), **given,
    )  # fmt: skip


def _keep(request: HttpRequest, place: Place, source: QuotationVersion) -> HttpResponse:
    if any(name in request.POST for name in ROW_BUTTONS):
        return _show_builder(request, place, _enter(place, source, typed=request.POST), is_unsaved=True)
    entry = _enter(place, source, data=request.POST)
    by_itself = "X-Autosave" in request.headers
    if not entry.is_valid() or entry.terms is None:
        return (
            JsonResponse({"state": "invalid"}, status=422)
            if by_itself
            else _show_builder(request, place, entry, status=422)
        )
    said = entry.form.cleaned_data
    reader, quotation_id = get_reader(request), place.quotation.pk
    try:
        kept = save_draft_terms(
            reader=reader, quotation_id=quotation_id, terms=entry.terms, edit_number=said["version"]
        )
        if request.POST.get("then") == "next" and not by_itself:
            send_quotation(reader=reader, quotation_id=quotation_id, edit_number=kept.edit_number, key=said["key"])
    except DomainError as refused:
        return _refuse(request, place, entry, refused)
    if by_itself:
        return JsonResponse({"state": "saved"}, headers={"X-Version": str(kept.edit_number)})
    return _go_on(request, place)


def _go_on(request: HttpRequest, place: Place) -> HttpResponse:
    then = request.POST.get("then", "")
    if then == "next":
        messages.success(
            request,
            _("The quotation is sent. The buyer is told where there is an address; share it with the link below."),
        )
        return redirect(place.quotation)
    if then == "freight":
        return redirect("inquiries:quotation_freight", place.quotation.inquiry_id, place.quotation.pk)
    if then == "leave":
        messages.success(request, _("The draft is saved. The buyer does not see it."))
        return redirect(place.seat.inquiry)
    return redirect(reverse("inquiries:build_quotation", args=[place.seat.inquiry.pk, place.quotation.pk]) + "#sum")


def _refuse(request: HttpRequest, place: Place, entry: QuotationEntry, refused: DomainError) -> HttpResponse:
    """What was typed stays on the page; the sentence stands at its field."""
    if isinstance(refused, NotFound | NotAllowed):
        raise refused
    if "X-Autosave" in request.headers:
        state = {"state": "conflict" if refused.status == 409 else "invalid", "message": explain(refused)}
        return JsonResponse(state, status=refused.status)
    field = refused.field if refused.field in entry.form.fields else None
    entry.form.add_error(field, explain(refused))
    again = get_quotation(reader=get_reader(request), quotation_id=place.quotation.pk)
    return _show_builder(request, again, entry, status=refused.status)


def _show_builder(
    request: HttpRequest, place: Place, entry: QuotationEntry, *, status: int = 200, is_unsaved: bool = False
) -> HttpResponse:
    draft = find_draft_version(quotation=place.quotation)
    context = build_builder(place, entry, draft) | {"is_unsaved": is_unsaved, "has_errors": status != 200}
    return render(request, "inquiries/quotation/build.html", context, status=status)


def _show_refused(request: HttpRequest, place: Place, refused: DomainError) -> HttpResponse:
    if isinstance(refused, NotFound | NotAllowed):
        raise refused
    messages.error(request, explain(refused))
    again = get_quotation(reader=get_reader(request), quotation_id=place.quotation.pk)
    return _show(request, again, status=refused.status)


def _show(request: HttpRequest, place: Place, *, status: int = 200) -> HttpResponse:
    if place.seat.side == Side.EXPORTER and place.quotation.current_id is None:
        return redirect("inquiries:build_quotation", place.seat.inquiry.pk, place.quotation.pk)
    context = build_page(place, request.GET) | {"has_errors": status != 200}
    return render(request, "inquiries/quotation/page.html", context, status=status)
