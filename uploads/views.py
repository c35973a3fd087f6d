"""The one door to files: renditions, never originals."""

from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core.errors import NotFound
from uploads.adapters.store import open_stored
from uploads.choices import UploadState
from uploads.rules.pictures import rendition_name
from uploads.selectors import get_rendition

FOR_EVERYBODY = "public, max-age=31536000, immutable"
FOR_ONE_PERSON = "private, max-age=600"


@require_safe
def rendition(request: HttpRequest, upload_id: str, label: str, format: str) -> HttpResponseBase:  # noqa: A002  the word of the address
    found = get_rendition(user=request.user, upload_id=UUID(upload_id), label=int(label), format=format)
    etag = f'"{found.sha256}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = _stream(rendition_name(sha256=found.sha256, format=format), f"{upload_id}-{label}.{format}", format)
    settled = found.upload.is_public and found.upload.state == UploadState.READY
    response["Cache-Control"] = FOR_EVERYBODY if settled else FOR_ONE_PERSON
    response["ETag"] = etag
    return response


def _stream(stored: str, name: str, format: str) -> FileResponse:  # noqa: A002  as above
    try:
        file = open_stored(stored)
    except FileNotFoundError as error:
        raise NotFound from error
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return FileResponse(file, content_type=f"image/{format}", headers=headers)
