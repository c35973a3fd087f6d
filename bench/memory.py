"""The most memory that a process ever held, as Linux counts it."""

import re
from pathlib import Path

MEGABYTE_KB = 1024


def read_peak_mb(pid: int) -> float:
    """VmHWM of a living process (ru_maxrss would count what its parent held before exec)."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / MEGABYTE_KB if found else 0.0


def list_children(pid: int) -> list[int]:
    """Processes that a process has started and that still live."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in threads for child in file.read_text().split()]
