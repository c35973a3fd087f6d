"""kill -9 of the indexer at random moments under writes, and a full disk: the last good state is served, nothing is lost afterwards."""

import os
import random
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from listings.choices import ListingState
from listings.models import Listing
from listings.rules.searching import Query
from listings.search.index import open_reading
from listings.search.indexer import apply_changes, rebuild
from listings.search.query import search
from listings.search.verify import verify
from listings.services.changes import note_change
from tests.listings.factories import make_company, make_listing
from tests.listings.settling import wait_until_settled

pytestmark = pytest.mark.django_db(transaction=True)
LOOP = (
    "import sys, time, django; from django.conf import settings; django.setup();"
    "settings.SEARCH_INDEX_DIR = sys.argv[1]; settings.DATABASES['default']['NAME'] = sys.argv[2];"
    "from listings.search.indexer import apply_changes, make_ready;"
    "make_ready(); print('runs', flush=True)\n"
    "while True:\n    apply_changes() or time.sleep(0.01)"
)
FULL_DISK = (
    "import resource, sys, django; from django.conf import settings; django.setup();"
    "settings.SEARCH_INDEX_DIR = sys.argv[1]; settings.DATABASES['default']['NAME'] = sys.argv[2];"
    "from listings.search.indexer import apply_changes;"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2); apply_changes()"
)
PATIENCE_SECONDS = 120


def start(code, *more):
    name = str(connection.settings_dict["NAME"])
    arguments = [sys.executable, "-c", code, str(settings.SEARCH_INDEX_DIR), name, *more]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "marketplace.settings.test"}
    return subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def start_indexer():
    indexer = start(LOOP)
    assert indexer.stdout.readline() == b"runs\n"
    return indexer


def kill(indexer):
    """End it at once; what it wrote before it ended by itself, "" when it still ran."""
    has_ended = indexer.poll() is not None
    indexer.kill()
    said = indexer.communicate(timeout=10)[1].decode()
    return said if has_ended else ""


def write_until(moment, listings, chance):
    """Withdraw and bring back products, one change after another, until the moment has come."""
    while time.monotonic() < moment:
        listing = chance.choice(listings)
        state = chance.choice([ListingState.LIVE, ListingState.PAUSED])
        Listing.objects.filter(pk=listing.pk).update(state=state)
        note_change(listing_id=listing.pk)


def wait_for_the_rest():
    deadline = time.monotonic() + PATIENCE_SECONDS
    while verify().unread and time.monotonic() < deadline:
        time.sleep(0.05)
    return verify()


@pytest.mark.parametrize("moments", [4, pytest.param(50, marks=pytest.mark.large)])
def test_a_kill_at_any_moment_loses_and_doubles_nothing(moments):
    chance = random.Random(moments)  # noqa: S311  moments, no secret
    company = make_company()
    listings = [make_listing(company=company, title=f"Honey {number}") for number in range(30)]
    rebuild()
    for _ in range(moments):
        indexer = start_indexer()
        write_until(time.monotonic() + chance.uniform(0, 0.6), listings, chance)
        assert kill(indexer) == ""
        assert open_reading().searcher.num_docs > 0
        wait_until_settled()
        indexer = start_indexer()
        found = wait_for_the_rest()
        said = kill(indexer)
        assert (found.is_clean, found.unread, said) == (True, 0, ""), found


@pytest.mark.parametrize("free_bytes", [0, 200])
def test_on_a_full_disk_the_last_good_state_is_served(free_bytes):
    """The limit of a file's size fails a write as a full disk does, in one process only."""
    kept, gone = make_listing(title="Acacia honey"), make_listing(title="Thyme honey")
    rebuild()
    Listing.objects.filter(pk=gone.pk).update(state=ListingState.PAUSED)
    note_change(listing_id=gone.pk)
    wait_until_settled()
    indexer = start(FULL_DISK, str(free_bytes))
    said = indexer.communicate(timeout=60)[1].decode()

    assert (indexer.returncode, "File too large" in said) == (1, True), said
    assert search(query=Query(text="honey")).ids == (kept.pk, gone.pk)
    wait_until_settled()
    assert apply_changes() == 1
    assert search(query=Query(text="honey")).ids == (kept.pk,)
    assert verify().is_clean
