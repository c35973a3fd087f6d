"""Real workers on the tests' database and files, to be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import connection

from marketplace.run import QUOTES

PROJECT = Path(__file__).resolve().parents[1]
CELERY = [sys.executable, "-m", "celery", "-A", "marketplace.celery", "worker", "-l", "WARNING"]
WORKER = [*CELERY, "-B", "-Q", "default,media,mail", "-c", "2"]
ASKERS = [*CELERY, *QUOTES, "-n", "quotes@%h"]
Worker = subprocess.Popen[bytes]


def database_url() -> str:
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def broker_url() -> str:
    """The Redis database of this test process, "" without Redis: workers of two processes would take each other's wake-ups.

    Database 0 is nobody's, 1 that of the browser tests' site.
    """
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    whole = os.environ.get("BROKER_URL", "")
    return f"{whole.removesuffix('/0')}/{2 + number}" if whole else ""


def run_workers(tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """What starts a real Celery worker with beat on the tests' database and files; all are killed in the end."""
    with contextmanager(run_groups)(tmp_path) as start_all:
        yield lambda: start_all(WORKER)[0]


def run_groups(tmp_path: Path) -> Iterator[Callable[..., list[Worker]]]:
    """What starts real workers by their commands, a worker with beat and one that asks carriers unless others are named.

    Settings may be changed by name, such as CARRIER_LOOPBACK. All are killed in the end.
    """
    started: list[Worker] = []
    (tmp_path / "broker").mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.site",
        "LATEEN_ENV_FILE": os.devnull,
        "LATEEN_VAR": str(tmp_path),
        "DATABASE_URL": database_url(),
        "BROKER_URL": broker_url() or "filesystem://",
    }

    def start(*commands: list[str], **changed: str) -> list[Worker]:
        with (tmp_path / "worker.log").open("ab") as log:
            group = [
                subprocess.Popen(
                    command, cwd=PROJECT, env={**environment, **changed}, stdout=log, stderr=log, start_new_session=True
                )
                for command in commands or (WORKER, ASKERS)
            ]
        started.extend(group)
        return group

    yield start
    for worker in started:
        kill(worker)


def kill(worker: Worker) -> None:
    """End it with its children, once: the number of a process that is gone may be another's by now."""
    if worker.returncode is None:
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
