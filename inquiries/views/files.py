"""Files of a thread, for its two parties only: small pictures, and documents to keep."""

from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from core.errors import NotFound
from inquiries.selectors.files import get_thread_rendition, open_document
from inquiries.selectors.threads import get_attachment, get_seat
from inquiries.views.reading import get_reader


@require_safe
def document(request: HttpRequest, inquiry_id: UUID, attachment_id: int) -> FileResponse:
    """A document as it was sent, to be kept, never to be shown here."""
    seat = get_seat(reader=get_reader(request), inquiry_id=inquiry_id)
    attachment = get_attachment(inquiry=seat.inquiry, attachment_id=attachment_id)
    file = open_document(attachment=attachment)
    return _keep_private(
        FileResponse(
            file, as_attachment=True, filename=attachment.upload.name, content_type=attachment.upload.content_type
        )
    )


@require_safe
def rendition(
    request: HttpRequest, inquiry_id: UUID, attachment_id: int, label: int, format: str  # noqa: A002  the word of the address
) -> FileResponse:  # fmt: skip
    """A picture in one of its sizes."""
    seat = get_seat(reader=get_reader(request), inquiry_id=inquiry_id)
    attachment = get_attachment(inquiry=seat.inquiry, attachment_id=attachment_id)
    try:
        file = get_thread_rendition(attachment=attachment, label=label, format=format)
    except FileNotFoundError as gone:  # the row is there, the bytes are not
        raise NotFound from gone
    return _keep_private(FileResponse(file, content_type=f"image/{format}"))


def _keep_private(response: FileResponse) -> FileResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
