"""By what two rules are the same one: all that says when they hold, and nothing of what they say."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

NAMES = (
    "destination", "hs_prefix", "sale", "value_from", "value_until", "valid_from", "origin", "origin_group", "is_preference",
)  # fmt: skip


def write_key(values: Mapping[str, object]) -> str:
    """The parts in order, between strokes; the currency belongs to it where values bound the rule."""
    bounded = any(values.get(name) is not None for name in ("value_from", "value_until"))
    parts = [_write(values.get(name)) for name in NAMES]
    return "|".join([*parts, str(values.get("currency", "")) if bounded else ""])


def _write(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None or value is False else str(value)
