"""x."""

from datetime import date


def refuse_destination(*, country: str, day: date, user_id: int | None) -> None:
    """x."""
