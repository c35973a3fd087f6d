"""The door to renditions: for everybody once public, before that for those who may read."""

import hashlib

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation

from core.errors import NotFound
from tests.uploads.pictures import Receive, draw, save
from uploads import selectors
from uploads.models import Rendition, Upload
from uploads.rules.pictures import Picture, rendition_name
from uploads.services import publish_uploads, withdraw_uploads

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(make: Receive) -> Upload:
    return make(save(draw(1600, 1200)))


@pytest.fixture
def address(upload) -> str:
    return reverse("media:rendition", args=[upload.pk, 320, "webp"])


def read_whole(response) -> bytes:
    """The body; the test client closes the file once it is read."""
    return b"".join(response.streaming_content)


def test_a_public_picture_is_served_for_a_year_with_one_query(client, upload, address, django_assert_num_queries):
    assert publish_uploads(upload_ids=[upload.pk]) == 1
    with django_assert_num_queries(1):
        response = client.get(address)
    content = read_whole(response)
    sha256 = upload.renditions.get(label=320, format="webp").sha256
    assert address == f"/media/{upload.pk}/320.webp"
    assert hashlib.sha256(content).hexdigest() == sha256
    assert {
        name: response[name]
        for name in ("Content-Type", "Cache-Control", "ETag", "X-Content-Type-Options", "Content-Disposition")
    } == {
        "Content-Type": "image/webp",
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": f'"{sha256}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'inline; filename="{upload.pk}-320.webp"',
    }


def test_who_has_it_already_is_told_so(client, upload, address):
    publish_uploads(upload_ids=[upload.pk])
    first = client.get(address)
    read_whole(first)
    etag = first["ETag"]
    response = client.get(address, headers={"if-none-match": etag})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)


def test_an_unpublished_picture_does_not_exist_for_strangers(client, stranger, upload, address):
    nowhere = address.replace(str(upload.pk)[:8], "00000000")
    anonymous = client.get(address)
    client.force_login(stranger)
    known, unknown = client.get(address), client.get(nowhere)
    assert (anonymous.status_code, known.status_code, unknown.status_code) == (404, 404, 404)
    assert (known["Content-Type"], known.content) == (unknown["Content-Type"], unknown.content) == ("text/plain", b"")


def test_not_even_a_header_tells_an_unpublished_picture_from_none(client, upload, address):
    known, unknown = client.get(address), client.get(address.replace(str(upload.pk)[:8], "00000000"))
    assert dict(known.items()) == dict(unknown.items())


@pytest.mark.parametrize("who", ["sender", "colleague"])
def test_who_may_read_sees_it_but_no_cache_on_the_way(client, request, address, upload, who):
    client.force_login(request.getfixturevalue(who))
    response = client.get(address)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, max-age=600")
    read_whole(response)


def test_a_withdrawn_picture_is_hidden_again(client, upload, address):
    publish_uploads(upload_ids=[upload.pk])
    assert withdraw_uploads(upload_ids=[upload.pk]) == 1
    assert client.get(address).status_code == 404


def test_a_rendition_whose_file_is_missing_is_not_found(client, upload, address):
    publish_uploads(upload_ids=[upload.pk])
    default_storage.delete(rendition_name(sha256=upload.renditions.get(label=320, format="webp").sha256, format="webp"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "tail", ["321.webp", "9999.avif", "320.jpg", "320.webp/..", "99999999999999999999.webp", "../quarantine"]
)
def test_no_other_address_leads_to_a_file(client, upload, tail):
    publish_uploads(upload_ids=[upload.pk])
    assert client.get(f"/media/{upload.pk}/{tail}").status_code == 404


def test_it_can_only_be_read(client, upload, address):
    publish_uploads(upload_ids=[upload.pk])
    assert client.post(address).status_code == 405
    looked = client.head(address)
    assert looked.status_code == 200
    read_whole(looked)


def rendition(upload: Upload, label: int, width: int, kind: str = "webp") -> None:
    Rendition.objects.create(
        upload=upload, label=label, width=width, height=width * 3 // 4, format=kind, byte_size=9, sha256="0" * 64
    )


@pytest.fixture
def waiting(receive: Receive) -> Upload:
    return receive(save(draw()))


def test_a_picture_tells_all_its_sizes(waiting):
    for label in (160, 320, 640, 1200):
        rendition(waiting, label, label)
    for label in (320, 640, 1200):
        rendition(waiting, label, label, "avif")
    at = f"/media/{waiting.pk}"
    assert selectors.build_picture(upload=waiting, alt="Cocoa", sizes="320px") == Picture(
        src=f"{at}/640.webp",
        srcset=f"{at}/160.webp 160w, {at}/320.webp 320w, {at}/640.webp 640w, {at}/1200.webp 1200w",
        avif_srcset=f"{at}/320.avif 320w, {at}/640.avif 640w, {at}/1200.avif 1200w",
        sizes="320px",
        width=1200,
        height=900,
        alt="Cocoa",
        placeholder_color="",
    )


def show(upload: Upload) -> Picture:
    picture = selectors.build_picture(upload=upload, alt="", sizes="")
    assert picture
    return picture


def test_an_incomplete_set_of_avif_is_not_offered(waiting):
    for label in (320, 640):
        rendition(waiting, label, label)
    rendition(waiting, 640, 640, "avif")
    assert show(waiting).avif_srcset == ""


def test_equal_widths_stand_once(waiting):
    for label in (160, 320, 640, 1200):
        rendition(waiting, label, min(label, 200))
    at = f"/media/{waiting.pk}"
    assert show(waiting).srcset == f"{at}/160.webp 160w, {at}/320.webp 200w"


def test_the_first_rendition_alone_makes_a_picture(waiting):
    rendition(waiting, 320, 320)
    assert show(waiting).src == f"/media/{waiting.pk}/320.webp"


def test_without_a_rendition_there_is_no_picture(waiting):
    assert selectors.build_picture(upload=waiting, alt="", sizes="") is None


def test_a_prefetched_picture_costs_no_query(upload, django_assert_num_queries):
    found = Upload.objects.prefetch_related("renditions").get(pk=upload.pk)
    with django_assert_num_queries(0):
        assert show(found).width == 1200


def test_an_upload_is_found_by_those_who_may_read_it(waiting, sender, colleague, stranger):
    assert selectors.get_readable_upload(user=sender, upload_id=waiting.pk) == waiting
    assert selectors.get_readable_upload(user=colleague, upload_id=waiting.pk) == waiting
    with pytest.raises(NotFound):
        selectors.get_readable_upload(user=stranger, upload_id=waiting.pk)


def test_a_failure_is_told_in_words(waiting):
    assert selectors.get_failure_text(upload=waiting) == ""
    waiting.failure = "The picture was lost on its way. Send it again."
    with translation.override("en"):
        assert selectors.get_failure_text(upload=waiting) == "The picture was lost on its way. Send it again."
