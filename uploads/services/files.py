"""Writes: take a file in, make its renditions or check it, show them to everybody or to nobody, forget the original."""

import hashlib
from collections.abc import Collection
from contextlib import closing
from datetime import timedelta
from uuid import UUID

import structlog
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.bank_words import speaks_of_payment_change
from core.errors import NotFound
from core.jobs import Run, cancel, enqueue
from core.models import Job, JobState
from uploads.adapters.child import read_document, read_pages, read_picture
from uploads.adapters.ocr import can_read, read_words
from uploads.adapters.store import drop_original, keep_original, read_original, store_once
from uploads.choices import Format, Kind, TextSource, UploadState
from uploads.exceptions import FileUnreadable, NotFailed, OriginalGone, ReadingStopped
from uploads.models import Rendition, Upload
from uploads.registry import Profile, get_profile
from uploads.rules import documents, pictures
from uploads.rules.documents import LONGEST_TEXT, DocumentFacts, has_words, original_name
from uploads.rules.kinds import Known, check_content, check_size, clean_name
from uploads.rules.pictures import Facts, Made, rendition_name
from uploads.selectors import is_readable_by

logger = structlog.get_logger(__name__)

MAKE_JOB, TIDY_JOB = "uploads.make_renditions", "uploads.tidy_upload"
LOOK_AGAIN_AFTER = timedelta(hours=1)
KEEP_FAILED_FOR = timedelta(days=7)
READING_WIDTH = 1600
"""Pixels across a page that is drawn only to be read."""
MOST_PAGES_READ = 3
"""Number, dates and holder stand on the first pages; reading takes seconds a page."""
FAILURES = {Kind.PICTURE: pictures.FAILURES, Kind.DOCUMENT: documents.FAILURES}
UNFINISHED = (UploadState.SENT, UploadState.PROCESSING)


def receive_upload(*, file: File[bytes], profile: str, user: User | None) -> Upload:
    """Check the header, put the file in quarantine and ask a worker for its renditions.

    Whoever may attach the file decides before; here everybody may send, guests (None) too.
    Raises an UploadRefused (422, too many bytes 413) with a sentence for the field; then nothing is stored.
    """
    rules = get_profile(profile)
    content, known, name = _check(file, rules)
    quarantine = keep_original(content)
    try:
        with transaction.atomic():
            upload = Upload.objects.create(
                profile=rules.name,
                uploaded_by=user,
                name=name,
                quarantine=quarantine,
                **_measure(content, known),
            )
            _ask_for_renditions(upload)
    except Exception:
        drop_original(quarantine)
        raise
    return upload


def check_upload(*, file: File[bytes], profile: str) -> None:
    """Look at a file as `receive_upload` will, and keep nothing; raises the same UploadRefused."""
    _check(file, get_profile(profile))


def send_again(*, upload_id: UUID | str, file: File[bytes] | None, user: User) -> Upload:
    """Start a failed upload anew with another file, or with the first one (None) while it is kept; its place stays the same.

    May: whoever can read the upload. Raises NotFound for a stranger, NotFailed (409), an UploadRefused for the new file, OriginalGone.
    """
    with transaction.atomic():
        upload = Upload.objects.select_for_update().filter(pk=upload_id).first()
        if upload is None or not is_readable_by(user=user, upload=upload):
            raise NotFound
        if upload.state != UploadState.FAILED:
            raise NotFailed
        if file is not None:
            _replace_original(upload, file)
        elif not upload.quarantine:
            raise OriginalGone
        upload.renditions.all().delete()
        upload.state, upload.failure, upload.text, upload.text_source = UploadState.SENT, "", "", ""
        upload.speaks_of_payment = False
        upload.save()
        _ask_for_renditions(upload)
    return upload


def publish_uploads(*, upload_ids: Collection[UUID]) -> int:
    """Let everybody see these pictures; the number that were hidden before. Documents stay private.

    May: the app that shows them decides.
    """
    hidden = Upload.objects.filter(pk__in=upload_ids, is_public=False, kind=Kind.PICTURE)
    return hidden.update(is_public=True)


def withdraw_uploads(*, upload_ids: Collection[UUID]) -> int:
    """Let only those who may read them see these pictures; caches along the way may keep them longer."""
    return Upload.objects.filter(pk__in=upload_ids, is_public=True).update(is_public=False)


def make_renditions(*, run: Run, upload_id: str) -> None:
    """Decode a picture in a child and publish each rendition as it comes, or check a document and keep its original.

    Called by the job, safe to run twice. A bad file fails at once with its reason. A dead child is tried again by the job; on the last attempt it fails too.
    """
    upload = _begin(run, upload_id)
    if upload is None:
        return
    try:
        is_document = upload.kind == Kind.DOCUMENT
        facts = _keep_if_harmless(run, upload) if is_document else _publish_as_they_come(run, upload)
        _read_words(run, upload)
    except FileNotFoundError:
        _fail(run, upload, "lost")
    except FileUnreadable as reason:
        logger.info("file_unreadable", upload=upload_id, reason=str(reason))
        _fail(run, upload, reason.code)
    except ReadingStopped:
        if not run.last:
            raise
        _fail(run, upload, "not_in_time")
    else:
        _finish(run, upload, facts)


def tidy_upload(*, run: Run, upload_id: str) -> None:
    """Close an upload whose worker is gone for good, and forget originals that nobody needs; called by a job."""
    upload = Upload.objects.filter(pk=upload_id).first()
    if upload is None:
        return
    if upload.state in UNFINISHED:
        if Job.objects.filter(
            name=MAKE_JOB, key=upload_id, state__in=[JobState.WAITING, JobState.RUNNING]
        ).exists():  # a long queue is no failure
            _look_again(upload, LOOK_AGAIN_AFTER)
        else:
            _fail(run, upload, "not_in_time")
    elif upload.quarantine:
        with run.effect():
            idle = Upload.objects.filter(pk=upload.pk, quarantine=upload.quarantine).exclude(state__in=UNFINISHED)
            if idle.update(quarantine=""):  # else somebody has just sent it again
                drop_original(upload.quarantine)


def _check(file: File[bytes], rules: Profile) -> tuple[bytes, Known, str]:
    name = clean_name(file.name or "")
    check_size(name=name, byte_size=file.size, max_bytes=rules.max_bytes, kinds=rules.kinds)
    file.seek(0)
    content = file.read(rules.max_bytes + 1)
    return content, check_content(content, name=name, kinds=rules.kinds, max_pixels=rules.max_pixels), name


def _measure(content: bytes, known: Known) -> dict[str, str | int]:
    return {
        "byte_size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "kind": known.kind,
        "content_type": known.content_type,
    }


def _replace_original(upload: Upload, file: File[bytes]) -> None:
    content, known, upload.name = _check(file, get_profile(upload.profile))
    former, upload.quarantine = upload.quarantine, keep_original(content)
    for field, value in _measure(content, known).items():
        setattr(upload, field, value)
    if former:
        transaction.on_commit(lambda: drop_original(former))


def _ask_for_renditions(upload: Upload) -> None:
    enqueue(MAKE_JOB, key=str(upload.pk), upload_id=str(upload.pk))
    _look_again(upload, LOOK_AGAIN_AFTER)


def _look_again(upload: Upload, after: timedelta) -> None:
    cancel(TIDY_JOB, key=str(upload.pk))  # a look planned for another time would stand for this one
    enqueue(TIDY_JOB, key=str(upload.pk), due_at=timezone.now() + after, upload_id=str(upload.pk))


def _begin(run: Run, upload_id: str) -> Upload | None:
    """Take the upload up; None when it is finished already or gone."""
    with run.effect():
        waiting = Upload.objects.filter(pk=upload_id, state__in=UNFINISHED)
        return waiting.first() if waiting.update(state=UploadState.PROCESSING) else None


def _publish_as_they_come(run: Run, upload: Upload) -> Facts:
    rules, facts = get_profile(upload.profile), None
    original = read_original(upload.quarantine)
    with closing(read_picture(original, widths=rules.widths, max_pixels=rules.max_pixels)) as parts:
        for part in parts:
            if isinstance(part, Made):
                _publish_rendition(run, upload, part)
            else:
                facts = part
    if facts is None:
        raise ReadingStopped("the child told no facts")
    if rules.keeps_original:
        store_once(original_name(sha256=upload.sha256, content_type=upload.content_type), _read_untouched(upload))
    return facts


def _keep_if_harmless(run: Run, upload: Upload) -> DocumentFacts:
    """Have the child look at a document, then keep it byte for byte; it is the sender's file or it is nothing."""
    original = _read_untouched(upload)
    facts = read_document(original, max_pages=get_profile(upload.profile).max_pages)
    store_once(original_name(sha256=upload.sha256), original)
    _look_into_pages(run, upload, original)
    return facts


def _read_untouched(upload: Upload) -> bytes:
    original = read_original(upload.quarantine)
    if hashlib.sha256(original).hexdigest() != upload.sha256:
        raise FileUnreadable("lost", "the bytes in quarantine are not those that were sent")
    return original


def _look_into_pages(run: Run, upload: Upload, original: bytes) -> None:
    """Pages are shown, or only read. What cannot be drawn is no fault of the document: it can be saved."""
    rules = get_profile(upload.profile)
    try:
        if rules.page_widths:
            _show_pages(run, upload, original, rules)
        elif rules.reads_text:
            _only_read_pages(run, upload, original, rules)
    except (FileUnreadable, ReadingStopped) as reason:
        logger.info("pages_not_drawn", upload=str(upload.pk), reason=str(reason))


def _show_pages(run: Run, upload: Upload, original: bytes, rules: Profile) -> None:
    """A document's pages as pictures, and its words."""
    pages = read_pages(original, widths=rules.page_widths, most=rules.page_pictures, reads_text=rules.reads_text)
    with closing(pages) as parts:
        for part in parts:
            if isinstance(part, Made):
                _publish_rendition(run, upload, part)
            elif has_words(part.text):
                _keep_words(run, upload, part.text, TextSource.LAYER)


def _only_read_pages(run: Run, upload: Upload, original: bytes, rules: Profile) -> None:
    """The words of a document whose pages nobody is shown: its text layer, and of a scan what its first pages say. No picture is kept."""
    with closing(read_pages(original, widths=(), most=rules.page_pictures, reads_text=True)) as parts:
        text = "\n".join(part.text for part in parts if not isinstance(part, Made))
    source = TextSource.LAYER
    if not has_words(text) and can_read():
        drawn = read_pages(original, widths=(READING_WIDTH,), most=MOST_PAGES_READ, reads_text=False)
        with closing(drawn) as parts:
            pictures_of_pages = [part.content for part in parts if isinstance(part, Made)]
        text, source = f"{text}\n{read_words(pictures_of_pages)}".strip()[:LONGEST_TEXT], TextSource.OCR
    if text:
        _keep_words(run, upload, text, source)


def _read_words(run: Run, upload: Upload) -> None:
    """Where a file has no words of its own, those that can be read in its pictures."""
    rules = get_profile(upload.profile)
    if not rules.reads_text or Upload.objects.filter(pk=upload.pk).exclude(text="").exists():
        return
    largest: dict[int, Rendition] = {}
    for rendition in upload.renditions.filter(format=Format.WEBP, page__lte=MOST_PAGES_READ).order_by("label"):
        largest[rendition.page] = rendition
    names = [rendition_name(sha256=one.sha256, format=one.format) for _page, one in sorted(largest.items())]
    text = read_words([read_original(name) for name in names])[:LONGEST_TEXT]
    if has_words(text) or (
        text and not rules.page_widths
    ):  # where pages are shown, a few letters are the stamp of a scanner
        _keep_words(run, upload, text, TextSource.OCR)


def _keep_words(run: Run, upload: Upload, text: str, source: TextSource) -> None:
    with run.effect():
        Upload.objects.filter(pk=upload.pk).update(
            text=text, text_source=source, speaks_of_payment=speaks_of_payment_change(text)
        )


def _publish_rendition(run: Run, upload: Upload, made: Made) -> None:
    sha256 = hashlib.sha256(made.content).hexdigest()
    store_once(rendition_name(sha256=sha256, format=made.format), made.content)
    with run.effect():
        Rendition.objects.update_or_create(
            upload=upload,
            page=made.page,
            label=made.label,
            format=made.format,
            defaults={
                "width": made.width,
                "height": made.height,
                "byte_size": len(made.content),
                "sha256": sha256,
            },
        )


def _finish(run: Run, upload: Upload, facts: Facts | DocumentFacts) -> None:
    """Ready; only then is the original forgotten, so that a death in between costs a repeat and not the picture."""
    with run.effect():
        Upload.objects.filter(pk=upload.pk, quarantine=upload.quarantine, state=UploadState.PROCESSING).update(
            state=UploadState.READY, ready_at=timezone.now(), failure="", **vars(facts)
        )
    drop_original(upload.quarantine)
    with run.effect():
        Upload.objects.filter(pk=upload.pk, quarantine=upload.quarantine).update(quarantine="")


def _fail(run: Run, upload: Upload, code: str) -> None:
    """Failed with its reason; half a set of renditions goes, the original stays a week for "Send again"."""
    reasons = FAILURES[Kind(upload.kind)]
    with run.effect():
        failed = Upload.objects.filter(pk=upload.pk, quarantine=upload.quarantine, state__in=UNFINISHED).update(
            state=UploadState.FAILED, failure=reasons.get(code, reasons["broken"])
        )
        if failed:
            upload.renditions.all().delete()
            _look_again(upload, KEEP_FAILED_FOR)
