"""Officers decide about a company, take a decision back, suspend it and let it return."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import audit
from core.errors import NotAllowed
from core.mail import queue_mail
from moderation.choices import Outcome
from moderation.models import Case, Decision
from moderation.rules import Ruling
from moderation.services import record_decision, record_undo, withdraw_case
from storefronts.choices import CompanyState, EvidenceLevel, ProposalState
from storefronts.exceptions import (
    ChangedSinceDecision,
    NumberAlreadyVerified,
    ReasonNotGiven,
    VerificationPeriodWrong,
    WrongCompanyState,
)
from storefronts.models import Company, CompanyRevision
from storefronts.registry import tell_company_change
from storefronts.rules import UNCHECKED_STATES
from storefronts.selectors.companies import CASE_KIND, read_facts
from storefronts.selectors.fairness import is_as_decided, list_company_recipients
from storefronts.services.companies import apply_facts, list_columns
from uploads.services import publish_uploads, withdraw_uploads

ONE_YEAR = timedelta(days=365)
EVIDENCE = ("state", "evidence_level", "verified_by", "verified_at", "verified_until")
OUTCOMES = {
    Outcome.APPROVE: (ProposalState.APPROVED, CompanyState.VERIFIED),
    Outcome.CHANGES: (ProposalState.CHANGES_ASKED, CompanyState.CHANGES_ASKED),
    Outcome.REJECT: (ProposalState.REJECTED, CompanyState.REJECTED),
}


@transaction.atomic
def decide_company(*, case: Case, officer: User, ruling: Ruling) -> Decision:
    """Approve the proposal, ask for changes or reject it. A company that is public stays so whatever happens to its proposal.

    An approval reads `evidence_level` (1 by default) and `verified_until` (a year from today) from the ruling's details.
    Raises NumberAlreadyVerified, VerificationPeriodWrong, and what `moderation.services.record_decision` raises.
    """
    company = Company.objects.select_for_update().get(pk=case.subject_id)
    decision = record_decision(
        case=case,
        officer=officer,
        ruling=ruling,
        recipients=list_company_recipients(company=company),
        subject_title=company.legal_name,
        url=settings.SITE_URL + reverse("storefronts:edit", args=[company.slug]),
    )
    revision = company.revisions.filter(state=ProposalState.IN_REVIEW).first()
    if revision is None:
        raise WrongCompanyState
    before = {**read_facts(company=company), **_read_evidence(company)}
    revision.before = {
        "facts": before, "sent": revision.facts, "decision": decision.pk, "edit_count": revision.edit_count,
    }  # fmt: skip
    revision.note = ruling.note.strip()
    revision.state, state = OUTCOMES[Outcome(ruling.outcome)]
    revision.save(update_fields=["before", "note", "state", "updated_at"])
    if ruling.outcome == Outcome.APPROVE:
        _approve(company, revision, officer, ruling)
    elif company.state in UNCHECKED_STATES:
        company.state = state
        company.save(update_fields=["state"])
    audit.record("storefronts.company_decided", subject=company, actor=officer, fields=["state"])
    return decision


@transaction.atomic
def undo_company_decision(*, decision: Decision, officer: User) -> None:
    """Put company and proposal back to where they waited. Raises ChangedSinceDecision, UndoTooLate, NotYourDecision."""
    company = Company.objects.select_for_update().get(pk=decision.case.subject_id)
    record_undo(decision=decision, officer=officer)
    revision = company.revisions.first()
    if revision is None or not is_as_decided(revision=revision, decision=decision):
        raise ChangedSinceDecision
    before = revision.before["facts"]
    shown = set(_list_pictures(company))
    apply_facts(company=company, facts=before)
    _write_evidence(company, before)
    company.save(update_fields=[*list_columns(), *EVIDENCE])
    revision.state, revision.note, revision.before = ProposalState.IN_REVIEW, "", {}
    revision.save(update_fields=["state", "note", "before", "updated_at"])
    withdraw_uploads(upload_ids=shown - (set(_list_pictures(company)) if company.is_public else set()))
    if decision.outcome == Outcome.APPROVE:
        tell_company_change(company_id=company.pk)
    audit.record("storefronts.decision_undone", subject=company, actor=officer, fields=["state"])


@transaction.atomic
def suspend_company(*, company_id: int, officer: User, reason: str) -> Company:
    """Take a verified company and all that it sells off the market. Raises ReasonNotGiven, WrongCompanyState.

    Its people learn of it by a statement of reasons: officers suspend through `moderation.services.take_off_market`.
    """
    company = _lock_for_officer(company_id, officer, reason, CompanyState.VERIFIED)
    company.state = CompanyState.SUSPENDED
    company.save(update_fields=["state"])
    company.revisions.filter(state=ProposalState.IN_REVIEW).update(state=ProposalState.DRAFT, submitted_at=None)
    withdraw_case(kind=CASE_KIND, subject_id=company.pk)
    withdraw_uploads(upload_ids=_list_pictures(company))
    audit.record(
        "storefronts.company_suspended", subject=company, actor=officer, fields=["state"], values={"reason": reason}
    )
    tell_company_change(company_id=company.pk)
    return company


@transaction.atomic
def reinstate_company(*, company_id: int, officer: User, reason: str) -> Company:
    """Let a suspended company return as it was verified, and tell its people."""
    company = _let_return(company_id, officer, reason)
    _tell(company, "company_reinstated", reason)
    return company


@transaction.atomic
def take_company_out(*, subject_id: int, officer: User, reason: str) -> str:
    """Suspend a company because of a report; the state that it had. The statement of reasons tells its people, with the way to appeal."""
    suspend_company(company_id=subject_id, officer=officer, reason=reason)
    return str(CompanyState.VERIFIED)


@transaction.atomic
def put_company_back(*, subject_id: int, officer: User, reason: str, state: str) -> None:  # noqa: ARG001  there is one state to return to
    """Let a company return that a report had taken out; a statement or an undo stands behind it, so nothing else is mailed."""
    _let_return(subject_id, officer, reason)


def _let_return(company_id: int, officer: User, reason: str) -> Company:
    company = _lock_for_officer(company_id, officer, reason, CompanyState.SUSPENDED)
    company.state = CompanyState.VERIFIED
    company.save(update_fields=["state"])
    publish_uploads(upload_ids=_list_pictures(company))
    audit.record(
        "storefronts.company_reinstated", subject=company, actor=officer, fields=["state"], values={"reason": reason}
    )
    tell_company_change(company_id=company.pk)
    return company


def _approve(company: Company, revision: CompanyRevision, officer: User, ruling: Ruling) -> None:
    today = timezone.localdate()
    until = ruling.details.get("verified_until") or today + ONE_YEAR
    if until <= today:
        raise VerificationPeriodWrong
    apply_facts(company=company, facts=revision.facts)
    company.state, company.verified_by, company.verified_at, company.verified_until = (
        CompanyState.VERIFIED,
        officer,
        timezone.now(),
        until,
    )
    company.evidence_level = int(ruling.details.get("evidence_level") or EvidenceLevel.DOCUMENT_SEEN)
    try:
        with transaction.atomic():
            company.save(update_fields=[*list_columns(), *EVIDENCE])
    except IntegrityError as same_number:  # one_verified_company_per_number
        raise NumberAlreadyVerified from same_number
    publish_uploads(upload_ids=_list_pictures(company))
    tell_company_change(company_id=company.pk)


def _lock_for_officer(company_id: int, officer: User, reason: str, state: str) -> Company:
    if not officer.is_officer:
        raise NotAllowed
    if not reason.strip():
        raise ReasonNotGiven
    company = Company.objects.select_for_update().get(pk=company_id)
    if company.state != state:
        raise WrongCompanyState
    return company


def _read_evidence(company: Company) -> dict[str, Any]:
    return {
        "state": CompanyState.SUBMITTED if company.state in UNCHECKED_STATES else company.state,
        "evidence_level": company.evidence_level,
        "verified_by": company.verified_by_id,
        "verified_at": company.verified_at.isoformat() if company.verified_at else None,
        "verified_until": company.verified_until.isoformat() if company.verified_until else None,
    }


def _write_evidence(company: Company, kept: dict[str, Any]) -> None:
    company.state, company.evidence_level, company.verified_by_id = (
        kept["state"],
        kept["evidence_level"],
        kept["verified_by"],
    )
    company.verified_at = datetime.fromisoformat(kept["verified_at"]) if kept["verified_at"] else None
    company.verified_until = date.fromisoformat(kept["verified_until"]) if kept["verified_until"] else None


def _list_pictures(company: Company) -> list[UUID]:
    return [UUID(str(found)) for found in (company.logo_id, company.cover_id) if found]


def _tell(company: Company, template: str, reason: str) -> None:
    url = settings.SITE_URL + reverse("storefronts:dashboard", args=[company.slug])
    for person in list_company_recipients(company=company):
        context = {"company": company.legal_name, "name": person.name, "reason": reason.strip(), "url": url}
        queue_mail(to=person.email, template=template, context=context, language=person.language)
