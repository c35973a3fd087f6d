"""Credentials follow certificates: signed when one is verified, revoked when it no longer is. Only workers sign."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from certifications.adapters.signing import make_key, sign
from certifications.choices import CertificateState
from certifications.models import Certificate, Credential, SigningKey, StatusList
from certifications.rules.credentials import STATUS_BITS, build_credential, build_status_list
from certifications.selectors.proof import describe_attested, get_credential_url, get_did, get_status_url
from core import audit
from core.jobs import Run, enqueue

STATUS_JOB = "certifications.sign_status_list"
LIST_LASTS = timedelta(days=8)
"""Signed anew each night; a verifier who fetches one can lean on it over a week of silence."""


def follow_certificate(*, run: Run, certificate_id: int) -> None:
    """Make the credentials of a certificate what it is now; called by a job, safe to run twice."""
    with run.effect():
        rows = Certificate.objects.select_for_update(of=("self",)).select_related("scheme", "company", "issuer")
        certificate = rows.get(pk=certificate_id)
        is_verified = certificate.state == CertificateState.VERIFIED and certificate.scheme.is_badge
        attested = certificate.verified_at if is_verified else None
        standing = certificate.credentials.filter(revoked_at=None)
        others = standing.exclude(verified_at=attested) if attested else standing
        gone = others.update(revoked_at=timezone.now())
        if attested and not standing.exists():
            _issue(certificate, attested)
        if gone or not StatusList.objects.exists():
            enqueue(STATUS_JOB, key="now", day=timezone.localdate().isoformat())


def sign_status_list(*, run: Run, day: str) -> None:  # noqa: ARG001  every nightly job is told its day
    """Sign the list of revoked credentials as it is now; called each night, and after each revocation."""
    with run.effect():
        key = _get_key()
        now = timezone.now()
        content = build_status_list(
            did=get_did(), status_url=get_status_url(), now=now, until=now + LIST_LASTS,
            revoked=Credential.objects.exclude(revoked_at=None).values_list("status_index", flat=True),
        )  # fmt: skip
        jwt = sign(content, folder=settings.CREDENTIAL_KEY_DIR, key_id=key.key_id, did=get_did())
        StatusList.objects.create(jwt=jwt, issued_at=now)


@transaction.atomic
def rotate_key() -> SigningKey:
    """A new key signs from now on; the old public half stays, so that what it signed can be verified for ever."""
    SigningKey.objects.filter(is_current=True).update(is_current=False, retired_at=timezone.now())
    key_id, public_jwk = make_key(settings.CREDENTIAL_KEY_DIR)
    key = SigningKey.objects.create(key_id=key_id, public_jwk=public_jwk)
    audit.record("certifications.key_rotated", subject=key, actor=None, fields=["is_current"])
    enqueue(STATUS_JOB, key="now", day=timezone.localdate().isoformat())
    return key


def _issue(certificate: Certificate, verified_at: datetime) -> Credential:
    key = _get_key()
    credential = Credential(certificate=certificate, key=key, verified_at=verified_at, issued_at=timezone.now())
    credential.status_index = _draw_index()
    content = build_credential(
        describe_attested(certificate=certificate), did=get_did(), credential_url=get_credential_url(credential=credential),
        status_url=get_status_url(), status_index=credential.status_index,
    )  # fmt: skip
    credential.jwt = sign(content, folder=settings.CREDENTIAL_KEY_DIR, key_id=key.key_id, did=get_did())
    credential.save(force_insert=True)
    audit.record("certifications.credential_issued", subject=credential, actor=None, fields=["jwt"])
    return credential


def _get_key() -> SigningKey:
    """The key that signs, made on first use."""
    return SigningKey.objects.select_for_update().filter(is_current=True).first() or rotate_key()


def _draw_index() -> int:
    """A free bit by chance, so that neighbours tell nothing of one another."""
    while True:
        index = secrets.randbelow(STATUS_BITS)
        if not Credential.objects.filter(status_index=index).exists():
            return index
