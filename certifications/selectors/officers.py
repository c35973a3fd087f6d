"""What officers must know of a certificate to decide about it."""

from typing import Any

from django.urls import reverse

from accounts.models import User
from certifications.choices import CertificateState
from certifications.models import Certificate
from certifications.rules.evidence import Found, find_highest_level
from certifications.selectors.certificates import CASE_KIND, RECHECK_KIND
from moderation.models import Case, Decision
from moderation.rules import Party
from storefronts.selectors.fairness import find_party_of

OFFICERS_FOR_TWO = 3
"""With fewer active officers a second look would keep certificates waiting for the same two people."""


def find_supported_level(*, certificate: Certificate) -> int:
    """How high the checks of this version of the certificate can lift it."""
    found = [Found(check.method, check.result, check.edit_count) for check in certificate.checks.all()]
    return find_highest_level(found, edit_count=certificate.edit_count)


def needs_second_officer(*, certificate: Certificate) -> bool:
    """An approval now is the first of two."""
    return (
        certificate.scheme.needs_two_officers
        and certificate.first_officer_id is None
        and User.objects.officers().count() >= OFFICERS_FOR_TWO
    )


def is_own_certificate(*, case: Case, officer: Any) -> bool:
    """The officer belongs to the company whose certificate it is."""
    return find_certificate_party(case=case, person=officer) is not None


def find_company_id(*, case: Case) -> int | None:
    """The company whose certificate a case is about."""
    return Certificate.objects.filter(pk=case.subject_id).values_list("company_id", flat=True).first()


def find_certificate_party(*, case: Case, person: Any) -> Party | None:
    """What somebody is to the company whose certificate a case is about."""
    company_id = find_company_id(case=case)
    return find_party_of(company_id=company_id, person=person) if company_id else None


def is_certificate_unchanged(*, decision: Decision) -> bool:
    """The certificate is the refused one, as it was decided."""
    certificate = Certificate.objects.filter(pk=decision.case.subject_id).first()
    if certificate is None or certificate.state not in {CertificateState.DRAFT, CertificateState.REJECTED}:
        return False
    return bool(certificate.edit_count == decision.kept.get("edit_count"))


def is_revocation_unchanged(*, decision: Decision) -> bool:
    """The certificate is still revoked."""
    return Certificate.objects.filter(pk=decision.case.subject_id, state=CertificateState.REVOKED).exists()


def get_certificate_record_url(*, case: Case) -> str:
    """The record page of a case's certificate."""
    return reverse("admin:certifications_certificate_change", args=[case.subject_id])


def find_open_case(*, certificate: Certificate) -> Case | None:
    """The case in which an officer looks at it now, or None."""
    kinds = [CASE_KIND, RECHECK_KIND]
    return Case.objects.open().filter(kind__in=kinds, subject_id=str(certificate.pk)).first()
