"""Whether a decision can be appealed, by whom, and who may decide the appeal."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError, NotAllowed, NotFound
from moderation.choices import CaseState
from moderation.exceptions import AlreadyAppealed, AppealTooLate, DecidedOnAppeal, NothingToAppeal, SubjectMovedOn
from moderation.models import Appeal, Case, Decision
from moderation.registry import CaseKind, find_kind, is_own_case
from moderation.rules import APPEAL_LASTS


def get_appealable(*, person: User, decision_id: int) -> Decision:
    """A decision about the person's own company, with its reasons. NotFound for strangers, NotAllowed for viewers."""
    decisions = Decision.objects.select_related("case", "officer", "appeal__case", "appeal__author")
    decision = decisions.prefetch_related("reasons").filter(pk=decision_id, undone_at=None).first()
    kind = find_kind(decision.case.kind) if decision else None
    if decision is None or kind is None or kind.find_party is None:
        raise NotFound
    party = kind.find_party(case=decision.case, person=person)
    if party is None:
        raise NotFound
    if not party.can_edit:
        raise NotAllowed
    return decision


def find_appeal_obstacle(*, decision: Decision, now: datetime) -> DomainError | None:
    """Why this decision cannot be appealed now; None when it can.

    One appeal per decision, none against a decision on appeal, within six months of the statement of reasons, and only
    while what was decided about is the newest version.
    """
    kind = find_kind(decision.case.kind)
    if kind is None or kind.reopen is None or decision.undone_at or decision.outcome not in kind.appealable:
        return NothingToAppeal()
    if Appeal.objects.filter(case=decision.case_id).exists():
        return DecidedOnAppeal()
    if Appeal.objects.filter(decision=decision).exists():
        return AlreadyAppealed()
    return _find_obstacle_in_time(kind, decision, now)


def find_appeal_address(*, decision: Decision | None) -> str:
    """The page on which a decision can be appealed at this moment; "" when it cannot."""
    if decision is None or find_appeal_obstacle(decision=decision, now=timezone.now()):
        return ""
    return reverse("moderation:appeal", args=[decision.pk])


def find_open_appeal(*, kind: str, subject_id: object) -> Appeal | None:
    """The appeal about a subject that waits for an officer."""
    waiting = Appeal.objects.filter(case__kind=kind, case__subject_id=str(subject_id), case__state=CaseState.OPEN)
    return waiting.first()


def has_other_officer(*, case: Case) -> bool:
    """Is there an officer or administrator who may decide this appeal: not the first one, not a member of the company?"""
    appeal = case.find_appeal()
    others = User.objects.officers().exclude(pk=appeal.decision.officer_id) if appeal else User.objects.officers()
    return any(not is_own_case(case=case, officer=officer) for officer in others)


def _find_obstacle_in_time(kind: CaseKind, decision: Decision, now: datetime) -> DomainError | None:
    if now > decision.undo_until + APPEAL_LASTS:
        return AppealTooLate()
    return None if kind.is_unchanged and kind.is_unchanged(decision=decision) else SubjectMovedOn()
