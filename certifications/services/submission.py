"""A certificate is sent to the agency, or taken back."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from certifications.choices import CertificateState
from certifications.exceptions import (
    AlreadyEnded,
    CertificateIncomplete,
    CertificateLocked,
    DatesReversed,
    FilesNotReady,
    NotYetIssued,
    SentTwice,
)
from certifications.models import Certificate
from certifications.rules.drafts import find_date_fault, list_missing
from certifications.selectors.certificates import CASE_KIND, RECHECK_KIND, get_own_certificate, get_version
from certifications.services.changes import follow_change
from certifications.services.drafts import require_writer
from certifications.services.fit import write_fit
from core import audit
from core.errors import StaleEdit
from moderation.services import open_case, withdraw_case
from storefronts.models import Member
from storefronts.services.agency import require_firm
from uploads.choices import UploadState

FAULTS = {"reversed": DatesReversed, "not_yet": NotYetIssued, "ended": AlreadyEnded}
SEALED_STATES = frozenset({CertificateState.REJECTED, CertificateState.REVOKED, CertificateState.WITHDRAWN})


@transaction.atomic
def submit_certificate(*, member: Member, public_id: str, version: str) -> Certificate:
    """Send a draft to the agency; owners and editors may. One that waits already is answered as it is.

    Raises CertificateIncomplete naming what is missing, DatesReversed, NotYetIssued, AlreadyEnded, FilesNotReady, SentTwice,
    StaleEdit, CertificateLocked, NotAllowed, CompanySuspendedNow, NotFound, FirmNotConfirmed.
    """
    require_writer(member=member)
    require_firm(member=member)
    certificate = get_own_certificate(member=member, public_id=public_id, for_update=True)
    if certificate.state == CertificateState.SUBMITTED:
        return certificate
    if certificate.state != CertificateState.DRAFT:
        raise CertificateLocked
    if get_version(certificate=certificate) != version:
        raise StaleEdit
    _require_complete(certificate)
    reopen_certificate(certificate=certificate)
    _open_case(certificate)
    audit.record("certifications.submitted", subject=certificate, actor=member.user, fields=["state"])
    return certificate


@transaction.atomic
def withdraw_certificate(*, member: Member, public_id: str) -> Certificate:
    """Take back what waits (it is a draft again), or stop showing a verified one, for good.

    Raises CertificateLocked for one that was rejected, revoked or withdrawn.
    """
    require_writer(member=member)
    certificate = get_own_certificate(member=member, public_id=public_id, for_update=True)
    if certificate.state in SEALED_STATES or certificate.state == CertificateState.DRAFT:
        raise CertificateLocked
    was_verified = certificate.state == CertificateState.VERIFIED
    certificate.state = CertificateState.WITHDRAWN if was_verified else CertificateState.DRAFT
    certificate.first_officer = None
    certificate.save(update_fields=["state", "first_officer", "updated_at"])
    for kind in (CASE_KIND, RECHECK_KIND):
        withdraw_case(kind=kind, subject_id=certificate.pk)
    if was_verified:
        follow_change(certificate=certificate)
    audit.record("certifications.withdrawn", subject=certificate, actor=member.user, fields=["state"])
    return certificate


def reopen_certificate(*, certificate: Certificate) -> None:
    """Let a locked certificate wait for an officer, with fresh ticks. Raises SentTwice."""
    certificate.state, certificate.submitted_at = CertificateState.SUBMITTED, timezone.now()
    certificate.note = ""
    try:
        with transaction.atomic():
            certificate.save(update_fields=["state", "submitted_at", "note", "updated_at"])
    except IntegrityError as again:  # one_certificate_per_number_and_term
        raise SentTwice from again
    write_fit(certificate=certificate, day=timezone.localdate())


def _open_case(certificate: Certificate) -> None:
    open_case(
        kind=CASE_KIND,
        subject_id=certificate.pk,
        title=str(certificate),
        company_name=certificate.company.legal_name,
        changed_after_approval=False,
    )


def _require_complete(certificate: Certificate) -> None:
    """Everything that an officer compares is there, and could be true today."""
    files = list(certificate.files.select_related("upload"))
    missing = list_missing(
        number=certificate.number, issuer_name=certificate.issuer_name, holder=certificate.holder,
        scope=certificate.scope, valid_from=certificate.valid_from, valid_until=certificate.valid_until,
        has_term=certificate.scheme.usual_months is not None, files=len(files),
    )  # fmt: skip
    if missing:
        raise CertificateIncomplete(missing=missing)
    if any(row.upload.state != UploadState.READY for row in files):
        raise FilesNotReady
    fault = find_date_fault(
        valid_from=certificate.valid_from, valid_until=certificate.valid_until, day=timezone.localdate()
    )
    if fault:
        raise FAULTS[fault.name](day=fault.day)
