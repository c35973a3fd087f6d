"""The jobs of this room."""

from certifications.services import changes, credentials, nightly
from core.jobs import Run, job


@job(nightly.NIGHT_JOB)
def look_at_certificates(*, run: Run, day: str) -> None:
    nightly.look_at_certificates(run=run, day=day)


@job(nightly.LOOK_JOB)
def look_at_certificate(*, run: Run, certificate_id: int, day: str) -> None:
    nightly.look_at_certificate(run=run, certificate_id=certificate_id, day=day)


@job(changes.CREDENTIAL_JOB)
def follow_certificate(*, run: Run, certificate_id: int) -> None:
    credentials.follow_certificate(run=run, certificate_id=certificate_id)


@job(credentials.STATUS_JOB)
def sign_status_list(*, run: Run, day: str) -> None:
    credentials.sign_status_list(run=run, day=day)
