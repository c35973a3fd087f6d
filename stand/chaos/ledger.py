"""What was sent, what was acknowledged, and the judgement over both. Plain values."""

import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

Counts = Mapping[str, Mapping[str, int]]
"""Token to part to how often it is there: {"tote-7.jpg": {"row": 1, "renditions": 1}}."""


@dataclass(frozen=True)
class Attempt:
    """One act sent once; times on the wall clock."""

    token: str
    began_at: float
    ended_at: float
    error: str

    @property
    def acknowledged(self) -> bool:
        return not self.error


@dataclass
class Ledger:
    """Everything that one act sent, in order."""

    attempts: list[Attempt] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, token: str, began_at: float, *, error: str = "") -> None:
        """Note an attempt that has just ended."""
        with self.lock:
            self.attempts.append(Attempt(token, began_at, time.time(), error))

    def read(self) -> list[Attempt]:
        """A copy of what stands there now."""
        with self.lock:
            return list(self.attempts)

    def list_acknowledged(self) -> set[str]:
        """Tokens for which the site said yes."""
        return {attempt.token for attempt in self.read() if attempt.acknowledged}

    def list_tried(self) -> set[str]:
        """Tokens that were sent at all."""
        return {attempt.token for attempt in self.read()}

    def find_lasting_success(self, since: float) -> float | None:
        """When an act that began after a moment was acknowledged first with no error behind it; None while there is none."""
        found = None
        for attempt in self.read():
            if attempt.began_at >= since:
                found = (found or attempt.ended_at) if attempt.acknowledged else None
        return found

    def list_errors(self) -> list[str]:
        """What came instead of a yes."""
        return [attempt.error for attempt in self.read() if attempt.error]


@dataclass(frozen=True)
class Judgement:
    """What an act lost and what came twice, each as "token part"."""

    lost: list[str]
    doubled: list[str]


def judge(*, acknowledged: Collection[str], tried: Collection[str], counts: Counts) -> Judgement:
    """Acknowledged: every part once. Sent without a yes: every part at most once, for it may have been taken all the same."""
    lost = [
        f"{token} {part}"
        for token in sorted(acknowledged)
        for part, number in counts.get(token, {"all": 0}).items()
        if number < 1
    ]
    doubled = [
        f"{token} {part}" for token in sorted(tried) for part, number in counts.get(token, {}).items() if number > 1
    ]
    return Judgement(lost, doubled)
