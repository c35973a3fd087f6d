"""What came of a quotation: for both sides, by the mailed link without an account, and for officers who have seen a paper."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, NotAllowed, NotFound
from core.guests import checked_for_members
from core.middleware import explain
from inquiries.choices import DealStage
from inquiries.exceptions import DealLinkOver
from inquiries.forms.deals import ConfirmForm, DayForm, MissingForm, PaperNoteForm, WhyForm
from inquiries.models import Deal
from inquiries.rules.deals import DEAL_STEPS
from inquiries.selectors.deals import build_deal_link, find_deal, get_linked_deal, list_deals, list_thread_steps
from inquiries.selectors.quotations import Place, get_quotation
from inquiries.services.deals import (
    call_off_deal,
    confirm_by_link,
    confirm_deal,
    note_paper,
    say_missing,
    say_received,
    say_shipped,
)
from inquiries.views.frames import build_frame
from inquiries.views.reading import get_reader

PAGE_SIZE = 50
FORMS: dict[str, type[Form]] = {"shipped": DayForm, "received": DayForm, "confirm": ConfirmForm, "call_off": WhyForm}
ACTS = tuple(FORMS)


@never_cache
@require_safe
def deal(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> HttpResponse:
    """The deal of an accepted quotation, with the next step of this side."""
    return _show(request, _find(request, inquiry_id, quotation_id))


@never_cache
@require_POST
def act(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID, act: str) -> HttpResponse:
    """Say the next step."""
    place = _find(request, inquiry_id, quotation_id)
    form: Any = FORMS[act](request.POST, auto_id=f"id_{act}_%s")
    if not form.is_valid():
        return _show(request, place, {act: form}, status=422)
    try:
        _carry_out(request, act, quotation_id, form)
    except DomainError as refused:
        if isinstance(refused, NotFound | NotAllowed):
            raise
        form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
        return _show(request, _find(request, inquiry_id, quotation_id), {act: form}, status=refused.status)
    messages.success(request, _("Noted. The other side is told."))
    return redirect("inquiries:deal", inquiry_id, quotation_id)


@checked_for_members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def linked(request: HttpRequest, token: str) -> HttpResponse:
    """The buyer confirms without an account. Opening the page confirms nothing: mail scanners open links too."""
    try:
        found = get_linked_deal(token=token).deal
    except DealLinkOver as over:
        return render(request, "inquiries/quotation/link_over.html", {"message": explain(over)}, status=over.status)
    form = ConfirmForm(request.POST or None, initial={"value": found.agreed_value})
    if request.method != "POST":
        return _show_linked(request, found, token, form)
    if not form.is_valid():
        return _show_linked(request, found, token, form, status=422)
    try:
        confirm_by_link(token=token, said=form.read(), person=request.user if request.user.is_authenticated else None)
    except (NotFound, NotAllowed):
        raise
    except DomainError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
        return _show_linked(request, found, token, form, status=refused.status)
    messages.success(request, _("Thank you. The exporter and the agency know now what came of it."))
    return redirect("inquiries:deal_link", token)


@checked_for_members
@never_cache
@require_POST
def missing(request: HttpRequest, token: str) -> HttpResponse:
    """The buyer says without an account that the goods have not arrived."""
    try:
        found = get_linked_deal(token=token).deal
    except DealLinkOver as over:
        return render(request, "inquiries/quotation/link_over.html", {"message": explain(over)}, status=over.status)
    form = MissingForm(request.POST, auto_id="id_missing_%s")
    if not form.is_valid():
        return _show_linked(request, found, token, missing=form, status=422)
    said = form.cleaned_data
    try:
        say_missing(
            token=token,
            name=said["name"],
            text=said["words"],
            person=request.user if request.user.is_authenticated else None,
        )
    except (NotFound, NotAllowed):
        raise
    except DomainError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
        return _show_linked(request, found, token, missing=form, status=refused.status)
    messages.success(request, _("The exporter is told and will answer you. We ask you again later."))
    return redirect("inquiries:deal_link", token)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def officers_list(request: HttpRequest) -> HttpResponse:
    """Every deal for officers, and the paper that one of them has seen: number, firm, value, never the thread."""
    form = PaperNoteForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            number = _read_id(request.POST.get("deal", ""))
            note_paper(officer=request.user, quotation_id=number, note=form.cleaned_data["note"])  # type: ignore[arg-type]
            messages.success(request, _("Noted: the value is documented."))
            return redirect("admin:inquiries_deals")
    page = Paginator(list_deals(officer=request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request), "page": page, "form": form, "noted_for": request.POST.get("deal", ""),
    }  # fmt: skip
    return render(request, "inquiries/deal/officers.html", context, status=status)


def _read_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


def _find(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID) -> Place:
    place = get_quotation(reader=get_reader(request), quotation_id=quotation_id)
    if place.quotation.inquiry_id != inquiry_id:
        raise NotFound
    return place


def _carry_out(request: HttpRequest, act: str, quotation_id: UUID, form: Any) -> None:
    reader, said = get_reader(request), form.cleaned_data
    acts: Mapping[str, Callable[[], Deal]] = {
        "shipped": lambda: say_shipped(reader=reader, quotation_id=quotation_id, on=said["on"]),
        "received": lambda: say_received(reader=reader, quotation_id=quotation_id, on=said["on"]),
        "confirm": lambda: confirm_deal(reader=reader, quotation_id=quotation_id, said=form.read()),
        "call_off": lambda: call_off_deal(reader=reader, quotation_id=quotation_id, reason=said["reason"]),
    }
    acts[act]()


def _show(
    request: HttpRequest, place: Place, given: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    found = find_deal(reader=place.seat.reader, quotation=place.quotation)
    if found is None:
        raise NotFound
    is_exporter = place.seat.member is not None
    stage = DealStage(found.stage)
    forms: dict[str, Any] = {
        "call_off": WhyForm(auto_id="id_call_off_%s") if stage in DEAL_STEPS[DealStage.CALLED_OFF] else None,
        "shipped": DayForm(auto_id="id_shipped_%s") if is_exporter and stage in DEAL_STEPS[DealStage.SHIPPED] else None,
        "received": DayForm(auto_id="id_received_%s")
        if not is_exporter and stage in DEAL_STEPS[DealStage.RECEIVED]
        else None,
        "confirm": None,
    }
    if not is_exporter and stage in DEAL_STEPS[DealStage.CONFIRMED]:
        name = str(place.seat.writer) if place.seat.writer else place.seat.inquiry.buyer_name
        forms["confirm"] = ConfirmForm(initial={"value": found.agreed_value, "name": name}, auto_id="id_confirm_%s")
    context = build_frame(place.seat) | {
        "deal": found, "quotation": place.quotation, "inquiry": place.seat.inquiry, "can_write": place.seat.can_write, "has_errors": status != 200,
        "steps": list_thread_steps(inquiry=place.seat.inquiry), **forms, **(given or {}),
        "share": build_deal_link(deal=found, was_mailed=False) if is_exporter and _is_asked_by_exporter(found, place) else "",
    }  # fmt: skip
    return render(request, "inquiries/deal/page.html", context, status=status)


def _is_asked_by_exporter(deal: Deal, place: Place) -> bool:
    """A buyer without an address is asked by the exporter's own link, once something is under way."""
    inquiry = place.seat.inquiry
    return (
        not inquiry.buyer_email and inquiry.buyer_id is None and deal.stage in {DealStage.SHIPPED, DealStage.RECEIVED}
    )


def _show_linked(
    request: HttpRequest,
    deal: Deal,
    token: str,
    form: ConfirmForm | None = None,
    missing: MissingForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    can_confirm = deal.stage in DEAL_STEPS[DealStage.CONFIRMED]
    context = {
        "deal": deal,
        "token": token,
        "quotation": deal.quotation,
        "inquiry": deal.quotation.inquiry,
        "form": form or ConfirmForm(initial={"value": deal.agreed_value}),
        "missing": missing or MissingForm(auto_id="id_missing_%s"),
        "can_confirm": can_confirm,
        "can_miss": deal.stage in DEAL_STEPS[DealStage.RECEIVED],
    }
    return render(request, "inquiries/deal/linked.html", context, status=status)
