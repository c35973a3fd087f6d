"""The door of files that come in pieces: what a browser asks, sends and is told."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.uploads.test_arrivals import PICTURE, PIECE, PROFILE
from uploads.models import Arrival, Piece
from uploads.registry import Profile, register_profile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_pieces(profile) -> None:
    register_profile(Profile(PROFILE, in_pieces=True, may_send=lambda user: True))


@pytest.fixture
def browser(client, sender):
    client.force_login(sender)
    return client


def begin(client: Client, **said):
    announced = {"profile": PROFILE, "key": "listing-1", "name": "cocoa.jpg", "size": str(len(PICTURE))}
    return client.post(reverse("arrivals:begin"), announced | said)


def patch(client: Client, url: str, offset: int | str, content: bytes):
    return client.patch(
        url, content, content_type="application/offset+octet-stream", headers={"Upload-Offset": str(offset)}
    )


def test_a_file_is_begun_continued_and_asked_about(browser):
    begun = begin(browser)
    url = begun.json()["url"]
    assert (begun.status_code, begun["Upload-Offset"], begun.json()["taken"]) == (201, "0", False)
    assert patch(browser, url, 0, PICTURE[:PIECE]).json()["offset"] == PIECE
    assert browser.get(url).json()["offset"] == PIECE
    assert browser.head(url)["Upload-Offset"] == str(PIECE)
    again = begin(browser)
    assert (again.status_code, again.json()["url"], again.json()["offset"]) == (200, url, PIECE)


def test_a_wrong_offset_is_a_409_with_the_right_one(browser):
    url = begin(browser).json()["url"]
    patch(browser, url, 0, PICTURE[:PIECE])
    answer = patch(browser, url, 5, PICTURE[:PIECE])
    assert (answer.status_code, answer.json()["offset"]) == (409, PIECE)


def test_a_piece_that_is_too_large_is_not_read(browser):
    url = begin(browser).json()["url"]
    answer = patch(browser, url, 0, b"x" * (256 * 1024 + 1))
    assert (answer.status_code, Piece.objects.count()) == (413, 0)


def test_a_piece_without_its_place_is_refused(browser):
    url = begin(browser).json()["url"]
    answer = patch(browser, url, "", PICTURE[:PIECE])
    assert (answer.status_code, Piece.objects.count()) == (422, 0)
    assert answer.json()["message"].startswith("The browser did not say what it sends.")


def test_a_refusal_is_told_in_the_readers_language(browser):
    answer = begin(browser, size=str(16 * 1024 * 1024))
    assert (answer.status_code, answer.json()["message"]) == (
        413,
        "cocoa.jpg has 16 MB. A picture may have at most 15 MB: save it smaller, then send it again.",
    )
    assert reverse("arrivals:begin") == "/uploads/"


@pytest.mark.parametrize("method", ["get", "head", "patch", "delete"])
def test_a_stranger_gets_what_a_made_up_address_gets(browser, stranger, method):
    url = begin(browser).json()["url"]
    other = Client()
    other.force_login(stranger)
    made_up = reverse("arrivals:arrival", args=[uuid4()])
    answers = [getattr(other, method)(address) for address in (url, made_up)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert Arrival.objects.get().received == 0


def test_without_signing_in_there_is_no_way_in(browser, client):
    url = begin(browser).json()["url"]
    answer = patch(Client(), url, 0, PICTURE[:PIECE])
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/login/")
    assert Piece.objects.count() == 0


def test_a_foreign_page_cannot_send(sender):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sender)
    assert begin(strict).status_code == 403
    assert Arrival.objects.count() == 0


def test_what_was_begun_can_be_given_up(browser):
    url = begin(browser).json()["url"]
    assert browser.delete(url).status_code == 204
    assert browser.get(url).status_code == 404
