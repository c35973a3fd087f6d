"""A lookup ends once: when everybody has answered, or when its time is over."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.jobs import cancel
from shipping.choices import AttemptState, CarrierFailure, LookupState
from shipping.models import Lookup, Offer
from shipping.rules.lookups import conclude, is_silent

SETTLE_JOB, EXPIRE_JOB = "shipping.settle_lookup", "shipping.expire_lookups"
KEPT, MOST_FORGOTTEN = timedelta(days=31), 20_000
"""How long lookups are kept, and how many of them go in a night."""


@transaction.atomic
def settle_lookup(*, lookup_id: UUID) -> Lookup:
    """End the lookup where nothing of it is open, or its twelve seconds are over; what is open then had no answer in time. Twice is once."""
    lookup = Lookup.objects.select_for_update().get(pk=lookup_id)
    if lookup.state != LookupState.RUNNING:
        return lookup
    now, left = timezone.now(), lookup.attempts.open()
    if now >= lookup.settle_by:
        left.update(state=AttemptState.TIMEOUT, failure=CarrierFailure.TIMEOUT, ended_at=now)
    elif left.exists():
        return lookup
    attempts = list(lookup.attempts.all())
    has_offers = Offer.objects.filter(attempt__in=attempts).exists()
    silent = any(is_silent(state=attempt.state, failure=attempt.failure) for attempt in attempts)
    lookup.state = conclude(is_somebody_silent=silent, has_offers=has_offers)
    lookup.settled_at = now
    lookup.fresh_until = min((attempt.fresh_until for attempt in attempts if attempt.fresh_until), default=now)
    lookup.save(update_fields=["state", "settled_at", "fresh_until"])
    cancel(SETTLE_JOB, key=str(lookup.pk))
    return lookup


def expire_lookups() -> int:
    """Say of lookups that are no longer fresh that they are expired; how many. Their offers are shown as old ones."""
    now = timezone.now()
    old = Lookup.objects.exclude(state__in=[LookupState.RUNNING, LookupState.EXPIRED]).filter(settled_at__lt=now)
    return old.filter(fresh_until__lte=now).update(state=LookupState.EXPIRED)


def forget_lookups() -> int:
    """Delete lookups older than a month that no forwarder was asked about, with their attempts and offers; how many. Snapshots hold their own text."""
    old = Lookup.objects.filter(asked_at__lt=timezone.now() - KEPT, forwarder_requests=None).exclude(
        state=LookupState.RUNNING
    )
    pks = list(old.order_by("asked_at").values_list("pk", flat=True)[:MOST_FORGOTTEN])
    Lookup.objects.filter(pk__in=pks).delete()
    return len(pks)
