"""Health: alive, ready, and the numbers behind it."""

from dataclasses import asdict, dataclass

from django.db import DatabaseError, connection
from django.db.models import Min
from django.utils import timezone

from core.models import Job, JobState, WorkerBeat


@dataclass(frozen=True)
class Readiness:
    """What /readyz answers. Ages in seconds; None where there is nothing to measure."""

    database: bool
    queue_lag_seconds: float | None = None
    waiting_jobs: int | None = None
    failed_jobs: int | None = None
    worker_heartbeat_age_seconds: float | None = None
    indexer_heartbeat_age_seconds: float | None = None


def note_sign_of_life(*, name: str) -> None:
    """Remember that a background process lives."""
    WorkerBeat.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})


def measure_readiness() -> Readiness:
    """Ask the database, then the queue; a site without a worker is still ready to serve pages."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        now = timezone.now()
        due = Job.objects.due(now)
        oldest = due.aggregate(at=Min("due_at"))["at"]
        return Readiness(
            database=True,
            queue_lag_seconds=(now - oldest).total_seconds() if oldest else 0.0,
            waiting_jobs=due.count(),
            failed_jobs=Job.objects.filter(state=JobState.FAILED).count(),
            worker_heartbeat_age_seconds=_age("worker"),
            indexer_heartbeat_age_seconds=_age("indexer"),
        )
    except DatabaseError:
        return Readiness(database=False)


def _age(kind: str) -> float | None:
    seen = (
        WorkerBeat.objects.filter(name__startswith=kind).order_by("-seen_at").values_list("seen_at", flat=True).first()
    )
    return (timezone.now() - seen).total_seconds() if seen else None


def describe(readiness: Readiness) -> dict[str, object]:
    """The same as plain values for JSON."""
    return asdict(readiness)
