"""Which requests are a person who opens a page, and where a buyer wants goods to go."""

import re
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest

PROGRAMS = (
    "crawl", "spider", "slurp", "scan", "monitor", "uptime", "preview", "fetch", "archiv", "validator", "headless", "lighthouse",
    "pagespeed", "feed", "facebookexternalhit", "whatsapp", "embedly", "curl", "wget", "libwww", "python", "java/", "go-http",
    "httpclient", "axios", "scrapy", "phantom",
)  # fmt: skip
"""Words that programs put into their name; plain words, because each page that is served from memory is looked at."""
BOT = re.compile(r"(?<!cu)bot(?:\b|[_/-])")
"""Cubot makes telephones."""
PURPOSES = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")
AHEAD = ("prefetch", "prerender", "preview")
DESTINATION = "inquiries_destination"
"""The key in the session; what a buyer chose when they last asked."""


def is_visit(request: HttpRequest) -> bool:
    """A page that a person opened: no HEAD, no look ahead by the browser, no program that says what it is. Nothing of it is kept."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    if request.method != "GET" or not agent or is_program(agent):
        return False
    purposes = [request.META[name].lower() for name in PURPOSES if name in request.META]
    return not any(word in purpose for purpose in purposes for word in AHEAD)


def is_program(agent: str) -> bool:
    """Whether a User-Agent says that nobody reads there."""
    name = agent.lower()
    return any(word in name for word in PROGRAMS) or ("bot" in name and bool(BOT.search(name)))


def remember_destination(request: HttpRequest, *, destination: str, place: str) -> None:
    """Where this buyer's goods shall go: a country's code and a place, kept in their session."""
    request.session[DESTINATION] = {"destination": destination, "place": place}


def recall_destination(request: HttpRequest) -> Mapping[str, str]:
    """What was remembered last; empty for whoever has no session, which is then not looked up."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {}
    found: Mapping[str, str] = request.session.get(DESTINATION, {})
    return found
