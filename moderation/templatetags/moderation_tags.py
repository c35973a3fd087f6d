"""The colour of an outcome, and the name of a kind."""

from collections.abc import Mapping
from typing import Any

from django import template

from moderation.choices import Outcome

register = template.Library()

STATES = {Outcome.APPROVE: "approved", Outcome.CHANGES: "changes_asked", Outcome.REJECT: "rejected"}


@register.filter
def outcome_state(outcome: str) -> str:
    """The state that an outcome leads to, for the pill's colour."""
    return STATES[Outcome(outcome)]


@register.filter
def named(names: Mapping[str, Any], name: str) -> Any:
    """The label of a kind; its bare name when the app is not installed."""
    return names.get(name, name)
