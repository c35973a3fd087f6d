"""Certificates as their owners and the public find them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from certifications.choices import CertificateState
from certifications.models import Certificate, Scheme
from certifications.rules.validity import Standing, get_standing
from core.errors import NotFound
from storefronts.models import Member

CASE_KIND, RECHECK_KIND = "certificate", "recheck"
MOST_FILES = 5


def get_own_certificate(*, member: Member, public_id: str, for_update: bool = False) -> Certificate:
    """A certificate of the member's company, in any state; raises NotFound for every other."""
    rows = Certificate.objects.select_related("scheme", "issuer")
    rows = rows.select_for_update(of=("self",)) if for_update else rows
    found = rows.filter(company=member.company, public_id=public_id).first()
    if found is None:
        raise NotFound
    found.company = member.company
    return found


def list_own_certificates(*, member: Member) -> QuerySet[Certificate]:
    """All of the company's certificates, what ends first on top, with files."""
    rows = Certificate.objects.of_company(member.company).select_related("verified_by")
    return rows.prefetch_related("files__upload").order_by("valid_until", "-id")


def get_public_certificate(*, public_id: str) -> Certificate:
    """What everybody may look up; raises NotFound."""
    rows = Certificate.objects.public().select_related("scheme", "issuer", "company", "verified_by")
    found = rows.filter(public_id=public_id.upper()).first()
    if found is None:
        raise NotFound
    return found


def list_public_certificates(*, company_ids: Collection[int], day: date) -> QuerySet[Certificate]:
    """Verified certificates of public storefronts that are valid on the day, the best checked first."""
    rows = Certificate.objects.public().valid_on(day).filter(company_id__in=company_ids)
    return rows.select_related("scheme", "issuer").order_by("-evidence_level", "scheme__name", "id")


def list_schemes() -> QuerySet[Scheme]:
    """What a company can choose, by name."""
    return Scheme.objects.active()


def get_standing_on(*, certificate: Certificate, day: date) -> Standing:
    """How a certificate stands on a day."""
    return get_standing(
        state=certificate.state, valid_from=certificate.valid_from, valid_until=certificate.valid_until, day=day,
        has_note=bool(certificate.note),
    )  # fmt: skip


def get_version(*, certificate: Certificate) -> str:
    """What a page carries so that a save knows what it was based on."""
    return f"{certificate.pk}.{certificate.edit_count}"


def may_read_file(*, user: Any, upload: Any) -> bool:
    """The company's members read the files of its certificates; officers those that were sent to them."""
    rows = Certificate.objects.filter(files__upload=upload)
    if getattr(user, "is_officer", False):
        return rows.exclude(state=CertificateState.DRAFT, submitted_at=None).exists()
    return user.is_authenticated and rows.filter(company__members__user=user).exists()


def may_read_evidence(*, user: Any, upload: Any) -> bool:  # noqa: ARG001  every officer sees every check
    """What an officer captured in a register is seen by officers."""
    return bool(getattr(user, "is_officer", False))
