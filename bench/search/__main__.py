"""`make bench-search`: 100,000 and 1,000,000 invented listings, our search and PostgreSQL's full text in turns, then the pages.

A private PostgreSQL is started on a free port; what it holds is kept in var/bench/scale for the next run, about 8 GB. Sizes may be given:
`python -m bench.search 5000`.
"""

import sys
from collections.abc import Mapping
from typing import Any

from bench.postgres import measure_apart, running
from bench.report import FOLDER, finish

SIZES = ("100000", "1000000")


def main() -> int:
    """Measure each size; exit code 0 when the goals of the largest and of the ratio are met."""
    sizes, folder = tuple(sys.argv[1:]) or SIZES, FOLDER / "scale"
    with running(folder) as port:
        result: dict[str, Any] = {
            size: measure_apart("bench.search.one", size, port=port, folder=folder) for size in sizes
        }
    return finish("search", {**result, "ok": all(meets_goals(size, found) for size, found in result.items())})


def meets_goals(size: str, found: Mapping[str, float]) -> bool:
    """The issue's goals, for an idle machine; other sizes have none."""
    if size == "1000000":
        return (
            found["engine_p95_ms"] <= 25 and found["postgres_p95_ms"] >= 40 * found["engine_p95_ms"]
            and found["page_p95_ms"] <= 60 and found["suggest_p95_ms"] <= 10
        )  # fmt: skip
    return size != "100000" or (found["page_p95_ms"] <= 30 and found["pages_per_second"] >= 150)


if __name__ == "__main__":
    sys.exit(main())
