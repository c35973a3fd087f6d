"""The running site as tests see it: its address, its folder, its mails."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest


@dataclass(frozen=True)
class Site:
    """A running demo site."""

    url: str
    var: Path
    log: Path
    environment: dict[str, str] = field(default_factory=dict)

    def mails(self, address: str) -> list[Path]:
        """Mails to an address, oldest first."""
        return sorted(self.var.glob(f"mail/{address}-*.eml"), key=lambda path: path.stat().st_mtime)

    def wait_for_mail(self, address: str, count: int = 1, seconds: float = 30) -> Path:
        """The newest mail once `count` have come."""
        wait_until(lambda: len(self.mails(address)) >= count, f"a mail to {address}", seconds)
        return self.mails(address)[-1]


def wait_until(probe: Callable[[], Any], what: str, seconds: float = 30) -> Any:
    """The first true answer of a probe; the test fails with `what` when there is none in time."""
    deadline = monotonic() + seconds
    while monotonic() < deadline:
        if found := probe():
            return found
        sleep(0.1)
    pytest.fail(f"Waited {seconds:.0f} s for {what}.")
