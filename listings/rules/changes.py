"""Which changes of an approved product are published at once, and which wait for an officer."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

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
    danger: str = ""
    prices: Mapping[Decimal, Decimal] | None = None
    pictures: tuple[str, ...] = ()
    claims: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    facts: tuple[object, ...] = ()
    variants: Mapping[str, tuple[object, ...]] | None = None
    variant_prices: Mapping[tuple[str, Decimal], Decimal] | None = None
    translations: Mapping[str, tuple[str, str, str]] | None = None
    papers: frozenset[object] = frozenset()
    readers: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Change:
    """One kind of change; `waits` names why an officer looks first, "" where it is published at once."""

    kind: str
    waits: str = ""


FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
TEXTS = ("title", "summary", "description")
ALWAYS_WAIT = ("language", "category", "unit", "currency", "hs_code", "origin", "danger")


def judge_changes(before: Version, after: Version, *, is_watched: bool = False) -> tuple[Change, ...]:
    """Every change with its verdict. `is_watched`: officers look at each change of such goods."""
    found: list[Change | None] = [_judge_text(name, getattr(before, name), getattr(after, name)) for name in TEXTS]
    found += [Change(name, name) for name in ALWAYS_WAIT if getattr(before, name) != getattr(after, name)]
    found.append(_judge_prices(before.prices or {}, after.prices or {}))
    found += _judge_pictures(before.pictures, after.pictures)
    found.append(Change("claims", "claims") if after.claims - before.claims else None)
    found.append(Change("rules", "rules") if after.rules - before.rules else None)
    found.append(Change("facts") if before.facts != after.facts else None)
    found += _judge_variants(before, after)
    found += _judge_translations(before.translations or {}, after.translations or {})
    found.append(Change("papers", "papers") if after.papers - before.papers else None)
    found.append(Change("readers") if _differ(before.readers or {}, after.readers or {}) else None)
    found.append(Change("papers_removed") if before.papers - after.papers and after.papers <= before.papers else None)
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


def _judge_prices(before: Mapping[Any, Decimal], after: Mapping[Any, Decimal]) -> Change | None:
    if before == after:
        return None
    if not before or not after:
        return Change("prices", "first_price" if after else "")
    ends = ((min(before.values()), min(after.values())), (max(before.values()), max(after.values())))
    same = [(before[quantity], after[quantity]) for quantity in before.keys() & after.keys()]
    is_far = any(abs(new - old) * 100 > PRICE_BAND_PERCENT * old for old, new in (*ends, *same))
    return Change("prices", "price_band" if is_far else "")


def _differ(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether one that stands in both has another value."""
    return any(before[key] != after[key] for key in before.keys() & after.keys())


def _judge_variants(before: Version, after: Version) -> list[Change | None]:
    """A new variant is a new offer; prices of one that stays move within the same band as the product's."""
    old, new = before.variants or {}, after.variants or {}
    prices, wanted = before.variant_prices or {}, after.variant_prices or {}
    priced = {name for name, _quantity in prices}
    is_first = any(name in old and name not in priced for name, _quantity in wanted)
    if new.keys() - old.keys():
        return [Change("variants", "new_variant")]
    moved = _judge_prices(prices, wanted) if prices != wanted else None
    if moved and not moved.waits and is_first:
        moved = Change("prices", "first_price")
    return [
        Change("variants") if old != new else None,
        Change("variant_prices", moved.waits) if moved else None,
    ]


def _judge_translations(
    before: Mapping[str, tuple[str, str, str]], after: Mapping[str, tuple[str, str, str]]
) -> list[Change | None]:
    """Texts in other languages are judged as those of the first: new words have not been read by anybody."""
    nothing = ("", "", "")
    judged = [
        change
        for language in sorted(before.keys() | after.keys())
        for name, old, new in zip(TEXTS, before.get(language, nothing), after.get(language, nothing), strict=True)
        if (change := _judge_text(name, old, new) if new else None)
    ]
    removed = before.keys() - after.keys()
    waiting = [change for change in judged if change.waits]
    if not judged and not removed:
        return []
    return [Change("translations", waiting[0].waits if waiting else "")]


def _judge_pictures(before: tuple[str, ...], after: tuple[str, ...]) -> list[Change | None]:
    return [
        Change("main_picture", "main_picture") if before[:1] != after[:1] else None,
        Change("pictures_added") if set(after) - set(before) else None,
        Change("pictures_removed") if set(before) - set(after) else None,
    ]
