"""Cases are opened, claimed, decided and undone here; what a decision does to its subject is the business of the app above."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from core import audit
from core.mail import queue_mail, withdraw_mail
from moderation.choices import CaseState, Outcome
from moderation.exceptions import (
    CaseAlreadyDecided,
    CaseHeldByAnother,
    CaseWithdrawn,
    FirstOfficer,
    HarsherOnAppeal,
    NewerCaseOpen,
    NoOtherOfficer,
    NotYourDecision,
    OfficersOnly,
    OwnCompany,
    ReasonMissing,
    ReasonsWithApproval,
    ReasonUnknown,
    UndoTooLate,
)
from moderation.models import Case, Decision, Reason
from moderation.registry import find_kind, is_own_case
from moderation.rules import CLAIM_LASTS, UNDO_LASTS, Recipient, Ruling, get_due_time, is_harsher
from moderation.selectors.appeals import has_other_officer
from moderation.selectors.cases import get_case, list_reasons


@transaction.atomic
def open_case(*, kind: str, subject_id: object, title: str, company_name: str, changed_after_approval: bool) -> Case:
    """Put a subject into the officers' queue. A case of it that waits already keeps its place and takes the new words."""
    now = timezone.now()
    words = {"title": title[:200], "company_name": company_name[:200], "changed_after_approval": changed_after_approval}
    try:
        with transaction.atomic():
            case = Case.objects.create(
                kind=kind,
                subject_id=str(subject_id),
                opened_at=now,
                due_at=get_due_time(timezone.localtime(now)),
                **words,
            )
    except IntegrityError:
        waiting = Case.objects.open().filter(kind=kind, subject_id=str(subject_id)).select_for_update().first()
        if waiting is None:  # decided in this very moment: what is sent now is a case of its own
            return open_case(
                kind=kind,
                subject_id=subject_id,
                title=title,
                company_name=company_name,
                changed_after_approval=changed_after_approval,
            )
        Case.objects.filter(pk=waiting.pk).update(**words)
        waiting.refresh_from_db()
        return waiting
    audit.record("moderation.case_opened", subject=case, actor=None, fields=["state"])
    return case


@transaction.atomic
def withdraw_case(*, kind: str, subject_id: object) -> None:
    """Take a subject out of the queue, if it waits there: the exporter took it back, or it is gone."""
    for case in Case.objects.select_for_update().filter(kind=kind, subject_id=str(subject_id), state=CaseState.OPEN):
        case.state, case.claimed_by, case.claimed_until = CaseState.WITHDRAWN, None, None
        case.save(update_fields=["state", "claimed_by", "claimed_until"])
        audit.record("moderation.case_withdrawn", subject=case, actor=None, fields=["state"])


@transaction.atomic
def claim_case(*, case_id: int, officer: User) -> Case:
    """Hold an open case for 15 minutes, or hold it anew; an officer's other claims end, for one person reads one case.

    Raises OfficersOnly, OwnCompany, FirstOfficer, CaseAlreadyDecided, CaseWithdrawn, or CaseHeldByAnother while somebody
    else's claim runs.
    """
    rows = Case.objects.open().filter(Q(pk=case_id) | Q(claimed_by=officer)).order_by("id").select_for_update()
    # Locked in one order, so that two officers never wait for each other.
    others = [row.pk for row in rows if row.pk != case_id]
    case = _lock_for(case_id=case_id, officer=officer)
    Case.objects.filter(pk__in=others).update(claimed_by=None, claimed_until=None)
    case.claimed_by, case.claimed_until = officer, timezone.now() + CLAIM_LASTS
    case.save(update_fields=["claimed_by", "claimed_until"])
    return case


@transaction.atomic
def renew_claim(*, case_id: int, officer: User) -> Case:
    """Hold a case longer while its page stays open; changes nothing when the claim has passed to another."""
    case = Case.objects.select_for_update(of=("self",)).select_related("claimed_by").get(pk=case_id)
    now = timezone.now()
    if case.state == CaseState.OPEN and case.claimed_by == officer:
        case.claimed_until = now + CLAIM_LASTS
        case.save(update_fields=["claimed_until"])
    return case


@transaction.atomic
def release_case(*, case_id: int, officer: User) -> None:
    """Give a case back to the queue; only the officer's own claim ends."""
    Case.objects.open().filter(pk=case_id, claimed_by=officer).update(claimed_by=None, claimed_until=None)


@transaction.atomic
def record_decision(
    *,
    case: Case,
    officer: User,
    ruling: Ruling,
    recipients: Sequence[Recipient],
    subject_title: str,
    url: str,
    template: str = "decision",
) -> Decision:
    """Write down what an officer decided and queue the statement of reasons, which leaves when the undo time is over.

    Called by the kind's own `decide` service, in its transaction. `url` is the exporter's page where they go on, `template` the
    kind's own words for the mail. An appeal is decided by the same call. Raises what `claim_case` raises, HarsherOnAppeal,
    ReasonMissing, ReasonUnknown or ReasonsWithApproval. After Articles 17 and 20 of Regulation (EU) 2022/2065.
    """
    held = _lock_for(case_id=case.pk, officer=officer)
    reasons = _check_ruling(case=held, ruling=ruling)
    now = timezone.now()
    decision = Decision.objects.create(
        case=held,
        officer=officer,
        outcome=ruling.outcome,
        note=ruling.note.strip(),
        decided_at=now,
        undo_until=now + UNDO_LASTS,
    )
    decision.reasons.set(reasons)
    held.state, held.claimed_by, held.claimed_until = CaseState.DECIDED, None, None
    held.save(update_fields=["state", "claimed_by", "claimed_until"])
    audit.record(
        "moderation.decided",
        subject=held,
        actor=officer,
        fields=["outcome", "reasons", "note"],
        values={"outcome": ruling.outcome, "reasons": [reason.code for reason in reasons], "note": decision.note},
    )
    words = {"reasons": reasons, "subject_title": subject_title, "url": urljoin(settings.SITE_URL, url)}
    decision.mails.set(_queue_statements(decision, recipients, template, words))
    return decision


@transaction.atomic
def record_undo(*, decision: Decision, officer: User) -> None:
    """Take a decision back within ten minutes: its mails stay unsent and the case waits again, claimed by this officer.

    Called by the kind's own `undo` service, in its transaction. The officer who decided may, and an administrator.
    Raises OfficersOnly, NotYourDecision, UndoTooLate, or NewerCaseOpen when the exporter has sent something newer.
    """
    case = Case.objects.select_for_update().get(pk=decision.case_id)
    held = Decision.objects.select_for_update().get(pk=decision.pk)
    now = timezone.now()
    _check_undo(case, held, officer)
    held.undone_at = now
    held.save(update_fields=["undone_at"])
    for mail in held.mails.all():
        if not withdraw_mail(mail_id=mail.pk):
            raise UndoTooLate
    case.state, case.claimed_by, case.claimed_until = CaseState.OPEN, officer, now + CLAIM_LASTS
    case.save(update_fields=["state", "claimed_by", "claimed_until"])
    audit.record("moderation.undone", subject=case, actor=officer, fields=["state"], values={"outcome": held.outcome})


@transaction.atomic
def toggle_shortcuts(*, officer: User) -> bool:
    """Switch this officer's keys (A C X J K) on or off; the new state. WCAG 2.1.4 asks that they can be switched off."""
    person = User.objects.select_for_update().get(pk=officer.pk)
    on = not person.shortcuts_on
    person.shortcuts_on = on
    person.save(update_fields=["shortcuts_on"])
    return on


def _lock_for(*, case_id: int, officer: User) -> Case:
    """The open case, locked, if this officer may work on it now."""
    if not officer.is_officer:
        raise OfficersOnly
    case = get_case(officer=officer, case_id=case_id, for_update=True)
    if case.state == CaseState.DECIDED:
        raise CaseAlreadyDecided
    if case.state == CaseState.WITHDRAWN:
        raise CaseWithdrawn
    if is_own_case(case=case, officer=officer):
        raise OwnCompany
    appeal = case.find_appeal()
    if appeal and appeal.decision.officer_id == officer.pk:
        raise FirstOfficer if has_other_officer(case=case) else NoOtherOfficer
    if case.is_held_by_another(officer, timezone.now()):
        raise CaseHeldByAnother(name=str(case.claimed_by))
    return case


def _check_ruling(*, case: Case, ruling: Ruling) -> list[Reason]:
    appeal = case.find_appeal()
    if appeal and is_harsher(ruling.outcome, than=appeal.decision.outcome):
        raise HarsherOnAppeal
    if ruling.outcome == Outcome.APPROVE:
        if ruling.reason_ids:
            raise ReasonsWithApproval
        return []
    if not ruling.reason_ids and not ruling.note.strip():
        raise ReasonMissing
    reasons = list(list_reasons(kind=case.kind).filter(pk__in=ruling.reason_ids))
    if len(reasons) != len(set(ruling.reason_ids)):
        raise ReasonUnknown
    return reasons


def _check_undo(case: Case, decision: Decision, officer: User) -> None:
    if not officer.is_officer:
        raise OfficersOnly
    if decision.officer_id != officer.pk and not officer.is_administrator:
        raise NotYourDecision
    if not decision.can_be_undone(timezone.now()):
        raise UndoTooLate
    if Case.objects.open().filter(kind=case.kind, subject_id=case.subject_id).exists():
        raise NewerCaseOpen


def _queue_statements(
    decision: Decision, recipients: Sequence[Recipient], template: str, words: dict[str, Any]
) -> list[int]:
    kind, appeal = find_kind(decision.case.kind), decision.case.find_appeal()
    context = {
        **words,
        "decision": decision,
        "appeal": appeal,
        "is_overturned": bool(appeal and appeal.is_overturned_by(decision.outcome)),
        "can_appeal": bool(kind and kind.reopen and not appeal and decision.outcome in kind.appealable),
        "case_number": decision.case_id,
        "agency_email": settings.AGENCY_EMAIL,
    }
    return [
        queue_mail(
            to=recipient.email,
            template=template,
            context={**context, "recipient": recipient},
            language=recipient.language,
            due_at=decision.undo_until,
        ).pk
        for recipient in recipients
    ]
