"""How a trial counts what it finds in the database."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from stand.chaos.acts import InviteColleague, SendPicture, count_sets, draw_picture
from stand.seed import Pools
from storefronts.models import Invitation
from tests.listings.factories import make_company, make_upload, make_user
from uploads.models import Rendition
from uploads.rules.pictures import rendition_name

pytestmark = pytest.mark.django_db
POOLS = Pools(company="adanu", trays=[7], drafts=[], live=[], hosts=["host"])


def store_all(upload):
    for label in (640, 1200):
        values = {"width": label, "height": label, "byte_size": 9, "sha256": f"{label:064x}"}
        Rendition.objects.create(upload=upload, format="webp", label=label, **values)
    for rendition in upload.renditions.all():
        default_storage.save(rendition_name(sha256=rendition.sha256, format="webp"), ContentFile(b"webp"))


def test_a_ready_picture_with_every_size_and_file_is_one_set():
    upload = make_upload()
    store_all(upload)
    assert count_sets(upload) == 1


def test_a_missing_size_or_file_is_no_set():
    assert count_sets(make_upload()) == 0


def test_pictures_are_counted_by_their_name():
    counts = SendPicture(None, POOLS, "q").count({"q-7-0.jpg"})
    assert counts == {"q-7-0.jpg": {"row": 0, "file": 0, "renditions": 0}}


def test_a_message_that_was_delivered_twice_is_one_mail(tmp_path):
    address, number = "q-0-0@stand.example", "0" * 32
    (tmp_path / f"{address}-{number}.eml").touch()
    (tmp_path / f"{address}-{number}.2.eml").touch()
    act = InviteColleague(None, POOLS, "q", tmp_path)
    assert act.count({address})[address]["mail"] == 1
    assert act.count_repeats() == 1


def test_two_messages_of_one_invitation_are_two_mails(tmp_path):
    address = "q-0-0@stand.example"
    for number in ("0" * 32, "1" * 32):
        (tmp_path / f"{address}-{number}.eml").touch()
    values = {"email": address, "token_hash": "0", "expires_at": "2030-01-01T00:00Z"}
    Invitation.objects.create(company=make_company(), invited_by=make_user(), **values)
    assert InviteColleague(None, POOLS, "q", tmp_path).count({address})[address] == {"row": 1, "outbox": 0, "mail": 2}


def test_each_picture_is_another_one():
    assert draw_picture("a") == draw_picture("a")
    assert draw_picture("a") != draw_picture("b")
