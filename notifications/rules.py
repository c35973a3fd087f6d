"""When the daily digest leaves."""

from datetime import datetime, timedelta

DIGEST_HOUR = 7


def get_digest_time(now: datetime) -> datetime:
    """The next seven o'clock after `now`, in the zone of `now`."""
    today = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if now < today else today + timedelta(days=1)
