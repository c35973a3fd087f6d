"""Which duty holds: the longest HS prefix, then the origin, then the newest. Two that are as specific and differ are an error, no guess.

Rules for small consignments come before all others. Preferences count only where their proof is there. Goods are often known by six
digits while tariffs go on to eight or ten: then all national codes must agree, else the duty is not known, and the span is told.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from shipping.rules.duty import DutyRate

Fact = TypeVar("Fact")
INCOMPLETE, NO_RULE, DIFFERS, TIED, VALUE = "incomplete", "no_rule", "differs", "tied", "value"


@dataclass(frozen=True)
class Scope:
    """When a rule holds. "" is every code, origin and buyer; a value is above the first and up to the second, in `currency`."""

    hs_prefix: str = ""
    origin: str = ""
    group: str = ""
    excluded: tuple[str, ...] = ()
    sale: str = ""
    currency: str = ""
    value_from: Decimal | None = None
    value_until: Decimal | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def is_for_values(self) -> bool:
        return self.value_from is not None or self.value_until is not None

    @property
    def rank(self) -> tuple[int, int, int, date]:
        """Greater is more specific."""
        origin = 2 if self.origin else 1 if self.group else 0
        return len(self.hs_prefix), origin, int(bool(self.sale)), self.valid_from or date.min


@dataclass(frozen=True)
class DutyFact:
    """A standing duty rule, as plain values."""

    id: int
    scope: Scope
    rate: DutyRate | None
    why_unknown: str = ""
    is_preference: bool = False
    proof: str = ""
    source: str = ""
    read_on: date | None = None


@dataclass(frozen=True)
class TaxFact:
    """A standing tax rule, as plain values."""

    id: int
    scope: Scope
    kind: str
    percent: Decimal
    formula: str
    is_recoverable: bool
    source: str = ""
    read_on: date | None = None


@dataclass(frozen=True)
class Question:
    """Goods of one code and origin in a consignment on a day. `groups` are those the origin is in, `values` the consignment's value by currency."""

    hs_code: str
    origin: str
    day: date
    sale: str = ""
    groups: Collection[str] = ()
    values: Mapping[str, Decimal] = field(default_factory=dict)
    has_proof: bool = False


@dataclass(frozen=True)
class DutyAnswer:
    """The whole duty, or None and why. `preference` is the rule that holds once its proof is there; percents span national codes."""

    rate: DutyRate | None
    why_unknown: str = ""
    fact: DutyFact | None = None
    preference: DutyFact | None = None
    lowest_percent: Decimal | None = None
    highest_percent: Decimal | None = None
    tied: tuple[int, ...] = ()


def choose_duty(facts: Iterable[DutyFact], question: Question) -> DutyAnswer:
    """The duty of the question's goods."""
    near = [fact for fact in facts if _fits(fact.scope, question)]
    small = [fact for fact in near if fact.scope.is_for_values and question.hs_code.startswith(fact.scope.hs_prefix)]
    if any(fact.scope.currency not in question.values for fact in small):
        return DutyAnswer(None, VALUE)
    small = [fact for fact in small if is_within(fact.scope, question.values[fact.scope.currency])]
    if small:
        return _settle([_pick(small, question.hs_code)])
    ordinary = [fact for fact in near if not fact.scope.is_for_values]
    return _choose_ordinary(ordinary, question)


def choose_tax(facts: Iterable[TaxFact], question: Question) -> TaxFact | None:
    """The tax of the question's goods; None where there is no rule, where two differ, and where it depends on a value that is not known."""
    near = [fact for fact in facts if _fits(fact.scope, question) and question.hs_code.startswith(fact.scope.hs_prefix)]
    small = [fact for fact in near if fact.scope.is_for_values]
    if any(fact.scope.currency not in question.values for fact in small):
        return None
    within = [fact for fact in small if is_within(fact.scope, question.values[fact.scope.currency])]
    left = within or [fact for fact in near if not fact.scope.is_for_values]
    best = _list_best(left, lambda fact: fact.scope)
    says = {(fact.percent, fact.formula, fact.kind) for fact in best}
    return best[0] if len(says) == 1 else None


def is_within(scope: Scope, value: Decimal) -> bool:
    """Whether a consignment's value lies above the first and up to the second."""
    above = scope.value_from is None or value > scope.value_from
    return above and (scope.value_until is None or value <= scope.value_until)


def _fits(scope: Scope, question: Question) -> bool:
    """By origin, buyer, day and code; a national code below the question's fits too."""
    inside = (scope.valid_from or date.min) <= question.day <= (scope.valid_until or date.max)
    code = scope.hs_prefix.startswith(question.hs_code) or question.hs_code.startswith(scope.hs_prefix)
    buyer = not scope.sale or scope.sale == question.sale
    return inside and code and buyer and _is_from(scope, question)


def _is_from(scope: Scope, question: Question) -> bool:
    if scope.origin:
        return scope.origin == question.origin
    if scope.group and scope.group not in question.groups:
        return False
    return question.origin not in scope.excluded and not set(scope.excluded) & set(question.groups)


def _choose_ordinary(facts: Sequence[DutyFact], question: Question) -> DutyAnswer:
    below = {fact.scope.hs_prefix for fact in facts if len(fact.scope.hs_prefix) > len(question.hs_code)}
    general = [fact for fact in facts if not fact.is_preference]
    has_own = any(question.hs_code.startswith(fact.scope.hs_prefix) for fact in general)
    points = sorted(below | ({question.hs_code} if has_own or not below else set()))
    ordinary = [_pick(general, point) for point in points]
    without = _settle(ordinary)
    preferences = [_pick([fact for fact in facts if fact.is_preference], point) for point in points]
    if without.why_unknown == INCOMPLETE or not all(preferences):
        return without
    preferred = _settle(preferences)
    if preferred.fact is None or preferred.rate is None:
        return without
    if question.has_proof:
        return DutyAnswer(preferred.rate, "", preferred.fact, preferred.fact)
    return DutyAnswer(
        without.rate, without.why_unknown, without.fact, preferred.fact, without.lowest_percent, without.highest_percent, without.tied
    )  # fmt: skip


def _pick(facts: Sequence[DutyFact], code: str) -> list[DutyFact]:
    """The most specific rules of a code: one, unless two are as specific."""
    return _list_best([fact for fact in facts if code.startswith(fact.scope.hs_prefix)], lambda fact: fact.scope)


def _list_best(facts: Sequence[Fact], scope_of: Callable[[Fact], Scope]) -> list[Fact]:
    best = max((scope_of(fact).rank for fact in facts), default=None)
    return [fact for fact in facts if scope_of(fact).rank == best]


def _settle(picked: Sequence[Sequence[DutyFact]]) -> DutyAnswer:
    """One answer of what holds for each national code."""
    tied = next((facts for facts in picked if len({(fact.rate, fact.why_unknown) for fact in facts}) > 1), ())
    if tied:
        return DutyAnswer(None, TIED, tied=tuple(fact.id for fact in tied))
    found = [facts[0] for facts in picked if facts]
    if not found:
        return DutyAnswer(None, NO_RULE)
    says = {(fact.rate, fact.why_unknown) for fact in found}
    if len(says) == 1 and len(found) == len(picked):
        first = found[0]
        return DutyAnswer(None if first.why_unknown else first.rate, first.why_unknown, first)
    if any(fact.why_unknown == INCOMPLETE for fact in found):
        return DutyAnswer(None, INCOMPLETE, next(fact for fact in found if fact.why_unknown == INCOMPLETE))
    return _span(found, is_all=len(found) == len(picked))


def _span(found: Sequence[DutyFact], *, is_all: bool) -> DutyAnswer:
    percents = [
        fact.rate.percent for fact in found if fact.rate and not fact.why_unknown and not fact.rate.is_in_amounts
    ]
    if not is_all or len(percents) < len(found):
        return DutyAnswer(None, DIFFERS)
    return DutyAnswer(None, DIFFERS, lowest_percent=min(percents), highest_percent=max(percents))
