"""Whole pages for people without a session: the same for all of them until something on the market changes."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.kept import Kept
from listings.rules.traffic import Sighting
from listings.search.index import CatalogueNotReady, open_reading
from listings.selectors.market import read_market_state
from listings.views.traffic import count_sighting, find_sighting

View = Callable[..., HttpResponse]
MOST_PAGES, SECONDS = 300, 60.0
LONGEST_ADDRESS = 500
HEADERS = ("HX-Request", "HX-History-Restore-Request", "Save-Data")
"""What makes another page of the same address."""
_pages: Kept[tuple[bytes, dict[str, str], Sighting | None]] = Kept(most=MOST_PAGES, seconds=SECONDS)


def kept_for_strangers(view: View) -> View:
    """Answer with the page that another stranger got a moment ago, where nothing has changed since: one query of the database.

    The state of the market is read first, so a page is never kept for a newer state than it shows. Names of categories and texts of
    the agency may be a minute old. What a page shows is counted each time it is handed out.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _make_key(request)
        known = None if key is None else _pages.find(key)
        if known is not None:
            count_sighting(request, known[2])
            return HttpResponse(known[0], headers=known[1])
        response = view(request, *args, **kwargs)
        sighting = find_sighting(response)
        if key is not None and response.status_code == 200 and response.headers.get("Cache-Control") == "no-cache":
            _pages.keep(key, (response.content, dict(response.headers), sighting))
        count_sighting(request, sighting)
        return response

    return answer


def _make_key(request: HttpRequest) -> Hashable | None:
    address = request.get_full_path()
    if (
        settings.SESSION_COOKIE_NAME in request.COOKIES
        or "messages" in request.COOKIES
        or len(address) > LONGEST_ADDRESS
    ):
        return None
    try:
        generation = open_reading().generation
    except CatalogueNotReady:
        return None
    asked = (request.get_host(), address, *(request.headers.get(name) for name in HEADERS))
    return (asked, read_market_state(), generation, timezone.localdate())
