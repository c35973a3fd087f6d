"""Real workers on the tests' database and files, to be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from django.db import connection

PROJECT = Path(__file__).resolve().parents[1]
WORKER = [
    "-m",
    "celery",
    "-A",
    "marketplace.celery",
    "worker",
    "-B",
    "-Q",
    "default,media,mail",
    "-c",
    "2",
    "-l",
    "WARNING",
]


def database_url() -> str:
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def run_workers(tmp_path: Path) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """What starts a real Celery worker with beat on the tests' database and files; all are killed in the end."""
    started = []
    (tmp_path / "broker").mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.site",
        "LATEEN_ENV_FILE": os.devnull,
        "LATEEN_VAR": str(tmp_path),
        "DATABASE_URL": database_url(),
        "BROKER_URL": os.environ.get("BROKER_URL", "filesystem://"),
    }

    def start() -> "subprocess.Popen[bytes]":
        with (tmp_path / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, *WORKER], cwd=PROJECT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        kill(worker)


def kill(worker: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def wait_until(holds: Callable[[], bool], seconds: float) -> float:
    """Return after how many seconds it held; fail when it never did."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        time.sleep(0.02)
    return time.monotonic() - began
