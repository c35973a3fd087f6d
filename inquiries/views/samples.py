"""Samples of a thread: the form that asks for one, and a page for each with what its side can say next."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, NotAllowed, NotFound
from core.middleware import explain
from inquiries.choices import SampleState
from inquiries.forms.deals import ParcelForm, SampleForm, WhyForm
from inquiries.forms.thread import make_key
from inquiries.models import Sample
from inquiries.rules.deals import SAMPLE_STEPS
from inquiries.selectors.samples import get_sample
from inquiries.selectors.threads import Seat, get_seat
from inquiries.services.samples import (
    approve_sample,
    cancel_sample,
    decline_sample,
    receive_sample,
    refuse_sample,
    request_sample,
    send_sample,
)
from inquiries.views.frames import build_frame
from inquiries.views.reading import get_reader

FORMS: dict[str, type[Form]] = {
    "send": ParcelForm, "decline": WhyForm, "receive": Form, "approve": Form, "refuse": WhyForm, "cancel": Form,
}  # fmt: skip
ACTS = tuple(FORMS)
STEPS = {
    "send": SampleState.SENT, "decline": SampleState.DECLINED, "receive": SampleState.RECEIVED, "approve": SampleState.APPROVED,
    "refuse": SampleState.REFUSED, "cancel": SampleState.CANCELLED,
}  # fmt: skip
SELLERS = {"send", "decline"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """The buyer asks for a sample."""
    reader = get_reader(request)
    seat = get_seat(reader=reader, inquiry_id=inquiry_id)
    if seat.member is not None:
        raise NotAllowed
    if request.method != "POST":
        initial = {
            "description": seat.inquiry.subject,
            "quantity": 1,
            "unit": "piece",
            "payer": "buyer",
            "key": make_key(),
        }
        return _show_form(request, seat, SampleForm(initial=initial))
    form = SampleForm(request.POST)
    if not form.is_valid():
        return _show_form(request, seat, form, status=422)
    try:
        sample = request_sample(reader=reader, inquiry_id=inquiry_id, wish=form.read(), key=form.cleaned_data["key"])
    except DomainError as refused:
        if isinstance(refused, NotFound | NotAllowed):
            raise
        form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
        return _show_form(request, seat, form, status=refused.status)
    messages.success(request, _("The sample is asked for. The exporter is told."))
    return redirect("inquiries:sample", inquiry_id, sample.pk)


@never_cache
@require_safe
def sample(request: HttpRequest, inquiry_id: UUID, sample_id: int) -> HttpResponse:
    """One sample, for the two sides of its thread."""
    seat = get_seat(reader=get_reader(request), inquiry_id=inquiry_id)
    return _show(request, seat, get_sample(inquiry=seat.inquiry, sample_id=sample_id))


@never_cache
@require_POST
def act(request: HttpRequest, inquiry_id: UUID, sample_id: int, act: str) -> HttpResponse:
    """Say the next step."""
    reader = get_reader(request)
    seat = get_seat(reader=reader, inquiry_id=inquiry_id)
    found = get_sample(inquiry=seat.inquiry, sample_id=sample_id)
    form: Any = FORMS[act](request.POST, auto_id=f"id_{act}_%s")
    if not form.is_valid():
        return _show(request, seat, found, {act: form}, status=422)
    try:
        _carry_out(reader, act, sample_id, form)
    except DomainError as refused:
        if isinstance(refused, NotFound | NotAllowed):
            raise
        form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
        again = get_sample(inquiry=seat.inquiry, sample_id=sample_id)
        return _show(request, seat, again, {act: form}, status=refused.status)
    messages.success(request, _("Noted. The other side is told."))
    return redirect("inquiries:sample", inquiry_id, sample_id)


def _carry_out(reader: Any, act: str, sample_id: int, form: Any) -> None:
    said = form.cleaned_data
    acts: Mapping[str, Callable[[], Sample]] = {
        "send": lambda: send_sample(reader=reader, sample_id=sample_id, parcel=form.read()),
        "decline": lambda: decline_sample(reader=reader, sample_id=sample_id, reason=said["reason"]),
        "receive": lambda: receive_sample(reader=reader, sample_id=sample_id),
        "approve": lambda: approve_sample(reader=reader, sample_id=sample_id),
        "refuse": lambda: refuse_sample(reader=reader, sample_id=sample_id, reason=said["reason"]),
        "cancel": lambda: cancel_sample(reader=reader, sample_id=sample_id),
    }
    acts[act]()


def _show_form(request: HttpRequest, seat: Seat, form: SampleForm, *, status: int = 200) -> HttpResponse:
    context = build_frame(seat) | {"inquiry": seat.inquiry, "form": form}
    return render(request, "inquiries/sample/ask.html", context, status=status)


def _show(
    request: HttpRequest, seat: Seat, sample: Sample, given: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The sample with a form for each step that this side can take."""
    is_exporter = seat.member is not None
    open_acts = [
        name for name in ACTS
        if (name in SELLERS) == is_exporter and seat.can_write and sample.state in SAMPLE_STEPS[STEPS[name]]
    ]  # fmt: skip
    forms = {name: FORMS[name](auto_id=f"id_{name}_%s") for name in open_acts}
    context = build_frame(seat) | {
        "inquiry": seat.inquiry,
        "sample": sample,
        "has_errors": status != 200,
        **forms,
        **(given or {}),
    }
    return render(request, "inquiries/sample/page.html", context, status=status)
