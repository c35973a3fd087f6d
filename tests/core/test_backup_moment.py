"""A backup shows one moment, stops no writer, and takes files that come and go at the moment that still names them."""

import threading

import pytest
from django.db import connection, connections, transaction

from accounts.models import User
from core.backup import registry
from core.backup.digest import digest_database, digest_table
from core.backup.registry import FileSource, StoredFile
from core.backup.snapshot import one_moment
from core.backup.tables import list_tables
from core.backup.write import make_backup

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(act):
    """Do it in another connection and wait until it is committed."""

    def run():
        act()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=15)
    assert not thread.is_alive()


def test_what_others_write_meanwhile_is_not_seen_and_does_not_wait():
    User.objects.create_user("ama@example.org")
    with one_moment():
        before = digest_database()
        elsewhere(lambda: User.objects.create_user("late@example.org"))
        assert digest_database() == before
    assert User.objects.count() == 2
    assert digest_database() != before


def test_a_moment_does_not_begin_inside_a_transaction():
    with transaction.atomic(), pytest.raises(RuntimeError), one_moment():
        pass


def test_after_a_moment_the_connection_writes_again():
    with one_moment():
        User.objects.count()
    User.objects.create_user("ama@example.org")
    assert not connection.in_atomic_block


def test_a_file_that_slips_away_is_sought_at_a_new_moment(monkeypatch, tmp_path):
    asked = []

    def list_files():
        asked.append(len(asked))
        if len(asked) == 1:
            yield StoredFile("quarantine/just-finished", 1, "0" * 64, is_passing=True)

    source = FileSource(name="uploads", folders=(), list_files=list_files, is_busy=lambda: False)
    monkeypatch.setattr(registry, "_sources", {"uploads": source})
    made = make_backup(tmp_path / "backup")
    assert (made.missing, made.manifest.files.named) == ([], 0)


def test_a_digest_does_not_depend_on_the_order_of_rows_and_hears_every_change():
    (users,) = [table for table in list_tables() if table.model is User]
    for pk in (3, 1, 2):
        User.objects.create(pk=pk, email=f"{pk}@example.org", date_joined="2026-01-01T00:00Z")
    first = digest_table(users)
    User.objects.filter(pk=1).delete()
    assert digest_table(users) != first
    User.objects.create(pk=1, email="1@example.org", date_joined="2026-01-01T00:00Z")
    assert digest_table(users) == first
