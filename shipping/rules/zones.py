"""Zones of rate cards: which one a place belongs to. The most specific member wins; two that are as specific are a fault of the card."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.words import fold
from reference.rules import EUROPEAN_UNION

KINDS = ("postcode", "prefix", "range", "locode", "city", "country", "group", "world")
"""The most specific first."""
GROUPS = {"EU": EUROPEAN_UNION}
LOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")
"""A country's two letters and three signs (https://flavorcloud.com/knowledge-base/un-locode/, digits from 2 on)."""
LONGEST_POSTCODE = 10


@dataclass(frozen=True)
class ZoneMember:
    """A part of the world, with its values made comparable: `value` to `value_until` is a range of postcodes."""

    zone: str
    kind: str
    country: str = ""
    value: str = ""
    value_until: str = ""

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is more specific; of two beginnings of postcodes the longer one is."""
        return KINDS.index(self.kind), -len(self.value) if self.kind == "prefix" else 0


@dataclass(frozen=True)
class Place:
    """Where goods come from or go: ISO 3166 code of the country, and what more is known; `region` is a state or province where addresses have one."""

    country: str
    postcode: str = ""
    city: str = ""
    locode: str = ""
    region: str = ""


def clean_postcode(typed: str) -> str:
    """Capitals and digits alone."""
    return re.sub(r"[\s\-]", "", typed).upper()


def clean_city(typed: str) -> str:
    """A town's name as others may write it."""
    return " ".join(fold(typed).split())


def list_groups(country: str) -> list[str]:
    """The groups that a country is in."""
    return [group for group, members in GROUPS.items() if country in members]


def list_prefixes(postcode: str) -> list[str]:
    """Every beginning of a postcode, itself included."""
    cleaned = clean_postcode(postcode)
    return [cleaned[:length] for length in range(1, len(cleaned) + 1)]


def list_values(place: Place) -> list[str]:
    """What a member that holds the place may have as its value, whatever its kind; ranges alone are not told by one value."""
    exact = [clean_city(place.city), place.locode.upper(), *list_groups(place.country), *list_prefixes(place.postcode)]
    return ["", *filter(None, exact)]


def holds(member: ZoneMember, place: Place) -> bool:
    """Whether the place lies in the member."""
    is_there = member.country == place.country or member.kind in {"locode", "group", "world"}
    return is_there and REACHES[member.kind](member, place)


def find_zone(members: Iterable[ZoneMember], place: Place) -> str | None:
    """The zone of the most specific member that holds the place; None where none does."""
    held = [member for member in members if holds(member, place)]
    return min(held, key=lambda member: member.rank).zone if held else None


def find_ties(members: Sequence[ZoneMember]) -> Iterator[tuple[ZoneMember, ZoneMember]]:
    """Members of two zones that are as specific and hold a place in common; of each member the first such."""
    seen: dict[tuple[str, str, str], ZoneMember] = {}
    ranges: dict[tuple[str, int], list[ZoneMember]] = {}
    for member in members:
        if member.kind == "range":
            ranges.setdefault((member.country, len(member.value)), []).append(member)
            continue
        first = seen.setdefault((member.kind, member.country, member.value), member)
        if first.zone != member.zone:
            yield first, member
    for held in ranges.values():
        yield from _find_crossing(sorted(held, key=lambda member: member.value))


def _find_crossing(ordered: list[ZoneMember]) -> Iterator[tuple[ZoneMember, ZoneMember]]:
    """Sorted by their beginnings, a range crosses an earlier one if it crosses the one that reaches furthest of another zone."""
    furthest: dict[str, ZoneMember] = {}
    for member in ordered:
        yield from [(earlier, member) for earlier in furthest.values() if _cross(earlier, member)][:1]
        own = furthest.get(member.zone)
        if own is None or own.value_until < member.value_until:
            furthest[member.zone] = member


def _cross(one: ZoneMember, other: ZoneMember) -> bool:
    return one.zone != other.zone and one.value <= other.value_until and other.value <= one.value_until


def _is_within(postcode: str, member: ZoneMember) -> bool:
    head = postcode[: len(member.value)]
    return len(head) == len(member.value) and member.value <= head <= member.value_until


REACHES: Mapping[str, Callable[[ZoneMember, Place], bool]] = {
    "postcode": lambda member, place: clean_postcode(place.postcode) == member.value,
    "prefix": lambda member, place: clean_postcode(place.postcode).startswith(member.value) and bool(place.postcode),
    "range": lambda member, place: _is_within(clean_postcode(place.postcode), member),
    "locode": lambda member, place: bool(place.locode) and place.locode.upper() == member.value,
    "city": lambda member, place: bool(place.city) and clean_city(place.city) == member.value,
    "country": lambda _member, _place: True,
    "group": lambda member, place: member.value in list_groups(place.country),
    "world": lambda _member, _place: True,
}
"""How each kind is told. A lookup asks hundreds of members, so nothing is made comparable that a kind does not ask for."""
