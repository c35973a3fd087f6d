"""Jobs survive whatever happens to workers."""

from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
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


@pytest.mark.django_db(transaction=True)
def test_a_worker_sees_what_the_caller_wrote_who_asked_for_a_job_that_waited_already(monkeypatch):
    def count(*, run):
        seen.append(AuditEntry.objects.count())

    def write_and_ask():
        with transaction.atomic():
            AuditEntry.objects.create(at=timezone.now(), action="x", subject_kind="x", subject_id="1")
            jobs.enqueue("test.count", key="a")
            asked.set()
            Event().wait(0.3)
        connection.close()

    seen, asked, caller = [], Event(), Thread(target=write_and_ask)
    monkeypatch.setitem(jobs.handlers, "test.count", jobs.Handler("test.count", count, "default", 3, 5))
    jobs.enqueue("test.count", key="a")
    caller.start()
    asked.wait(5)
    jobs.run_due_jobs()
    caller.join()
    jobs.run_due_jobs()
    assert seen == [1]


def test_a_job_taken_up_while_it_was_asked_for_again_leaves_a_new_one(calls, monkeypatch):
    first = jobs.enqueue("test.note", key="a", word="hello")
    hold = jobs._hold_waiting
    monkeypatch.setattr(jobs, "_hold_waiting", lambda name, key: jobs.run_job(first.pk) and hold(name, key))
    assert jobs.enqueue("test.note", key="a", word="hello").pk != first.pk
    assert jobs.run_due_jobs() == 1
    assert calls == [(1, "hello"), (1, "hello")]


def test_a_job_of_another_version_waits_for_a_worker_that_knows_it():
    row = Job.objects.create(name="test.new", key="a", queue="default", max_attempts=3, due_at=timezone.now())
    assert jobs.run_job(row.pk) is True
    row.refresh_from_db()
    assert (row.state, row.last_error) == (JobState.WAITING, "KeyError: 'test.new'")
    assert row.due_at > timezone.now() + timedelta(seconds=50)


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


@pytest.mark.parametrize(("is_urgent", "sent"), [(True, 1), (False, 0)])
def test_a_wake_up_that_a_broker_lost_is_sent_again_sooner_where_somebody_waits(calls, monkeypatch, is_urgent, sent):
    monkeypatch.setitem(jobs.handlers, "test.note", replace(jobs.handlers["test.note"], is_urgent=is_urgent))
    jobs.enqueue("test.note", key="a", word="hello")
    Job.objects.update(sent_at=timezone.now() - timedelta(seconds=3))
    assert jobs.sweep() == sent
    Job.objects.update(sent_at=timezone.now() - timedelta(seconds=11))
    assert jobs.sweep() == 1


def test_a_broker_that_hangs_is_asked_once_and_then_left_alone(calls, monkeypatch, django_capture_on_commit_callbacks):
    def hang(row):
        asked.append(row.key)
        raise TimeoutError

    asked: list[str] = []
    monkeypatch.setattr(jobs, "wake_up_sender", [hang])
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue("test.note", key="a", word="hello")
        jobs.enqueue("test.note", key="b", word="hello")
    assert asked == ["a"]
    monkeypatch.setattr(jobs, "broker_rests_until", [0.0])
    Job.objects.update(sent_at=None)
    jobs.sweep()
    assert asked == ["a", "a"]


def test_a_cancelled_job_never_runs(calls):
    jobs.enqueue("test.note", key="a", word="hello", due_at=timezone.now() + timedelta(minutes=10))
    assert jobs.cancel("test.note", key="a") is True
    Job.objects.update(due_at=timezone.now())
    assert jobs.run_due_jobs() == 0
    assert calls == []


def test_a_heartbeat_that_comes_in_time_keeps_the_job(calls):
    row = jobs.enqueue("test.note", key="a", word="hello")
    Job.objects.update(state=JobState.RUNNING, attempts=3, lease_until=timezone.now() + timedelta(seconds=10))
    jobs._free(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (JobState.RUNNING, 3)
