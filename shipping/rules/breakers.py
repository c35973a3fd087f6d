"""When an account is left alone for a minute: read from its latest attempts, which are all that anybody has to know (ADR 0042)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shipping.choices import AttemptState, CarrierFailure

TRIES = 5
WITHIN = timedelta(minutes=5)
RESTS_FOR = timedelta(seconds=60)
PROBE_LASTS = timedelta(seconds=12)
"""By then every attempt of a lookup has ended; one that has not is of a worker that died."""
READ_BACK = timedelta(minutes=10)
"""What happened before says nothing about a carrier today."""
FAULTS = frozenset({
    CarrierFailure.TIMEOUT, CarrierFailure.CONNECT, CarrierFailure.TLS, CarrierFailure.SERVER, CarrierFailure.GARBAGE, CarrierFailure.TOO_LARGE,
    CarrierFailure.REDIRECT, CarrierFailure.PRIVATE_REDIRECT, CarrierFailure.RATE_LIMITED,
})  # fmt: skip
"""Faults of the carrier or of the line to it. That it has no service, or does not accept what it is told, is an answer."""


@dataclass(frozen=True)
class Outcome:
    """A real try of an account: neither skipped nor from the cache. `ended_at` None: it is being asked, since `started_at`."""

    ended_at: datetime | None
    state: str
    failure: str = ""
    started_at: datetime | None = None

    @property
    def is_fault(self) -> bool:
        return self.state == AttemptState.TIMEOUT or (self.state == AttemptState.FAILED and self.failure in FAULTS)


def is_resting(outcomes: Sequence[Outcome], now: datetime) -> bool:
    """Whether the account is left alone at this moment."""
    return rests_until(outcomes, now) is not None


def rests_until(outcomes: Sequence[Outcome], now: datetime) -> datetime | None:
    """Until when it is left alone; None where it may be asked. `outcomes` of one account, newest first.

    It rests for a minute once its last five tries, within five minutes, were all the carrier's fault. Then one try goes through: while
    that one is being asked, the others wait for what it brings.
    """
    ended = [(one.ended_at, one) for one in outcomes if one.ended_at is not None][:TRIES]
    if len(ended) < TRIES or not all(one.is_fault for _at, one in ended):
        return None
    newest, oldest = ended[0][0], ended[-1][0]
    if newest - oldest > WITHIN:
        return None
    if now < newest + RESTS_FOR:
        return newest + RESTS_FOR
    probes = [one.started_at for one in outcomes if one.ended_at is None and one.started_at is not None]
    return max((at + PROBE_LASTS for at in probes if newest + RESTS_FOR <= at and now < at + PROBE_LASTS), default=None)
