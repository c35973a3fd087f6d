"""What officers read: the queue, one case and its neighbours, reasons, earlier decisions."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from core.errors import NotFound
from moderation.choices import CaseState
from moderation.models import Case, Decision, Reason


@dataclass(frozen=True)
class Place:
    """Where an open case stands in the queue that this officer can work on."""

    position: int
    total: int
    previous_id: int | None
    next_id: int | None


def get_case(*, officer: User, case_id: int, for_update: bool = False) -> Case:
    """One case, for officers; NotFound for everybody else."""
    cases = Case.objects.select_related("claimed_by").with_appeal()
    if for_update:
        cases = cases.select_for_update(of=("self",))
    case = cases.filter(pk=case_id).first() if officer.is_officer else None
    if case is None:
        raise NotFound
    return case


def list_queue(*, officer: User, kind: str = "", show: str = "", now: datetime) -> QuerySet[Case]:
    """Open cases, oldest first. `kind` narrows to one kind; `show` is "free" (nobody else holds it) or "mine"."""
    cases = Case.objects.open().select_related("claimed_by").with_appeal().order_by("opened_at", "id")
    if kind:
        cases = cases.filter(kind=kind)
    if show == "free":
        cases = cases.claimable_by(officer, now)
    if show == "mine":
        cases = cases.filter(claimed_by=officer, claimed_until__gte=now)
    return cases


def count_open(*, kind: str = "") -> int:
    """How many cases wait, of one kind or of all."""
    cases = Case.objects.open()
    return (cases.filter(kind=kind) if kind else cases).count()


def count_queue(*, officer: User, now: datetime) -> dict[str, int]:
    """Numbers for the filters: one per kind, and `all`, `free`, `mine`, `overdue`, in two queries."""
    kinds = Case.objects.open().values_list("kind").annotate(number=Count("id")).order_by()
    free = Case.objects.claimable_by(officer, now).values("id")
    totals = Case.objects.open().aggregate(
        all=Count("id"),
        free=Count("id", filter=Q(id__in=free)),
        overdue=Count("id", filter=Q(due_at__lt=now)),
        mine=Count("id", filter=Q(claimed_by=officer, claimed_until__gte=now)),
    )
    return {**dict(kinds), **totals}


def get_place(*, case: Case, officer: User, kind: str = "", now: datetime) -> Place:
    """Position and neighbours of a case among those that nobody else holds, oldest first."""
    cases = list_queue(officer=officer, kind=kind, show="free", now=now).select_related(None)
    earlier = Q(opened_at__lt=case.opened_at) | Q(opened_at=case.opened_at, id__lt=case.pk)
    before, after = cases.filter(earlier), cases.exclude(earlier).exclude(pk=case.pk)
    counted = before.count()
    return Place(
        position=counted + 1,
        total=counted + 1 + after.count(),
        previous_id=before.order_by("-opened_at", "-id").values_list("id", flat=True).first(),
        next_id=after.values_list("id", flat=True).first(),
    )


def find_next_case(*, officer: User, kind: str = "", now: datetime) -> int | None:
    """The oldest open case that nobody else holds."""
    return list_queue(officer=officer, kind=kind, show="free", now=now).values_list("id", flat=True).first()


def list_reasons(*, kind: str) -> QuerySet[Reason]:
    """The reasons in use for a kind of case."""
    return Reason.objects.filter(is_active=True).filter(Q(kind=kind) | Q(kind=""))


def list_decisions(*, case: Case) -> QuerySet[Decision]:
    """All that was decided about the subject of a case, newest first."""
    return (
        Decision.objects.filter(case__kind=case.kind, case__subject_id=case.subject_id)
        .select_related("officer", "case")
        .prefetch_related("reasons")
        .order_by("-decided_at", "-id")
    )


def get_decision(*, officer: User, decision_id: int) -> Decision:
    """One decision, for officers; NotFound for everybody else."""
    decision = (
        Decision.objects.select_related("case", "officer").filter(pk=decision_id).first()
        if officer.is_officer
        else None
    )
    if decision is None:
        raise NotFound
    return decision


def list_recent_decisions(*, officer: User, limit: int = 50) -> list[Decision]:
    """What this officer decided lately, newest first."""
    return list(
        Decision.objects.filter(officer=officer)
        .exclude(case__state=CaseState.WITHDRAWN)
        .select_related("case", "officer")
        .prefetch_related("reasons")[:limit]
    )
