"""What is broken, and how it is put right again: by nobody for a killed process, by the trial for what it held back."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import psycopg
import redis

from stand.places import Stand

DOWN_SECONDS = 15.0


@dataclass(frozen=True)
class Fault:
    """`strike` returns when the fault is over, as far as it ends by itself or by an administrator's hand."""

    name: str
    strike: Callable[[Stand], None]


def kill(*names: str) -> Callable[[Stand], None]:
    """kill -9 of the parts' main processes, at once; the supervisor does the rest."""

    def strike(stand: Stand) -> None:
        for pid in _list_pids(stand, *names):
            os.kill(pid, signal.SIGKILL)

    return strike


def kill_hard_at_work(*names: str) -> Callable[[Stand], None]:
    """The same while a picture is really being read, waited for at most ten seconds."""

    def strike(stand: Stand) -> None:
        deadline = time.monotonic() + 10
        with psycopg.connect(stand.site_environment()["DATABASE_URL"], autocommit=True) as connection:
            while time.monotonic() < deadline:
                if connection.execute(
                    "SELECT 1 FROM core_job WHERE state = 'running' AND queue = 'media' LIMIT 1"
                ).fetchone():
                    break
                time.sleep(0.02)
        kill(*names)(stand)

    return strike


def stop_for_a_while(name: str, number: signal.Signals = signal.SIGTERM) -> Callable[[Stand], None]:
    """`systemctl stop`, some seconds without it, `systemctl start`."""

    def strike(stand: Stand) -> None:
        hold = stand.hold_file(name)
        hold.touch()
        try:
            for pid in _list_pids(stand, name):
                os.kill(pid, number)
            time.sleep(DOWN_SECONDS)
        finally:
            hold.unlink()

    return strike


def hang(name: str) -> Callable[[Stand], None]:
    """SIGSTOP: connections are taken and nothing answers; SIGCONT after some seconds."""

    def strike(stand: Stand) -> None:
        pids = _list_pids(stand, name)
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            time.sleep(DOWN_SECONDS)
        finally:
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    return strike


def flush_redis(stand: Stand) -> None:
    """Every wake-up that waits in the broker is forgotten."""
    redis.Redis(port=stand.ports.redis, socket_timeout=5).flushall()


def restart_postgres(stand: Stand) -> None:
    """A fast shutdown, which ends every connection; the supervisor starts the server again."""
    for pid in _list_pids(stand, "postgres"):
        os.kill(pid, signal.SIGINT)


def _list_pids(stand: Stand, *names: str) -> list[int]:
    return [pid for name in names if (pid := stand.read_pid(name))]


FAULTS = (
    Fault("kill -9 both workers", kill_hard_at_work("worker1", "worker2")),
    Fault("kill -9 one web process", kill("web1")),
    Fault("kill -9 both web processes", kill("web1", "web2")),
    Fault("kill -9 beat", kill("beat")),
    Fault("kill -9 indexer", kill("indexer")),
    Fault("Redis stopped for 15 s", stop_for_a_while("redis")),
    Fault("Redis hangs for 15 s", hang("redis")),
    Fault("Redis FLUSHALL", flush_redis),
    Fault("PostgreSQL restarted", restart_postgres),
    Fault("PostgreSQL away for 15 s", stop_for_a_while("postgres", signal.SIGINT)),
)
