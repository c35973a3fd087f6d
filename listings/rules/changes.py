"""Which changes of an approved product are published at once, and which wait for an officer."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz

PRICE_BAND_PERCENT = 20
"""How far a price may move without an officer."""
CORRECTION_PERCENT = 70
"""How much of a text must stay, in characters, for the change to be a correction."""
SAMPLE_ONE_IN = 5
"""Of what was published at once, one in so many is looked at afterwards, by chance."""


@dataclass(frozen=True)
class Version:
    """A revision as the rule compares it. `prices` by quantity; `claims` and `rules` are what the texts claim and which rules speak."""

    title: str = ""
    summary: str = ""
    description: str = ""
    language: str = ""
    category: str = ""
    unit: str = ""
    currency: str = ""
    hs_code: str = ""
    origin: str = ""
    prices: Mapping[Decimal, Decimal] | None = None
    pictures: tuple[str, ...] = ()
    claims: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    facts: tuple[object, ...] = ()


@dataclass(frozen=True)
class Change:
    """One kind of change; `waits` names why an officer looks first, "" where it is published at once."""

    kind: str
    waits: str = ""


FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
TEXTS = ("title", "summary", "description")
ALWAYS_WAIT = ("language", "category", "unit", "currency", "hs_code", "origin")


def judge_changes(before: Version, after: Version, *, is_watched: bool = False) -> tuple[Change, ...]:
    """Every change with its verdict. `is_watched`: officers look at each change of such goods."""
    found: list[Change | None] = [_judge_text(name, getattr(before, name), getattr(after, name)) for name in TEXTS]
    found += [Change(name, name) for name in ALWAYS_WAIT if getattr(before, name) != getattr(after, name)]
    found.append(_judge_prices(before.prices or {}, after.prices or {}))
    found += _judge_pictures(before.pictures, after.pictures)
    found.append(Change("claims", "claims") if after.claims - before.claims else None)
    found.append(Change("rules", "rules") if after.rules - before.rules else None)
    found.append(Change("facts") if before.facts != after.facts else None)
    changes = tuple(change for change in found if change is not None)
    return tuple(Change(change.kind, change.waits or "watched") for change in changes) if is_watched else changes


def waits(changes: tuple[Change, ...]) -> bool:
    """Whether an officer looks first: one reason is enough."""
    return any(change.waits for change in changes)


def _judge_text(name: str, before: str, after: str) -> Change | None:
    if before == after:
        return None
    if not before:  # a text that was missing: new words have not been read by anybody
        return Change(name, "new_text")
    if _lose_figures(before, after) or (name == "title" and _lose_figures(after, before)):
        return Change(name, "figures")
    return Change(name, "" if fuzz.ratio(before, after) >= CORRECTION_PERCENT else "rewritten")


def _lose_figures(before: str, after: str) -> bool:
    """Whether a number of the text is gone or another one: sacks of 10 kg are no correction of sacks of 20 kg."""
    return bool(Counter(FIGURE.findall(before)) - Counter(FIGURE.findall(after)))


def _judge_prices(before: Mapping[Decimal, Decimal], after: Mapping[Decimal, Decimal]) -> Change | None:
    if before == after:
        return None
    if not before or not after:
        return Change("prices", "first_price" if after else "")
    ends = ((min(before.values()), min(after.values())), (max(before.values()), max(after.values())))
    same = [(before[quantity], after[quantity]) for quantity in before.keys() & after.keys()]
    is_far = any(abs(new - old) * 100 > PRICE_BAND_PERCENT * old for old, new in (*ends, *same))
    return Change("prices", "price_band" if is_far else "")


def _judge_pictures(before: tuple[str, ...], after: tuple[str, ...]) -> list[Change | None]:
    return [
        Change("main_picture", "main_picture") if before[:1] != after[:1] else None,
        Change("pictures_added") if set(after) - set(before) else None,
        Change("pictures_removed") if set(before) - set(after) else None,
    ]
