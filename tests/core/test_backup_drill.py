"""The drill: backup, wipe, restore, equal digests; on this engine and over to another."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.models import FileField
from django.utils import timezone

from accounts.models import User
from core.audit import verify_chain
from core.backup.digest import Digest, digest_database
from core.backup.media import check_media
from core.backup.registry import list_left_out, list_planted, list_sources
from core.backup.restore import restore_backup
from core.backup.tables import list_tables, list_tables_left_out
from core.backup.write import make_backup
from core.models import AuditValue
from listings.search.index import open_reading
from tests.core.furnished import AWKWARD_JSON, AWKWARD_TEXT, furnish, list_files, wipe
from uploads.choices import UploadState
from uploads.models import Upload

pytestmark = pytest.mark.django_db(transaction=True)

PROJECT = Path(__file__).resolve().parents[2]


def run_elsewhere(var: Path, *command: str) -> str:
    """Run a command of ours against an SQLite database of its own; what it said."""
    environment = {"PATH": os.environ["PATH"], "LATEEN_VAR": str(var), "LATEEN_ENV_FILE": os.devnull}
    manage = [sys.executable, "manage.py", *command]
    ran = subprocess.run(manage, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def drill(folder: Path) -> tuple[Digest, Digest]:
    before = digest_database()
    make_backup(folder)
    wipe()
    restore_backup(folder)
    return before, digest_database()


def test_backup_wipe_restore_gives_equal_digests(tmp_path):
    furnish()
    before, after = drill(tmp_path / "backup")
    assert after == before
    assert after.tables["uploads_rendition"].rows >= 2


def test_values_come_back_exactly(tmp_path):
    person = furnish()
    joined = person.date_joined
    drill(tmp_path / "backup")
    again = User.objects.get(pk=person.pk)
    assert (again.full_name, again.date_joined) == (AWKWARD_TEXT[:80], joined)
    assert AuditValue.objects.order_by("pk")[0].values == AWKWARD_JSON
    assert again.check_password("secret")


def test_files_come_back_and_an_upload_that_waited_is_finished(tmp_path):
    furnish()
    files = list_files(settings.MEDIA_ROOT)
    drill(tmp_path / "backup")
    assert list_files(settings.MEDIA_ROOT) == files
    assert not check_media().has_loss
    with default_storage.open(Upload.objects.get(name="waits.jpg").quarantine) as file:
        assert file.read(2) == b"\xff\xd8"
    assert Upload.objects.get(name="waits.jpg").state == UploadState.SENT


def test_the_index_is_made_again_and_the_audit_still_holds(tmp_path):
    furnish()
    before, _ = drill(tmp_path / "backup")
    assert open_reading().searcher.num_docs == 1
    assert verify_chain(witness=before.audit).holds
    assert before.audit.sequence == 1


def test_ids_of_deleted_rows_stay_spent(tmp_path):
    furnish()
    newest = User.objects.create_user("gone@example.org")
    spent = newest.pk
    newest.delete()
    drill(tmp_path / "backup")
    assert User.objects.create_user("next@example.org").pk == spent + 1


def test_open_sessions_are_in_no_backup_and_end_with_a_restore(tmp_path):
    Session.objects.create(session_key="k" * 32, session_data="x", expire_date=timezone.now())
    made = make_backup(tmp_path / "backup")
    assert "django_session" not in made.manifest.tables
    restore_backup(tmp_path / "backup", destroy_what_is_there=True)
    assert Session.objects.count() == 0


def test_only_the_owner_reads_a_backup(tmp_path):
    furnish()
    make_backup(tmp_path / "deep" / "backup")
    paths = [tmp_path / "deep" / "backup", *(tmp_path / "deep" / "backup").rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o600}


@pytest.mark.large
def test_the_demo_country_comes_back(tmp_path, planted_rows):
    call_command("seed_demo", companies=1, verbosity=0)
    before, after = drill(tmp_path / "backup")
    assert after == before
    filled = {name for name, table in after.tables.items() if table.rows}
    assert len(filled) >= 24


def test_a_backup_moves_to_sqlite_and_back(tmp_path):
    furnish()
    before = digest_database()
    make_backup(tmp_path / "here")
    run_elsewhere(tmp_path / "var", "migrate", "-v0")
    run_elsewhere(tmp_path / "var", "restore", str(tmp_path / "here"))
    assert json.loads(run_elsewhere(tmp_path / "var", "digest", "--json"))["total"] == before.total
    run_elsewhere(tmp_path / "var", "backup", str(tmp_path / "there"))
    wipe()
    restored = restore_backup(tmp_path / "there")
    assert restored.manifest.engine == "sqlite"
    assert digest_database() == before


def test_an_object_store_is_saved_and_filled_again(tmp_path, settings):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.core.object_store.ObjectStore"}}
    furnish()
    before = {name: content for name, (content, _) in default_storage.objects.items()}
    make_backup(tmp_path / "backup")
    wipe()
    default_storage.objects.clear()
    restore_backup(tmp_path / "backup")
    report = check_media()
    assert {name: content for name, (content, _) in default_storage.objects.items()} == before
    assert (report.checked, report.missing, report.damaged, report.orphans) == (len(before), [], [], [])


def test_a_command_of_the_night_says_what_it_did(tmp_path, capsys):
    furnish()
    call_command("backup", tmp_path / "backup")
    wipe()
    call_command("restore", tmp_path / "backup")
    said = capsys.readouterr().out
    assert "Products in the search index: 1" in said
    assert "equal to the backup's" in said


def test_every_table_of_the_database_is_known():
    known = {table.name for table in [*list_tables(), *list_tables_left_out()]}
    there = {name for name in connection.introspection.table_names() if not name.startswith("sqlite_")}
    assert there - known <= {"core_cache", "django_migrations"}


def test_every_model_that_is_named_apart_exists():
    labels = {model._meta.label for model in apps.get_models()}
    assert set(list_left_out()) | list_planted() <= labels


def test_every_file_goes_through_a_registered_source():
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    assert [str(field) for field in fields if isinstance(field, FileField)] == []
    assert "uploads" in {source.name for source in list_sources()}
