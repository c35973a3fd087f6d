"""A company writes down a certificate that it holds, with the files that show it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from certifications.choices import CertificateState
from certifications.exceptions import CertificateLocked, CompanySuspendedNow, DatesReversed, SchemeUnknown, TooManyFiles
from certifications.models import Certificate, CertificateFile, GroupMember, Scheme
from certifications.registry import take_over_products
from certifications.rules.drafts import make_number_key
from certifications.selectors.certificates import MOST_FILES, get_own_certificate, get_version
from core import audit
from core.errors import NotAllowed, NotFound, StaleEdit
from storefronts.choices import CompanyState
from storefronts.models import Member
from uploads.services import check_upload, receive_upload, send_again

PROFILE = "certificate"
COLUMNS = (
    "issuer_name", "number", "holder", "holder_address", "scope", "hs_prefixes", "words", "is_group", "valid_from", "valid_until",
)  # fmt: skip
TAKEN_OVER = ("issuer_id", "issuer_name", "holder", "holder_address", "scope", "hs_prefixes", "words", "is_group")
"""What the next certificate of a scheme has in common with the one that it replaces."""


@transaction.atomic
def start_certificate(
    *, member: Member, scheme_id: int, files: Sequence[File[bytes]], replaces_id: int | None = None
) -> Certificate:
    """Begin a draft with its first files; owners and editors may. The next one of a certificate takes over what stays.

    Raises NotAllowed, CompanySuspendedNow, SchemeUnknown, NotFound for a foreign `replaces_id`, and an UploadRefused,
    after which nothing is kept.
    """
    require_writer(member=member)
    scheme = Scheme.objects.active().filter(pk=scheme_id).first()
    if scheme is None:
        raise SchemeUnknown
    certificate = Certificate(company=member.company, scheme=scheme, created_by=member.user)
    before = _find_replaced(member, replaces_id)
    if before is not None:
        certificate.replaces = before
        for name in TAKEN_OVER:
            setattr(certificate, name, getattr(before, name))
    certificate.save()
    if before is not None:
        certificate.sites.set(before.sites.all())
        take_over_products(member=member, certificate_id=certificate.pk, replaces_id=before.pk)
        _write_members(certificate, [_read_member(row) for row in before.group_members.all()])
    _add(certificate, files, member)
    audit.record("certifications.started", subject=certificate, actor=member.user, fields=["scheme", "files"])
    return certificate


@transaction.atomic
def save_certificate(*, member: Member, public_id: str, version: str, values: Mapping[str, Any]) -> Certificate:
    """Keep what was typed, complete or not.

    `values`: the columns, scheme_id, site_ids (foreign ones are left out), members (rows of name, place, number).
    Raises StaleEdit when somebody saved since, CertificateLocked, DatesReversed, SchemeUnknown.
    """
    certificate = lock_draft(member=member, public_id=public_id)
    if get_version(certificate=certificate) != version:
        raise StaleEdit
    if values["valid_from"] and values["valid_until"] and values["valid_until"] < values["valid_from"]:
        raise DatesReversed
    changed = [name for name in COLUMNS if name in values and getattr(certificate, name) != values[name]]
    for name in changed:
        setattr(certificate, name, values[name])
    _choose_scheme(certificate, values.get("scheme_id"))
    certificate.number_key = make_number_key(certificate.number)
    certificate.issuer = None if "issuer_name" in changed else certificate.issuer
    certificate.edit_count += 1
    certificate.save()
    certificate.sites.set(member.company.sites.filter(pk__in=values.get("site_ids", ())))
    _write_members(certificate, values.get("members", ()))
    if changed:
        audit.record("certifications.saved", subject=certificate, actor=member.user, fields=changed)
    return certificate


@transaction.atomic
def add_files(*, member: Member, public_id: str, files: Sequence[File[bytes]]) -> Certificate:
    """Add files at the end; all of them or none. Raises TooManyFiles, an UploadRefused, CertificateLocked."""
    certificate = lock_draft(member=member, public_id=public_id)
    _add(certificate, files, member)
    audit.record("certifications.files_added", subject=certificate, actor=member.user, fields=["files"])
    return certificate


@transaction.atomic
def remove_file(*, member: Member, public_id: str, upload_id: UUID | str) -> Certificate:
    """Take a file out of a draft. Raises NotFound for a file that is not among its own."""
    certificate = lock_draft(member=member, public_id=public_id)
    _get_file(certificate, upload_id).delete()
    audit.record("certifications.file_removed", subject=certificate, actor=member.user, fields=["files"])
    return certificate


@transaction.atomic
def send_file_again(*, member: Member, public_id: str, upload_id: UUID | str, file: File[bytes] | None) -> Certificate:
    """Try a file that failed once more, with another one or (None) the first. Raises what `uploads.services.send_again` raises."""
    certificate = lock_draft(member=member, public_id=public_id)
    send_again(upload_id=_get_file(certificate, upload_id).upload_id, file=file, user=member.user)
    return certificate


@transaction.atomic
def delete_draft(*, member: Member, public_id: str) -> None:
    """Drop what no officer has seen. Raises CertificateLocked once it was sent."""
    certificate = lock_draft(member=member, public_id=public_id)
    if certificate.submitted_at is not None:
        raise CertificateLocked
    audit.record("certifications.draft_deleted", subject=certificate, actor=member.user)
    certificate.delete()


def lock_draft(*, member: Member, public_id: str) -> Certificate:
    """The company's draft, locked until the transaction ends. Raises NotAllowed, NotFound, CertificateLocked."""
    require_writer(member=member)
    certificate = get_own_certificate(member=member, public_id=public_id, for_update=True)
    if certificate.state != CertificateState.DRAFT:
        raise CertificateLocked
    return certificate


def require_writer(*, member: Member) -> None:
    """Raise NotAllowed for a viewer, CompanySuspendedNow for a company that the agency has suspended."""
    if not member.can_edit:
        raise NotAllowed
    if member.company.state == CompanyState.SUSPENDED:
        raise CompanySuspendedNow


def _read_member(row: GroupMember) -> dict[str, str]:
    return {"name": row.name, "place": row.place, "number": row.number}


def _find_replaced(member: Member, replaces_id: int | None) -> Certificate | None:
    if replaces_id is None:
        return None
    before = Certificate.objects.filter(pk=replaces_id, company=member.company).first()
    if before is None:
        raise NotFound
    return before


def _choose_scheme(certificate: Certificate, scheme_id: int | None) -> None:
    if scheme_id is None or scheme_id == certificate.scheme_id:
        return
    scheme = Scheme.objects.active().filter(pk=scheme_id).first()
    if scheme is None:
        raise SchemeUnknown
    certificate.scheme = scheme


def _write_members(certificate: Certificate, rows: Sequence[Mapping[str, str]]) -> None:
    certificate.group_members.all().delete()
    GroupMember.objects.bulk_create(GroupMember(certificate=certificate, **row) for row in rows)


def _add(certificate: Certificate, files: Sequence[File[bytes]], member: Member) -> None:
    last = certificate.files.count()
    if last + len(files) > MOST_FILES:
        raise TooManyFiles(limit=MOST_FILES)
    for file in files:  # all of them are good, or none is stored
        check_upload(file=file, profile=PROFILE)
    for position, file in enumerate(files, start=last + 1):
        upload = receive_upload(file=file, profile=PROFILE, user=member.user)
        CertificateFile.objects.create(certificate=certificate, upload=upload, position=position)


def _get_file(certificate: Certificate, upload_id: UUID | str) -> CertificateFile:
    row = certificate.files.filter(upload_id=upload_id).first()
    if row is None:
        raise NotFound
    return row
