"""Jobs: the database owns the work, Celery only carries wake-ups.

A service calls `enqueue` in its transaction. A worker claims the row by a conditional UPDATE, works under a lease that a heartbeat
renews, and closes it by a guarded UPDATE. Effects are written inside `run.effect()`, which refuses a worker whose lease was lost.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from core.audit import record
from core.models import Job, JobState
from core.nights import list_nightly

logger = structlog.get_logger(__name__)

LEASE = timedelta(seconds=15)
HEARTBEAT_SECONDS = 5.0
RESEND_AFTER, RESEND_URGENT_AFTER = timedelta(seconds=10), timedelta(seconds=2)
"""How long a wake-up may be under way before another is sent: a broker may have lost it. Twice is once, for the row is claimed."""
BROKER_RESTS_SECONDS = 5.0
BACKOFF_OF_THE_UNKNOWN = 60


class LeaseLost(Exception):
    """Another worker has taken the job over; this one must write nothing more."""


@dataclass(frozen=True)
class Handler:
    """What a registered job name runs."""

    name: str
    run: Callable[..., None]
    queue: str
    max_attempts: int
    backoff_seconds: int
    is_urgent: bool = False
    """Somebody waits for it at a page."""


@dataclass(frozen=True)
class Run:
    """One attempt at a job, handed to its handler as `run`."""

    job_id: int
    attempt: int
    last: bool

    @contextmanager
    def effect(self) -> Iterator[None]:
        """A transaction that commits only if this attempt still holds the lease; raises LeaseLost otherwise."""
        with transaction.atomic():
            held = Job.objects.select_for_update().filter(pk=self.job_id, attempts=self.attempt, state=JobState.RUNNING)
            if not held.exists():
                raise LeaseLost(self.job_id)
            yield


handlers: dict[str, Handler] = {}


def job(
    name: str, *, queue: str = "default", max_attempts: int = 5, backoff_seconds: int = 5, is_urgent: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register `function(*, run, **ids)` under a name; used in the `tasks.py` of an app."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        handlers[name] = Handler(name, function, queue, max_attempts, backoff_seconds, is_urgent)
        return function

    return register


def enqueue(name: str, *, key: str, due_at: datetime | None = None, **ids: int | str) -> Job:
    """Write a job in the caller's transaction; while one of that name and key still waits, that one stands for both."""
    handler = handlers[name]
    now = timezone.now()
    try:
        with transaction.atomic():
            row = Job.objects.create(
                name=name,
                key=key,
                queue=handler.queue,
                arguments=ids,
                due_at=due_at or now,
                max_attempts=handler.max_attempts,
                sent_at=now if due_at is None else None,
            )
    except IntegrityError:
        return _hold_waiting(name, key) or enqueue(name, key=key, due_at=due_at, **ids)
    if due_at is None:
        transaction.on_commit(lambda: send_wake_up(row))
    return row


def _hold_waiting(name: str, key: str) -> Job | None:
    """The row that waits, locked until the caller commits: a worker that took it before would not see what the caller wrote."""
    with transaction.atomic():
        return Job.objects.select_for_update().filter(name=name, key=key, state=JobState.WAITING).first()


def cancel(name: str, *, key: str) -> bool:
    """Take back a job that still waits; False if there is none (it ran, or never was)."""
    return bool(
        Job.objects.filter(name=name, key=key, state=JobState.WAITING).update(
            state=JobState.DONE, finished_at=timezone.now(), last_error="cancelled"
        )
    )


def plan_night(*, day: date) -> int:
    """Queue each nightly job of the day that is not in the books yet; how many. A day on which nobody looked is left out."""
    names = list_nightly()
    planned = set(Job.objects.filter(name__in=names, key=day.isoformat()).values_list("name", flat=True))
    missing = [name for name in names if name not in planned]
    for name in missing:
        enqueue(name, key=day.isoformat(), day=day.isoformat())
    return len(missing)


wake_up_sender: list[Callable[[Job], None]] = []
broker_rests_until = [0.0]
"""On the monotonic clock: ten pictures in one request must not wait ten times for a broker that hangs."""


def send_wake_up(row: Job) -> None:
    """Tell a worker that a row waits. A broken broker is harmless and left alone for a while: the sweeper sends again."""
    if time.monotonic() < broker_rests_until[0]:
        return
    for send in wake_up_sender:
        try:
            send(row)
        except Exception:  # the broker may fail in any way; the row is safe in the database
            broker_rests_until[0] = time.monotonic() + BROKER_RESTS_SECONDS
            logger.warning("wake_up_failed", job=row.pk, exc_info=True)


def run_job(job_id: int) -> bool:
    """Claim a due job and work on it; False when somebody else has it, or it is done."""
    now = timezone.now()
    claimed = (
        Job.objects.filter(pk=job_id)
        .due(now)
        .filter(attempts__lt=F("max_attempts"))
        .update(state=JobState.RUNNING, attempts=F("attempts") + 1, lease_until=now + LEASE, last_error="")
    )
    if not claimed:
        return False
    row = Job.objects.get(pk=job_id)
    run = Run(job_id=row.pk, attempt=row.attempts, last=row.attempts >= row.max_attempts)
    try:
        with _lease_renewed(run):
            handlers[row.name].run(run=run, **row.arguments)
    except LeaseLost:
        logger.warning("lease_lost", job=row.pk, attempt=run.attempt)
    except Exception as error:  # the edge of a job: whatever failed is recorded and tried again
        logger.warning("job_failed", job=row.pk, name=row.name, attempt=run.attempt, exc_info=True)
        _put_back(row, run, f"{type(error).__name__}: {error}")
    else:
        _close(run, state=JobState.DONE)
    return True


def sweep() -> int:
    """Free jobs whose worker died, then wake workers for all that is due and was not sent lately; the number sent."""
    for job_id in Job.objects.expired(timezone.now()).values_list("pk", flat=True):
        _free(job_id)
    now, urgent = timezone.now(), [handler.name for handler in handlers.values() if handler.is_urgent]
    late = Q(sent_at__lt=now - RESEND_AFTER) | Q(name__in=urgent, sent_at__lt=now - RESEND_URGENT_AFTER)
    rows = list(Job.objects.due(now).filter(Q(sent_at=None) | late).order_by("due_at")[:500])
    Job.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=now)
    for row in rows:
        send_wake_up(row)
    return len(rows)


def _free(job_id: int) -> None:
    """Put a dead worker's job back. Looked at again under the lock: a heartbeat may have come in between."""
    with transaction.atomic():
        row = Job.objects.select_for_update().expired(timezone.now()).filter(pk=job_id).first()
        if row:
            _put_back(row, Run(row.pk, row.attempts, row.attempts >= row.max_attempts), "the worker died", at_once=True)


def run_due_jobs(*, limit: int = 1000) -> int:
    """Work on all that is due, in this process, until nothing is left; the number of attempts made."""
    made = 0
    while made < limit and (row := Job.objects.due(timezone.now()).order_by("due_at", "id").first()):
        made += run_job(row.pk)
    return made


def _put_back(row: Job, run: Run, reason: str, *, at_once: bool = False) -> None:
    if run.last:
        with transaction.atomic():
            if _close(run, state=JobState.FAILED, reason=reason):
                record("jobs.failed", subject=row, actor=None, fields=["state"])
        return
    handler = handlers.get(row.name)  # None: written by a newer version, or by an older one
    seconds = handler.backoff_seconds if handler else BACKOFF_OF_THE_UNKNOWN
    backoff = 0 if at_once else seconds * 2 ** (run.attempt - 1)
    held = Job.objects.filter(pk=run.job_id, attempts=run.attempt, state=JobState.RUNNING)
    try:
        with transaction.atomic():
            held.update(
                state=JobState.WAITING,
                lease_until=None,
                sent_at=None,
                last_error=reason[:2000],
                due_at=timezone.now() + timedelta(seconds=backoff),
            )
    except IntegrityError:  # a newer job of the same key waits already and stands for this one
        _close(run, state=JobState.DONE, reason="a newer one took over")


def _close(run: Run, *, state: str, reason: str = "") -> int:
    return Job.objects.filter(pk=run.job_id, attempts=run.attempt, state=JobState.RUNNING).update(
        state=state, lease_until=None, finished_at=timezone.now(), last_error=reason[:2000]
    )


@contextmanager
def _lease_renewed(run: Run) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=_renew_until, args=(run, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=HEARTBEAT_SECONDS)


def _renew_until(run: Run, stop: threading.Event) -> None:
    while not stop.wait(HEARTBEAT_SECONDS):
        try:
            Job.objects.filter(pk=run.job_id, attempts=run.attempt, state=JobState.RUNNING).update(
                lease_until=timezone.now() + LEASE
            )
        except Exception:  # a lost beat is harmless: the lease outlives two of them
            logger.warning("heartbeat_failed", job=run.job_id, exc_info=True)
        connection.close()  # between two beats it is somebody else's
