"""The indexer as a process of its own: builds, follows, shows that it lives, ends when told to."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from tantivy import Document

from core.models import WorkerBeat
from listings.choices import ListingState
from listings.models import Listing, SearchChange
from listings.rules.searching import Query
from listings.search.index import CatalogueNotReady, find_folder, open_index
from listings.search.indexer import has_old_rates, rebuild
from listings.search.query import search
from listings.services.changes import note_change
from tests.listings.factories import make_listing, make_rate

pytestmark = pytest.mark.django_db(transaction=True)

STARTER = (
    "import sys, django; from django.conf import settings; django.setup();"
    "settings.SEARCH_INDEX_DIR = sys.argv[1]; settings.DATABASES['default']['NAME'] = sys.argv[2];"
    "from django.core.management import call_command; call_command('run_indexer')"
)


def wait_until(total):
    """Ask the index until it holds so many listings; what it holds after ten seconds otherwise."""
    found = -1
    deadline = time.monotonic() + 20
    while found != total and time.monotonic() < deadline:
        try:
            found = search(query=Query()).total
        except CatalogueNotReady:
            found = -1
        time.sleep(0.1)
    return found


@pytest.fixture
def start_indexer():
    """Start real indexers on the test's database and index; those left over are killed at the end."""
    processes = []

    def start():
        arguments = [
            sys.executable,
            "-c",
            STARTER,
            str(settings.SEARCH_INDEX_DIR),
            str(connection.settings_dict["NAME"]),
        ]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "marketplace.settings.test"}
        processes.append(
            subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        )
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.communicate(timeout=10)


def test_the_indexer_builds_follows_shows_that_it_lives_and_ends_cleanly(start_indexer):
    make_listing(title="Honey")
    indexer = start_indexer()
    assert wait_until(1) == 1

    note_change(listing_id=make_listing(title="Wax").pk)
    assert wait_until(2) == 2
    assert WorkerBeat.objects.filter(name=f"indexer@{socket.gethostname()}").exists()

    indexer.send_signal(signal.SIGTERM)
    assert indexer.wait(timeout=10) == 0
    assert indexer.stdout.read().decode().splitlines()[-1] == "The indexer has stopped."


def test_a_killed_indexer_loses_nothing(start_indexer):
    listing = make_listing(title="Honey")
    indexer = start_indexer()
    assert wait_until(1) == 1
    indexer.kill()
    indexer.wait(timeout=10)
    note_change(listing_id=make_listing(title="Wax").pk)
    note_change(listing_id=listing.pk)

    start_indexer()
    assert wait_until(2) == 2


def test_search_rebuild_says_how_many_products_it_found(capsys):
    make_listing()
    call_command("search", "rebuild")

    assert capsys.readouterr().out == "1 of 1\nProducts in the index: 1\n"
    assert SearchChange.objects.count() == 0


def test_verify_says_what_differs(capsys):
    kept, gone = make_listing(), make_listing()
    call_command("search", "rebuild")
    call_command("search", "verify")
    assert "It equals the database." in capsys.readouterr().out

    missing = make_listing()
    Listing.objects.filter(pk=gone.pk).update(state=ListingState.PAUSED)
    with pytest.raises(CommandError, match=rf"missing: 1 \({missing.pk}\); no longer live: 1 \({gone.pk}\)"):
        call_command("search", "verify")
    with open_index(find_folder()).writer(num_threads=1) as writer:
        document = Document()
        document.add_unsigned("pk", kept.pk)
        writer.add_document(document)
    with pytest.raises(CommandError, match=rf"twice: 1 \({kept.pk}\)"):
        call_command("search", "verify")


def test_other_rates_ask_for_a_new_index():
    make_listing()
    rebuild()
    assert not has_old_rates()
    make_rate("USD", "1.0705")
    assert has_old_rates()
    rebuild()
    assert not has_old_rates()
