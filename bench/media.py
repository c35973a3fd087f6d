"""`make bench-media`: what a picture costs. CPU until its first 320-pixel size, full sets a minute beside bare Pillow, peak memory.

CPU seconds of the decoding child are what the kernel counts for it; the start of Python with its imports is measured in the same run
with a picture of one pixel and taken off. A full set is counted whole, with the start that each picture pays.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from bench.memory import read_peak_mb
from bench.photograph import draw_dot, draw_photograph
from bench.report import finish
from bench.worker import measure_worker
from uploads.adapters.child import PROJECT
from uploads.registry import Profile

ROUNDS, SETS = 9, 6
FIRST_MS, SHARE, MEMORY_MB = 100.0, 0.6, 512


@dataclass(frozen=True)
class Cost:
    """What one child used."""

    cpu_s: float
    peak_mb: float
    made: int


def main() -> int:
    """Measure in turns, so that a busy machine is busy for all of them."""
    photograph, dot = draw_photograph(), draw_dot()
    starts, firsts, sets, bare = [], [], [], []
    for _ in range(ROUNDS):
        starts.append(run_child(dot, until=is_rendition).cpu_s)
        firsts.append(run_child(photograph, until=is_rendition).cpu_s)
    for _ in range(SETS):
        sets.append(run_child(photograph, until=is_done))
        bare.append(run_bare(photograph))
    first_ms = 1000 * (statistics.median(firsts) - statistics.median(starts))
    ours, theirs = 60 / statistics.median(cost.cpu_s for cost in sets), 60 / statistics.median(bare)
    memory = measure_worker(photograph)
    child_mb = max(cost.peak_mb for cost in sets)
    peak_mb = memory.worker_mb + memory.pool_mb + child_mb
    result = {
        "first_320_cpu_ms": round(first_ms, 1),
        "child_start_cpu_ms": round(1000 * statistics.median(starts), 1),
        "sets_per_minute_and_core": round(ours, 1),
        "bare_pillow_sets_per_minute_and_core": round(theirs, 1),
        "share_of_bare_pillow": round(ours / theirs, 2),
        "renditions_per_set": sets[0].made,
        "peak_mb": round(peak_mb),
        "peak_mb_by_process": {
            "worker": round(memory.worker_mb),
            "pool": round(memory.pool_mb),
            "child": round(child_mb),
        },
        "photograph_bytes": len(photograph),
        "ok": first_ms <= FIRST_MS and ours / theirs >= SHARE and peak_mb <= MEMORY_MB,
    }
    sys.stdout.write(
        f"first 320 px          {first_ms:6.1f} ms of CPU beyond the start   (goal at most {FIRST_MS:.0f})\n"
        f"sets a minute, core   {ours:6.1f}, bare Pillow {theirs:.1f}: {ours / theirs:.2f}   (goal at least {SHARE})\n"
        f"peak memory           {peak_mb:6.0f} MB: worker, pool process and child together   (goal at most {MEMORY_MB})\n"
    )
    return finish("media", result)


def run_child(content: bytes, *, until: Callable[[str], bool]) -> Cost:
    """Start the product's own child, read what it makes, kill it at the wanted event; what it had used by then."""
    wanted = json.dumps({"widths": Profile("bench").widths, "max_pixels": Profile("bench").max_pixels})
    child = subprocess.Popen(
        [sys.executable, "-s", "-B", "-m", "uploads.media", wanted],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=PROJECT, env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
    )  # fmt: skip
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("no pipes")
    child.stdin.write(content)
    child.stdin.close()
    made, peak_mb = read_until(child.stdout, child.pid, until)
    os.kill(child.pid, signal.SIGKILL)
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    child.stdout.close()
    return Cost(used.ru_utime + used.ru_stime, peak_mb, made)


def read_until(pipe: IO[bytes], pid: int, until: Callable[[str], bool]) -> tuple[int, float]:
    """The number of renditions that came before the event, that one included, and the most memory by then."""
    made, peak_mb = 0, 0.0
    while line := pipe.readline():
        event = json.loads(line)
        made += is_rendition(event["event"])
        peak_mb = max(peak_mb, read_peak_mb(pid))  # after the last event it may have ended already
        if until(event["event"]):
            return made, peak_mb
        pipe.read(event["bytes"])
    raise RuntimeError("the child ended early")


def is_rendition(event: str) -> bool:
    return event == "rendition"


def is_done(event: str) -> bool:
    return event == "done"


def run_bare(content: bytes) -> float:
    """CPU seconds of a set by bare Pillow, its start not counted."""
    command = [sys.executable, "-m", "bench.bare_pillow", "1"]
    answer = subprocess.run(command, input=content, capture_output=True, check=True, cwd=PROJECT)
    return float(json.loads(answer.stdout)["cpu_s"])


if __name__ == "__main__":
    sys.exit(main())
