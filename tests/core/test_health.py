"""Alive, ready, and what the doctor says."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from core import doctor
from core.health import note_sign_of_life
from core.models import Job, WorkerBeat

pytestmark = pytest.mark.django_db


def test_healthz_says_alive_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"alive\n")


def test_readyz_reports_lag_and_heartbeats(client):
    Job.objects.create(
        name="x", key="1", queue="default", max_attempts=1, due_at=timezone.now() - timedelta(seconds=90)
    )
    note_sign_of_life(name="worker@host")
    told = client.get("/readyz").json()
    assert told["database"] is True
    assert told["waiting_jobs"] == 1
    assert 90 <= told["queue_lag_seconds"] < 100
    assert 0 <= told["worker_heartbeat_age_seconds"] < 10
    assert told["indexer_heartbeat_age_seconds"] is None


def test_readyz_is_503_when_the_database_is_gone(client, monkeypatch):
    def gone():
        raise DatabaseError

    monkeypatch.setattr("django.db.connection.cursor", gone)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] is False


def examine() -> tuple[int, str]:
    words = StringIO()
    try:
        call_command("doctor", stdout=words)
    except SystemExit as end:
        return int(str(end.code)), words.getvalue()
    return 0, words.getvalue()


def test_the_doctor_misses_a_worker_and_says_what_to_do():
    code, words = examine()
    assert code == 1
    assert "BAD  Worker: The worker was never seen." in words
    assert "Pictures and mails wait. Start it, or look at its log." in words


def test_the_doctor_is_content_with_a_living_worker():
    note_sign_of_life(name="worker@host")
    assert "ok   Worker: The worker was seen 0 s ago." in examine()[1]


def test_the_doctor_tells_a_stale_worker_from_a_living_one():
    WorkerBeat.objects.create(name="worker@host", seen_at=timezone.now() - timedelta(minutes=5))
    assert "BAD  Worker: The worker was last seen 300 s ago." in examine()[1]


def test_the_doctor_names_jobs_that_were_given_up():
    Job.objects.create(name="x", key="1", queue="default", max_attempts=1, due_at=timezone.now(), state="failed")
    assert "BAD  Jobs: 0 wait, 1 were given up." in examine()[1]


def test_the_doctor_reports_a_mail_server_that_does_not_answer(settings):
    settings.MAIL_TRANSPORT = {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "options": {"host": "127.0.0.1", "port": 9, "timeout": 1},
    }
    assert "BAD  Mail: The mail server does not take mails" in examine()[1]


def test_the_doctor_stops_at_a_database_that_does_not_answer(monkeypatch):
    def gone(connection):
        raise DatabaseError("connection refused")

    monkeypatch.setattr(doctor, "MigrationExecutor", gone)
    code, words = examine()
    assert code == 1
    assert words.startswith("BAD  Database: It does not answer: connection refused")
    assert "Worker" not in words
