"""The doors to files: renditions to look at, and the originals of documents to save."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from core.errors import NotFound
from uploads.models import Rendition
from uploads.selectors import (
    describe_original,
    describe_rendition,
    get_readable_upload,
    get_rendition,
    open_original,
    open_rendition,
)


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
