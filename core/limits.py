"""Limits: how often one person, address or network may do a thing within a time. Counted in the default cache."""

import hashlib
import time

from django.core.cache import cache

from core.errors import DomainError, gettext_noop


class TooOften(DomainError):
    """Somebody does the same thing again and again. Nothing was done this time."""

    message = gettext_noop("That was too often in a short time. Wait a while, then try again; nothing of it was sent.")
    status = 429


def spend(*, what: str, who: str, most: int, seconds: int) -> None:
    """Count one act of `who`; raises TooOften beyond `most` within a window of `seconds`.

    The windows stand still (each begins when the last ends), so at the turn of two the double may pass once: a limit keeps out
    floods, it is no meter. `who` is hashed, for it may be an address.
    """
    window = int(time.time()) // seconds
    key = f"limit:{what}:{hashlib.sha256(who.lower().encode()).hexdigest()[:32]}:{window}"
    for place in range(int(cache.get(key, 0)), most):
        if cache.add(f"{key}:{place}", 1, timeout=seconds):  # of two at one instant, one gets the place
            cache.set(key, place + 1, timeout=seconds)
            return
    raise TooOften
