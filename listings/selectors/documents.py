"""Papers of a live product as buyers see them, and who may read one."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotFound
from listings.choices import Visibility
from listings.models import Listing, ListingDocument, ListingRevision
from listings.rules.documents import may_read
from listings.selectors.depth import describe_document
from uploads.choices import UploadState


@dataclass(frozen=True)
class ShownDocument:
    """A paper on the product page. `url` is "" where this reader cannot open it there; `reading` says how they could."""

    upload_id: UUID
    kind: str
    title: str
    facts: str
    evidence: str
    has_ended: bool
    reading: str
    url: str


def list_shown_documents(*, revision: ListingRevision) -> tuple[ShownDocument, ...]:
    """The papers that an officer has seen, public ones with their address. Reads prefetched rows; the upload along."""
    return tuple(_show(row) for row in revision.documents.all() if is_shown(document=row))


def is_shown(*, document: ListingDocument) -> bool:
    """Whether buyers hear of it at all: an officer has seen it, and the file is whole."""
    return document.seen_at is not None and document.upload.state == UploadState.READY


def find_readable_document(*, listing_id: int, upload_id: UUID, has_written: bool, is_shared: bool) -> ListingDocument:
    """A paper of a live product that a buyer may read; raises NotFound for every other.

    `has_written`: the buyer has asked the exporter about something; `is_shared`: the exporter shows this very paper to them.
    """
    live = ListingRevision.objects.filter(live_for__in=Listing.objects.live().filter(pk=listing_id))
    document = ListingDocument.objects.select_related("upload").filter(revision__in=live, upload_id=upload_id).first()
    if document is None or not is_shown(document=document):
        raise NotFound
    if not may_read(visibility=document.visibility, has_written=has_written, is_shown=is_shared):
        raise NotFound
    return document


def _show(document: ListingDocument) -> ShownDocument:
    readings = {
        Visibility.PUBLIC: "", Visibility.INQUIRY: _("You can read it once you have written to the exporter."),
        Visibility.BUYER: _("The exporter shows it to buyers on request."),
    }  # fmt: skip
    is_public = document.visibility == Visibility.PUBLIC
    address = (
        reverse("catalogue:document", args=[document.revision.listing_id, document.upload_id]) if is_public else ""
    )
    return ShownDocument(
        upload_id=document.upload_id, kind=str(document.get_kind_display()), title=document.title,
        facts=describe_document(document=document), evidence=_("Seen by an officer"),
        has_ended=not document.is_valid_on(timezone.localdate()), reading=readings[Visibility(document.visibility)], url=address,
    )  # fmt: skip
