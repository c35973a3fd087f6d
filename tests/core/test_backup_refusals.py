"""A backup that is damaged, foreign, cut or out of place changes nothing; one that cannot be finished leaves nothing."""

import errno
import gzip
import hashlib
import json
import shutil
from dataclasses import asdict

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import User
from core.backup import folder as folders
from core.backup import restore, write
from core.backup.digest import digest_database
from core.backup.exceptions import (
    BackupDamaged,
    BackupIsNewer,
    BackupIsOlder,
    DatabaseNotEmpty,
    DigestsDiffer,
    FolderNotEmpty,
    FormatUnknown,
    MigrationsWait,
    NoBackup,
    PartLeftBehind,
    ReferencesMissing,
    RowsDoNotFit,
    SiteRuns,
)
from core.backup.folder import hash_file, read_manifest, table_path
from core.backup.restore import restore_backup
from core.backup.write import make_backup
from tests.core.furnished import furnish, list_files, note_worker, waiting_upload, wipe

pytestmark = pytest.mark.django_db(transaction=True)


def full_disk(*args, **kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture(scope="module")
def good_backup(tmp_path_factory):
    """Where the first test that needs it makes a good backup."""
    return tmp_path_factory.mktemp("good") / "backup"


@pytest.fixture
def backup(good_backup, tmp_path):
    """A copy of a good backup, and the house it was made of already gone."""
    if not good_backup.exists():
        furnish()
        make_backup(good_backup)
        wipe()
    return shutil.copytree(good_backup, tmp_path / "backup")


def rewrite_manifest(backup, **changes):
    """A manifest that is whole but says something else."""
    told = {**asdict(read_manifest(backup)), **changes}
    for name in (folders.MANIFEST, folders.MANIFEST_SUM):
        (backup / name).unlink()
    text = json.dumps(told).encode()
    (backup / folders.MANIFEST).write_bytes(text)
    (backup / folders.MANIFEST_SUM).write_text(hashlib.sha256(text).hexdigest())


def rewrite_table(backup, name, edit):
    """A table whose lines were changed, with a manifest whose hash of the file agrees."""
    path = table_path(backup, name)
    path.write_bytes(gzip.compress(edit(gzip.decompress(path.read_bytes()))))
    tables = asdict(read_manifest(backup))["tables"]
    tables[name]["sha256"] = hash_file(path)
    rewrite_manifest(backup, tables=tables)


def assert_refused(backup, refusal, match):
    before, files = digest_database(), list_files(settings.MEDIA_ROOT)
    with pytest.raises(refusal, match=match):
        restore_backup(backup)
    assert digest_database() == before
    assert list_files(settings.MEDIA_ROOT) == files


@pytest.mark.parametrize("place", ["tables/accounts_user.jsonl.gz", "files.jsonl.gz", "manifest.json", "files/*/*"])
def test_a_flipped_byte_is_seen_before_anything_is_written(backup, place):
    path = next(backup.glob(place))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert_refused(backup, BackupDamaged, "damaged at")


@pytest.mark.parametrize("place", ["tables/accounts_user.jsonl.gz", "files.jsonl.gz", "files/*/*"])
def test_a_cut_or_missing_part_is_seen(backup, place):
    path = next(backup.glob(place))
    path.write_bytes(path.read_bytes()[:-1])
    assert_refused(backup, BackupDamaged, "damaged at")
    path.unlink()
    assert_refused(backup, BackupDamaged, "damaged at")


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sha256"])
def test_without_its_manifest_it_is_no_backup(backup, name):
    (backup / name).unlink()
    assert_refused(backup, NoBackup, "no whole backup")


def test_a_newer_version_is_told_to_be_installed_first(backup):
    rewrite_manifest(backup, migrations=[*read_manifest(backup).migrations, "zebras.0001_initial"])
    assert_refused(backup, BackupIsNewer, r"newer version \(zebras.0001_initial\)")


def test_an_older_version_is_told_how_to_come_back(backup):
    rewrite_manifest(backup, migrations=read_manifest(backup).migrations[:-1])
    assert_refused(backup, BackupIsOlder, "older version, before usersessions")


def test_a_format_of_the_future_is_refused(backup):
    rewrite_manifest(backup, format=2)
    assert_refused(backup, FormatUnknown, "format 2")


def test_a_database_that_holds_data_is_refused_by_name(backup):
    User.objects.create_user("someone@example.org")
    assert_refused(backup, DatabaseNotEmpty, r"\(accounts_user\).*--destroy-what-is-there")


def test_a_frightening_option_destroys_what_is_there(backup):
    User.objects.create_user("someone@example.org")
    restore_backup(backup, destroy_what_is_there=True)
    assert not User.objects.filter(email="someone@example.org").exists()
    assert digest_database().total == read_manifest(backup).total


def test_nothing_is_restored_under_a_running_worker(backup):
    note_worker(seconds_ago=5)
    assert_refused(backup, SiteRuns, r"worker@night was seen ([5-9]|1\d) s ago")


def test_a_row_that_refers_to_nothing_is_refused(backup):
    rewrite_table(backup, "accounts_user", lambda lines: lines.split(b"\n")[0] + b"\n")
    assert_refused(backup, ReferencesMissing, "lacks rows that others refer to")


def test_a_value_that_the_engine_refuses_names_its_table(backup):
    rewrite_table(backup, "accounts_user", lambda lines: lines + lines.splitlines(keepends=True)[-1])
    assert_refused(backup, RowsDoNotFit, "Table accounts_user does not fit")


def test_rows_that_differ_from_the_digest_are_taken_back(backup):
    rewrite_table(backup, "accounts_user", lambda lines: lines.replace(b"ama@example.org", b"eve@example.org"))
    assert_refused(backup, DigestsDiffer, "accounts_user")


def test_a_store_that_takes_no_more_files_leaves_the_rows_as_they_were(backup, monkeypatch):
    before = digest_database()
    monkeypatch.setattr(FileSystemStorage, "save", full_disk)
    with pytest.raises(CommandError, match=r"rows are as they were before.*No space left"):
        call_command("restore", backup)
    assert digest_database() == before


def test_an_index_that_cannot_be_built_is_told_and_the_rest_stands(backup, monkeypatch, capsys):
    monkeypatch.setattr(restore, "list_rebuilds", lambda: {"Search": full_disk})
    with pytest.raises(SystemExit):
        call_command("restore", backup)
    assert "Not made again, see the log: Search" in capsys.readouterr().err
    assert digest_database().total == read_manifest(backup).total


def test_a_folder_that_holds_something_is_refused(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"mine")
    with pytest.raises(FolderNotEmpty, match="is not empty"):
        make_backup(tmp_path)
    assert list_files(tmp_path) == {"photo.jpg": b"mine"}


def test_a_database_without_its_tables_is_told_to_migrate(tmp_path, monkeypatch):
    monkeypatch.setattr(write.MigrationExecutor, "migration_plan", lambda self, targets: [("core.0009", False)])
    with pytest.raises(MigrationsWait, match=r"manage\.py migrate"):
        make_backup(tmp_path / "night")
    assert not (tmp_path / "night").exists()


def test_an_interrupted_backup_is_in_the_way_and_is_none(tmp_path):
    (tmp_path / "night.part").mkdir()
    with pytest.raises(PartLeftBehind, match=r"night\.part is there"):
        make_backup(tmp_path / "night")
    with pytest.raises(NoBackup):
        restore_backup(tmp_path / "night.part")


@pytest.mark.parametrize("step", ["pack_lines", "write_manifest", "save_files"])
def test_a_full_disk_leaves_no_half_backup(tmp_path, monkeypatch, step):
    furnish()
    monkeypatch.setattr(write, step, full_disk)
    with pytest.raises(CommandError, match="No backup was made, and nothing is left of it"):
        call_command("backup", tmp_path / "night")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("night")] == []


def test_a_lost_and_a_damaged_file_are_named_and_the_rest_is_saved(tmp_path, capsys):
    furnish()
    lost = waiting_upload().quarantine
    default_storage.delete(lost)
    hurt = next(path for path in settings.MEDIA_ROOT.rglob("*.webp"))
    hurt.write_bytes(b"mould")
    with pytest.raises(SystemExit):
        call_command("backup", tmp_path / "backup")
    said = capsys.readouterr().err
    assert f"Lost before this backup: {lost}" in said
    assert f"Damaged before this backup, saved as it is: {hurt.relative_to(settings.MEDIA_ROOT)}" in said
    wipe()
    with pytest.raises(SystemExit):
        call_command("restore", tmp_path / "backup")
    assert f"Lost before the backup was made: {lost}" in capsys.readouterr().err
    assert hurt.read_bytes() == b"mould"


def test_a_file_lies_under_the_hash_of_its_bytes(backup):
    paths = [path for path in (backup / "files").rglob("*") if path.is_file()]
    assert len(paths) >= 3
    assert [path.name for path in paths] == [hash_file(path) for path in paths]
