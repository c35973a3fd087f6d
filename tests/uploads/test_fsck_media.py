"""Files that rows name are looked after; files that nobody names go only when they are old and all is quiet."""

import json
import os
import time

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError

from core.backup.media import check_media
from tests.uploads.pictures import draw, save
from uploads.adapters.store import store_once
from uploads.models import Rendition
from uploads.rules.pictures import rendition_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(make):
    return make(save(draw()))


def some_file(upload) -> str:
    made = Rendition.objects.filter(upload=upload)[0]
    return rendition_name(sha256=made.sha256, format=made.format)


def leave_orphan(name: str, *, hours: int) -> None:
    default_storage.save(name, ContentFile(b"nobody's"))
    then = time.time() - hours * 3600
    os.utime(settings.MEDIA_ROOT / name, (then, then))


def test_a_whole_store_is_well(picture, receive, capsys):
    receive(save(draw(90, 90)))
    call_command("fsck_media")
    assert "0 lost, 0 damaged. 0 orphans, 0 deleted." in capsys.readouterr().out


def test_a_lost_file_is_named_and_ends_with_1(picture, capsys):
    default_storage.delete(some_file(picture))
    with pytest.raises(SystemExit) as end:
        call_command("fsck_media")
    assert end.value.code == 1
    assert f"lost      {some_file(picture)}" in capsys.readouterr().out


def test_a_lost_original_that_waits_is_a_loss(receive):
    upload = receive(save(draw()))
    default_storage.delete(upload.quarantine)
    assert check_media().missing == [upload.quarantine]


def test_one_wrong_byte_is_damage_and_a_quick_look_sees_only_sizes(picture, capsys):
    path = settings.MEDIA_ROOT / some_file(picture)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert check_media(only_sizes=True).damaged == []
    with pytest.raises(SystemExit):
        call_command("fsck_media", json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["damaged"], told["missing"], told["has_loss"]) == ([some_file(picture)], [], True)


def test_an_original_that_is_ready_and_gone_is_no_loss(picture):
    picture.quarantine = "quarantine/dropped-a-moment-ago"
    picture.save()
    assert check_media().missing == []


def test_only_orphans_older_than_a_day_are_deleted(picture, capsys):
    leave_orphan("renditions/aa/bb/old.webp", hours=50)
    leave_orphan("quarantine/young", hours=3)
    call_command("fsck_media", delete_orphans=True)
    said = capsys.readouterr().out
    assert "deleted   renditions/aa/bb/old.webp  8 bytes, 2 days old" in said
    assert "orphan    quarantine/young  8 bytes, 3 hours old" in said
    assert not default_storage.exists("renditions/aa/bb/old.webp")
    assert default_storage.exists("quarantine/young")


def test_nothing_is_deleted_while_an_upload_is_under_way(receive):
    receive(save(draw()))
    leave_orphan("quarantine/old", hours=50)
    with pytest.raises(CommandError, match="quiet hour"):
        call_command("fsck_media", delete_orphans=True)
    assert default_storage.exists("quarantine/old")


def test_without_being_asked_nothing_is_deleted(picture):
    leave_orphan("quarantine/old", hours=50)
    call_command("fsck_media")
    assert default_storage.exists("quarantine/old")


def test_an_orphan_that_is_stored_again_is_young():
    leave_orphan("renditions/cc/dd/again.webp", hours=50)
    store_once("renditions/cc/dd/again.webp", b"nobody's")
    (orphan,) = check_media().orphans
    assert orphan.is_young
