"""kill -9 of the indexer at random moments under writes: the last good state is served, and nothing is lost afterwards."""

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
from listings.search.index import open_reading
from listings.search.indexer import rebuild
from listings.search.verify import verify
from listings.services.changes import note_change
from tests.listings.factories import make_company, make_listing

pytestmark = pytest.mark.django_db(transaction=True)
LOOP = (
    "import sys, time, django; from django.conf import settings; django.setup();"
    "settings.SEARCH_INDEX_DIR = sys.argv[1]; settings.DATABASES['default']['NAME'] = sys.argv[2];"
    "from listings.search.indexer import apply_changes, make_ready;"
    "make_ready(); print('runs', flush=True)\n"
    "while True:\n    apply_changes() or time.sleep(0.01)"
)
PATIENCE_SECONDS = 30


def start_indexer():
    arguments = [sys.executable, "-c", LOOP, str(settings.SEARCH_INDEX_DIR), str(connection.settings_dict["NAME"])]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "marketplace.settings.test"}
    indexer = subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert indexer.stdout.readline() == b"runs\n"
    return indexer


def kill(indexer):
    indexer.kill()
    indexer.communicate(timeout=10)


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
        kill(indexer)
        assert open_reading().searcher.num_docs > 0
        indexer = start_indexer()
        found = wait_for_the_rest()
        kill(indexer)
        assert (found.is_clean, found.unread) == (True, 0), found
