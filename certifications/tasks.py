"""The jobs of this room."""

from certifications.services import nightly
from core.jobs import Run, job


@job(nightly.NIGHT_JOB)
def look_at_certificates(*, run: Run, day: str) -> None:
    nightly.look_at_certificates(run=run, day=day)


@job(nightly.LOOK_JOB)
def look_at_certificate(*, run: Run, certificate_id: int, day: str) -> None:
    nightly.look_at_certificate(run=run, certificate_id=certificate_id, day=day)
