"""Which kind a file is, by content; and the sentences for what a place does not take."""

import pytest

from tests.uploads import hostile
from tests.uploads.documents import pdf
from tests.uploads.pictures import draw, save
from uploads.exceptions import EmptyFile, NoPicture, TooManyBytes, UploadRefused
from uploads.rules.delivery import deliver_original
from uploads.rules.kinds import DOCUMENT, PICTURE, check_content, check_size

BOTH = (PICTURE, DOCUMENT)


def kind(content: bytes, name: str = "x", kinds: tuple[str, ...] = BOTH) -> str:
    return check_content(content, name=name, kinds=kinds, max_pixels=40_000_000).kind


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (save(draw()), PICTURE),
        (pdf(), DOCUMENT),
        (b"\xef\xbb\xbf\r\n" + pdf(), DOCUMENT),
        (save(draw()) + pdf(), PICTURE),
        (save(draw(), comment=pdf()[:900]), PICTURE),
    ],
)
def test_content_tells_the_kind_whatever_the_name_says(content, expected):
    assert (kind(content, "a.jpg"), kind(content, "a.pdf")) == (expected, expected)


@pytest.mark.parametrize(
    "content",
    [
        hostile.zip_archive(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old document",
        b"{\\rtf1 text}",
        b"quantity;price\n",
        b"GIF89a" + pdf(),
        b"<script>alert(1)</script>" + pdf(),
    ],
)
def test_other_files_are_refused_with_the_way_out(content):
    with pytest.raises(UploadRefused) as refusal:
        kind(content, "offer.docx")
    assert refusal.value.status == 422
    assert str(refusal.value) == (
        "offer.docx is neither a picture (JPEG, PNG, WebP, HEIC) nor a PDF. Save it as PDF, then send it."
    )


def test_a_place_for_pictures_takes_no_document():
    with pytest.raises(NoPicture):
        kind(pdf(), kinds=(PICTURE,))


def test_a_place_for_documents_takes_no_picture():
    with pytest.raises(UploadRefused) as refusal:
        kind(save(draw()), "scan.jpg", kinds=(DOCUMENT,))
    assert str(refusal.value) == "scan.jpg is no PDF. Save it as PDF, then send it."


def test_a_damaged_picture_among_documents_is_still_told_so():
    with pytest.raises(UploadRefused) as refusal:
        kind(save(draw())[:100], "bag.jpg")
    assert str(refusal.value) == "bag.jpg is damaged or cut off. Send it again from the original."


def test_a_file_of_30_megabytes_is_told_its_size_and_the_limit():
    with pytest.raises(TooManyBytes) as refusal:
        check_size(name="brochure.pdf", byte_size=30 * 1024 * 1024, max_bytes=10 * 1024 * 1024, kinds=BOTH)
    assert refusal.value.status == 413
    assert str(refusal.value) == (
        "brochure.pdf has 30 MB. A file may have at most 10 MB: save it smaller, then send it again."
    )


def test_an_empty_document_is_refused():
    with pytest.raises(EmptyFile) as refusal:
        check_size(name="a.pdf", byte_size=0, max_bytes=9, kinds=BOTH)
    assert str(refusal.value) == "a.pdf is empty. Choose the file again."


@pytest.mark.parametrize(
    ("sent", "saved"), [("terms.pdf", "terms.pdf"), ("Terms.PDF", "Terms.PDF"), ("scan.jpg", "scan.jpg.pdf")]
)
def test_a_document_is_saved_as_what_it_is(sent, saved):
    assert deliver_original(name=sent).filename == saved
