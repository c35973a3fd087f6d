"""Every distinct picture goes through the real pipeline once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.core.files.base import ContentFile
from django.db import close_old_connections, connection

from accounts.models import User
from core.jobs import run_job
from core.models import Job, JobState
from demo.seed.files import PICTURES
from uploads.choices import UploadState
from uploads.models import Upload
from uploads.services import MAKE_JOB, receive_upload

Pictures = dict[tuple[str, str], Upload]
WORKERS = 2


class PictureRefused(Exception):
    """A picture of the demo did not come through; the demo would be broken."""


def send_pictures(named: set[tuple[str, str]], *, user: User) -> Pictures:
    """Send each (profile, file stem), make its renditions, and answer the ready uploads."""
    sent = {
        (profile, stem): receive_upload(
            file=ContentFile((PICTURES / f"{stem}.jpg").read_bytes(), name=f"{stem}.jpg"), profile=profile, user=user
        )
        for profile, stem in sorted(named)
    }
    waiting = Job.objects.filter(name=MAKE_JOB, state=JobState.WAITING).values_list("pk", flat=True)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(close_after(run_job), list(waiting)))
    ready = {upload.pk: upload for upload in Upload.objects.filter(pk__in=[upload.pk for upload in sent.values()])}
    for key, upload in sent.items():
        if ready[upload.pk].state != UploadState.READY:
            raise PictureRefused(f"{key[1]}.jpg: {ready[upload.pk].state} {ready[upload.pk].failure}")
    return {key: ready[upload.pk] for key, upload in sent.items()}


def close_after(work: Callable[[int], object]) -> Callable[[int], None]:
    """Do one job in a thread of a pool, and leave no connection open behind it."""

    def do(job_id: int) -> None:
        try:
            work(job_id)
        finally:
            close_old_connections()
            connection.close()

    return do
