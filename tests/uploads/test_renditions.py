"""The job: published as they come, once, never by a worker that lost its lease; and what happens when it cannot be done."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from core import jobs
from core.models import Job
from tests.uploads import hostile
from tests.uploads.pictures import draw, save
from uploads.exceptions import ReadingStopped
from uploads.models import Rendition, Upload
from uploads.rules.pictures import Made, rendition_name
from uploads.services import files as services

pytestmark = pytest.mark.django_db


def quarantined() -> list[str]:
    return default_storage.listdir("quarantine")[1]


def work(upload: Upload) -> Job:
    row = Job.objects.get(name=services.MAKE_JOB, key=str(upload.pk), state__in=["waiting", "running"])
    jobs.run_job(row.pk)
    row.refresh_from_db()
    upload.refresh_from_db()
    return row


def be_due(row: Job) -> None:
    Job.objects.filter(pk=row.pk).update(due_at=timezone.now())


def test_a_picture_becomes_ready_with_its_facts_and_its_original_is_gone(make):
    upload = make(save(draw(1600, 1200)))
    assert (upload.state, upload.width, upload.height, upload.failure, upload.quarantine) == (
        "ready",
        1600,
        1200,
        "",
        "",
    )
    assert (len(upload.placeholder_color), len(upload.difference_hash), quarantined()) == (7, 16, [])
    assert set(upload.renditions.filter(format="webp").values_list("label", "width")) == {
        (160, 160),
        (320, 320),
        (640, 640),
        (1200, 1200),
    }


def test_every_rendition_lies_under_the_hash_of_its_bytes(make):
    for rendition in make(save(draw())).renditions.all():
        with default_storage.open(rendition_name(sha256=rendition.sha256, format=rendition.format)) as file:
            content = file.read()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (rendition.sha256, rendition.byte_size)


def test_the_first_rendition_is_published_before_the_rest_is_made(receive, monkeypatch):
    seen: list[list[int]] = []
    publish = services._publish_rendition

    def publish_and_look(*given):
        publish(*given)
        seen.append(list(Rendition.objects.values_list("label", flat=True)))

    monkeypatch.setattr(services, "_publish_rendition", publish_and_look)
    work(receive(save(draw())))
    assert seen[:3] == [[320], [160, 320], [160, 320, 640]]


def test_a_second_run_changes_nothing(make):
    upload = make(save(draw()))
    before = list(upload.renditions.values_list("pk", "sha256"))
    jobs.enqueue(services.MAKE_JOB, key=str(upload.pk), upload_id=str(upload.pk))
    assert work(upload).state == "done"
    assert list(upload.renditions.values_list("pk", "sha256")) == before


def test_the_same_picture_sent_twice_shares_its_files(make):
    first, second = make(save(draw())), make(save(draw()))
    assert first.pk != second.pk
    assert list(first.renditions.values_list("sha256")) == list(second.renditions.values_list("sha256"))


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (
            save(draw(), quality=95)[:-3000],
            "The picture is damaged and cannot be read to its end. Send it again from the original.",
        ),
        (
            hostile.png_with_text_bomb(),
            "The picture is damaged and cannot be read to its end. Send it again from the original.",
        ),
    ],
)
def test_a_bad_picture_fails_at_once_with_its_reason_and_no_rendition(receive, content, failure):
    upload = receive(content)
    assert work(upload).state == "done"
    assert (upload.state, upload.failure, upload.renditions.count(), len(quarantined())) == ("failed", failure, 0, 1)


def test_a_lost_original_fails_with_its_reason(receive):
    upload = receive(save(draw()))
    default_storage.delete(upload.quarantine)
    work(upload)
    assert (upload.state, upload.failure) == ("failed", "The picture was lost on its way. Send it again.")


def stop_reading(monkeypatch, *parts: Made) -> None:
    def read_picture(content, *, widths, max_pixels):
        yield from parts
        raise ReadingStopped("the child ended with -9")

    monkeypatch.setattr(services, "read_picture", read_picture)


def test_a_killed_child_is_tried_again_and_what_was_published_stays(receive, monkeypatch):
    upload = receive(save(draw()))
    with monkeypatch.context() as patch:
        stop_reading(patch, Made(320, "webp", 320, 240, b"first"))
        row = work(upload)
    assert (row.state, row.attempts, row.last_error) == ("waiting", 1, "ReadingStopped: the child ended with -9")
    assert (upload.state, upload.renditions.count()) == ("processing", 1)
    be_due(row)
    assert work(upload).state == "done"
    assert (upload.state, upload.renditions.filter(label=320, format="webp").count()) == ("ready", 1)


def test_on_the_last_attempt_it_fails_in_words(receive, monkeypatch):
    upload = receive(save(draw()))
    stop_reading(monkeypatch)
    Job.objects.filter(name=services.MAKE_JOB).update(attempts=3)
    assert work(upload).state == "done"
    assert (upload.state, upload.failure) == ("failed", "The picture could not be read in time. Send it again.")


def test_a_worker_that_lost_its_lease_writes_nothing(receive):
    upload = receive(save(draw()))
    row = Job.objects.get(name=services.MAKE_JOB)
    Job.objects.filter(pk=row.pk).update(state="running", attempts=2)
    with pytest.raises(jobs.LeaseLost):
        services.make_renditions(run=jobs.Run(job_id=row.pk, attempt=1, last=False), upload_id=str(upload.pk))
    upload.refresh_from_db()
    assert (upload.state, Rendition.objects.count(), len(quarantined())) == ("sent", 0, 1)


def test_a_worker_that_loses_its_lease_midway_adds_no_more(receive, monkeypatch):
    upload = receive(save(draw()))
    publish = services._publish_rendition

    def publish_then_lose(run, *rest):
        publish(run, *rest)
        Job.objects.filter(pk=run.job_id).update(attempts=2)

    monkeypatch.setattr(services, "_publish_rendition", publish_then_lose)
    row = work(upload)
    assert (row.state, row.attempts) == ("running", 2)
    assert (upload.state, upload.renditions.count()) == ("processing", 1)


def tidy(upload: Upload) -> None:
    row = Job.objects.get(name=services.TIDY_JOB, key=str(upload.pk), state="waiting")
    be_due(row)
    jobs.run_job(row.pk)
    upload.refresh_from_db()


def test_an_upload_whose_job_died_for_good_is_closed_with_a_reason(receive):
    upload = receive(save(draw()))
    Job.objects.filter(name=services.MAKE_JOB).update(state="failed")
    tidy(upload)
    assert (upload.state, upload.failure) == ("failed", "The picture could not be read in time. Send it again.")


def test_an_upload_that_waits_in_a_long_queue_is_left_alone(receive):
    upload = receive(save(draw()))
    tidy(upload)
    assert upload.state == "sent"
    assert Job.objects.filter(name=services.TIDY_JOB, state="waiting").get().due_at > timezone.now() + timedelta(
        minutes=59
    )


def test_the_original_of_a_failed_picture_is_kept_a_week_and_then_forgotten(receive):
    upload = receive(save(draw(), quality=95)[:-3000])
    work(upload)
    kept = Job.objects.get(name=services.TIDY_JOB, state="waiting")
    assert kept.due_at > timezone.now() + timedelta(days=6, hours=23)
    tidy(upload)
    assert (upload.quarantine, quarantined()) == ("", [])


def test_an_original_that_is_tried_again_at_that_moment_is_not_forgotten(receive, sender, monkeypatch):
    upload = receive(save(draw(), quality=95)[:-3000])
    work(upload)

    def try_again_first(run):
        services.send_again(upload_id=upload.pk, file=None, user=sender)
        return effect(run)

    effect = jobs.Run.effect
    monkeypatch.setattr(jobs.Run, "effect", try_again_first)
    row = Job.objects.get(name=services.TIDY_JOB, state="waiting")
    be_due(row)
    jobs.run_job(row.pk)
    upload.refresh_from_db()
    assert (upload.state, quarantined()) == ("sent", [upload.quarantine.removeprefix("quarantine/")])
