"""Limits: how often one person, address or network may do a thing within a time. Counted in the database, one row a window."""

import hashlib
import time
from datetime import UTC, datetime

from django.db.models import F
from django.utils import timezone

from core.errors import DomainError, gettext_noop
from core.models import Allowance

FORGET_JOB = "core.forget_allowances"


class TooOften(DomainError):
    """Somebody does the same thing again and again. Nothing was done this time."""

    message = gettext_noop("That was too often in a short time. Wait a while, then try again; nothing of it was sent.")
    status = 429


def spend(*, what: str, who: str, most: int, seconds: int) -> None:
    """Count one act of `who`; raises TooOften beyond `most` within a window of `seconds`. One query, three for the first of a window.

    The windows stand still (each begins when the last ends), so at the turn of two the double may pass once: a limit keeps out
    floods, it is no meter. `who` is hashed, for it may be an address. Within a transaction others of the same `who` wait for its end.
    """
    window = int(time.time()) // seconds
    key = f"{what}:{hashlib.sha256(who.lower().encode()).hexdigest()[:32]}:{window}"
    if _take(key, most):
        return
    ends_at = datetime.fromtimestamp((window + 1) * seconds, tz=UTC)
    Allowance.objects.bulk_create([Allowance(key=key, ends_at=ends_at)], ignore_conflicts=True)
    if not _take(key, most):
        raise TooOften


def forget_allowances() -> int:
    """Delete the windows that have ended; how many."""
    return Allowance.objects.filter(ends_at__lt=timezone.now()).delete()[0]


def _take(key: str, most: int) -> bool:
    """One more act, if there is one left; of two at one instant that want the last, one gets it."""
    return bool(Allowance.objects.filter(key=key, spent__lt=most).update(spent=F("spent") + 1))
