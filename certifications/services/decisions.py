"""What officers decide about a certificate, taking it back within ten minutes, and revoking what no longer holds."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from certifications.choices import CertificateState
from certifications.exceptions import (
    EndedWhileWaiting,
    EvidenceMissing,
    MovedOn,
    NotVerified,
    NotWaiting,
    SecondOfficerNeeded,
)
from certifications.models import Certificate
from certifications.registry import confirm_covered_products
from certifications.rules.evidence import DOCUMENT_SEEN
from certifications.selectors.certificates import CASE_KIND, RECHECK_KIND
from certifications.selectors.officers import find_supported_level, needs_second_officer
from certifications.services.changes import follow_change
from core import audit
from core.errors import NotAllowed, gettext_noop
from moderation.choices import Outcome
from moderation.models import Case, Decision
from moderation.rules import Recipient, Ruling
from moderation.services import open_case, record_decision, record_undo, withdraw_case
from storefronts.selectors.fairness import list_company_recipients

KEPT = ("state", "evidence_level", "verified_by_id", "issuer_id", "first_officer_id", "edit_count", "note")
RESTORED = ("state", "evidence_level", "verified_by", "verified_at", "issuer", "first_officer", "note", "updated_at")
REVOCATION = ("state", "revoked_at", "revoked_because")
NO_REASON = gettext_noop("The agency no longer confirms it")
REFUSALS = {Outcome.CHANGES: CertificateState.DRAFT, Outcome.REJECT: CertificateState.REJECTED}


@transaction.atomic
def decide_certificate(*, case: Case, officer: User, ruling: Ruling) -> Decision:
    """Verify a certificate, ask for changes (it is a draft again) or reject it.

    An approval reads `evidence_level`, `issuer` (an Issuer or None) and `product_ids` (those that it covers) from the
    ruling's details. Where two officers are needed, the first approval only hands it to the second.
    Raises NotWaiting, EvidenceMissing, SecondOfficerNeeded, and what `moderation.services.record_decision` raises.
    """
    certificate = _lock(int(case.subject_id))
    if certificate.state != CertificateState.SUBMITTED:
        raise NotWaiting
    is_first = ruling.outcome == Outcome.APPROVE and needs_second_officer(certificate=certificate)
    if ruling.outcome == Outcome.APPROVE:
        _require_approvable(certificate, officer)
    decision = record_decision(
        case=case, officer=officer, ruling=ruling, subject_title=str(certificate),
        recipients=[] if is_first else list_company_recipients(company=certificate.company),
        url=get_company_url(certificate=certificate),
    )  # fmt: skip
    before = {name: getattr(certificate, name) for name in KEPT}
    if is_first:
        _hand_to_second(certificate, officer, case)
    elif ruling.outcome == Outcome.APPROVE:
        _verify(certificate, officer, ruling.details)
    else:
        _refuse(certificate, ruling)
    decision.kept = {**before, "after": _mark(certificate)}
    decision.save(update_fields=["kept"])
    audit.record(f"certifications.{ruling.outcome}", subject=certificate, actor=officer, fields=["state"])
    return decision


@transaction.atomic
def undo_certificate_decision(*, decision: Decision, officer: User) -> None:
    """Put the certificate back to where it waited. Raises MovedOn when its company has gone on since, and what `record_undo` raises."""
    certificate = _lock(int(decision.case.subject_id))
    kept: dict[str, Any] = decision.kept
    if _mark(certificate) != kept["after"]:
        raise MovedOn
    if certificate.first_officer_id and not kept["first_officer_id"]:
        withdraw_case(kind=CASE_KIND, subject_id=certificate.pk)  # which waits for the second officer
    record_undo(decision=decision, officer=officer)
    was_verified = certificate.state == CertificateState.VERIFIED
    for name in KEPT:
        setattr(certificate, name, kept[name])
    certificate.verified_at = None
    certificate.save(update_fields=RESTORED)
    if was_verified:
        follow_change(certificate=certificate)
    audit.record("certifications.decision_undone", subject=certificate, actor=officer, fields=["state"])


@transaction.atomic
def decide_recheck(*, case: Case, officer: User, ruling: Ruling) -> Decision:
    """A verified certificate still holds (approve), or is revoked (reject): seal, facet and credential go at once.

    On appeal the same question is asked of a revoked one. Raises NotVerified, and what `record_decision` raises.
    """
    certificate = _lock(int(case.subject_id))
    before = CertificateState.REVOKED if case.find_appeal() else CertificateState.VERIFIED
    if certificate.state != before:
        raise NotVerified
    decision = record_decision(
        case=case, officer=officer, ruling=ruling, subject_title=str(certificate), template="certificate_rechecked",
        recipients=_list_told(case, ruling, certificate), url=get_company_url(certificate=certificate),
    )  # fmt: skip
    if ruling.outcome == Outcome.REJECT and before == CertificateState.VERIFIED:
        _revoke(certificate, decision)
    elif ruling.outcome == Outcome.APPROVE and before == CertificateState.REVOKED:
        _restore(certificate)
    decision.kept = {"before": before, "after": _mark(certificate), "edit_count": certificate.edit_count}
    decision.save(update_fields=["kept"])
    audit.record("certifications.rechecked", subject=certificate, actor=officer, fields=["state"])
    return decision


@transaction.atomic
def undo_recheck(*, decision: Decision, officer: User) -> None:
    """The certificate is again what it was before. Raises MovedOn, and what `record_undo` raises."""
    certificate = _lock(int(decision.case.subject_id))
    if _mark(certificate) != decision.kept["after"]:
        raise MovedOn
    record_undo(decision=decision, officer=officer)
    if certificate.state == decision.kept["before"]:
        return
    if decision.kept["before"] == CertificateState.VERIFIED:
        _restore(certificate)
    elif appeal := decision.case.find_appeal():
        _revoke(certificate, appeal.decision)
    audit.record("certifications.recheck_undone", subject=certificate, actor=officer, fields=["state"])


@transaction.atomic
def open_recheck(*, officer: User, certificate_id: int) -> Case:
    """An officer doubts a verified certificate: it is a case of its own, decided with reasons. Raises NotAllowed, NotVerified."""
    if not officer.is_officer:
        raise NotAllowed
    certificate = _lock(certificate_id)
    if certificate.state != CertificateState.VERIFIED:
        raise NotVerified
    return open_case(
        kind=RECHECK_KIND, subject_id=certificate.pk, title=str(certificate),
        company_name=certificate.company.legal_name, changed_after_approval=True,
    )  # fmt: skip


def get_company_url(*, certificate: Certificate) -> str:
    """Where the company goes on."""
    return reverse("certificates:edit", args=[certificate.company.slug, certificate.public_id])


def _require_approvable(certificate: Certificate, officer: User) -> None:
    if certificate.first_officer_id == officer.pk:
        raise SecondOfficerNeeded
    if certificate.valid_until and certificate.valid_until < timezone.localdate():
        raise EndedWhileWaiting(day=certificate.valid_until)


def _mark(certificate: Certificate) -> list[Any]:
    """What a decision left: while it stands so, the decision can be taken back."""
    return [certificate.state, certificate.first_officer_id, certificate.edit_count]


def _lock(certificate_id: int) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("company", "scheme", "issuer")
    return rows.get(pk=certificate_id)


def _verify(certificate: Certificate, officer: User, details: Any) -> None:
    level = int(details.get("evidence_level") or DOCUMENT_SEEN)
    if level > find_supported_level(certificate=certificate):
        raise EvidenceMissing
    certificate.state, certificate.evidence_level = CertificateState.VERIFIED, level
    certificate.verified_by, certificate.verified_at = officer, timezone.now()
    certificate.issuer = details.get("issuer") or certificate.issuer
    certificate.note = ""
    certificate.save(update_fields=RESTORED)
    if "product_ids" in details:
        confirm_covered_products(officer=officer, certificate_id=certificate.pk, product_ids=details["product_ids"])
    follow_change(certificate=certificate)


def _refuse(certificate: Certificate, ruling: Ruling) -> None:
    certificate.state = REFUSALS[Outcome(ruling.outcome)]
    certificate.note, certificate.first_officer = ruling.note.strip(), None
    certificate.save(update_fields=["state", "note", "first_officer", "updated_at"])


def _hand_to_second(certificate: Certificate, officer: User, case: Case) -> None:
    certificate.first_officer = officer
    certificate.save(update_fields=["first_officer", "updated_at"])
    open_case(
        kind=CASE_KIND, subject_id=certificate.pk, title=case.title, company_name=case.company_name, changed_after_approval=False
    )  # fmt: skip


def _list_told(case: Case, ruling: Ruling, certificate: Certificate) -> list[Recipient]:
    """That all is well is told only to those who asked by an appeal."""
    silent = ruling.outcome == Outcome.APPROVE and case.find_appeal() is None
    return [] if silent else list_company_recipients(company=certificate.company)


def _revoke(certificate: Certificate, decision: Decision) -> None:
    reason = decision.reasons.first()
    certificate.state, certificate.revoked_at = CertificateState.REVOKED, timezone.now()
    certificate.revoked_because = reason.label if reason else NO_REASON
    certificate.save(update_fields=[*REVOCATION, "updated_at"])
    follow_change(certificate=certificate)


def _restore(certificate: Certificate) -> None:
    certificate.state, certificate.revoked_at, certificate.revoked_because = CertificateState.VERIFIED, None, ""
    certificate.save(update_fields=[*REVOCATION, "updated_at"])
    follow_change(certificate=certificate)
