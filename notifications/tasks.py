"""The jobs of this room."""

from core.jobs import Run, job
from notifications import services


@job(services.DIGEST_JOB)
def send_digest(*, run: Run, person_id: int) -> None:
    services.send_digest(run=run, person_id=person_id)
