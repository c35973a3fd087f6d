"""Two transactions at once: a change whose number is low and whose commit is late must not be lost."""

import threading

import pytest
from django.db import connection, transaction

from listings.models import SearchChange
from listings.rules.searching import Query
from listings.search.index import find_folder, read_position
from listings.search.indexer import apply_changes, rebuild
from listings.search.query import search
from listings.services.changes import note_change
from tests.listings.factories import make_listing
from tests.listings.settling import wait_until_settled

pytestmark = pytest.mark.django_db(transaction=True)


def read_in_order():
    """Every settled change behind the index's position."""
    position = read_position(find_folder())
    unread = SearchChange.objects.settled().after(transaction_id=position.transaction_id, change_id=position.change_id)
    return list(unread.values_list("listing_id", flat=True))


class Writer(threading.Thread):
    """Another connection that notes one change; it commits when it is told to."""

    def __init__(self, listing_id):
        super().__init__(daemon=True)
        self.listing_id, self.noted, self.may_commit = listing_id, threading.Event(), threading.Event()

    def run(self):
        with transaction.atomic():
            note_change(listing_id=self.listing_id)
            self.noted.set()
            self.may_commit.wait(timeout=15)
        connection.close()


def test_a_late_commit_with_a_low_number_is_not_lost():
    """PostgreSQL lets the second writer commit first; SQLite makes it wait. Either way both are read, the first one first."""
    rebuild()
    first, second = Writer(1), Writer(2)
    first.start()
    assert first.noted.wait(timeout=15)
    second.may_commit.set()
    second.start()
    second.join(timeout=0.5)
    assert read_in_order() == []
    assert apply_changes() == 0

    first.may_commit.set()
    first.join(timeout=15)
    second.join(timeout=15)
    wait_until_settled()
    assert read_in_order() == [1, 2]
    assert apply_changes() == 2
    assert read_in_order() == []


def test_changes_are_read_in_the_order_of_their_commits():
    rebuild()
    note_change(listing_id=1)
    with transaction.atomic():
        note_change(listing_id=2)
        note_change(listing_id=3)

    wait_until_settled()
    assert read_in_order() == [1, 2, 3]
    assert apply_changes() == 3


def test_a_change_that_is_rolled_back_never_reaches_the_index():
    listing = make_listing(title="Honey")
    rebuild()
    with transaction.atomic():
        note_change(listing_id=listing.pk)
        transaction.set_rollback(True)

    assert apply_changes() == 0


def test_a_crash_between_commit_and_position_repeats_the_changes_without_harm():
    listing = make_listing(title="Honey")
    rebuild()
    before = read_position(find_folder())
    note_change(listing_id=listing.pk)
    wait_until_settled()
    apply_changes()
    (find_folder() / "position.json").write_text(
        f'{{"transaction_id": {before.transaction_id}, "change_id": {before.change_id}, "synced_at": {before.synced_at}}}'
    )

    assert apply_changes() == 1
    assert search(query=Query(text="honey")).total == 1
