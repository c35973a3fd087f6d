"""Papers of the open revision: added and taken out. What is said of them is kept by `services.depth`."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction

from core.audit import record
from listings.choices import DocumentKind, Visibility
from listings.exceptions import DocumentGone, TooManyDocuments
from listings.models import ListingDocument, ListingRevision
from listings.rules.documents import MOST_DOCUMENTS
from listings.services.files import RefusedFile, take_each
from listings.services.revisions import Opened, lock_listing, open_for_page
from storefronts.models import Member
from uploads.services import receive_upload

PROFILE = "listing_document"


@dataclass(frozen=True)
class SentDocuments:
    """What was refused of several files, while the good ones stand; `version` is what the page is based on now."""

    refused: tuple[RefusedFile, ...]
    version: str


def add_documents(*, member: Member, listing_id: int, files: Sequence[File[bytes]], version: str = "") -> SentDocuments:
    """Add files at the end, at most twelve in all. `version` is what the page was based on, as `add_pictures` takes it.

    A new document is of no kind yet and read only by buyers whom the exporter shows it to, until more is said.
    Raises RevisionInReview, ListingArchived, NotAllowed, ListingNotFound.
    """
    with transaction.atomic():
        listing = lock_listing(member=member, listing_id=listing_id)
        opened = open_for_page(listing=listing, member=member, version=version)
        revision = opened.revision
        refused = take_each(files=files, take=lambda file: _add(revision, file, member))
        added = len(files) - len(refused)
        if not added:
            transaction.set_rollback(True)
        else:
            record("listings.documents_added", subject=revision, actor=member.user, fields=["documents"])
    return SentDocuments(refused, opened.version if added else version)


@transaction.atomic
def remove_document(*, member: Member, listing_id: int, upload_id: str, version: str = "") -> Opened:
    """Take a document out of the open revision; the approved one keeps it until the next approval. Raises DocumentGone."""
    listing = lock_listing(member=member, listing_id=listing_id)
    opened = open_for_page(listing=listing, member=member, version=version)
    revision = opened.revision
    document = revision.documents.filter(upload_id=upload_id).first()
    if document is None:
        raise DocumentGone
    document.delete()
    record("listings.document_removed", subject=revision, actor=member.user, fields=["documents"])
    return opened


def _add(revision: ListingRevision, file: File[bytes], member: Member) -> None:
    if ListingDocument.objects.filter(revision=revision).count() >= MOST_DOCUMENTS:
        raise TooManyDocuments(name=file.name, most=MOST_DOCUMENTS)
    with transaction.atomic():
        upload = receive_upload(file=file, profile=PROFILE, user=member.user)
        last = revision.documents.order_by("-position").values_list("position", flat=True).first() or 0
        title = upload.name.rsplit(".", 1)[0][:120] or upload.name[:120]
        ListingDocument.objects.create(
            revision=revision, upload=upload, position=last + 1, kind=DocumentKind.OTHER, title=title, visibility=Visibility.BUYER,
        )  # fmt: skip
