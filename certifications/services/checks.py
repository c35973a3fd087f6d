"""What an officer found beyond the document: in the register, from the issuer, on site."""

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from certifications.choices import CertificateState, CheckMethod, CheckResult
from certifications.exceptions import CheckWithoutEvidence, NothingToCheck, TiedOfficer
from certifications.models import Certificate, Check
from certifications.services.fit import write_fit
from core import audit
from core.errors import NotAllowed
from storefronts.selectors import find_membership
from uploads.services import receive_upload

PROFILE = "check"
CHECKABLE = (CertificateState.SUBMITTED, CertificateState.VERIFIED)


@transaction.atomic
def record_check(
    *,
    officer: User,
    certificate_id: int,
    method: CheckMethod,
    result: CheckResult,
    url: str = "",
    text: str = "",
    picture: File[bytes] | None = None,
) -> Check:
    """Write down what was found, with the words or a picture that show it; the ticks follow. It is never changed later.

    Raises NotAllowed, TiedOfficer, NothingToCheck, CheckWithoutEvidence, and an UploadRefused for the picture.
    """
    if not officer.is_officer:
        raise NotAllowed
    certificate = Certificate.objects.select_for_update(of=("self",)).select_related("company").get(pk=certificate_id)
    if find_membership(user=officer, company=certificate.company):
        raise TiedOfficer
    if certificate.state not in CHECKABLE:
        raise NothingToCheck
    if result != CheckResult.UNREACHABLE and not text.strip() and picture is None:
        raise CheckWithoutEvidence
    upload = receive_upload(file=picture, profile=PROFILE, user=officer) if picture else None
    check = Check.objects.create(
        certificate=certificate,
        method=method,
        result=result,
        officer=officer,
        checked_at=timezone.now(),
        edit_count=certificate.edit_count,
        url=url,
        text=text.strip(),
        picture=upload,
    )
    write_fit(certificate=certificate, day=timezone.localdate())
    audit.record("certifications.checked", subject=certificate, actor=officer, fields=["method", "result"])
    return check
