"""A worker is killed in the middle of a picture: a new one makes it ready within a minute, once."""

import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from core.models import Job
from tests.uploads.pictures import draw, save
from tests.workers import kill, wait_until
from uploads.models import Upload
from uploads.registry import Profile, register_profile
from uploads.services import MAKE_JOB, receive_upload

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


def list_decoders(worker: "subprocess.Popen[bytes]") -> list[int]:
    """The decoding children below this worker."""
    found, waiting = [], [worker.pid]
    while waiting:
        pid = waiting.pop()
        with suppress(FileNotFoundError, ProcessLookupError):
            waiting += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
            found += [pid] if b"uploads.media" in Path(f"/proc/{pid}/cmdline").read_bytes() else []
    return found


def has_ended(pid: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    return True


def test_a_picture_survives_the_kill_of_its_worker(start_worker):
    noise = Image.effect_noise((900, 600), 60).resize((7500, 5000))
    slow = save(Image.blend(draw(7500, 5000), noise.convert("RGB"), 0.3), progressive=True, quality=70)
    register_profile(Profile("cover"))
    upload = receive_upload(
        file=SimpleUploadedFile("farm.jpg", slow),
        profile="cover",
        user=User.objects.create_user("ama@example.org", "secret"),
    )
    first = start_worker()
    wait_until(lambda: bool(list_decoders(first)), 40)
    decoders = list_decoders(first)
    kill(first)
    wait_until(lambda: all(has_ended(pid) for pid in decoders), 2)
    upload.refresh_from_db()
    assert (upload.state, Job.objects.get(name=MAKE_JOB).state) == ("processing", "running")

    start_worker()
    took = wait_until(lambda: Upload.objects.filter(pk=upload.pk, state="ready", quarantine="").exists(), 60)

    job = Job.objects.get(name=MAKE_JOB)
    labels = list(upload.renditions.filter(format="webp").values_list("label", flat=True))
    assert (job.attempts, labels) == (2, sorted(set(labels)))
    assert {320, 640, 1200} <= set(labels)
    print(f"ready {took:.1f} s after the second worker was started")  # noqa: T201  a figure that the issue asks for
