"""The only Celery tasks there are: run one job, sweep, seal, plan the night. All other work is a job."""

import socket
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from core import jobs
from core.audit import seal_entries
from core.health import note_sign_of_life
from core.jobs import Run, job
from core.limits import FORGET_JOB, forget_allowances
from core.mail import SEND_JOB, send_outbox_mail
from core.models import Job


@shared_task(name="core.run_job")
def run_job(job_id: int) -> None:
    jobs.run_job(job_id)


@shared_task(name="core.sweep_jobs")
def sweep_jobs() -> None:
    note_sign_of_life(name=f"worker@{socket.gethostname()}")
    jobs.sweep()


@shared_task(name="core.seal_audit")
def seal_audit() -> None:
    seal_entries()


@shared_task(name="core.plan_night")
def queue_night() -> None:
    jobs.plan_night(day=timezone.localdate())


@worker_ready.connect
def greet(**_: Any) -> None:
    note_sign_of_life(name=f"worker@{socket.gethostname()}")


def send_through_celery(row: Job) -> None:
    """Publish a wake-up that is forgotten after a minute; one try, the sweeper does the rest."""
    run_job.apply_async(args=[row.pk], queue=row.queue, expires=60, retry=False)


jobs.wake_up_sender[:] = [send_through_celery]


@job(SEND_JOB, queue="mail", max_attempts=8, backoff_seconds=10)
def send_mail(*, run: Run, mail_id: int) -> None:
    send_outbox_mail(run=run, mail_id=mail_id)


@job(FORGET_JOB)
def forget_limits(**_: Run | str) -> None:
    forget_allowances()
