"""Lookups as their pages show them: who has answered, who has not and why, and the offers that are current."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import gettext_noop
from core.templatetags.ui import listed
from shipping.choices import ENDED_ATTEMPTS, AttemptState, CarrierFailure, LookupState, ProviderKind
from shipping.exceptions import LookupGone
from shipping.models import Attempt, Lookup, Offer
from shipping.rules.lookups import conclude, digest, is_silent

ANSWERS = (AttemptState.OK, AttemptState.NONE)
NOT_TAKEN = gettext_noop("not asked: it does not take this order")
LACKS = {
    "origin.postcode": gettext_noop("not asked: the postcode where the goods start is not known"),
    "origin.city": gettext_noop("not asked: the town where the goods start is not known"),
    "destination.postcode": gettext_noop("not asked: it needs your postcode"),
    "destination.city": gettext_noop("not asked: it needs your town"),
    "pieces": gettext_noop("not asked: the load is too large for it"),
    "dangerous_goods": gettext_noop("not asked: it takes no dangerous goods"),
}
"""What keeps a carrier from being asked, by our field."""
JUST_NOW = timedelta(minutes=1)
"""What was answered earlier than that comes from the cache, and says since when."""


@dataclass(frozen=True)
class ShownAttempt:
    """One provider: its name, how it stands in words, and since when where its answer comes from the cache."""

    label: str
    state: str
    words: str
    from_cache_at: datetime | None


@dataclass(frozen=True)
class Progress:
    """How far a lookup is. `ended` of `asked` providers have answered; `silent` names those that did not; `mark` changes with all of it."""

    state: str
    is_running: bool
    asked: int
    ended: int
    words: str
    silent: str
    attempts: Sequence[ShownAttempt]
    mark: str


def get_lookup(*, user: Any, pk: UUID) -> Lookup:
    """A lookup that this person may see. Raises LookupGone."""
    found = Lookup.objects.visible_to(user).filter(pk=pk).first()
    if found is None:
        raise LookupGone
    return found


def mark_lookup(*, lookup: Lookup) -> str:
    """A short text that changes when somebody has answered, somebody more is asked, or the lookup has ended or grown old.

    One query, none where its attempts were read before.
    """
    prefetch_related_objects([lookup], "attempts")
    attempts = lookup.attempts.all()
    last = max((one.ended_at for one in attempts if one.ended_at), default=None)
    newest = max((one.pk for one in attempts), default=None)
    return digest([str(lookup.pk), find_state(lookup=lookup, now=timezone.now()), str(last), newest])[:20]


def find_state(*, lookup: Lookup, now: datetime) -> str:
    """Its state as a reader has it: over where its time is over although nobody could write it down, expired where it is old."""
    if not lookup.is_settled_at(now):
        return LookupState.RUNNING
    if lookup.state == LookupState.RUNNING:
        return conclude(is_somebody_silent=True, has_offers=Offer.objects.filter(attempt__lookup=lookup).exists())
    return lookup.state if lookup.is_fresh_at(now) else LookupState.EXPIRED


def describe_progress(*, lookup: Lookup) -> Progress:
    """Who has answered so far. Two queries at most."""
    now = timezone.now()
    is_over, attempts = lookup.is_settled_at(now), list(lookup.attempts.all())
    carriers = [attempt for attempt in attempts if attempt.kind == ProviderKind.CARRIER]
    asked = [attempt for attempt in carriers if attempt.state != AttemptState.SKIPPED]
    answered, ended = (sum(attempt.state in states for attempt in asked) for states in (ANSWERS, ENDED_ATTEMPTS))
    words = ngettext(
        "%(answered)s of %(asked)s carrier has answered", "%(answered)s of %(asked)s carriers have answered", len(asked)
    )
    return Progress(
        find_state(lookup=lookup, now=now), not is_over, len(asked), len(asked) if is_over else ended,
        words % {"answered": answered, "asked": len(asked)} if asked else "", listed([one.label for one in carriers if _is_silent(one, is_over=is_over)]),
        [_show(attempt, is_over=is_over) for attempt in attempts if attempt.kind != ProviderKind.CARDS], mark_lookup(lookup=lookup),
    )  # fmt: skip


def _is_silent(attempt: Attempt, *, is_over: bool) -> bool:
    """Nothing was heard of it, whatever the reason; a load that it does not carry is no silence."""
    unanswered = is_over and not attempt.has_ended
    return (
        unanswered
        or attempt.failure == CarrierFailure.PAUSED
        or is_silent(state=attempt.state, failure=attempt.failure)
    )


def _show(attempt: Attempt, *, is_over: bool) -> ShownAttempt:
    state = AttemptState.TIMEOUT if is_over and not attempt.has_ended else AttemptState(attempt.state)
    cached = attempt.answered_at if attempt.answered_at and timezone.now() - attempt.answered_at > JUST_NOW else None
    return ShownAttempt(attempt.label, state.value, _tell_state(attempt, state), cached)


def _tell_state(attempt: Attempt, state: AttemptState) -> str:
    """How an attempt stands; of one that was not asked what it lacks."""
    if state == AttemptState.SKIPPED and attempt.failure == CarrierFailure.BAD_REQUEST:
        field = attempt.detail.partition(" ")[0]
        return _(LACKS.get(field) or LACKS.get(field.partition(".")[0]) or NOT_TAKEN)
    if state == AttemptState.OK:
        return _("answered")
    return str(CarrierFailure(attempt.failure).label if attempt.failure else state.label)
