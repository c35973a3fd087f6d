"""Anybody reports what is public; an officer finds nothing wrong, asks for a change, or takes it off the market."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import User
from core import audit
from core.limits import spend
from core.mail import queue_mail
from moderation.choices import CaseState, Outcome
from moderation.exceptions import AlreadyOut, AppealWaits
from moderation.models import Case, Decision, Report
from moderation.registry import get_reportable
from moderation.rules import Reported, Ruling, name_network
from moderation.selectors.reports import REPORT_KIND, find_subject, get_reported, list_reports, name_subject
from moderation.services.appeals import record_appeal
from moderation.services.cases import open_case, record_decision, record_undo

ONE_HOUR, ONE_DAY = 3600, 86_400


def file_report(
    *,
    kind: str,
    subject_id: int,
    reason: str,
    text: str,
    email: str,
    language: str,
    address: str,
    reporter: User | None,
) -> Case:
    """Report something public; no account is needed. Reports of one thing that still waits join one case; the same one twice is one.

    `address` is where the request came from, for limits only: it is not kept. Raises NotFound for what is not public, TooOften.
    """
    reported = get_reported(kind=kind, subject_id=subject_id)
    spend(what="report", who=address, most=10, seconds=ONE_HOUR)
    spend(what="report-network", who=name_network(address) or address, most=40, seconds=ONE_HOUR)
    if email:
        spend(what="report-mail", who=email, most=10, seconds=ONE_DAY)
    words = {"reason": reason, "text": text.strip(), "email": email.strip().lower()}
    digest = hashlib.sha256("\n".join(words.values()).encode()).hexdigest()
    return _file(reported, name_subject(kind=kind, subject_id=subject_id), digest, words, language, reporter)


@transaction.atomic
def _file(
    reported: Reported, subject: str, digest: str, words: dict[str, str], language: str, reporter: User | None
) -> Case:
    case = _join_case(reported, subject)
    try:
        with transaction.atomic():
            Report.objects.create(case=case, digest=digest, language=language, reporter=reporter, **words)
    except IntegrityError:  # the_same_report_is_one: a double click, or sent again after a broken line
        return case
    audit.record("moderation.reported", subject=case, actor=None, fields=["reason"], values={"reason": words["reason"]})
    return case


def _join_case(reported: Reported, subject: str) -> Case:
    """The waiting case of a subject, locked; a new one when an officer has just decided the other."""
    words: dict[str, Any] = {
        "kind": REPORT_KIND,
        "subject_id": subject,
        "title": reported.title,
        "company_name": reported.company_name,
        "changed_after_approval": False,
    }
    case = Case.objects.select_for_update().get(pk=open_case(**words).pk)
    return case if case.state == CaseState.OPEN else open_case(**words)


@transaction.atomic
def decide_report(*, case: Case, officer: User, ruling: Ruling) -> Decision:
    """Nothing wrong (approve), ask the company for a change (changes), or take it off the market (reject).

    The company learns of a refusal by a statement that names no reporter; who left an address learns the outcome. On appeal
    everything but a rejection puts back what was taken out. Raises what `record_decision` and the subject's room raise.
    """
    reportable, subject_id = find_subject(case=case)
    subject, appeal = reportable.describe(subject_id=subject_id), case.find_appeal()
    told = appeal is not None or ruling.outcome != Outcome.APPROVE
    decision = record_decision(
        case=case,
        officer=officer,
        ruling=ruling,
        recipients=reportable.list_recipients(subject_id=subject_id) if told else [],
        subject_title=subject.title,
        url=subject.workspace_url,
        template="report_decision",
    )
    reason = decision.note or "\n".join(found.statement_text for found in decision.reasons.all())
    if appeal is None and ruling.outcome == Outcome.REJECT:
        before = reportable.take_out(subject_id=subject_id, officer=officer, reason=reason)
        decision.kept = {"state": before}
    elif appeal and ruling.outcome != Outcome.REJECT and reportable.is_out(subject_id=subject_id):
        reportable.put_back(subject_id=subject_id, officer=officer, reason=reason or appeal.text, state="")
        decision.kept = {"was_out": True}
    decision.save(update_fields=["kept"])
    if appeal is None:
        decision.mails.add(*_tell_reporters(decision, subject))
    return decision


@transaction.atomic
def take_off_market(*, kind: str, subject_id: int, officer: User, reason: str) -> Decision:
    """An officer acts without being told, or on the reports that wait: decided, mailed, undone and appealed as any decision.

    Raises AlreadyOut, AppealWaits, and what `decide_report` raises: ReasonMissing without words, OwnCompany, CaseHeldByAnother, the room's own refusals.
    """
    reportable = get_reportable(kind)
    if reportable.is_out(subject_id=subject_id):
        raise AlreadyOut
    case = _join_case(reportable.describe(subject_id=subject_id), name_subject(kind=kind, subject_id=subject_id))
    if case.find_appeal():
        raise AppealWaits
    return decide_report(case=case, officer=officer, ruling=Ruling(Outcome.REJECT, note=reason))


@transaction.atomic
def undo_report_decision(*, decision: Decision, officer: User) -> None:
    """Put the subject back to how it was; the case waits again, and nobody is told. Raises what `record_undo` raises."""
    record_undo(decision=decision, officer=officer)
    reportable, subject_id = find_subject(case=decision.case)
    if "state" in decision.kept:
        state = decision.kept["state"]
        reportable.put_back(subject_id=subject_id, officer=officer, reason=decision.note or state, state=state)
    elif decision.kept.get("was_out"):
        reportable.take_out(subject_id=subject_id, officer=officer, reason=decision.note or "undone")


@transaction.atomic
def reopen_report(*, decision: Decision, person: User, text: str) -> Case:
    """Appeal against what a report led to. It stays off the market until another officer has decided."""
    return record_appeal(decision=decision, person=person, text=text)


def _tell_reporters(decision: Decision, subject: Reported) -> list[int]:
    """One mail to each address that was left, in the language of the report, once the undo time is over."""
    languages = {report.email: report.language for report in list_reports(case=decision.case) if report.email}
    context = {"decision": decision, "subject_title": subject.title, "agency_email": settings.AGENCY_EMAIL}
    return [
        queue_mail(
            to=email, template="report_answer", context=context, language=language, due_at=decision.undo_until
        ).pk
        for email, language in languages.items()
    ]
