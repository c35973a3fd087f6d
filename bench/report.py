"""How every measurement ends: one JSON object, printed last and kept."""

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "var" / "bench"
LOOP, TURNS = 60_000, 5
IDLE, MOST_REST_S = 0.9, 60


def time_loop() -> float:
    """Milliseconds of a processor for one fixed piece of work: what a rented machine gives changes within minutes, and figures with it."""
    return round(median(_work() for _turn in range(TURNS)), 1)


def _work() -> float:
    started, kept, length = time.process_time(), {}, 0
    for number in range(LOOP):
        kept[number % 997] = (number, str(number))
        length += len(kept[number % 997][1])
    return 1000 * (time.process_time() - started)


def rest() -> float:
    """Wait until the machine does nothing else, for a minute at most; the idle share of its processors in the last second."""
    deadline, idle = time.monotonic() + MOST_REST_S, 0.0
    while idle < IDLE and time.monotonic() < deadline:
        before = _read_ticks()
        time.sleep(1)
        spent = [after - earlier for after, earlier in zip(_read_ticks(), before, strict=True)]
        idle = round(spent[3] / sum(spent), 2)
    return idle


def _read_ticks() -> list[int]:
    """Ticks of all processors: user, nice, system, idle, waiting for the disk, interrupts, stolen by neighbours (proc_stat(5))."""
    return [int(ticks) for ticks in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]


def finish(name: str, result: Mapping[str, Any]) -> int:
    """Write var/bench/NAME.json, print the object, and answer the exit code: 0 when `ok`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(result, indent=2) + "\n")
    sys.stdout.write(json.dumps(result) + "\n")
    return 0 if result["ok"] else 1
