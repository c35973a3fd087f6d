"""The one door to files: renditions, never originals."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core.errors import NotFound
from uploads.adapters.store import open_stored
from uploads.choices import UploadState
from uploads.models import Rendition
from uploads.rules.pictures import rendition_name
from uploads.selectors import get_rendition

FOR_EVERYBODY = "public, max-age=31536000, immutable"
FOR_ONE_PERSON = "private, max-age=600"


@require_safe
def rendition(request: HttpRequest, upload_id: str, label: str, format: str) -> HttpResponseBase:  # noqa: A002  the word of the address
    """Serve a rendition; whatever one may not see is a short plain 404, for it stands where a picture would."""
    try:
        found = get_rendition(user=request.user, upload_id=UUID(upload_id), label=int(label), format=format)
        return _answer(request, found)
    except (NotFound, FileNotFoundError):
        return HttpResponseNotFound(content_type="text/plain")


def _answer(request: HttpRequest, found: Rendition) -> HttpResponseBase:
    etag = f'"{found.sha256}"'
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    response = unchanged or _stream(found)
    settled = found.upload.is_public and found.upload.state == UploadState.READY
    response["Cache-Control"] = FOR_EVERYBODY if settled else FOR_ONE_PERSON
    response["ETag"] = etag
    return response


def _stream(found: Rendition) -> FileResponse:
    file = open_stored(rendition_name(sha256=found.sha256, format=found.format))
    name = f"{found.upload_id}-{found.label}.{found.format}"
    response = FileResponse(file, filename=name, content_type=f"image/{found.format}")
    response["X-Content-Type-Options"] = "nosniff"
    return response
