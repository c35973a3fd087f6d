"""A line of a published tariff as we keep it, and what was left out of the file with the reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from core.errors import gettext_noop
from shipping.rules.duty import DutyRate

Key = tuple[str, str, str, bool, date | None]
PLACE = 4
"""How much of a key says for which goods and origins."""
UNREADABLE, INCOMPLETE, CONDITIONAL, AMBIGUOUS = "unreadable", "incomplete", "conditional", "ambiguous"
EXPIRED = gettext_noop("ended before the day")
END_USE_ALSO = gettext_noop("authorised use, where the ordinary duty stands beside it")


@dataclass(frozen=True)
class PublishedRule:
    """A duty of a line of the tariff, its place in the file and the publisher's own words for the rate.

    `hs_prefix` without trailing pairs of zeros; `origin` a country, `group` the publisher's code of several, both "" for all origins.
    `why_unknown` is "" where `rate` is the whole duty. `is_further`: a duty that comes on top. `is_end_use`: only for authorised use.
    """

    line: int
    hs_prefix: str
    rate: DutyRate | None
    text: str
    origin: str = ""
    group: str = ""
    excluded: tuple[str, ...] = ()
    why_unknown: str = ""
    is_preference: bool = False
    proof: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    is_further: bool = False
    is_end_use: bool = False

    @property
    def key(self) -> Key:
        """Two with the same one cannot both hold."""
        return self.hs_prefix, self.origin, self.group, self.is_preference, self.valid_from


@dataclass(frozen=True)
class LeftOut:
    """A line that is no rule of ours, and why."""

    line: int
    why: str


@dataclass(frozen=True)
class Tariff:
    """A file that was read: rules that can be told apart, and how many lines were left out for which reason."""

    rules: tuple[PublishedRule, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def unknown(self) -> int:
        """How many rules say no whole duty."""
        return sum(bool(rule.why_unknown) for rule in self.rules)


def settle(lines: Iterable[PublishedRule | LeftOut], *, day: date) -> Tariff:
    """Leave out what ended before the day; make of lines that cannot both hold a single unknown one.

    A duty that comes on top makes the duty it comes on top of incomplete. An origin with a duty of its own on a heading has no part in
    the general duties of the codes below it.
    """
    left_out: dict[str, int] = {}
    found: dict[Key, PublishedRule] = {}
    end_use: dict[Key, PublishedRule] = {}
    for line in lines:
        if isinstance(line, LeftOut) or (line.valid_until is not None and line.valid_until < day):
            why = line.why if isinstance(line, LeftOut) else EXPIRED
            left_out[why] = left_out.get(why, 0) + 1
            continue
        store = end_use if line.is_end_use else found
        store[line.key] = _join(store[line.key], line) if line.key in store else line
    ordinary = {rule.key[:PLACE] for rule in found.values() if not rule.is_further}
    alone = [rule for rule in end_use.values() if rule.key[:PLACE] not in ordinary]
    if len(alone) < len(end_use):
        left_out[END_USE_ALSO] = len(end_use) - len(alone)
    return Tariff(tuple(_shut_out(_mark_topped([*found.values(), *alone]))), left_out)


def strip_zeros(code: str) -> str:
    """A code of ten digits without the pairs of zeros that fill it up: measures of a heading hold for all below it."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


def _join(first: PublishedRule, second: PublishedRule) -> PublishedRule:
    """Further duties make a duty incomplete; two duties for the same goods and day are read by nobody but an officer."""
    if first.is_further or second.is_further:
        base = second if first.is_further else first
        return replace(base, why_unknown=base.why_unknown or INCOMPLETE, text=_say_both(first, second))
    if (first.rate, first.why_unknown, first.excluded) == (second.rate, second.why_unknown, second.excluded):
        return first
    return replace(first, rate=None, why_unknown=AMBIGUOUS, text=_say_both(first, second))


def _say_both(first: PublishedRule, second: PublishedRule) -> str:
    return " | ".join(dict.fromkeys(text for text in (*first.text.split(" | "), second.text) if text))


def _mark_topped(rules: list[PublishedRule]) -> list[PublishedRule]:
    """A duty on top that holds for all origins also tops the general duties that stand under another key, of the same code or below it."""
    topped = {rule.hs_prefix for rule in rules if rule.is_further and not rule.origin and not rule.group}
    return [
        replace(rule, why_unknown=INCOMPLETE)
        if not rule.why_unknown and any(head in topped for head in _list_heads(rule.hs_prefix))
        else rule
        for rule in rules
    ]


def _shut_out(rules: list[PublishedRule]) -> list[PublishedRule]:
    own: dict[str, set[str]] = {}
    for rule in rules:
        if (rule.origin or rule.group) and not rule.is_preference:
            own.setdefault(rule.hs_prefix, set()).add(rule.origin or rule.group)
    return [rule if rule.origin or rule.group else replace(rule, excluded=_exclude(rule, own)) for rule in rules]


def _exclude(rule: PublishedRule, own: Mapping[str, set[str]]) -> tuple[str, ...]:
    above = {origin for head in _list_heads(rule.hs_prefix)[:-1] for origin in own.get(head, ())}
    return tuple(sorted({*rule.excluded, *above}))


def _list_heads(prefix: str) -> list[str]:
    """Every beginning of a code that is a chapter, heading or code itself, the shortest first."""
    return [prefix[:length] for length in range(2, len(prefix) + 1)]
