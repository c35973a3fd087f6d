"""Page slots: a page of a low floor leaves named places that upper apps fill with a template and a selector."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Filling:
    """What an app puts into a slot. `select(**given)` returns the template's context, or None to stay out.

    `queries` is the most database queries that it may make; a test holds every filling to it.
    """

    slot: str
    template: str
    select: Callable[..., dict[str, Any] | None]
    queries: int
    order: int


@dataclass(frozen=True)
class Part:
    """A filled slot, ready for `{% include part.template with part=part.context %}`."""

    template: str
    context: dict[str, Any]


_fillings: dict[str, list[Filling]] = {}


def register(
    slot: str, *, template: str, select: Callable[..., dict[str, Any] | None], queries: int, order: int = 50
) -> None:
    """Called in `AppConfig.ready()`; low orders come first."""
    fillings = [f for f in _fillings.get(slot, []) if f.template != template]
    _fillings[slot] = sorted([*fillings, Filling(slot, template, select, queries, order)], key=lambda f: f.order)


def fill(slot: str, **given: Any) -> list[Part]:
    """Ask every filling of a slot; those that have something to say come back in order."""
    parts = []
    for filling in _fillings.get(slot, []):
        context = filling.select(**given)
        if context is not None:
            parts.append(Part(filling.template, context))
    return parts


def list_fillings() -> list[Filling]:
    """Every filling of every slot, for the test that holds them to their budgets."""
    return [filling for fillings in _fillings.values() for filling in fillings]
