"""What is told by header alone: kinds, sizes, scans; and which real files must not be turned away."""

import io

import pillow_heif
import pytest
from PIL import Image

from tests.uploads import hostile
from tests.uploads.pictures import draw, save
from uploads.exceptions import CutOff, EmptyFile, NoPicture, TooManyBytes, TooManyPixels, TooManyScans
from uploads.rules.headers import check_picture, find_kind
from uploads.rules.kinds import check_size

LIMIT = 40_000_000


def look(content: bytes, name: str = "x.jpg"):
    return check_picture(content, name=name, max_pixels=LIMIT)


def heic(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    pillow_heif.from_pillow(picture).save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (save(draw(300, 200)), "jpeg"),
        (save(draw(300, 200), progressive=True), "jpeg"),
        (save(draw(300, 200, "CMYK")), "jpeg"),
        (save(draw(300, 200, "L")), "jpeg"),
        (save(draw(300, 200), "PNG"), "png"),
        (save(draw(300, 200).quantize(16), "PNG"), "png"),
        (save(Image.new("I;16", (300, 200), 40_000), "PNG"), "png"),
        (save(draw(300, 200), "WEBP"), "webp"),
        (save(draw(300, 200), "WEBP", lossless=True), "webp"),
        (save(draw(300, 200, "RGBA"), "WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0"), "webp"),
        (heic(draw(300, 200)), "heic"),
    ],
)
def test_real_pictures_are_known_by_content_with_their_size(content, kind):
    header = look(content)
    assert (header.kind, header.width, header.height) == (kind, 300, 200)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 a document",
        b"GIF89a",
        b"%PDF-1.7",
        b"<svg xmlns=''/>",
        save(draw(64, 64), "AVIF"),
        b"\xff\xd8",
        b"RIFF",
    ],
)
def test_other_files_are_no_pictures(content):
    assert find_kind(content) is None
    with pytest.raises(NoPicture) as refusal:
        look(content, "notes.docx")
    assert str(refusal.value) == "notes.docx is no picture. Send JPEG, PNG, WebP or HEIC."


@pytest.mark.parametrize(
    "content",
    [
        save(draw())[:100],
        save(draw(), "PNG")[:25],
        save(draw(), "WEBP")[:20],
        b"\xff\xd8\xff\xe0" + b"\0" * 40,
        b"\xff\xd8" + b"\xff\xe0\x00\x02" * 5000 + save(draw())[2:],
        hostile.png_of_size(0, 10),
        hostile.jpeg_of_size(0, 10),
    ],
)
def test_a_header_that_ends_early_or_makes_no_sense_is_damaged(content):
    with pytest.raises(CutOff) as refusal:
        look(content, "bag.jpg")
    assert str(refusal.value) == "bag.jpg is damaged or cut off. Send it again from the original."


def test_a_picture_of_50_megapixels_is_told_its_size_and_the_limit():
    with pytest.raises(TooManyPixels) as refusal:
        look(hostile.jpeg_of_size(10_000, 5_000), "farm.jpg")
    assert str(refusal.value) == (
        "farm.jpg has 50 megapixels (10000 by 5000). A picture may have at most 40: save it smaller, then send it again."
    )


def test_a_picture_a_pixel_over_the_limit_never_reads_as_if_it_were_within():
    with pytest.raises(TooManyPixels) as refusal:
        look(hostile.png_of_size(40_001, 1_000), "a.png")
    assert str(refusal.value).startswith("a.png has 40.1 megapixels (40001 by 1000).")


def test_a_picture_of_exactly_40_megapixels_is_taken():
    assert look(hostile.jpeg_of_size(8_000, 5_000)).width == 8_000


def test_a_jpeg_of_1584_scans_is_refused():
    with pytest.raises(TooManyScans) as refusal:
        look(hostile.jpeg_of_scans(1_584), "slow.jpg")
    assert str(refusal.value) == (
        "slow.jpg is stored in more than 100 layers, which takes too long to read. "
        "Save it as an ordinary JPEG, then send it again."
    )


def test_an_ordinary_progressive_jpeg_has_few_scans_and_is_taken():
    content = save(draw(), progressive=True)
    assert content.count(b"\xff\xda") == 10
    assert look(content).kind == "jpeg"


def test_what_a_camera_appends_after_the_picture_is_not_counted():
    assert look(save(draw()) + hostile.jpeg_of_scans(1_584)).kind == "jpeg"


def test_scan_marks_inside_a_thumbnail_are_not_counted():
    segment = b"\xff\xe1" + (2 + 400).to_bytes(2, "big") + b"\xff\xda" * 200
    content = save(draw())
    assert look(content[:2] + segment + content[2:]).width == 800


def test_an_empty_file_is_refused():
    with pytest.raises(EmptyFile) as refusal:
        check_size(name="a.jpg", byte_size=0, max_bytes=100)
    assert str(refusal.value) == "a.jpg is empty. Choose the picture again."


def test_a_file_over_the_byte_limit_is_refused_with_413():
    with pytest.raises(TooManyBytes) as refusal:
        check_size(name="a.jpg", byte_size=15 * 1024 * 1024 + 1, max_bytes=15 * 1024 * 1024)
    assert refusal.value.status == 413
    assert str(refusal.value) == (
        "a.jpg has 15.1 MB. A picture may have at most 15 MB: save it smaller, then send it again."
    )
