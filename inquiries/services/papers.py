"""An exporter shows a paper of the product to one buyer, or no longer."""

from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import NotAllowed
from inquiries.models import Inquiry, SharedPaper
from inquiries.rules.messages import Reader
from inquiries.selectors.papers import get_paper
from inquiries.selectors.threads import Seat, get_seat


@transaction.atomic
def show_paper(*, reader: Reader, inquiry_id: UUID, upload_id: UUID) -> Inquiry:
    """This thread's buyer may read the paper from now on; twice is once. May: members who may edit.

    Raises NotFound for strangers and papers of other products, NotAllowed for viewers and buyers.
    """
    seat = _get_exporter(reader, inquiry_id)
    document = get_paper(seat=seat, upload_id=upload_id)
    _shared, is_new = SharedPaper.objects.get_or_create(
        inquiry=seat.inquiry, upload=document.upload, defaults={"shared_by": seat.writer}
    )
    if is_new:
        audit.record("inquiries.paper_shown", subject=seat.inquiry, actor=reader.user, fields=["shared_papers"])
    return seat.inquiry


@transaction.atomic
def hide_paper(*, reader: Reader, inquiry_id: UUID, upload_id: UUID) -> Inquiry:
    """The buyer may read it no longer; what was saved is theirs. May: as in `show_paper`."""
    seat = _get_exporter(reader, inquiry_id)
    removed, _rows = seat.inquiry.shared_papers.filter(upload_id=upload_id).delete()
    if removed:
        audit.record("inquiries.paper_hidden", subject=seat.inquiry, actor=reader.user, fields=["shared_papers"])
    return seat.inquiry


def _get_exporter(reader: Reader, inquiry_id: UUID) -> Seat:
    seat = get_seat(reader=reader, inquiry_id=inquiry_id, for_update=True)
    if seat.member is None or not seat.can_write:
        raise NotAllowed
    return seat
