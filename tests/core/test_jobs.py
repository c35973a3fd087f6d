"""Jobs survive whatever happens to workers."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core import jobs
from core.models import AuditEntry, Job, JobState

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch):
    seen = []
    handler = jobs.Handler("test.note", lambda *, run, word: seen.append((run.attempt, word)), "default", 3, 5)
    monkeypatch.setitem(jobs.handlers, "test.note", handler)
    return seen


def test_an_enqueued_job_runs_once(calls):
    row = jobs.enqueue("test.note", key="a", word="hello")
    assert jobs.run_due_jobs() == 1
    assert jobs.run_job(row.pk) is False
    assert calls == [(1, "hello")]
    assert Job.objects.get(pk=row.pk).state == JobState.DONE


def test_a_rolled_back_transaction_leaves_no_job(calls):
    with transaction.atomic():
        jobs.enqueue("test.note", key="a", word="hello")
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


def test_two_waiting_jobs_of_one_key_are_one(calls):
    first = jobs.enqueue("test.note", key="a", word="hello")
    assert jobs.enqueue("test.note", key="a", word="hello").pk == first.pk
    assert jobs.run_due_jobs() == 1


def test_a_failing_job_is_tried_again_later_and_given_up_with_an_audit_entry(monkeypatch):
    def fail(*, run):
        raise OSError("disk full")

    monkeypatch.setitem(jobs.handlers, "test.fail", jobs.Handler("test.fail", fail, "default", 2, 60))
    row = jobs.enqueue("test.fail", key="a")
    assert jobs.run_due_jobs() == 1
    row.refresh_from_db()
    assert (row.state, row.last_error) == (JobState.WAITING, "OSError: disk full")
    assert row.due_at > timezone.now() + timedelta(seconds=50)
    Job.objects.update(due_at=timezone.now())
    assert jobs.run_due_jobs() == 1
    row.refresh_from_db()
    assert row.state == JobState.FAILED
    assert AuditEntry.objects.get().action == "jobs.failed"


def test_a_job_whose_worker_died_is_taken_up_by_the_next_one(calls):
    row = jobs.enqueue("test.note", key="a", word="hello")
    Job.objects.update(state=JobState.RUNNING, attempts=1, lease_until=timezone.now() - timedelta(seconds=1))
    assert jobs.sweep() == 1
    assert jobs.run_job(row.pk) is True
    assert calls == [(2, "hello")]


def test_a_worker_that_lost_its_lease_writes_nothing(monkeypatch):
    def slow(*, run):
        Job.objects.update(attempts=2)
        with run.effect():
            AuditEntry.objects.create(at=timezone.now(), action="x", subject_kind="x", subject_id="1")

    monkeypatch.setitem(jobs.handlers, "test.slow", jobs.Handler("test.slow", slow, "default", 3, 5))
    row = jobs.enqueue("test.slow", key="a")
    assert jobs.run_job(row.pk) is True
    row.refresh_from_db()
    assert AuditEntry.objects.count() == 0
    assert (row.state, row.attempts) == (JobState.RUNNING, 2)


def test_a_broken_broker_does_not_stop_the_caller(calls, monkeypatch, django_capture_on_commit_callbacks):
    def refuse(row):
        raise ConnectionError

    monkeypatch.setattr(jobs, "wake_up_sender", [refuse])
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue("test.note", key="a", word="hello")
    assert jobs.run_due_jobs() == 1


def test_a_cancelled_job_never_runs(calls):
    jobs.enqueue("test.note", key="a", word="hello", due_at=timezone.now() + timedelta(minutes=10))
    assert jobs.cancel("test.note", key="a") is True
    Job.objects.update(due_at=timezone.now())
    assert jobs.run_due_jobs() == 0
    assert calls == []
