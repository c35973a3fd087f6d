"""Bytes on the line (gzip): what a buyer with a slow connection waits for."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from listings.models import Listing
from listings.search.indexer import rebuild
from tests.listings.factories import make_company, make_listing

KB = 1024


def weigh(content):
    return len(gzip.compress(content, compresslevel=6))


@pytest.fixture(scope="module")
def kept():
    """What the first test has loaded: the others weigh the same bytes."""
    return {}


@pytest.fixture
def pages(client, db, kept):
    """Home, a full page of results and a product with every fact, as bytes."""
    if not kept:
        kept.update(load_pages(client))
    return kept


def load_pages(client):
    companies = [make_company() for _ in range(12)]
    for number in range(40):
        make_listing(
            company=companies[number % 12], pictures=4, title=f"Washed Arabica green coffee from the highlands, lot {number}",
            description=f"Lot {number} was picked by hand. " + "Washed, dried on raised beds and sorted twice before export. " * 40,
        )  # fmt: skip
    rebuild()
    product = Listing.objects.live().first().get_absolute_url()
    return {
        name: client.get(path).content
        for name, path in {"home": "/", "search": "/search/", "product": f"{product}?quantity=600"}.items()
    }


def static_files(page, pattern):
    """The files that a page links to, found where they are written."""
    names = re.findall(rf'(?:src|href)="/static/({pattern})"', page.decode())
    return {name: Path(finders.find(name)).read_bytes() for name in names}


@pytest.mark.parametrize(("name", "budget"), [("home", 20 * KB), ("search", 30 * KB), ("product", 20 * KB)])
def test_a_page_is_within_its_budget(pages, name, budget):
    weight = weigh(pages[name])
    print(f"{name}: {weight} bytes of {budget}")  # noqa: T201  the figures belong into the report of a run

    assert weight <= budget


@pytest.mark.parametrize(("pattern", "budget"), [(r"[^\"]+\.css", 15 * KB), (r"[^\"]+\.js", 25 * KB)])
def test_styles_and_scripts_are_within_their_budgets(pages, pattern, budget):
    files = {name: weigh(content) for name, content in static_files(pages["product"], pattern).items()}
    print(files)  # noqa: T201  as above

    assert files
    assert sum(files.values()) <= budget


@pytest.mark.parametrize("name", ["home", "search", "product"])
def test_a_first_visit_without_pictures_is_within_its_budget(pages, name):
    assets = static_files(pages[name], r"[^\"]+\.(?:css|js|svg)")
    font = Path(finders.find("fonts/figtree-latin-wght-normal.woff2")).stat().st_size
    weight = weigh(pages[name]) + sum(weigh(content) for content in assets.values()) + font
    print(f"{name}, first visit: {weight} bytes of {100 * KB}")  # noqa: T201  as above

    assert weight <= 100 * KB


@pytest.mark.parametrize("name", ["home", "search", "product"])
def test_nothing_comes_from_elsewhere_and_only_the_first_picture_is_eager(pages, name):
    html = pages[name].decode()

    assert re.findall(r'<(?:img|script|source)[^>]+(?:src|srcset)="https?:', html) == []
    assert html.count('fetchpriority="high"') <= 1
    assert re.findall(r"<script(?![^>]*(?:defer|ld\+json))[^>]*>", html) == []
