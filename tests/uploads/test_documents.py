"""A document's walk: sent, looked at, kept byte for byte or refused in words; and who may save it."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import FileResponse
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import jobs
from core.errors import NotFound
from core.models import Job
from tests.uploads import documents, hostile
from tests.uploads.documents import pdf
from tests.uploads.pictures import Receive, draw, save
from uploads import selectors
from uploads.exceptions import ReadingStopped, TooManyBytes, UploadRefused
from uploads.models import Upload
from uploads.registry import Profile, register_profile
from uploads.rules.documents import original_name
from uploads.services import check_upload, publish_uploads, receive_upload, send_again
from uploads.services import files as services

pytestmark = pytest.mark.django_db

ATTACHMENT = "test_attachment"
NOTHING_KEPT: tuple[int, int, list[str]] = (0, 0, [])


@pytest.fixture(autouse=True)
def attachment(profile) -> None:
    """A place for both kinds, which only the colleague may read."""
    register_profile(
        Profile(
            ATTACHMENT,
            kinds=("picture", "document"),
            max_bytes=1024 * 1024,
            widths=(320, 1200),
            sender_may_read=False,
            may_read=lambda user, upload: str(user) == "colleague@example.org",
        )
    )


@pytest.fixture
def attach(sender) -> Receive:
    def attach(content: bytes, name: str = "terms.pdf", user: User | None = sender) -> Upload:
        return receive_upload(file=SimpleUploadedFile(name, content), profile=ATTACHMENT, user=user)

    return attach


@pytest.fixture
def kept(attach) -> Receive:
    """Send a file and let the workers finish."""

    def kept(*given, **named) -> Upload:
        upload: Upload = attach(*given, **named)
        jobs.run_due_jobs()
        upload.refresh_from_db()
        return upload

    return kept


def listed(folder: str) -> list[str]:
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


def what_is_kept() -> tuple[int, int, list[str]]:
    return Upload.objects.count(), Job.objects.count(), listed("quarantine")


def address(upload: Upload) -> str:
    return reverse("media:original", args=[upload.pk])


def test_a_document_waits_in_quarantine_and_cannot_be_opened(attach):
    upload = attach(pdf())
    assert (upload.kind, upload.content_type, upload.state) == ("document", "application/pdf", "sent")
    assert len(listed("quarantine")) == 1
    with pytest.raises(NotFound):
        selectors.open_original(upload=upload)


def test_a_ready_document_is_kept_byte_for_byte_under_its_hash(kept):
    content = pdf(pages=3)
    upload = kept(content)
    sha256 = hashlib.sha256(content).hexdigest()
    assert (upload.state, upload.pages, upload.width, upload.quarantine) == ("ready", 3, None, "")
    assert original_name(sha256=sha256) == f"originals/{sha256[:2]}/{sha256[2:4]}/{sha256}.pdf"
    with selectors.open_original(upload=upload) as file:
        assert file.read() == content
    assert (listed("quarantine"), upload.renditions.count()) == ([], 0)


def test_the_same_document_sent_twice_is_one_file(kept):
    content = pdf()
    first, second = kept(content), kept(content, name="again.pdf")
    assert (first.pk != second.pk, first.sha256 == second.sha256) == (True, True)
    assert listed(f"originals/{first.sha256[:2]}/{first.sha256[2:4]}") == [f"{first.sha256}.pdf"]


def test_an_owner_locked_document_is_kept_as_it_is(kept):
    content = documents.locked(user="")
    with selectors.open_original(upload=kept(content)) as file:
        assert file.read() == content


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (
            hostile.ACTIVE["a script on opening"],
            "The PDF does more than show pages: it runs a script, starts a program, opens other files or sends off a form. "
            "Print it to a new PDF, then send that.",
        ),
        (
            documents.locked(user="secret"),
            "The PDF opens only with a password. Print it to a new PDF without one, then send that.",
        ),
        (pdf()[:-100], "The PDF is damaged or cut off. Print it to a new PDF, then send that."),
    ],
)
def test_a_refused_document_fails_in_words_and_no_original_is_kept(kept, content, failure):
    upload = kept(content)
    assert (upload.state, upload.failure, upload.pages) == ("failed", failure, None)
    assert not default_storage.exists(original_name(sha256=upload.sha256))


def test_a_failed_document_sent_again_becomes_ready(kept, colleague):
    failed = kept(documents.locked(user="secret"))
    again = send_again(upload_id=failed.pk, file=SimpleUploadedFile("open.pdf", pdf()), user=colleague)
    jobs.run_due_jobs()
    again.refresh_from_db()
    assert (again.pk, again.state, again.pages, again.name, again.failure) == (failed.pk, "ready", 1, "open.pdf", "")


def test_in_the_place_of_a_failed_document_a_picture_may_be_sent(kept, colleague):
    failed = kept(documents.locked(user="secret"))
    again = send_again(upload_id=failed.pk, file=SimpleUploadedFile("a.jpg", save(draw())), user=colleague)
    jobs.run_due_jobs()
    again.refresh_from_db()
    assert (again.state, again.kind, again.pages, again.width) == ("ready", "picture", None, 800)


def test_a_document_whose_bytes_changed_in_quarantine_is_lost(attach):
    upload = attach(pdf())
    default_storage.delete(upload.quarantine)
    default_storage.save(upload.quarantine, ContentFile(pdf(pages=2)))
    jobs.run_due_jobs()
    upload.refresh_from_db()
    assert (upload.state, upload.failure) == ("failed", "The PDF was lost on its way. Send it again.")


def stop_reading(monkeypatch) -> None:
    def read_document(content, *, max_pages):
        raise ReadingStopped("the child ended with -9")

    monkeypatch.setattr(services, "read_document", read_document)


def work(upload: Upload) -> Job:
    row = Job.objects.get(name=services.MAKE_JOB, key=str(upload.pk))
    jobs.run_job(row.pk)
    row.refresh_from_db()
    upload.refresh_from_db()
    return row


def test_a_killed_child_is_tried_again(attach, monkeypatch):
    upload = attach(pdf())
    with monkeypatch.context() as patch:
        stop_reading(patch)
        assert (work(upload).state, upload.state) == ("waiting", "processing")
    Job.objects.filter(name=services.MAKE_JOB).update(due_at=timezone.now())
    assert (work(upload).state, upload.state) == ("done", "ready")


def test_on_the_last_attempt_it_fails_in_words(attach, monkeypatch):
    upload = attach(pdf())
    stop_reading(monkeypatch)
    Job.objects.filter(name=services.MAKE_JOB).update(attempts=3)
    work(upload)
    assert (upload.state, upload.failure) == ("failed", "The PDF could not be read in time. Send it again.")


def test_a_worker_that_lost_its_lease_changes_nothing(attach):
    upload = attach(pdf())
    row = Job.objects.get(name=services.MAKE_JOB)
    Job.objects.filter(pk=row.pk).update(state="running", attempts=2)
    with pytest.raises(jobs.LeaseLost):
        services.make_renditions(run=jobs.Run(job_id=row.pk, attempt=1, last=False), upload_id=str(upload.pk))
    upload.refresh_from_db()
    assert (upload.state, len(listed("quarantine"))) == ("sent", 1)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 an office document", b"plain words"])
def test_what_is_no_document_leaves_nothing_behind(attach, content):
    with pytest.raises(UploadRefused):
        attach(content)
    assert what_is_kept() == NOTHING_KEPT


def test_a_file_over_the_limit_leaves_nothing_behind(attach):
    with pytest.raises(TooManyBytes) as refusal:
        attach(pdf() + bytes(1024 * 1024))
    assert (refusal.value.status, what_is_kept()) == (413, NOTHING_KEPT)


def test_a_file_can_be_looked_at_without_keeping_it():
    check_upload(file=ContentFile(pdf(), name="a.pdf"), profile=ATTACHMENT)
    with pytest.raises(UploadRefused):
        check_upload(file=ContentFile(b"words", name="a.txt"), profile=ATTACHMENT)
    assert what_is_kept() == NOTHING_KEPT


def test_a_guest_may_send(kept):
    upload = kept(pdf(), user=None)
    assert (upload.state, upload.uploaded_by) == ("ready", None)


def test_of_a_picture_with_a_document_behind_it_only_the_picture_lives_on(kept):
    upload = kept(save(draw()) + pdf(), name="both.pdf")
    assert (upload.kind, upload.state, upload.quarantine) == ("picture", "ready", "")
    assert not default_storage.exists(original_name(sha256=upload.sha256))
    with pytest.raises(NotFound):
        selectors.open_original(upload=upload)


def test_who_may_read_saves_it_and_nothing_of_it_runs_or_stays(client, colleague, kept):
    content = pdf(pages=2)
    upload = kept(content, name="terms\u202efdp.exe\r\n of Ama ½.pdf")
    client.force_login(colleague)
    response = client.get(address(upload))
    assert b"".join(response.streaming_content) == content
    assert address(upload) == f"/media/{upload.pk}/original"
    assert {name: response[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''termsfdp.exe%20of%20Ama%20%C2%BD.pdf"


def test_a_document_with_the_name_of_a_picture_is_saved_as_a_document(client, colleague, kept):
    client.force_login(colleague)
    response = client.get(address(kept(pdf(), name="scan.jpg")))
    assert response["Content-Disposition"] == 'attachment; filename="scan.jpg.pdf"'
    response.close()


@pytest.mark.parametrize("who", ["sender", "stranger"])
def test_for_all_others_even_a_former_sender_it_does_not_exist(client, request, kept, who):
    upload = kept(pdf())
    anonymous = client.get(address(upload))
    client.force_login(request.getfixturevalue(who))
    known = client.get(address(upload))
    made_up = client.get(address(upload).replace(str(upload.pk)[:8], "00000000"))
    assert (anonymous.status_code, known.status_code, made_up.status_code) == (404, 404, 404)
    assert anonymous.content == known.content == made_up.content == b""
    assert known.headers == made_up.headers


def test_there_is_no_original_of_a_picture_nor_of_a_refused_document(client, colleague, kept):
    picture, refused = kept(save(draw()), name="a.jpg"), kept(documents.locked(user="secret"))
    client.force_login(colleague)
    assert client.get(address(picture)).status_code == 404
    assert client.get(address(refused)).status_code == 404


def test_a_document_whose_file_is_missing_is_not_found(client, colleague, kept):
    upload = kept(pdf())
    default_storage.delete(original_name(sha256=upload.sha256))
    client.force_login(colleague)
    assert client.get(address(upload)).status_code == 404


def test_a_document_is_never_public(kept):
    upload = kept(pdf())
    assert publish_uploads(upload_ids=[upload.pk]) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(is_public=True)


def test_a_ready_document_has_pages(attach):
    upload = attach(pdf())
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(state="ready")


def test_a_room_above_serves_a_picture_through_its_own_door(kept, django_assert_num_queries):
    upload = Upload.objects.prefetch_related("renditions").get(pk=kept(save(draw()), name="a.jpg").pk)
    with django_assert_num_queries(0):
        found = selectors.get_rendition_of(upload=upload, label=320, format="webp")
        delivery = selectors.describe_rendition(rendition=found)
    response = FileResponse(selectors.open_rendition(rendition=found), **vars(delivery))
    assert hashlib.sha256(b"".join(response.streaming_content)).hexdigest() == found.sha256
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/webp", "private, max-age=600")
    response.close()


@pytest.mark.parametrize(("label", "kind"), [(640, "webp"), (320, "jpg")])
def test_other_renditions_do_not_exist(kept, label, kind):
    with pytest.raises(NotFound):
        selectors.get_rendition_of(upload=kept(save(draw()), name="a.jpg"), label=label, format=kind)
