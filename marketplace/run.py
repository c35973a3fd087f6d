"""Start everything on one machine: `python -m marketplace.run --port 8000`. Ctrl-C ends all of it.

Prepares the database, messages, static files and demo data where they are missing, then keeps the web server, a worker, beat
and the indexer alive until it is told to stop.
"""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import django
import environ
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CELERY = [str(BIN / "celery"), "-q", "-A", "marketplace"]
QUOTES = ["-Q", "quotes", "-P", "threads", "-c", "24"]
"""Lookups wait for carriers, not for the processor: each has a thread."""
STARTS_AT_MOST = 20
STOP_SECONDS = 10
ANSWER_SECONDS = 60


@dataclass
class Process:
    """One of the processes that make up a small installation."""

    name: str
    command: list[str]
    running: "subprocess.Popen[bytes] | None" = None
    starts: int = field(default=0)
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def has_ended(self) -> bool:
        """It was started and runs no more."""
        return self.running is not None and self.running.poll() is not None

    def start(self) -> None:
        """Start in a process group of its own, so that it can be stopped with its children."""
        self.starts += 1
        self.running = subprocess.Popen(self.command, **{"cwd": ROOT, **self.options}, start_new_session=True)

    def start_again(self) -> None:
        """Start anew; children that outlived their killed parent end first, for they still hold its port."""
        self.kill()
        self.start()

    def ask_to_stop(self) -> None:
        """Ask the process; it ends its own children in order."""
        if self.running and self.running.poll() is None:
            self.running.terminate()

    def kill(self) -> None:
        """End the whole group, whatever still lives of it."""
        if self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)


def main() -> int:
    """Prepare, start, print the address and the logins, watch, stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--companies", type=int, default=0, help="a smaller demo country, for tests")
    wanted = parser.parse_args()
    port = wanted.port
    if not port_is_free(port):
        print(f"Port {port} is in use. Choose another one: make run PORT={port + 1}", file=sys.stderr)
        return 1
    environ.Env.read_env(os.environ.get("LATEEN_ENV_FILE", str(ROOT / ".env")))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.site")
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ["PYTHONWARNINGS"] = "ignore:You're running the worker with superuser privileges"
    heed_signals()
    prepare(companies=wanted.companies)
    processes = list_processes(port)
    try:
        for process in processes:
            process.start()
        wait_until_it_answers(port)
        announce(port)
        watch(processes)
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
    finally:
        stop_all(processes)
    return 0


def heed_signals() -> None:
    """SIGTERM and a closed terminal count as Ctrl-C; under nohup a closed terminal does not."""
    signal.signal(signal.SIGTERM, interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, interrupt)


def interrupt(number: int, frame: FrameType | None) -> None:
    """Treat a signal as Ctrl-C."""
    raise KeyboardInterrupt


def port_is_free(port: int) -> bool:
    """Nobody listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def prepare(*, companies: int) -> None:
    """Everything that must be there before the first page; each step is quick when nothing is to be done."""
    started = time.monotonic()
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if messages_are_stale():
        call_command("compilemessages", verbosity=0, ignore_patterns=[".venv"])
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("seed_demo", companies=companies or None)
    connection.close()
    print(f"Prepared in {time.monotonic() - started:.0f} s.", flush=True)


def messages_are_stale() -> bool:
    """A .po file is newer than its .mo, or has none."""
    sources = ROOT.glob("locale/*/LC_MESSAGES/*.po")
    return any(
        not po.with_suffix(".mo").exists() or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime
        for po in sources
    )


def list_processes(port: int) -> list[Process]:
    """Web server, worker, worker of lookups, beat, indexer."""
    return [
        Process(
            "web",
            [
                str(BIN / "granian"),
                "--interface",
                "wsgi",
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
                "--workers",
                "2",
                "--blocking-threads",
                "4",
                "--no-log",
                "marketplace.wsgi:application",
            ],
        ),
        Process("worker", [*CELERY, "worker", "-Q", "default,media,mail", "-c", "2", "--loglevel", "WARNING"]),
        Process("quotes", [*CELERY, "worker", *QUOTES, "-n", "quotes@%h", "--loglevel", "WARNING"]),
        Process("beat", [*CELERY, "beat", "--loglevel", "WARNING"]),
        Process("indexer", [sys.executable, "manage.py", "run_indexer"]),
    ]


def wait_until_it_answers(port: int) -> None:
    """Return when the catalogue answers, which it does once the index stands; raise when it does not within a minute."""
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy knows nothing of this machine
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        try:
            with straight.open(f"http://127.0.0.1:{port}/search/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("The catalogue did not answer within a minute.")


def announce(port: int) -> None:
    """The address, the demo logins, where mails land."""
    print(f"\n  Lateen is at  http://localhost:{port}\n", flush=True)
    call_command("demo_logins")
    print("\n  Mails are written to var/mail/*.eml. Ctrl-C stops everything.\n", flush=True)


def watch(processes: list[Process]) -> None:
    """Start again what dies, until Ctrl-C."""
    while True:
        time.sleep(1)
        for process in processes:
            if process.running and process.has_ended:
                if process.starts >= STARTS_AT_MOST:
                    raise SystemExit(f"The {process.name} process keeps ending; see its messages above.")
                print(
                    f"The {process.name} process ended ({process.running.returncode}); starting it again.", flush=True
                )
                process.start_again()


def stop_all(processes: list[Process]) -> None:
    """Ask first, then insist."""
    for process in processes:
        process.ask_to_stop()
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline and any(p.running and p.running.poll() is None for p in processes):
        time.sleep(0.1)
    for process in processes:
        process.kill()


if __name__ == "__main__":
    sys.exit(main())
