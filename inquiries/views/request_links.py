"""The mailed link of a request: it opens the request, and sends one that waited for it; its files for all who may read it."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.middleware import explain
from inquiries.choices import RequestState
from inquiries.exceptions import BuyerBarred, BuyerBlocked, LinkExpired, TooManyExporters, TooManyFiles
from inquiries.forms.requests import ConfirmFilesForm
from inquiries.models import Request
from inquiries.selectors.requests import (
    get_linked_request,
    get_request_file,
    get_request_page,
    read_request_link,
)
from inquiries.services.requests import confirm_request, mail_new_request_link
from inquiries.views.reading import get_reader, remember_opened
from uploads.exceptions import UploadRefused
from uploads.selectors import describe_original, describe_rendition, get_rendition_of, open_original, open_rendition


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button that sends the request, for mail scanners follow links too; a sent one opens at once."""
    try:
        found = get_linked_request(request_id=read_request_link(token=token))
    except LinkExpired as expired:
        return render(request, "inquiries/request_link_expired.html", {"token": token}, status=expired.status)
    if found.state != RequestState.UNCONFIRMED:
        return _enter(request, found)
    if request.method != "POST":
        return _show(request, found, ConfirmFilesForm())
    return _confirm(request, found, ConfirmFilesForm(request.POST, request.FILES))


@require_POST
@never_cache
def send_new_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that is too old is replaced: the new one goes to the address that asked, and is not shown here."""
    mail_new_request_link(request_id=read_request_link(token=token, any_age=True))
    return redirect("inquiries:look_into_mail")


@require_safe
def document(request: HttpRequest, request_id: UUID, file_id: int) -> FileResponse:
    """A document as it was sent, to be kept, never to be shown here."""
    upload = get_request_file(reader=get_reader(request), request_id=request_id, file_id=file_id).upload
    return FileResponse(open_original(upload=upload), **vars(describe_original(upload=upload)))


@require_safe
def rendition(
    request: HttpRequest, request_id: UUID, file_id: int, label: int, format: str  # noqa: A002  the word of the address
) -> FileResponse:  # fmt: skip
    """A picture in one of its sizes."""
    upload = get_request_file(reader=get_reader(request), request_id=request_id, file_id=file_id).upload
    found = get_rendition_of(upload=upload, label=label, format=format)
    return FileResponse(open_rendition(rendition=found), **vars(describe_rendition(rendition=found)))


def _enter(request: HttpRequest, found: Request) -> HttpResponse:
    remember_opened(request, found.pk)
    return redirect(found)


def _confirm(request: HttpRequest, found: Request, form: ConfirmFilesForm) -> HttpResponse:
    if not form.is_valid():
        return _show(request, found, form, status=422)
    try:
        return _enter(request, confirm_request(request_id=found.pk, files=form.cleaned_data["files"]))
    except (UploadRefused, TooManyFiles) as refusal:
        form.add_error("files", explain(refusal))
        return _show(request, found, form, status=refusal.status)
    except (BuyerBlocked, BuyerBarred, TooManyExporters) as refusal:
        return _show(request, found, form, problem=explain(refusal), status=refusal.status)


def _show(
    request: HttpRequest, found: Request, form: ConfirmFilesForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "page": get_request_page(request=found), "rfq": found, "form": form, "problem": problem, "has_errors": status != 200,
    }  # fmt: skip
    return render(request, "inquiries/request_confirm.html", context, status=status)
