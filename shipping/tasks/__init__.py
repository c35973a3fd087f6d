"""Jobs of the shipping room."""

from shipping.tasks import lookups

__all__ = ["lookups"]
