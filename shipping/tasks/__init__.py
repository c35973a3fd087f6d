"""The jobs of this room, found by `core` where the application starts."""

from shipping.tasks import forwarding

__all__ = ["forwarding"]
