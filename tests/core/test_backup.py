"""Backup, wipe, restore: nothing is lost, nothing is trusted."""

import io
import json
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import models
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core.audit import record, seal_entries
from core.backup.manifest import read_manifest
from core.backup.rows import decode, digest_tables, encode, list_tables, name_table, write_line
from core.jobs import run_due_jobs
from core.models import AuditEntry, Job, OutboxMail
from listings.models import Listing, ListingPicture
from listings.rules.searching import Query
from listings.search.query import search
from tests.listings.factories import make_company, make_listing
from tests.uploads.pictures import draw, save
from uploads.models import Rendition, Upload
from uploads.registry import Profile, register_profile
from uploads.services import receive_upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def a_house(planted_rows, tmp_path):
    """People, a company, a live product, an upload that is ready and one that waits, jobs, mails, audit."""
    register_profile(Profile("album", widths=(160,)))
    owner = User.objects.create_user("esinam@adanu.example", "x", full_name="Esinam Ɛkɔ")
    listing = make_listing(company=make_company(country="GH"), title="Washed Arabica")
    ListingPicture.objects.all().delete()
    Upload.objects.all().delete()  # the factory's pictures are rows without files
    receive_upload(file=ContentFile(save(draw()), name="ready.jpg"), profile="album", user=owner)
    run_due_jobs()
    receive_upload(file=ContentFile(save(draw(70, 50)), name="waiting.jpg"), profile="album", user=owner)
    record("tests.planted", subject=owner, actor=owner, values={"name": "Ɛ"})
    seal_entries()
    return listing


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backup"


def backup(folder):
    call_command("backup", str(folder), stdout=io.StringIO(), stderr=io.StringIO())


def restore(folder, **options):
    call_command("restore", str(folder), stdout=io.StringIO(), **options)


def wipe():
    """An empty database and an empty store, as a new machine has them."""
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(default_storage.location, ignore_errors=True)


def digest():
    out = io.StringIO()
    call_command("digest", json=True, stdout=out)
    return json.loads(out.getvalue())


def test_backup_wipe_restore_gives_equal_digests(a_house, folder):
    before = digest()
    backup(folder)
    wipe()
    assert digest()["total"] != before["total"]
    restore(folder)
    assert digest() == before


def test_after_a_restore_the_site_works(a_house, folder):
    backup(folder)
    wipe()
    restore(folder)
    assert search(query=Query()).ids == (a_house.pk,)
    assert Listing.objects.live().get() == a_house
    assert User.objects.create_user("new@adanu.example", "x").pk > User.objects.get(full_name="Esinam Ɛkɔ").pk
    run_due_jobs()
    assert set(Upload.objects.values_list("state", flat=True)) == {"ready"}
    call_command("fsck_media", stdout=io.StringIO())
    call_command("audit", "verify", stdout=io.StringIO())


def test_every_table_of_ours_has_rows_of_its_own_in_the_format(a_house, folder):
    backup(folder)
    manifest = read_manifest(folder)
    assert set(manifest.tables) == {name_table(model) for model in list_tables()}
    assert manifest.tables["accounts.user"].rows >= 1
    assert manifest.tables["core.job"].rows == Job.objects.count()
    assert "sessions.session" not in manifest.tables


def test_only_the_owner_may_read_a_backup(a_house, folder):
    backup(folder)
    assert (folder / "manifest.json").stat().st_mode & 0o077 == 0
    assert (folder / "tables" / "accounts.user.jsonl").stat().st_mode & 0o077 == 0


def test_a_backup_is_not_written_over_another(a_house, folder):
    backup(folder)
    with pytest.raises(CommandError, match="is not empty"):
        backup(folder)


def test_a_backup_that_broke_off_leaves_nothing_that_looks_like_one(a_house, folder, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.backup.write.copy_hashed", full)
    with pytest.raises(CommandError, match="No space left"):
        backup(folder)
    assert not folder.exists()
    assert not folder.with_name("backup.part").exists()


def test_a_file_that_is_missing_in_the_store_is_named(a_house, folder):
    rendition = Rendition.objects.first()
    name = f"renditions/{rendition.sha256[:2]}/{rendition.sha256[2:4]}/{rendition.sha256}.{rendition.format}"
    default_storage.delete(name)
    backup(folder)
    assert read_manifest(folder).missing == [name]
    with pytest.raises(SystemExit):
        call_command("fsck_media", stdout=io.StringIO(), stderr=io.StringIO())


def test_a_database_with_rows_is_not_restored_over(a_house, folder):
    backup(folder)
    with pytest.raises(CommandError, match="not empty"):
        restore(folder)


def test_everything_is_destroyed_first_only_when_told_so(a_house, folder):
    backup(folder)
    before = digest()
    OutboxMail.objects.create(
        message_id="<x>", sender="a@b.example", recipient="c@d.example", subject="later", text="x"
    )
    restore(folder, destroy_everything_first=True)
    assert digest() == before


@pytest.mark.parametrize("part", ["manifest.json", "tables/accounts.user.jsonl", "files.jsonl", "a file"])
@pytest.mark.parametrize("harm", ["gone", "flipped"])
def test_a_damaged_backup_changes_nothing(a_house, folder, part, harm):
    backup(folder)
    path = folder / part if part != "a file" else next(one for one in (folder / "files").rglob("*") if one.is_file())
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(content)
    wipe()
    before = digest()
    with pytest.raises(CommandError, match="cannot be used"):
        restore(folder)
    assert digest() == before


def test_a_file_name_that_points_out_of_the_backup_is_refused(a_house, folder):
    backup(folder)
    listed = (folder / "files.jsonl").read_text()
    (folder / "files.jsonl").write_text(listed.replace("renditions/", "../renditions/"))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["parts"]["files.jsonl"] = __import__("hashlib").sha256((folder / "files.jsonl").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    wipe()
    with pytest.raises(CommandError, match="points out of the backup"):
        restore(folder)


@pytest.mark.parametrize(("change", "words"), [("add", "newer version"), ("remove", "older version")])
def test_a_backup_of_another_version_is_refused_with_what_to_do(a_house, folder, change, words):
    backup(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    if change == "add":
        manifest["migrations"].append("listings.9999_future")
    else:
        manifest["migrations"].remove("listings.0001_initial")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    wipe()
    with pytest.raises(CommandError, match=words):
        restore(folder)


def test_the_digest_does_not_depend_on_the_order_of_rows(a_house):
    before = digest_tables()["accounts.user"]
    owner = User.objects.get(full_name="Esinam Ɛkɔ")
    owner.save()
    assert digest_tables()["accounts.user"] == before
    User.objects.filter(pk=owner.pk).update(full_name="Esinam Ɛkɔ.")
    assert digest_tables()["accounts.user"] != before


def test_a_file_that_nobody_names_is_found_and_deleted_after_a_day(a_house, monkeypatch):
    default_storage.save("renditions/aa/bb/left-over.webp", ContentFile(b"x"))
    out = io.StringIO()
    call_command("fsck_media", delete_orphans=True, stdout=out)
    assert "1 files (1 bytes) are named by nobody, 0 of them deleted" in out.getvalue()
    later = timezone.now() + timezone.timedelta(days=2)
    monkeypatch.setattr("core.backup.fsck.timezone.now", lambda: later)
    call_command("fsck_media", delete_orphans=True, stdout=io.StringIO())
    assert not default_storage.exists("renditions/aa/bb/left-over.webp")


def test_a_damaged_file_is_found(a_house):
    name = next(iter(default_storage.listdir("quarantine")[1]))
    with default_storage.open(f"quarantine/{name}", "wb") as file:
        file.write(b"other bytes")
    err = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("fsck_media", stdout=io.StringIO(), stderr=err)
    assert f"Damaged: quarantine/{name}" in err.getvalue()


def test_an_audit_whose_end_was_cut_off_no_longer_holds_its_head(a_house):
    head = digest()["audit_head"]
    AuditEntry.objects.all().delete()
    AuditEntry.seal.field.related_model.objects.all().delete()
    with pytest.raises(SystemExit):
        call_command("audit", "verify", head=head, stdout=io.StringIO(), stderr=io.StringIO())


AWARE = st.datetimes(timezones=st.just(UTC), min_value=datetime(1900, 1, 1))  # noqa: DTZ001  hypothesis wants a naive bound


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, max_value=10**9, min_value=-(10**9)))
def test_decimals_come_back_exact(number):
    field = models.DecimalField(max_digits=14, decimal_places=4)
    assert decode(field, json.loads(write_line([encode(number)]))[0]) == number


@given(AWARE)
def test_moments_come_back_to_the_microsecond(moment):
    assert decode(models.DateTimeField(), encode(moment)) == moment


@given(st.text(), st.binary(), st.dates())
def test_texts_bytes_and_days_come_back(text, content, day):
    assert json.loads(write_line([encode(text)]))[0] == text
    assert bytes(decode(models.BinaryField(), encode(content))) == content
    assert decode(models.DateField(), encode(day)) == day


def test_equal_decimals_are_written_alike():
    assert encode(Decimal("1.5000")) == encode(Decimal("1.5")) == "1.5"
    assert encode(Decimal(100)) == "100"
    assert encode(date(2026, 11, 25)) == "2026-11-25"
    identifier = uuid4()
    assert decode(models.UUIDField(), encode(identifier)) == identifier
