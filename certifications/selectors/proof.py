"""What everybody can check of a certificate: its page, its credential, the keys, the list of what was revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from certifications.choices import CertificateState, CheckMethod, CheckResult
from certifications.models import Certificate, Credential, SigningKey, StatusList
from certifications.registry import CoveredProduct, list_covered_products
from certifications.rules.credentials import Attested, build_did_document, group_fingerprint, name_did
from certifications.rules.drafts import make_number_key
from certifications.rules.validity import Standing
from certifications.selectors.certificates import get_standing_on
from certifications.selectors.words import Pill, name_standing
from core.errors import NotFound

DOCUMENT = "document"
MOST_FOUND = 20


@dataclass(frozen=True)
class Happened:
    """A line of a certificate's history."""

    at: datetime
    text: str
    tone: str


@dataclass(frozen=True)
class Verification:
    """What the public page shows. `is_paused`: the company is not public at present, and nothing else is told."""

    certificate: Certificate
    standing: Standing
    pill: Pill
    has_seal: bool
    is_paused: bool
    history: Sequence[Happened]
    products: Sequence[CoveredProduct]
    credential: Credential | None
    fingerprint: str
    register_url: str


def get_verification(*, public_id: str, day: date) -> Verification:
    """A certificate that was once verified, for everybody; raises NotFound for every other, as for one that never was."""
    rows = Certificate.objects.select_related("scheme", "issuer", "company").prefetch_related("checks")
    certificate = rows.exclude(verified_at=None).filter(public_id=public_id.upper()).first()
    if certificate is None or not certificate.scheme.is_badge:
        raise NotFound
    standing = get_standing_on(certificate=certificate, day=day)
    credential = certificate.credentials.select_related("key").filter(revoked_at=None).first()
    scheme = certificate.scheme
    deep = scheme.lookup_url.replace("{number}", certificate.number) if scheme.lookup_url else scheme.register_url
    return Verification(
        certificate=certificate,
        standing=standing,
        pill=name_standing(standing=standing),
        has_seal=certificate.shows_seal_on(day),
        is_paused=not certificate.company.is_public,
        history=_list_history(certificate),
        products=[product for product in list_covered_products(certificate_id=certificate.pk) if product.counts],
        credential=credential if standing.is_valid else None,
        fingerprint=group_fingerprint(credential.key.key_id) if credential else "",
        register_url=deep,
    )


def find_by_number(*, number: str) -> list[Certificate]:
    """Public certificates with this code or number, whatever its blanks and signs."""
    key = make_number_key(number)
    if not key:
        return []
    rows = Certificate.objects.public().select_related("scheme", "company")
    return list(rows.filter(public_id=key)[:1]) or list(rows.filter(number_key=key)[:MOST_FOUND])


def get_credential(*, credential_id: Any) -> Credential:
    """A credential that stands, of a public storefront; raises NotFound for every other."""
    public = Certificate.objects.public().values("pk")
    found = Credential.objects.filter(pk=credential_id, revoked_at=None, certificate__in=public).first()
    if found is None:
        raise NotFound
    return found


def get_status_list() -> StatusList:
    """The newest status list; raises NotFound before the first."""
    found = StatusList.objects.first()
    if found is None:
        raise NotFound
    return found


def read_did_document() -> dict[str, Any]:
    """The agency's keys, those that sign no more included; raises NotFound before the first."""
    keys = list(SigningKey.objects.values("key_id", "public_jwk", "retired_at"))
    if not keys:
        raise NotFound
    return build_did_document(did=get_did(), keys=keys)


def describe_attested(*, certificate: Certificate) -> Attested:
    """What the agency says of a verified certificate in its credential."""
    assert certificate.valid_from  # noqa: S101  a_verified_certificate_says_by_whom
    assert certificate.verified_at  # noqa: S101
    return Attested(
        certificate_url=settings.SITE_URL + certificate.get_absolute_url(), agency=settings.AGENCY_NAME,
        company=certificate.company.legal_name, country=certificate.company.country, scheme=certificate.scheme.name,
        paper=str(certificate.scheme.get_paper_display()), issuer=certificate.issuer_name, number=certificate.number,
        holder=certificate.holder, scope=certificate.scope, valid_from=certificate.valid_from,
        valid_until=certificate.valid_until, level=certificate.evidence_level, methods=list_methods(certificate=certificate),
        checked_on=certificate.verified_at,
    )  # fmt: skip


def list_methods(*, certificate: Certificate) -> tuple[str, ...]:
    """How it was checked: the document in any case, and what confirmed this version of it."""
    confirmed = certificate.checks.filter(result=CheckResult.CONFIRMED, edit_count=certificate.edit_count)
    return (DOCUMENT, *sorted(set(confirmed.values_list("method", flat=True))))


def get_did() -> str:
    """The agency's decentralised identifier: the host of its site."""
    return name_did(settings.SITE_URL)


def get_status_url() -> str:
    """Where the status list is served."""
    return f"{settings.SITE_URL}{reverse('credentials:status')}"


def get_credential_url(*, credential: Credential) -> str:
    """Where a credential is served, and its name."""
    return f"{settings.SITE_URL}{reverse('credentials:credential', args=[credential.pk])}"


def _list_history(certificate: Certificate) -> list[Happened]:
    lines = [
        Happened(check.checked_at, _("%(method)s: confirmed") % {"method": CheckMethod(check.method).label}, "ok")
        for check in certificate.checks.all()
        if check.result == CheckResult.CONFIRMED
    ]
    if certificate.verified_at:
        text = _("An officer of %(agency)s checked it: %(level)s") % {
            "agency": settings.AGENCY_NAME, "level": certificate.get_evidence_level_display(),
        }  # fmt: skip
        lines.append(Happened(certificate.verified_at, text, "ok"))
    if certificate.state == CertificateState.REVOKED and certificate.revoked_at:
        text = _("Revoked: %(reason)s") % {"reason": certificate.revocation_text}
        lines.append(Happened(certificate.revoked_at, text, "bad"))
    return sorted(lines, key=lambda line: line.at, reverse=True)
