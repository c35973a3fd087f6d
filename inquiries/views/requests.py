"""A buyer's requests for quotation: the form with its lines, one request with who was asked, the list, closing."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, NotAllowed, NotFound
from core.limits import spend
from core.middleware import explain
from core.visits import recall_destination, remember_destination
from inquiries.exceptions import NothingToAskAbout
from inquiries.forms.requests import (
    RequestEntry,
    RequestFilesForm,
    asks_for_lines,
    make_first_rows,
    retype_entry,
)
from inquiries.forms.thread import make_key
from inquiries.selectors.answers import compare_answers
from inquiries.selectors.asking import get_buyer_words, list_known_values
from inquiries.selectors.requests import (
    get_own_request,
    get_request_page,
    get_requested_company,
    list_own_requests,
    list_requestable,
)
from inquiries.services.requests import Requested, add_request_files, ask_quotation, close_request
from inquiries.views.reading import get_reader, read_number
from storefronts.models import Company
from uploads.exceptions import UploadRefused

NETWORK_AN_HOUR, PERSON_AN_HOUR, HOUR_SECONDS = 30, 20, 3600
PAGE_SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_request(request: HttpRequest, company_id: int | None = None) -> HttpResponse:
    """The form: to one exporter, or without one a sourcing request."""
    company = get_requested_company(company_id=company_id) if company_id is not None else None
    listings = list_requestable(company=company) if company else []
    known: dict[str, Any] = {"is_known": request.user.is_authenticated, "listings": listings}
    if request.method != "POST":
        return _show_form(request, company, _begin(request, known), status=200)
    if asks_for_lines(request.POST):
        return _show_form(request, company, retype_entry(typed=request.POST, **known), status=200)
    entry = RequestEntry(data=request.POST, files=request.FILES, **known)
    if not entry.is_valid():
        return _show_form(request, company, entry, status=422)
    try:
        requested = _ask(request, company, entry)
    except (NothingToAskAbout, NotFound):
        raise
    except DomainError as refusal:
        entry.form.add_error(_find_field(refusal, entry), explain(refusal))
        return _show_form(request, company, entry, status=refusal.status)
    return _lead_on(request, requested)


@require_safe
@never_cache
def list_requests(request: HttpRequest) -> HttpResponse:
    """Requests of this account, and those that a mailed link has opened in this browser."""
    page = Paginator(list_own_requests(reader=get_reader(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "inquiries/requests.html", {"page": page})


@require_safe
@never_cache
def show_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request for its buyer."""
    return _show(request, request_id, RequestFilesForm())


@require_safe
@never_cache
def answers(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The answers of several exporters side by side."""
    found = get_own_request(reader=get_reader(request), request_id=request_id)
    return render(request, "inquiries/answers.html", {"rfq": found, "table": compare_answers(request=found)})


@require_POST
@never_cache
def add_files(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Add files while no officer has decided."""
    reader = get_reader(request)
    get_own_request(reader=reader, request_id=request_id)
    form = RequestFilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, request_id, form, status=422)
    try:
        add_request_files(reader=reader, request_id=request_id, files=form.cleaned_data["files"])
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        form.add_error("files", explain(refusal))
        return _show(request, request_id, form, status=refusal.status)
    return redirect("inquiries:request", request_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def close(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Ask once, then end it."""
    found = get_own_request(reader=get_reader(request), request_id=request_id)
    if request.method != "POST":
        return render(request, "inquiries/request_close.html", {"rfq": found})
    close_request(reader=get_reader(request), request_id=request_id)
    messages.success(request, _("The request is closed. Threads that began go on."))
    return redirect(found)


def _ask(request: HttpRequest, company: Company | None, entry: RequestEntry) -> Requested:
    network = str(get_adapter().get_client_ip(request))
    spend(what="inquiry_network", who=network, most=NETWORK_AN_HOUR, seconds=HOUR_SECONDS)
    known = request.user.is_authenticated
    buyer = get_buyer_words(user=request.user) if known else entry.read_buyer(language=get_language() or "en")
    who = f"person {request.user.pk}" if known else f"{network} {buyer.email}"
    spend(what="inquiry_person", who=who, most=PERSON_AN_HOUR, seconds=HOUR_SECONDS)
    words = entry.read_words()
    remember_destination(request, destination=words.destination, place=words.place)
    return ask_quotation(
        reader=get_reader(request), company_id=company.pk if company else None, words=words, buyer=buyer,
        key=entry.form.cleaned_data["key"], files=entry.form.cleaned_data.get("files", []),
    )  # fmt: skip


def _find_field(refusal: DomainError, entry: RequestEntry) -> str | None:
    field = "files" if isinstance(refusal, UploadRefused) else refusal.field
    return field if field in entry.form.fields else None


def _begin(request: HttpRequest, known: dict[str, Any]) -> RequestEntry:
    initial = {**list_known_values(user=request.user, remembered=recall_destination(request)), "key": make_key()}
    chosen = read_number(request.GET.get("listing", ""))
    listing = next((one for one in known["listings"] if one.pk == chosen), None)
    rows = make_first_rows(listing, request.GET.get("quantity", "")[:20])
    return RequestEntry(initial=initial, rows=rows, **known)


def _lead_on(request: HttpRequest, requested: Requested) -> HttpResponse:
    if requested.outcome == "confirm":
        return redirect("inquiries:look_into_mail")
    if requested.request.is_sourcing:
        messages.success(request, _("Your request is with the agency."))
    else:
        messages.success(request, _("Your request is sent."))
    return redirect(requested.request)


def _show_form(request: HttpRequest, company: Company | None, entry: RequestEntry, *, status: int) -> HttpResponse:
    context = {
        "company": company, "form": entry.form, "lines": entry.lines, "has_errors": status != 200,
        "files_were_sent": bool(request.FILES),
    }  # fmt: skip
    return render(request, "inquiries/request_form.html", context, status=status)


def _show(request: HttpRequest, request_id: UUID, form: RequestFilesForm, *, status: int = 200) -> HttpResponse:
    found = get_own_request(reader=get_reader(request), request_id=request_id)
    context = {"page": get_request_page(request=found), "rfq": found, "form": form}
    return render(request, "inquiries/request.html", context, status=status)
