"""Certificates as everybody may read them, in plain values for the API."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from certifications.choices import CertificateState
from certifications.models import Certificate
from core.structured import make_absolute


@dataclass(frozen=True)
class PublishedScheme:
    """The standard; `paper` says what the document is: only a certificate is called one."""

    code: str
    name: str
    owner: str
    kind: str
    paper: str


@dataclass(frozen=True)
class PublishedCertificate:
    """What everybody may know. `status` follows from the day: valid, expired, not_yet_valid or revoked."""

    public_id: str
    url: str
    status: str
    scheme: PublishedScheme
    issuer: str
    number: str
    holder: str
    scope: str
    hs_prefixes: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    evidence_level: int
    checked_on: date | None
    revoked_on: date | None
    shows_seal: bool
    company: str


def list_published_certificates(*, day: date) -> QuerySet[Certificate]:
    """What is verified and valid on a day, the best checked first."""
    rows = Certificate.objects.public().valid_on(day).select_related("scheme", "issuer", "company")
    return rows.order_by("-evidence_level", "scheme__name", "pk")


def publish_certificate(*, certificate: Certificate, day: date) -> PublishedCertificate:
    """A public certificate that came with scheme, issuer and company, as it stands on a day. No queries."""
    scheme = certificate.scheme
    return PublishedCertificate(
        public_id=certificate.public_id,
        url=make_absolute(certificate.get_absolute_url()),
        status=_name_status(certificate, day),
        scheme=PublishedScheme(scheme.code, scheme.name, scheme.owner, scheme.kind, scheme.paper),
        issuer=certificate.issuer.name if certificate.issuer else certificate.issuer_name,
        number=certificate.number,
        holder=certificate.holder,
        scope=certificate.scope,
        hs_prefixes=tuple(certificate.hs_prefixes),
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        evidence_level=certificate.evidence_level,
        checked_on=timezone.localtime(certificate.verified_at).date() if certificate.verified_at else None,
        revoked_on=timezone.localtime(certificate.revoked_at).date() if certificate.revoked_at else None,
        shows_seal=certificate.shows_seal_on(day),
        company=certificate.company.slug,
    )


def _name_status(certificate: Certificate, day: date) -> str:
    if certificate.state == CertificateState.REVOKED:
        return "revoked"
    if certificate.is_valid_on(day):
        return "valid"
    has_ended = certificate.valid_until is not None and certificate.valid_until < day
    return "expired" if has_ended else "not_yet_valid"
