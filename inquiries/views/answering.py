"""The buyer answers a quotation: in the thread, or by the shared link without an account. Opening a page answers nothing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError, NotAllowed, NotFound
from core.guests import checked_for_members
from core.middleware import explain
from inquiries.exceptions import QuotationLinkOver
from inquiries.forms.quotations import AnswerForm, CounterForm, DeclineQuotationForm
from inquiries.models import Quotation
from inquiries.selectors.quotations import (
    Signatory,
    get_quotation,
    get_shared_quotation,
    sign_as_party,
    sign_by_link,
)
from inquiries.services.answers import Wish, accept_quotation, counter_quotation, decline_quotation
from inquiries.views.quotation_frames import build_page, build_shared, list_current_lines
from inquiries.views.reading import get_reader

Sign = Callable[[str], Signatory]
Show = Callable[[dict[str, Any], int], HttpResponse]
ACTS = ("accept", "counter", "decline")


@never_cache
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """One quotation for whoever holds the link; a mail scanner that opens it changes nothing."""
    try:
        quotation = get_shared_quotation(token=token)
    except QuotationLinkOver as over:
        return render(request, "inquiries/quotation/link_over.html", {"message": explain(over)}, status=over.status)
    return render(request, "inquiries/quotation/shared.html", build_shared(quotation, token, request.GET))


@checked_for_members
@never_cache
@require_POST
def answer_shared(request: HttpRequest, token: str, act: str) -> HttpResponse:
    """Accept, counter or decline by the shared link, in the name that is typed."""
    try:
        quotation = get_shared_quotation(token=token)
    except QuotationLinkOver as over:
        return render(request, "inquiries/quotation/link_over.html", {"message": explain(over)}, status=over.status)

    def show(forms: dict[str, Any], status: int) -> HttpResponse:
        context = build_shared(get_shared_quotation(token=token), token, request.GET) | forms
        return render(request, "inquiries/quotation/shared.html", context, status=status)

    person = request.user if request.user.is_authenticated else None
    done = redirect("inquiries:shared_quotation", token)
    return _answer(
        request, quotation, act, lambda name: sign_by_link(token=token, name=name, person=person), show, done
    )


@never_cache
@require_POST
def answer(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID, act: str) -> HttpResponse:
    """Accept, counter or decline as the buyer of the thread."""
    reader = get_reader(request)
    place = get_quotation(reader=reader, quotation_id=quotation_id)
    if place.quotation.inquiry_id != inquiry_id:
        raise NotFound
    if place.seat.member is not None:
        raise NotAllowed

    def show(forms: dict[str, Any], status: int) -> HttpResponse:
        context = build_page(get_quotation(reader=reader, quotation_id=quotation_id), request.GET) | forms
        return render(request, "inquiries/quotation/page.html", context, status=status)

    def sign(name: str) -> Signatory:
        return sign_as_party(reader=reader, quotation_id=quotation_id, name=name)

    return _answer(request, place.quotation, act, sign, show, redirect(place.quotation))


def _answer(
    request: HttpRequest, quotation: Quotation, act: str, sign: Sign, show: Show, done: HttpResponse
) -> HttpResponse:
    form = _bind(request, quotation, act)
    if not form.is_valid():
        return show({act: form, "has_errors": True}, 422)
    try:
        _carry_out(act, form, sign(form.cleaned_data["name"]))
    except DomainError as refused:
        if isinstance(refused, NotFound | NotAllowed | QuotationLinkOver):
            raise
        form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
        return show({act: form, "has_errors": True}, refused.status)
    messages.success(request, _say_done(act))
    return done


def _bind(request: HttpRequest, quotation: Quotation, act: str) -> Any:
    if act == "counter":
        return CounterForm(request.POST, lines=list_current_lines(quotation), auto_id="id_counter_%s")
    form: type[Form] = AnswerForm if act == "accept" else DeclineQuotationForm
    return form(request.POST, auto_id=f"id_{act}_%s")


def _carry_out(act: str, form: Any, by: Signatory) -> None:
    said = form.cleaned_data
    if act == "accept":
        accept_quotation(by=by, version=said["version"], key=said["key"])
    elif act == "counter":
        wishes = {position: Wish(*pair) for position, pair in form.list_wishes().items()}
        counter_quotation(by=by, version=said["version"], wishes=wishes, text=said["text"], key=said["key"])
    else:
        decline_quotation(by=by, version=said["version"], reason=said["reason"], key=said["key"])


def _say_done(act: str) -> str:
    if act == "accept":
        return _("Accepted. The exporter is told, and both sides have it in writing.")
    if act == "counter":
        return _("Sent. The exporter answers with a new version; what they quoted still holds until its last day.")
    return _("Declined. The exporter is told.")
