"""Taking a file in: what is refused leaves nothing behind, what is taken waits in quarantine."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import NotFound
from core.jobs import run_due_jobs
from core.models import Job
from tests.uploads import hostile
from tests.uploads.pictures import PROFILE, draw, save
from uploads.exceptions import NoPicture, NotFailed, OriginalGone, TooManyBytes, UploadRefused
from uploads.models import Upload
from uploads.registry import Profile, register_profile
from uploads.services import receive_upload, send_again

pytestmark = pytest.mark.django_db


def stored() -> list[str]:
    return default_storage.listdir("quarantine")[1] if default_storage.exists("quarantine") else []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        hostile.zip_archive(),
        hostile.jpeg_of_size(10_000, 5_000),
        hostile.jpeg_of_scans(1_584),
        hostile.png_of_size(60_000, 60_000),
        save(draw())[:100],
    ],
)
def test_a_refused_file_leaves_nothing_behind(receive, content):
    with pytest.raises(UploadRefused) as refusal:
        receive(content)
    assert refusal.value.status == 422
    assert (Upload.objects.count(), Job.objects.count(), stored()) == (0, 0, [])


def test_a_file_over_the_limit_of_its_profile_is_not_even_read(sender):
    register_profile(Profile("small", max_bytes=1_000))
    with pytest.raises(TooManyBytes):
        receive_upload(file=SimpleUploadedFile("a.jpg", save(draw())), profile="small", user=sender)
    assert stored() == []


def test_a_taken_file_waits_in_quarantine_for_one_job(receive, sender):
    upload = receive(save(draw()), "cocoa.jpg")
    assert (upload.state, upload.content_type, upload.uploaded_by, upload.is_public) == (
        "sent",
        "image/jpeg",
        sender,
        False,
    )
    assert stored() == [upload.quarantine.removeprefix("quarantine/")]
    assert list(Job.objects.values_list("name", "queue", "key")) == [
        ("uploads.make_renditions", "media", str(upload.pk)),
        ("uploads.tidy_upload", "default", str(upload.pk)),
    ]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("..\\..\\evil.jpg", "evil.jpg"), ("bag\u202egpj.exe\n.jpg", "baggpj.exe.jpg"), ("é" * 300 + ".jpg", "é" * 200)],
)
def test_a_name_keeps_no_path_and_no_control_characters(sender, sent, kept):
    upload = receive_upload(file=ContentFile(save(draw()), name=sent), profile=PROFILE, user=sender)
    assert upload.name == kept


def test_a_stranger_cannot_send_again(make, stranger):
    failed = make(save(draw(), quality=95)[:-2000])
    with pytest.raises(NotFound):
        send_again(upload_id=failed.pk, file=SimpleUploadedFile("b.jpg", save(draw())), user=stranger)
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_a_failed_picture_sent_again_keeps_its_place_and_becomes_ready(make, colleague):
    failed = make(save(draw(), quality=95)[:-2000])
    again = send_again(upload_id=failed.pk, file=SimpleUploadedFile("b.png", save(draw(), "PNG")), user=colleague)
    assert (again.pk, again.state, again.failure, again.content_type) == (failed.pk, "sent", "", "image/png")
    run_due_jobs()
    again.refresh_from_db()
    assert (again.state, again.name, again.width) == ("ready", "b.png", 800)


def test_a_refused_second_file_leaves_the_failure_as_it_was(make, sender):
    failed = make(save(draw(), quality=95)[:-2000])
    with pytest.raises(NoPicture):
        send_again(upload_id=failed.pk, file=SimpleUploadedFile("b.doc", b"a document"), user=sender)
    failed.refresh_from_db()
    assert (failed.state, failed.name, len(stored())) == ("failed", "cocoa.jpg", 1)


def test_a_failed_picture_can_be_tried_again_from_the_kept_original(make, sender):
    failed = make(save(draw(), quality=95)[:-2000])
    assert send_again(upload_id=failed.pk, file=None, user=sender).state == "sent"


def test_without_a_kept_original_the_file_must_be_chosen_again(make, sender):
    failed = make(save(draw(), quality=95)[:-2000])
    Upload.objects.update(quarantine="")
    with pytest.raises(OriginalGone) as refusal:
        send_again(upload_id=failed.pk, file=None, user=sender)
    assert str(refusal.value) == "The first file is no longer kept. Choose the file again."


def test_a_picture_that_did_not_fail_is_not_sent_again(make, sender):
    ready = make(save(draw()))
    with pytest.raises(NotFailed):
        send_again(upload_id=ready.pk, file=SimpleUploadedFile("b.jpg", save(draw())), user=sender)
    ready.refresh_from_db()
    assert (ready.state, ready.renditions.exists()) == ("ready", True)
