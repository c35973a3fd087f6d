"""Which requests are a person who opens a page."""

import re

from django.http import HttpRequest

ROBOTS = re.compile(
    r"(?<!cu)bot(?:\b|[_/-])|crawl|spider|slurp|scan|monitor|uptime|preview|fetch|archiv|validator|headless|lighthouse|pagespeed|feed"
    r"|facebookexternalhit|whatsapp|embedly|curl|wget|libwww|python|java/|go-http|httpclient|axios|scrapy|phantom",
    re.IGNORECASE,
)
"""Words that programs put into their name. Cubot makes telephones."""
PURPOSES = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
AHEAD = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)


def is_visit(request: HttpRequest) -> bool:
    """A page that a person opened: no HEAD, no look ahead by the browser, no program that says what it is. Nothing of it is kept."""
    agent = request.headers.get("User-Agent", "")
    if request.method != "GET" or not agent or ROBOTS.search(agent):
        return False
    return not any(AHEAD.search(request.headers.get(name, "")) for name in PURPOSES)
