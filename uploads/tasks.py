"""The jobs of this room."""

from django.utils import timezone

from core.jobs import Run, job
from uploads import services


@job(services.MAKE_JOB, queue="media", max_attempts=4)
def make_renditions(*, run: Run, upload_id: str) -> None:
    services.make_renditions(run=run, upload_id=upload_id)


@job(services.TIDY_JOB)
def tidy_upload(*, run: Run, upload_id: str) -> None:
    services.tidy_upload(run=run, upload_id=upload_id)


@job(services.FORGET_JOB)
def forget_arrivals(*, run: Run, day: str) -> None:  # noqa: ARG001  each nightly job is told its day
    services.forget_arrivals(run=run, now=timezone.now())
