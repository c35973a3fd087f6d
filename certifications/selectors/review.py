"""The officer's screen: the document's pages, what was typed, the ticks, the register, the products, what was found so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from certifications.choices import CertificateState
from certifications.models import Certificate, Check
from certifications.registry import CoveredProduct, list_covered_products
from certifications.selectors.comparison import get_case_certificate, list_company_facts
from certifications.selectors.officers import find_supported_level, needs_second_officer
from core.errors import NotFound
from moderation.models import Case
from storefronts.selectors import find_membership
from uploads.models import Upload
from uploads.rules import Picture
from uploads.selectors import list_pages

PAGE_SIZES = "(min-width: 60rem) 44rem, 92vw"


@dataclass(frozen=True)
class ReviewFile:
    """One file: its pages as pictures, and where the original can be saved."""

    name: str
    pages: Sequence[Picture]
    page_count: int
    url: str


@dataclass(frozen=True)
class Review:
    """What the two templates of the case page show. `lookup_url` leads to the entry, or to the register, or is ""."""

    certificate: Certificate
    files: Sequence[ReviewFile]
    company_facts: Sequence[tuple[str, str]]
    lookup_url: str
    is_deep_link: bool
    found: Sequence[Check]
    products: Sequence[CoveredProduct]
    supported_level: int
    needs_second: bool
    can_check: bool


def describe_review(*, case: Case, officer: User) -> Review:
    """All of one case, in a fixed number of queries for one file."""
    certificate = get_case_certificate(case=case)
    scheme = certificate.scheme
    is_deep = bool(scheme.lookup_url and certificate.number)
    url = scheme.lookup_url.replace("{number}", quote(certificate.number, safe="")) if is_deep else scheme.register_url
    waits = certificate.state in {CertificateState.SUBMITTED, CertificateState.VERIFIED}
    return Review(
        certificate=certificate,
        files=[_describe_file(certificate, row.upload) for row in certificate.files.all()],
        company_facts=list_company_facts(certificate=certificate),
        lookup_url=url,
        is_deep_link=is_deep,
        found=list(certificate.checks.all()),
        products=list_covered_products(certificate_id=certificate.pk),
        supported_level=find_supported_level(certificate=certificate),
        needs_second=needs_second_officer(certificate=certificate),
        can_check=waits and find_membership(user=officer, company=certificate.company) is None,
    )


def get_sent_certificate(*, officer: User, certificate_id: int) -> Certificate:
    """A certificate that an officer may open; raises NotFound for drafts that nobody has sent, and for who is no officer."""
    rows = Certificate.objects.visible_to(officer).select_related("scheme", "company")
    found = rows.filter(pk=certificate_id).first() if officer.is_officer else None
    if found is None:
        raise NotFound
    return found


def get_certificate_file(*, officer: User, certificate_id: int, upload_id: UUID) -> Upload:
    """A file of such a certificate; raises NotFound."""
    certificate = get_sent_certificate(officer=officer, certificate_id=certificate_id)
    row = certificate.files.select_related("upload").filter(upload_id=upload_id).first()
    if row is None:
        raise NotFound
    return row.upload


def _describe_file(certificate: Certificate, upload: Upload) -> ReviewFile:
    return ReviewFile(
        name=upload.name,
        pages=list_pages(upload=upload, sizes=PAGE_SIZES),
        page_count=upload.pages or 1,
        url=reverse("admin:certificate_file", args=[certificate.pk, upload.pk]),
    )
