"""A real worker that makes pictures: how much memory its processes ever held. SQLite and files in a folder of its own."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.memory import list_children, read_peak_mb
from uploads.adapters.child import PROJECT

PICTURES = 4
PATIENCE_SECONDS = 120
SEND = """
from pathlib import Path
from django.core.files.base import ContentFile
from accounts.services.people import add_person
from uploads.services import receive_upload
person = add_person(email="bench@bench.example", password="not-of-use", full_name="Bench")
content = Path({path!r}).read_bytes()
for number in range({pictures}):
    receive_upload(file=ContentFile(content, name=f"{{number}}.jpg"), profile="listing_picture", user=person)
"""
COUNT = """
from uploads.models import Upload
print(Upload.objects.filter(state="ready").count())
"""


@dataclass(frozen=True)
class Memory:
    """Peaks of Celery's own process and of the one that runs jobs."""

    worker_mb: float
    pool_mb: float


def measure_worker(content: bytes) -> Memory:
    """Let a worker with one pool process make some pictures, then read its peaks."""
    with tempfile.TemporaryDirectory(prefix="lateen-bench-") as folder:
        picture = Path(folder, "picture.jpg")
        picture.write_bytes(content)
        environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "DJANGO_SETTINGS_MODULE": "marketplace.settings.site",
            "LATEEN_ENV_FILE": os.devnull,
            "LATEEN_VAR": folder,
            "LOG_LEVEL": "ERROR",
            "PYTHONWARNINGS": "ignore",
        }
        manage(environment, "migrate", "--verbosity=0")
        manage(environment, "shell", "--verbosity=0", "-c", SEND.format(path=str(picture), pictures=PICTURES))
        celery = [sys.executable, "-m", "celery", "-q", "-A", "marketplace", "worker", "-Q", "media", "-c", "1"]
        worker = subprocess.Popen(
            [*celery, "--loglevel", "ERROR"], cwd=PROJECT, env=environment, stderr=subprocess.DEVNULL
        )
        try:
            return watch(worker.pid, environment)
        finally:
            worker.terminate()
            worker.wait(timeout=30)


def watch(worker: int, environment: dict[str, str]) -> Memory:
    """Look until every picture is ready."""
    deadline, pool_mb = time.monotonic() + PATIENCE_SECONDS, 0.0
    while time.monotonic() < deadline:
        for child in list_children(worker):
            with suppress(OSError):
                pool_mb = max(pool_mb, read_peak_mb(child))
        if int(manage(environment, "shell", "--verbosity=0", "-c", COUNT)) == PICTURES:
            return Memory(read_peak_mb(worker), pool_mb)
        time.sleep(1)
    raise TimeoutError("the worker did not make the pictures")


def manage(environment: dict[str, str], *words: str) -> str:
    """A command of the site; what it prints."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(
        command, cwd=PROJECT, env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()
