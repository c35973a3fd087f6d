"""Logo and cover: sent, sent again, taken away. They are part of the proposal that an officer checks."""

from uuid import UUID

from django.core.files import File
from django.db import transaction

from core import audit
from core.errors import NotFound
from storefronts.models import CompanyRevision, Member
from storefronts.rules import PICTURE_FIELDS
from storefronts.services.companies import follow_proposal, get_or_make_revision, lock_company
from uploads.models import Upload
from uploads.services import receive_upload, send_again, withdraw_uploads


@transaction.atomic
def set_company_picture(*, member: Member, place: str, file: File[bytes]) -> Upload:
    """Put a picture into the proposal as "logo" or "cover"; it shows once a worker has read it. Raises UploadRefused."""
    revision = _open(member, place)
    upload = receive_upload(file=file, profile=place, user=member.user)
    _point(member, revision, place, str(upload.pk))
    return upload


@transaction.atomic
def remove_company_picture(*, member: Member, place: str) -> None:
    """Leave the proposal without this picture; a public one stays public until an officer has agreed."""
    revision = _open(member, place)
    if revision.facts.get(place):
        _point(member, revision, place, "")


@transaction.atomic
def resend_company_picture(*, member: Member, place: str, file: File[bytes] | None) -> Upload:
    """Try a picture that failed once more, with a new file or the one that was sent. Raises UploadRefused or NotFound."""
    revision = _open(member, place)
    if not revision.facts.get(place):
        raise NotFound
    upload = send_again(upload_id=revision.facts[place], file=file, user=member.user)
    _point(member, revision, place, str(upload.pk))
    return upload


def _open(member: Member, place: str) -> CompanyRevision:
    if place not in PICTURE_FIELDS:
        raise NotFound
    return get_or_make_revision(company=lock_company(member=member))


def _point(member: Member, revision: CompanyRevision, place: str, upload_id: str) -> None:
    """Pictures and words do not conflict, so the count of edits that guards two tabs stays as it is."""
    before = str(revision.facts.get(place) or "")
    revision.facts = {**revision.facts, place: upload_id}
    revision.save(update_fields=["facts", "updated_at"])
    follow_proposal(company=member.company, revision=revision)
    public = str(getattr(member.company, f"{place}_id") or "")
    if before and before not in {upload_id, public}:
        withdraw_uploads(upload_ids=[UUID(before)])
    audit.record("storefronts.picture_changed", subject=member.company, actor=member.user, fields=[place])
