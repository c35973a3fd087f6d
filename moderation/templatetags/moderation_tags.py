"""The colour and the words of an outcome, and the name of a kind."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext

from moderation.choices import Outcome
from moderation.models import Decision
from moderation.registry import find_kind

register = template.Library()

STATES = {Outcome.APPROVE: "approved", Outcome.CHANGES: "changes_asked", Outcome.REJECT: "rejected"}


@register.filter
def outcome_state(outcome: str) -> str:
    """The state that an outcome leads to, for the pill's colour."""
    return STATES[Outcome(outcome)]


@register.filter
def outcome_label(decision: Decision) -> str:
    """What was decided, in the words of its kind of case."""
    kind = find_kind(decision.case.kind)
    own = kind.outcomes.get(decision.outcome) if kind else None
    return gettext(own) if own else str(decision.get_outcome_display())


@register.filter
def named(names: Mapping[str, Any], name: str) -> Any:
    """The label of a kind; its bare name when the app is not installed."""
    return names.get(name, name)
