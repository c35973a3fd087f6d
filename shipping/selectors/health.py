"""x."""

from collections.abc import Sequence
from datetime import datetime


def list_outcomes(*, account_ids: Sequence[int], now: datetime) -> dict[int, list[object]]:
    """x."""
    return {}
