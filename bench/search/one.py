"""One size of the catalogue, in a process whose environment names its database and index; prints one JSON object."""

import json
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.search.changes import measure_changes
from bench.search.mix import list_beginnings, list_questions
from bench.search.pages import ROUNDS, count_pages, describe, measure_private_mb, serving, time_pages, write_path
from bench.search.textbook import ask_postgres
from core.kept import forget_all
from listings.models import Listing
from listings.search.index import CatalogueNotReady, find_folder, open_reading
from listings.search.query import search
from listings.search.suggest import complete_words

REPEATED, TEXTBOOK_ROUNDS = 10, 2


def main(number: int) -> None:
    """Fill the database where it is empty, then measure both in turns."""
    found = {**prepare(number), **measure_engines(), **measure_pages(), **measure_changes()}
    sys.stdout.write(json.dumps(found) + "\n")


def prepare(number: int) -> dict[str, float]:
    """Listings, index and the textbook's table, each timed when it is made."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    found: dict[str, float] = {}
    if not Listing.objects.exists():
        found["seed_s"] = clock(lambda: call_command("seed_scale", listings=number, stdout=sys.stderr)) / 1000
    try:
        open_reading()
    except CatalogueNotReady:
        found["index_s"] = clock(lambda: call_command("search", "rebuild", stdout=sys.stderr)) / 1000
    if "textbook" not in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute((Path(__file__).parent / "textbook.sql").read_text())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()) - pg_total_relation_size('textbook')")
        found["database_mb"] = cursor.fetchone()[0] / 1024**2
    found["index_mb"] = sum(file.stat().st_size for file in find_folder().iterdir()) / 1024**2
    return {name: round(value) for name, value in found.items()}


def measure_engines() -> dict[str, float]:
    """Every question ten times of ours and twice of PostgreSQL, in one mixed order; counts begin unknown."""
    questions = list_questions()
    turns: list[tuple[str, Callable[[], object]]] = [
        *(("ours", partial(search, query=query)) for _name, query in questions * REPEATED),
        *(("postgres", partial(ask_postgres, name, query)) for name, query in questions * TEXTBOOK_ROUNDS),
    ]
    random.Random(1).shuffle(turns)
    taken: dict[str, list[float]] = {"ours": [], "postgres": [], "cold": []}
    forget_all()
    for engine, ask in turns:
        taken[engine].append(clock(ask))
    for _name, query in questions:
        forget_all()
        taken["cold"].append(clock(partial(search, query=query)))
    typed = [clock(partial(complete_words, text=text)) for text in list_beginnings() * 3]
    return {
        **describe("engine", taken["ours"]), **describe("engine_cold", taken["cold"]), **describe("postgres", taken["postgres"]),
        **describe("suggest", typed),
    }  # fmt: skip


def measure_pages() -> dict[str, float]:
    """Pages over two web processes: `page_new` when a page is drawn for the first time, `page` while they are asked for again and again."""
    paths = [write_path(query) for _name, query in list_questions()]
    with serving() as (port, pid):
        time_pages(port, ["/search/?q=unheard-of"] * 20)  # both processes have opened index and database
        drawn = time_pages(port, paths)
        time_pages(port, paths * ROUNDS)
        taken = time_pages(port, paths * ROUNDS)
        rate = count_pages(port, paths)
        private_mb = measure_private_mb(pid)
    most = max(count_statements(path) for path in paths)
    return {
        **describe("page", taken),
        **describe("page_new", drawn),
        "pages_per_second": round(rate, 1),
        "sql_per_page_max": most,
        "worker_private_mb": round(private_mb),
    }


def count_statements(path: str) -> int:
    """What a page with new cards asks of the database, in a process that knows the categories, schemes and synonyms of this minute."""
    client = Client(SERVER_NAME="localhost")
    forget_all()
    client.get("/search/?q=unheard-of")
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def clock(act: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - started)
