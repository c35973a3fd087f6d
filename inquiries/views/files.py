"""Files of a thread, for its two parties only: small pictures, and documents to keep."""

from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from inquiries.models import Attachment
from inquiries.selectors.threads import get_attachment, get_seat
from inquiries.views.reading import get_reader
from uploads.selectors import describe_original, describe_rendition, get_rendition_of, open_original, open_rendition


@require_safe
def document(request: HttpRequest, inquiry_id: UUID, attachment_id: int) -> FileResponse:
    """A document as it was sent, to be kept, never to be shown here."""
    upload = _find(request, inquiry_id, attachment_id).upload
    return FileResponse(open_original(upload=upload), **vars(describe_original(upload=upload)))


@require_safe
def rendition(
    request: HttpRequest, inquiry_id: UUID, attachment_id: int, label: int, format: str  # noqa: A002  the word of the address
) -> FileResponse:  # fmt: skip
    """A picture in one of its sizes."""
    found = get_rendition_of(upload=_find(request, inquiry_id, attachment_id).upload, label=label, format=format)
    return FileResponse(open_rendition(rendition=found), **vars(describe_rendition(rendition=found)))


def _find(request: HttpRequest, inquiry_id: UUID, attachment_id: int) -> Attachment:
    seat = get_seat(reader=get_reader(request), inquiry_id=inquiry_id)
    return get_attachment(inquiry=seat.inquiry, attachment_id=attachment_id)
