"""Jobs of lookups: ask the carriers, end what nobody ended, say what is old."""

from uuid import UUID

from core.jobs import Run, job
from shipping.services.carriers import ask_carriers
from shipping.services.lookups import RUN_JOB
from shipping.services.settling import EXPIRE_JOB, SETTLE_JOB, expire_lookups, forget_lookups, settle_lookup


@job(RUN_JOB, queue="quotes", max_attempts=4, is_urgent=True)
def run_lookup(*, run: Run, lookup_id: str) -> None:
    ask_carriers(run=run, lookup_id=UUID(lookup_id))


@job(SETTLE_JOB)
def settle(*, lookup_id: str, **_: Run) -> None:
    settle_lookup(lookup_id=UUID(lookup_id))


@job(EXPIRE_JOB)
def expire(**_: Run | str) -> None:
    expire_lookups()
    forget_lookups()
