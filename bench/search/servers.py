"""Granian beside gunicorn on the pages of the site that the environment names, in turns: `python -m bench.search.servers`.

Gunicorn is no part of the product: `uv pip install gunicorn` brings it in for this.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.site")

from bench.report import finish
from bench.search.mix import list_questions
from bench.search.pages import GRANIAN, count_pages, describe, measure_private_mb, serving, time_pages, write_path

GUNICORN = ("gunicorn", "--worker-class", "gthread", "--workers", "2", "--threads", "2", "--bind", "127.0.0.1:{port}")
SERVERS = {"granian": GRANIAN, "gunicorn": GUNICORN}
TURNS = 3


def main() -> int:
    """Pages a second of known pages, and milliseconds of those that every visitor gets anew; the best of three turns of each."""
    known = [write_path(query) for _name, query in list_questions()]
    anew = [f"{path}{'&' if '?' in path else '?'}page=1&turn=" for path in known]
    found: dict[str, dict[str, float]] = {name: {} for name in SERVERS}
    for turn in range(TURNS):
        for name, command in SERVERS.items():
            with serving(command) as (port, pid):
                time_pages(port, known * 10)
                rate = count_pages(port, known)
                drawn = describe("page_new", time_pages(port, [f"{path}{turn}" for path in anew]))
                memory = measure_private_mb(pid)
            before = found[name]
            if rate > before.get("pages_per_second", 0):
                found[name] = {"pages_per_second": round(rate, 1), **drawn, "worker_private_mb": round(memory)}
    return finish("servers", {**found, "ok": True})


if __name__ == "__main__":
    sys.exit(main())
