"""Keeps the stand's processes alive, as systemd does in production: `python -m stand.supervisor FOLDER`, from `make stand`.

Whatever ends is started again after a second, with what is left of it ended before; a `run/NAME.hold` file is `systemctl stop`.
"""

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import IO

from marketplace.run import QUOTES, Process
from stand.config import make_certificate, write_nginx
from stand.places import ROOT, Stand, find_stand
from tests.services import make_cluster, postgres_account, postgres_command, redis_command, wait_for

PYTHON = sys.executable
BIN = Path(PYTHON).parent
PAUSE_SECONDS = 1.0
STOP_SECONDS = 20
PREPARATION = (
    ("migrate", "--verbosity=0"),
    ("createcachetable", "--verbosity=0"),
    ("collectstatic", "--noinput", "--verbosity=0"),
    ("shell", "--verbosity=0", "-c", "from stand.seed import seed; seed()"),
)
SERVERS = ("postgres", "redis", "mail")


def main() -> int:
    """Start the servers, prepare the site, start its processes, watch, and end all in reverse order."""
    stand = find_stand(Path(sys.argv[1]))
    if stand is None:
        sys.stderr.write("There is no stand. Type: make stand\n")
        return 1
    signal.signal(signal.SIGTERM, interrupt)
    parts = list_parts(stand)
    try:
        for part in parts[: len(SERVERS)]:
            start(stand, part)
        for name in SERVERS:
            wait_for(getattr(stand.ports, "smtp" if name == "mail" else name), name)
        prepare(stand)
        for part in parts[len(SERVERS) :]:
            start(stand, part)
        (stand.run / "ready").touch()
        watch(stand, parts)
    except KeyboardInterrupt:
        say("Stopping.")
    finally:
        stop(stand, parts)
    return 0


def interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  a handler's signature
    """A polite kill ends everything."""
    raise KeyboardInterrupt


def list_parts(stand: Stand) -> list[Process]:
    """Every process of the stand, in the order in which they start."""
    ports = stand.ports
    if not (stand.var / "postgres").exists():
        make_cluster(stand.var / "postgres")
    make_certificate(stand)
    postgres = postgres_command(stand.var / "postgres", ports.postgres, {"max_connections": "100"})
    celery = [str(BIN / "celery"), "-q", "-A", "marketplace"]
    worker = [*celery, "worker", "-Q", "default,media,mail", "-c", "2", "--loglevel", "WARNING"]
    asker = [*celery, "worker", *QUOTES, "--loglevel", "WARNING"]
    return [
        serve(stand, "postgres", postgres, **postgres_account(), cwd="/"),
        serve(stand, "redis", redis_command(stand.var, ports.redis)),
        serve(stand, "mail", [PYTHON, "-m", "stand.mail", str(ports.smtp), str(stand.mails)]),
        run(stand, "web1", granian(ports.web1)),
        run(stand, "web2", granian(ports.web2)),
        serve(stand, "nginx", write_nginx(stand)),
        run(stand, "worker1", [*worker, "-n", "worker1@%h"]),
        run(stand, "worker2", [*worker, "-n", "worker2@%h"]),
        run(stand, "quotes1", [*asker, "-n", "quotes1@%h"]),
        run(stand, "quotes2", [*asker, "-n", "quotes2@%h"]),
        run(stand, "beat", [*celery, "beat", "--loglevel", "WARNING"]),
        run(stand, "indexer", [PYTHON, "manage.py", "run_indexer"]),
    ]


def granian(port: int) -> list[str]:
    """One web process."""
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "4", "--no-log"]
    return [str(BIN / "granian"), *options, "marketplace.wsgi:application"]


def serve(stand: Stand, name: str, command: list[str], **options: str) -> Process:
    """A program that is not ours."""
    return Process(name, command, options={**options, "env": stand.server_environment(), **_log(stand, name)})


def run(stand: Stand, name: str, command: list[str]) -> Process:
    """A process of the site."""
    return Process(name, command, options={"env": stand.site_environment(), **_log(stand, name)})


def _log(stand: Stand, name: str) -> dict[str, IO[bytes]]:
    log = (stand.var / "log" / f"{name}.log").open("ab")
    return {"stdout": log, "stderr": log}


def start(stand: Stand, part: Process) -> None:
    """Start a part, ending what is left of it, and write down its id."""
    part.start_again()
    if part.running:
        stand.pid_file(part.name).write_text(f"{part.running.pid}\n")


def prepare(stand: Stand) -> None:
    """What an administrator types before the first start, then the stand's own people."""
    for words in PREPARATION:
        subprocess.run([PYTHON, "manage.py", *words], check=True, cwd=ROOT, env=stand.site_environment())


def watch(stand: Stand, parts: list[Process]) -> None:
    """Start again what ended, unless somebody holds it."""
    while True:
        time.sleep(PAUSE_SECONDS)
        for part in parts:
            if part.running and part.has_ended and not stand.hold_file(part.name).exists():
                say(f"{part.name} ended ({part.running.returncode}); starting it again.")
                start(stand, part)


def stop(stand: Stand, parts: list[Process]) -> None:
    """Ask the site's processes first and its servers last, then insist; no file of ids is left."""
    for group in (parts[len(SERVERS) :], list(reversed(parts[: len(SERVERS)]))):
        for part in group:
            if part.running and not part.has_ended:
                part.running.send_signal(signal.SIGCONT)  # it may have been stopped by a trial
                part.running.send_signal(signal.SIGINT if part.name == "postgres" else signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and any(part.running and not part.has_ended for part in group):
            time.sleep(0.1)
        for part in group:
            part.kill()
            stand.pid_file(part.name).unlink(missing_ok=True)
    for left in [stand.run / "ready", *stand.run.glob("*.hold")]:
        left.unlink(missing_ok=True)


def say(words: str) -> None:
    """A line in the supervisor's log, with the time."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{time.strftime('%H:%M:%S')} {words}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
