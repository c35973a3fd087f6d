"""`make bench-matching`: a sourcing request against 5,000 and 50,000 invented exporters with three products each, the best ten with reasons.

A private PostgreSQL is started on a free port; what it holds is kept in var/bench/matching for the next run, about 1 GB. Sizes may be
given: `python -m bench.matching 1000`.
"""

import sys
from typing import Any

from bench.postgres import measure_apart, running
from bench.report import FOLDER, finish

SIZES = ("5000", "50000")
GOAL_MS = 1000


def main() -> int:
    """Measure each size; exit code 0 when no question of the largest takes longer than a second."""
    sizes, folder = tuple(sys.argv[1:]) or SIZES, FOLDER / "matching"
    with running(folder) as port:
        result: dict[str, Any] = {
            size: measure_apart("bench.matching.one", size, port=port, folder=folder) for size in sizes
        }
    ok = all(found["slowest_ms"] <= GOAL_MS for found in result.values())
    return finish("matching", {**result, "goal_ms": GOAL_MS, "ok": ok})


if __name__ == "__main__":
    sys.exit(main())
