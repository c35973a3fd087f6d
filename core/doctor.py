"""The doctor: what is wrong with this installation, in words for an administrator. Apps above add their own checks."""

import shutil
import smtplib
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from core.health import measure_readiness
from core.models import Job, JobState

ENOUGH_DISK_BYTES = 1024**3
STALE_SECONDS = 60


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `advice` is empty when all is well."""

    topic: str
    words: str
    advice: str = ""

    @property
    def is_well(self) -> bool:
        return not self.advice


_checks: list[Callable[[], Iterator[Finding]]] = []


def register_check(check: Callable[[], Iterator[Finding]]) -> None:
    """Called in `AppConfig.ready()` by apps that have something to look at."""
    if check not in _checks:
        _checks.append(check)


def examine() -> list[Finding]:
    """Every finding, in the order in which an administrator would mend things."""
    findings = list(_look_at_database())
    if not findings[-1].is_well:
        return findings
    for look in (
        _look_at_folders,
        _look_at_background_work,
        _look_at_broker,
        _look_at_mail,
        _look_at_static_files,
        *_checks,
    ):
        findings.extend(look())
    return findings


def _look_at_database() -> Iterator[Finding]:
    try:
        waiting = MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
        has_cache = settings.CACHES["default"]["LOCATION"] in connection.introspection.table_names()
    except DatabaseError as error:
        yield Finding("Database", f"It does not answer: {error}", "Start the database, and compare DATABASE_URL.")
        return
    if waiting:
        yield Finding("Database", f"{len(waiting)} migrations wait.", "Type: python manage.py migrate")
    elif not has_cache:
        yield Finding(
            "Database", "The cache table is missing; nobody can sign in.", "Type: python manage.py createcachetable"
        )
    else:
        yield Finding("Database", f"{connection.vendor} answers and is up to date.")


def _look_at_folders() -> Iterator[Finding]:
    folder = Path(settings.VAR_DIR)
    probe = folder / ".doctor"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        yield Finding(
            "Data folder", f"{folder} cannot be written: {error.strerror}.", "Give it to the user that runs the site."
        )
        return
    free = shutil.disk_usage(folder).free
    words = f"{folder} can be written; {free / 1024**3:.1f} GB are free."
    yield Finding(
        "Data folder", words, "Make room: below 1 GB uploads begin to fail." if free < ENOUGH_DISK_BYTES else ""
    )


def _look_at_background_work() -> Iterator[Finding]:
    readiness = measure_readiness()
    for kind, age in (
        ("worker", readiness.worker_heartbeat_age_seconds),
        ("indexer", readiness.indexer_heartbeat_age_seconds),
    ):
        if age is None or age > STALE_SECONDS:
            seen = "was never seen" if age is None else f"was last seen {age:.0f} s ago"
            harm = "Pictures and mails wait." if kind == "worker" else "Search does not learn of changes."
            yield Finding(kind.capitalize(), f"The {kind} {seen}.", f"{harm} Start it, or look at its log.")
        else:
            yield Finding(kind.capitalize(), f"The {kind} was seen {age:.0f} s ago.")
    failed = Job.objects.filter(state=JobState.FAILED).count()
    advice = "Read them in the admin under Jobs; each says why." if failed else ""
    yield Finding("Jobs", f"{readiness.waiting_jobs} wait, {failed} were given up.", advice)


def _look_at_broker() -> Iterator[Finding]:
    url = urlsplit(settings.CELERY_BROKER_URL)
    if url.scheme == "filesystem":
        yield Finding("Broker", "Wake-ups go through files; right for one machine.")
        return
    yield _reach(
        "Broker",
        url.hostname or "localhost",
        url.port or 6379,
        "Jobs are safe, but start late. Start Redis, and compare BROKER_URL.",
    )


def _look_at_mail() -> Iterator[Finding]:
    transport = settings.MAIL_TRANSPORT
    if "EmlBackend" in transport["backend"]:
        yield Finding("Mail", f"Mails are written to {transport['options']['folder']}, nobody gets one.")
        return
    try:
        import_string(transport["backend"])(**transport["options"]).open()
    except (OSError, smtplib.SMTPException) as error:
        yield Finding(
            "Mail", f"The mail server does not take mails: {error}", "Compare MAIL_URL. Mails wait in the outbox."
        )
    else:
        yield Finding("Mail", f"{transport['options']['host']} takes mails.")


def _look_at_static_files() -> Iterator[Finding]:
    there = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    advice = "" if there else "Type: python manage.py collectstatic --noinput"
    yield Finding(
        "Static files", "They are collected." if there else "They are not collected; pages have no style.", advice
    )


def _reach(topic: str, host: str, port: int, advice: str) -> Finding:
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError as error:
        return Finding(topic, f"{host}:{port} does not answer: {error}", advice)
    return Finding(topic, f"{host}:{port} answers.")
