"""The papers of the product asked about, as the two sides of a thread read them."""

from dataclasses import dataclass
from uuid import UUID

from core.errors import NotFound
from inquiries.models import Inquiry
from inquiries.selectors.threads import Seat
from listings.choices import Visibility
from listings.models import ListingDocument
from listings.selectors.depth import describe_document
from listings.selectors.documents import find_readable_document, is_shown


@dataclass(frozen=True)
class Paper:
    """A paper in the thread. `is_open`: the buyer may read it; `can_turn`: the exporter decides that for this buyer alone."""

    upload_id: UUID
    title: str
    kind: str
    facts: str
    is_open: bool
    can_turn: bool


def list_papers(*, seat: Seat) -> list[Paper]:
    """What the buyer may read, and for the exporter also what could be shown. Three queries."""
    documents = _list_documents(seat.inquiry)
    shared = set(seat.inquiry.shared_papers.values_list("upload_id", flat=True)) if documents else set()
    papers = [_describe(document, seat, shared) for document in documents]
    return [paper for paper in papers if paper.is_open or seat.member is not None]


def get_paper(*, seat: Seat, upload_id: UUID) -> ListingDocument:
    """A paper that this side of the thread may read; raises NotFound for every other."""
    if seat.inquiry.listing_id is None:
        raise NotFound
    is_shared = seat.member is not None or seat.inquiry.shared_papers.filter(upload_id=upload_id).exists()
    return find_readable_document(
        listing_id=seat.inquiry.listing_id, upload_id=upload_id, has_written=_has_written(seat.inquiry), is_shared=is_shared
    )  # fmt: skip


def _list_documents(inquiry: Inquiry) -> list[ListingDocument]:
    revision = inquiry.listing.live_revision if inquiry.listing else None
    if revision is None or inquiry.listing is None or inquiry.listing.state != "live" or not inquiry.company.is_public:
        return []
    return [row for row in revision.documents.select_related("upload") if is_shown(document=row)]


def _has_written(inquiry: Inquiry) -> bool:
    """A guest's inquiry counts once the address is confirmed."""
    return inquiry.confirmed_at is not None


def _describe(document: ListingDocument, seat: Seat, shared: set[UUID]) -> Paper:
    is_open = document.upload_id in shared or document.visibility == Visibility.PUBLIC
    is_open = is_open or (document.visibility == Visibility.INQUIRY and _has_written(seat.inquiry))
    return Paper(
        upload_id=document.upload_id, title=document.title, kind=str(document.get_kind_display()),
        facts=describe_document(document=document), is_open=is_open,
        can_turn=seat.member is not None and seat.can_write and document.visibility == Visibility.BUYER,
    )  # fmt: skip
