"""Documents whose pages are shown, files whose words are read, pictures whose originals are kept."""

import hashlib
import io

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFont

from core import jobs
from tests.uploads.documents import pdf
from tests.uploads.pictures import draw, save
from uploads.adapters import ocr
from uploads.choices import TextSource, UploadState
from uploads.models import Upload
from uploads.registry import Profile, register_profile
from uploads.rules.documents import original_name
from uploads.selectors import list_pages, list_stored_files
from uploads.services import receive_upload

pytestmark = pytest.mark.django_db

PROFILE = "test_certificate"
SENTENCE = "This certificate was issued to Golden Honey Ltd, number GH 12345"


@pytest.fixture(autouse=True)
def certificate(profile) -> None:
    register_profile(
        Profile(
            PROFILE, kinds=("picture", "document"), max_pages=60, widths=(640, 1280), page_widths=(640, 1280),
            page_pictures=3, reads_text=True, keeps_original=True, sender_may_read=False,
            may_read=lambda user, upload: str(user) == "colleague@example.org",
        )
    )  # fmt: skip


@pytest.fixture
def read(sender):
    """Send a file and let the workers finish."""

    def read(content: bytes, name: str = "certificate.pdf") -> Upload:
        upload = receive_upload(file=SimpleUploadedFile(name, content), profile=PROFILE, user=sender)
        jobs.run_due_jobs()
        return Upload.objects.get(pk=upload.pk)

    return read


@pytest.fixture
def no_tesseract(monkeypatch):
    monkeypatch.setattr(ocr.shutil, "which", lambda name: None)


def written(made: pikepdf.Pdf) -> None:
    """A text layer on the first page."""
    font = made.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    page = made.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = made.make_stream(f"BT /F1 12 Tf 40 700 Td ({SENTENCE}) Tj ET".encode())


def absurd(made: pikepdf.Pdf) -> None:
    made.pages[0].MediaBox = pikepdf.Array([0, 0, 1, 1_000_000])


def photograph() -> bytes:
    picture = Image.new("RGB", (1400, 900), "white")
    ImageDraw.Draw(picture).text((60, 300), SENTENCE, fill="black", font=ImageFont.load_default(size=38))
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=92)
    return target.getvalue()


def test_pages_become_pictures_and_the_text_layer_is_kept(read, no_tesseract):
    upload = read(pdf(written, pages=2))
    assert (upload.state, upload.pages) == (UploadState.READY, 2)
    assert (upload.text, upload.text_source) == (SENTENCE, TextSource.LAYER)
    assert list(upload.renditions.values_list("page", "label", "format", "width")) == [
        (1, 640, "webp", 640), (1, 1280, "webp", 1280), (2, 640, "webp", 640), (2, 1280, "webp", 1280),
    ]  # fmt: skip


def test_pages_are_listed_in_order_with_words_for_who_cannot_see(read, no_tesseract):
    pages = list_pages(upload=read(pdf(pages=2)), sizes="92vw")
    assert [page.alt for page in pages] == ["Page 1 of 2", "Page 2 of 2"]
    assert pages[0].srcset.count("page-1-") == 2


def test_only_the_first_pages_are_drawn(read, no_tesseract):
    upload = read(pdf(pages=5))
    assert upload.pages == 5
    assert sorted(set(upload.renditions.values_list("page", flat=True))) == [1, 2, 3]


def test_a_page_is_seen_by_those_who_may_read_and_by_nobody_else(
    read, no_tesseract, client, sender, colleague, stranger
):
    upload = read(pdf())
    url = reverse("media:page", args=[upload.pk, 1, 640, "webp"])
    client.force_login(stranger)
    assert client.get(url).status_code == 404
    client.force_login(sender)
    assert client.get(url).status_code == 404
    client.force_login(colleague)
    answer = client.get(url)
    answer.close()
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "image/webp",
        "private, max-age=600",
    )


def test_what_a_page_claims_to_measure_decides_over_no_memory(read, no_tesseract):
    upload = read(pdf(absurd))
    assert upload.state == UploadState.READY
    assert all(row.width * row.height <= 1281 * 2561 for row in upload.renditions.all())


def test_400_pages_are_refused_with_the_way_out(read, no_tesseract):
    upload = read(pdf(pages=400))
    assert (upload.state, upload.renditions.count()) == (UploadState.FAILED, 0)
    assert upload.failure == "The PDF has too many pages. Print the pages that matter to a new PDF, then send that."


def test_a_pictures_original_is_kept_byte_for_byte(read, no_tesseract, client, colleague):
    content = save(draw(800, 600), "JPEG")
    upload = read(content, "certificate.jpg")
    client.force_login(colleague)
    answer = client.get(reverse("media:original", args=[upload.pk]))
    assert b"".join(answer.streaming_content) == content
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "image/jpeg",
        'attachment; filename="certificate.jpg"',
    )


def test_every_kept_file_is_named_for_backups(read, no_tesseract):
    read(save(draw(800, 600), "PNG"), "certificate.png")
    read(pdf())
    names = [file.name for file in list_stored_files()]
    assert sorted(name.rsplit(".", 1)[1] for name in names if name.startswith("originals/")) == ["pdf", "png"]
    assert all(default_storage.exists(name) for name in names)


def test_without_tesseract_a_picture_has_no_words_and_is_ready(read, no_tesseract):
    upload = read(photograph(), "certificate.jpg")
    assert (upload.state, upload.text, upload.text_source) == (UploadState.READY, "", "")


def test_the_words_of_a_photograph_are_read(read):
    upload = read(photograph(), "certificate.jpg")
    assert upload.text_source == TextSource.OCR
    assert "Golden Honey Ltd" in upload.text


def test_a_reader_that_hangs_costs_the_words_and_nothing_else(read, monkeypatch):
    monkeypatch.setattr(ocr, "SECONDS", 1)
    monkeypatch.setattr(ocr, "_limits", lambda: ["sleep", "30", "#"])
    upload = read(photograph(), "certificate.jpg")
    assert (upload.state, upload.text) == (UploadState.READY, "")


def test_equal_bytes_have_one_name():
    digest = hashlib.sha256(b"x").hexdigest()

    assert (
        original_name(sha256=digest, content_type="image/png") == f"originals/{digest[:2]}/{digest[2:4]}/{digest}.png"
    )


@pytest.fixture
def only_read(sender):
    """Send a file of a profile that is read and never shown, and let the workers finish."""
    register_profile(Profile("test_read", kinds=("picture", "document"), widths=(320, 1200), reads_text=True))

    def do(content: bytes, name: str = "invoice.pdf") -> Upload:
        upload = receive_upload(file=SimpleUploadedFile(name, content), profile="test_read", user=sender)
        jobs.run_due_jobs()
        return Upload.objects.get(pk=upload.pk)

    return do


def scan(words: str) -> bytes:
    """A page that is a picture of words."""
    picture = Image.new("RGB", (1240, 700), "white")
    ImageDraw.Draw(picture).text((60, 200), words, fill="black", font=ImageFont.load_default(size=34))
    target = io.BytesIO()
    picture.save(target, "PDF", resolution=150)
    return target.getvalue()


def test_a_document_that_is_only_read_keeps_words_and_no_pictures(only_read, no_tesseract):
    upload = only_read(pdf(written))
    assert (upload.state, upload.text, upload.text_source) == (UploadState.READY, SENTENCE, TextSource.LAYER)
    assert (upload.renditions.count(), upload.speaks_of_payment) == (0, False)


def test_a_document_without_words_is_ready_all_the_same(only_read, no_tesseract):
    upload = only_read(pdf())
    assert (upload.state, upload.text) == (UploadState.READY, "")


def test_a_scan_that_is_only_read_is_read_and_its_pictures_are_thrown_away(only_read):
    upload = only_read(scan("Our new bank account is 0123456789 at GCB"))
    assert (upload.text_source, upload.speaks_of_payment, upload.renditions.count()) == (TextSource.OCR, True, 0)


def test_a_few_words_in_a_picture_are_enough(only_read):
    picture = Image.new("RGB", (1200, 400), "white")
    ImageDraw.Draw(picture).text(
        (40, 150), "IBAN DE89 3704 0044 0532 0130 00", fill="black", font=ImageFont.load_default(size=52)
    )
    target = io.BytesIO()
    picture.save(target, "PNG")
    assert only_read(target.getvalue(), "photo.png").speaks_of_payment
