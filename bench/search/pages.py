"""Pages as buyers get them: two web processes, timed one after another and then four at once."""

import http.client
import itertools
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from bench.memory import list_children
from listings.rules.searching import Query, Sort
from tests.services import free_port, wait_for

CLIENTS, SECONDS, ROUNDS = 4, 10, 10
GRANIAN = (
    "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}", "--workers", "2", "--blocking-threads", "2", "--no-log",
)  # fmt: skip
ROOT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def serving(command: Sequence[str] = GRANIAN) -> Iterator[tuple[int, int]]:
    """A web server with two processes in this environment; its port and pid."""
    port = free_port()
    program, *options = (word.format(port=port) for word in command)
    server = subprocess.Popen(
        [str(Path(sys.executable).parent / program), *options, "marketplace.wsgi:application"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ),
    )  # fmt: skip
    try:
        wait_for(port, "the site", 60)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def write_path(query: Query) -> str:
    """The address of a question."""
    flags = {name: "yes" for name in ("sample", "women") if getattr(query, name)}
    several = {name: list(getattr(query, name)) for name in ("country", "category", "lead", "company_kind")}
    plain = {
        "q": query.text,
        "sort": "" if query.sort == Sort.BEST else query.sort.value,
        "page": str(query.page) if query.page > 1 else "",
    }
    pairs = {name: value for name, value in {**plain, **flags, **several}.items() if value}
    path = f"/categories/{quote(query.scope)}/" if query.scope else "/search/"
    return f"{path}?{urlencode(pairs, doseq=True)}" if pairs else path


def time_pages(port: int, paths: Sequence[str]) -> list[float]:
    """Milliseconds of each answer, asked one after another, each over a line of its own: a line stays with one process."""
    taken = []
    for path in paths:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        started = time.perf_counter()
        _ask(line, path)
        taken.append(1000 * (time.perf_counter() - started))
        line.close()
    return taken


def count_pages(port: int, paths: Sequence[str]) -> float:
    """Pages a second for four clients over ten seconds."""
    turns, ends, done = itertools.cycle(paths), time.monotonic() + SECONDS, []
    lock = threading.Lock()

    def read() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < ends:
            with lock:
                path = next(turns)
            _ask(line, path)
            done.append(1)

    readers = [threading.Thread(target=read) for _ in range(CLIENTS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return len(done) / SECONDS


def measure_private_mb(pid: int) -> float:
    """The largest private memory (USS) of the web processes."""
    return max(read_private_mb(child) for child in list_children(pid))


def percentile(values: Sequence[float], share: int) -> float:
    """The value that `share` per cent of them do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def describe(name: str, taken: Sequence[float]) -> dict[str, float]:
    """The middle and the 95th percentile."""
    return {f"{name}_p50_ms": round(percentile(taken, 50), 2), f"{name}_p95_ms": round(percentile(taken, 95), 2)}


def _ask(line: http.client.HTTPConnection, path: str) -> None:
    line.request("GET", path)
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")


def read_private_mb(pid: int) -> float:
    """The private memory (USS) of a process."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(kb) for kb in re.findall(r"Private_(?:Clean|Dirty):\s+(\d+)", told)) / 1024
