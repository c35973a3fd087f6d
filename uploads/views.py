"""The doors to files: renditions to look at, the originals of documents to save, and files that come in pieces."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.errors import DomainError, NotFound, TooLarge
from core.middleware import explain
from uploads.exceptions import WrongOffset, WrongSizeOfPiece
from uploads.models import Arrival, Rendition
from uploads.rules.pieces import MOST_PIECE, read_announcement, read_offset
from uploads.selectors import (
    describe_original,
    describe_rendition,
    get_arrival,
    get_readable_upload,
    get_rendition,
    open_original,
    open_rendition,
)
from uploads.services import add_piece, begin_arrival, drop_arrival


@require_safe
def rendition(
    request: HttpRequest,
    upload_id: str,
    label: str,
    format: str,  # noqa: A002  the word of the address
    page: str = "0",
) -> HttpResponseBase:
    """Serve a rendition; whatever one may not see is a short plain 404, for it stands where a picture would."""
    try:
        found = get_rendition(
            user=request.user, upload_id=UUID(upload_id), label=int(label), format=format, page=int(page)
        )
        return _answer(request, found)
    except NotFound:
        return _nothing()


@require_safe
def original(request: HttpRequest, upload_id: str) -> HttpResponseBase:
    """Hand a document to those who may read it, to be saved; there is no such address for everybody else."""
    try:
        upload = get_readable_upload(user=request.user, upload_id=UUID(upload_id))
        return FileResponse(open_original(upload=upload), **vars(describe_original(upload=upload)))
    except NotFound:
        return _nothing()


@login_required
@never_cache
@require_POST
def arrivals(request: HttpRequest) -> HttpResponse:
    """A file is announced: where its pieces go, and how much of it is here already."""
    said = {name: request.POST.get(name, "") for name in ("profile", "key", "name", "size")}
    try:
        found = begin_arrival(user=_sender(request), announced=read_announcement(**said))
    except DomainError as refusal:
        return _refuse(refusal)
    return _tell(found, status=200 if found.received else 201)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
def arrival(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """One file on its way: ask how much is here, send the next piece (its place in the header Upload-Offset), or give it up."""
    user = _sender(request)
    found = get_arrival(user=user, arrival_id=arrival_id)
    try:
        if request.method == "DELETE":
            drop_arrival(user=user, arrival_id=arrival_id)
            return HttpResponse(status=204)
        if request.method == "PATCH":
            offset = read_offset(request.headers.get("Upload-Offset", ""))
            found = add_piece(user=user, arrival_id=arrival_id, offset=offset, content=_read_piece(request))
    except NotFound:  # given up in another window a moment ago
        raise
    except DomainError as refusal:
        return _refuse(refusal)
    return _tell(found)


def _sender(request: HttpRequest) -> User:
    return cast(User, request.user)


def _read_piece(request: HttpRequest) -> bytes:
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit() or int(length) > MOST_PIECE:
        raise TooLarge
    try:
        return request.body
    except UnreadablePostError as error:  # the line broke within the piece; nobody hears this answer
        raise WrongSizeOfPiece from error


def _tell(found: Arrival, *, status: int = 200) -> JsonResponse:
    told = {
        "id": str(found.pk), "url": reverse("arrivals:arrival", args=[found.pk]), "offset": found.received,
        "size": found.byte_size, "taken": found.upload_id is not None,
    }  # fmt: skip
    return JsonResponse(told, status=status, headers={"Upload-Offset": str(found.received)})


def _refuse(refusal: DomainError) -> JsonResponse:
    told: dict[str, str | int] = {"message": explain(refusal)}
    if isinstance(refusal, WrongOffset):
        told["offset"] = refusal.offset
    return JsonResponse(told, status=refusal.status)


def _answer(request: HttpRequest, found: Rendition) -> HttpResponseBase:
    delivery = describe_rendition(rendition=found)
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=delivery.headers["ETag"])
    if unchanged is None:
        return FileResponse(open_rendition(rendition=found), **vars(delivery))
    for name in ("Cache-Control", "ETag"):
        unchanged[name] = delivery.headers[name]
    return unchanged


def _nothing() -> HttpResponseNotFound:
    nothing = HttpResponseNotFound(content_type="text/plain")
    patch_vary_headers(nothing, ["Cookie"])  # else this header alone tells a hidden file, for which somebody was asked
    return nothing
