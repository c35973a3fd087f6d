"""A buyer asks: the form on a page of its own, which the forms on product and storefront pages are sent to."""

import hashlib
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError, NotFound
from core.guests import checked_for_members
from core.limits import spend
from core.middleware import explain
from core.visits import recall_destination, remember_destination
from inquiries.exceptions import NothingToAskAbout
from inquiries.forms.ask import AskForm
from inquiries.selectors.asking import Subject, get_buyer_words, get_prospect, get_subject, list_known_values
from inquiries.selectors.threads import get_seat, list_asked
from inquiries.services.asking import Asked, ask_inquiry
from inquiries.views.reading import get_reader

NETWORK_AN_HOUR, PERSON_AN_HOUR, HOUR_SECONDS = 30, 20, 3600
PAGE_SIZE = 20


@checked_for_members
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest, company_id: int) -> HttpResponse:
    """The form, filled in with what is known; with `?from=` the question of an earlier inquiry of this buyer."""
    subject = get_subject(company_id=company_id, listing_id=_read_number(request.GET.get("listing", "")))
    if request.method == "POST":
        return _receive(request, subject)
    return _show(request, subject, _build_form(request, subject, None), status=200)


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The buyer's inquiries: of their account, and those that a mailed link has opened in this browser."""
    page = Paginator(list_asked(reader=get_reader(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "inquiries/mine.html", {"page": page, "now": timezone.now()})


def _receive(request: HttpRequest, subject: Subject) -> HttpResponse:
    form = _build_form(request, subject, request.POST)
    if not form.is_valid():
        return _show(request, subject, form, status=422)
    remember_destination(request, **{name: form.cleaned_data[name] for name in ("destination", "place")})
    try:
        asked = _ask(request, subject, form)
    except (NothingToAskAbout, NotFound):
        raise
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, explain(refusal))
        return _show(request, subject, form, status=refusal.status)
    return _lead_on(request, asked)


def _ask(request: HttpRequest, subject: Subject, form: AskForm) -> Asked:
    network = str(get_adapter().get_client_ip(request))
    spend(what="inquiry_network", who=network, most=NETWORK_AN_HOUR, seconds=HOUR_SECONDS)
    known = request.user.is_authenticated
    buyer = get_buyer_words(user=request.user) if known else form.read_buyer(language=get_language() or "en")
    who = f"person {request.user.pk}" if known else f"{network} {buyer.email}"
    spend(what="inquiry_person", who=who, most=PERSON_AN_HOUR, seconds=HOUR_SECONDS)
    question = form.read_question()
    return ask_inquiry(
        reader=get_reader(request), company_id=subject.company.pk, listing_id=subject.listing.pk if subject.listing else None,
        question=question, buyer=buyer, key=_make_key(request, subject, form),
    )  # fmt: skip


def _make_key(request: HttpRequest, subject: Subject, form: AskForm) -> str:
    """The same form by the same person on one day is one form, however often its button is pressed.

    It is made here and not in the page, so that the pages which carry the form stay the same for everybody (ETag).
    """
    words = [
        request.user.pk,
        subject.url,
        str(timezone.localdate()),
        sorted((k, str(v)) for k, v in form.cleaned_data.items()),
    ]
    return hashlib.sha256(repr(words).encode("utf-8", "replace")).hexdigest()


def _lead_on(request: HttpRequest, asked: Asked) -> HttpResponse:
    if asked.outcome == "confirm":
        return redirect("inquiries:look_into_mail")
    if asked.outcome == "existing":
        messages.info(
            request, _("You have asked this within the last day. What you wrote now is kept below: send it here.")
        )
    else:
        messages.success(request, _("Your inquiry is sent."))
    return redirect(asked.inquiry)


def _build_form(request: HttpRequest, subject: Subject, typed: Any) -> AskForm:
    initial = list_known_values(user=request.user, remembered=recall_destination(request))
    initial |= _read_earlier(request) | {"quantity": request.GET.get("quantity", "")[:20]}
    return AskForm(
        typed,
        initial=initial,
        unit=subject.unit,
        offers_sample=subject.offers_sample,
        is_known=request.user.is_authenticated,
    )


def _read_earlier(request: HttpRequest) -> dict[str, Any]:
    """The words of an earlier inquiry that this reader asked, to put them to somebody else."""
    try:
        seat = get_seat(reader=get_reader(request), inquiry_id=UUID(request.GET.get("from", "")))
    except (ValueError, NotFound):
        return {}
    if seat.member is not None:
        return {}
    inquiry, first = seat.inquiry, seat.inquiry.messages.first()
    return {
        "text": first.text if first else "", "destination": inquiry.destination, "place": inquiry.place,
        "name": inquiry.buyer_name, "organisation": inquiry.buyer_organisation, "email": inquiry.buyer_email,
    }  # fmt: skip


def _show(request: HttpRequest, subject: Subject, form: AskForm, *, status: int) -> HttpResponse:
    context = {"subject": subject, "form": form, "prospect": get_prospect(company=subject.company)}
    return render(request, "inquiries/ask.html", context, status=status)


def _read_number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise NotFound
    return int(text)
