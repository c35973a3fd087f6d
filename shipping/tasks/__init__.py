"""The jobs of this room, found by `core` where the application starts."""

from shipping.tasks import forwarding, lookups

__all__ = ["forwarding", "lookups"]
