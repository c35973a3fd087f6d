"""Limits: how often one person, address or network may do a thing within a time. Counted in the database, one row a window."""

import hashlib
import time
from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone

from core.errors import DomainError, gettext_noop
from core.models import Allowance

FORGET_JOB = "core.forget_allowances"
TAKE = """
    INSERT INTO core_allowance ("key", spent, ends_at) VALUES (%s, 1, %s)
    ON CONFLICT ("key") DO UPDATE SET spent = core_allowance.spent + 1 WHERE core_allowance.spent < %s
"""
"""The ORM has no counting upsert. Of two at one instant that want the last act, one gets it."""


class TooOften(DomainError):
    """Somebody does the same thing again and again. Nothing was done this time."""

    message = gettext_noop("That was too often in a short time. Wait a while, then try again; nothing of it was sent.")
    status = 429


def spend(*, what: str, who: str, most: int, seconds: int) -> None:
    """Count one act of `who`; raises TooOften beyond `most`, at least 1, within a window of `seconds`. One query.

    The windows stand still (each begins when the last ends), so at the turn of two the double may pass once: a limit keeps out
    floods, it is no meter. `who` is hashed, for it may be an address. Within a transaction others of the same `who` wait for its end.
    """
    window = int(time.time()) // seconds
    key = f"{what}:{hashlib.sha256(who.lower().encode()).hexdigest()[:32]}:{window}"
    ends_at = datetime.fromtimestamp((window + 1) * seconds, tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [key, connection.ops.adapt_datetimefield_value(ends_at), most])
        if not cursor.rowcount:
            raise TooOften


def forget_allowances() -> int:
    """Delete the windows that have ended; how many."""
    return Allowance.objects.filter(ends_at__lt=timezone.now()).delete()[0]
