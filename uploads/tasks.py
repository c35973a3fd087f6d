"""The jobs of this room."""

from core.jobs import Run, job
from uploads import services


@job(services.MAKE_JOB, queue="media", max_attempts=4)
def make_renditions(*, run: Run, upload_id: str) -> None:
    services.make_renditions(run=run, upload_id=upload_id)


@job(services.TIDY_JOB)
def tidy_upload(*, run: Run, upload_id: str) -> None:
    services.tidy_upload(run=run, upload_id=upload_id)
