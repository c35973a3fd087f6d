"""Attempts for tests of health and breakers: straight to the tables, each in a lookup of its own."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.utils import timezone

from shipping.choices import ENDED_ATTEMPTS
from shipping.models import Attempt, Lookup

_keys = count(1)


def make_lookup(company, now=None):
    now = now or timezone.now()
    return Lookup(
        pk=uuid4(), company=company, audience="company", key=f"{next(_keys):064x}", ask_key="0" * 64, load_key="0" * 64, request={}, state="complete",
        asked_at=now, settle_by=now, settled_at=now,
    )  # fmt: skip


def make_attempt(lookup, account=None, state="ok", *, ago_s=60, elapsed_ms=800, kind="", now=None, **fields):
    """An attempt of the account, or (kind) of the rate cards or a forwarder, that ended `ago_s` seconds ago."""
    ended_at = (now or timezone.now()) - timedelta(seconds=ago_s)
    has_ended = state in ENDED_ATTEMPTS
    return Attempt(
        lookup=lookup, account=account, kind=kind or ("carrier" if account else "cards"), label=str(account or "Rate cards"), ask_key="0" * 64,
        state=state, started_at=ended_at - timedelta(milliseconds=elapsed_ms if has_ended else 0), ended_at=ended_at if has_ended else None,
        elapsed_ms=elapsed_ms if has_ended else None, **fields,
    )  # fmt: skip


def keep(company, *wanted, now=None):
    """Write (account, state, fields) as attempts with a lookup each; the attempts in the same order."""
    lookups = Lookup.objects.bulk_create([make_lookup(company, now) for _one in wanted])
    return Attempt.objects.bulk_create(
        [
            make_attempt(lookup, account, state, now=now, **fields)
            for lookup, (account, state, fields) in zip(lookups, wanted, strict=True)
        ]
    )
