"""Pictures of the open revision: sent, sent again, moved, removed. Decoding is the business of uploads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from core.audit import record
from listings.exceptions import PictureGone, TooManyPictures
from listings.models import ListingPicture, ListingRevision
from listings.services.files import RefusedFile, take_each
from listings.services.revisions import Opened, lock_listing, open_for_page
from storefronts.models import Member
from uploads.models import Upload
from uploads.services import receive_upload, send_again, take_arrival

MOST_PICTURES = 10
PROFILE = "listing_picture"


@dataclass(frozen=True)
class SentPictures:
    """What became of several files: each is taken or refused by itself. `version` is what the page is based on now."""

    revision: ListingRevision
    added: int
    refused: tuple[RefusedFile, ...]
    version: str


@dataclass(frozen=True)
class TakenPicture:
    """Whether a picture took a place; `version` is what the page is based on now."""

    added: bool
    version: str


def add_pictures(*, member: Member, listing_id: int, files: Sequence[File[bytes]], version: str = "") -> SentPictures:
    """Add files at the end, at most ten pictures in all. A refused file leaves the good ones standing.

    `version` is what the page was based on, here and below: the answer has the new one only where that was current under the lock.
    Raises RevisionInReview, ListingArchived, NotAllowed, ListingNotFound.
    """
    with transaction.atomic():
        listing = lock_listing(member=member, listing_id=listing_id)
        opened = open_for_page(listing=listing, member=member, version=version)
        revision = opened.revision
        refused = take_each(files=files, take=lambda file: _add(revision, file, member))
        added = len(files) - len(refused)
        if added:
            record("listings.pictures_added", subject=revision, actor=member.user, fields=["pictures"])
        else:
            transaction.set_rollback(True)
    return SentPictures(revision, added, refused, opened.version if added else version)


@transaction.atomic
def add_arrived_picture(*, member: Member, listing_id: int, arrival_id: UUID, version: str = "") -> TakenPicture:
    """Add a picture that came in pieces (ADR 0025) at the end; not when it stands there already, so that asking twice adds it once.

    Raises as `add_pictures` does, TooManyPictures, and what `uploads.services.take_arrival` raises; then its pieces are kept.
    """
    listing = lock_listing(member=member, listing_id=listing_id)
    opened = open_for_page(listing=listing, member=member, version=version)
    revision = opened.revision
    upload = take_arrival(user=member.user, arrival_id=arrival_id, profile=PROFILE)
    held = revision.pictures.values_list("upload_id", flat=True)
    if upload.pk in held:
        transaction.set_rollback(True)  # nothing to write: no new version for a repeated question
        return TakenPicture(added=False, version=version)
    if len(held) >= MOST_PICTURES:
        raise TooManyPictures(name=upload.name, most=MOST_PICTURES)
    _place(revision, upload)
    record("listings.pictures_added", subject=revision, actor=member.user, fields=["pictures"])
    return TakenPicture(added=True, version=opened.version)


@transaction.atomic
def send_picture_again(
    *, member: Member, listing_id: int, upload_id: str, file: File[bytes] | None, version: str = ""
) -> Opened:
    """Try a picture that failed once more, with another file or (None) the first one; its place and words stay.

    Raises PictureGone, and what `uploads.services.send_again` raises.
    """
    opened, picture = _get_picture(member, listing_id, upload_id, version)
    send_again(upload_id=picture.upload.pk, file=file, user=member.user)
    return opened


@transaction.atomic
def move_picture(*, member: Member, listing_id: int, upload_id: str, direction: str, version: str = "") -> Opened:
    """Move a picture one place "earlier" or "later"; at the end of the row nothing changes. The first one is the main picture."""
    opened, picture = _get_picture(member, listing_id, upload_id, version)
    rows = list(opened.revision.pictures.order_by("position", "id"))
    place = rows.index(picture)
    target = place + (-1 if direction == "earlier" else 1)
    if 0 <= target < len(rows):
        rows[place], rows[target] = rows[target], rows[place]
        _number(rows)
    return opened


@transaction.atomic
def remove_picture(*, member: Member, listing_id: int, upload_id: str, version: str = "") -> Opened:
    """Take a picture out of the open revision; the approved one keeps it until the next approval."""
    opened, picture = _get_picture(member, listing_id, upload_id, version)
    revision = opened.revision
    picture.delete()
    _number(list(revision.pictures.order_by("position", "id")))
    record("listings.picture_removed", subject=revision, actor=member.user, fields=["pictures"])
    return opened


def _add(revision: ListingRevision, file: File[bytes], member: Member) -> None:
    if ListingPicture.objects.filter(revision=revision).count() >= MOST_PICTURES:
        raise TooManyPictures(name=file.name, most=MOST_PICTURES)
    with transaction.atomic():
        _place(revision, receive_upload(file=file, profile=PROFILE, user=member.user))


def _place(revision: ListingRevision, upload: Upload) -> None:
    last = revision.pictures.order_by("-position").values_list("position", flat=True).first() or 0
    ListingPicture.objects.create(revision=revision, upload=upload, position=last + 1)


def _get_picture(member: Member, listing_id: int, upload_id: Any, version: str) -> tuple[Opened, ListingPicture]:
    listing = lock_listing(member=member, listing_id=listing_id)
    opened = open_for_page(listing=listing, member=member, version=version)
    picture = opened.revision.pictures.select_related("upload").filter(upload_id=upload_id).first()
    if picture is None:
        raise PictureGone
    return opened, picture


def _number(rows: Sequence[ListingPicture]) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
    ListingPicture.objects.bulk_update(rows, ["position"])
