"""Duty and tax rules as officers see them: in force, waiting, old, and contradicting one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from shipping.exceptions import RuleSetGone
from shipping.models import STALE_AFTER, DutyRule, OriginGroup, RuleSet, TaxRule

OFFICERS_FOR_TWO = 3
MOST_SHOWN = 200
AS_SPECIFIC = ("destination", "hs_prefix", "sale", "is_preference", "valid_from", "value_from", "value_until")


@dataclass(frozen=True)
class Overview:
    """How many rules are in force for a destination, how many duties of them are not known, how many sources are old."""

    destination: str
    duties: int
    unknown: int
    taxes: int
    stale: int


def needs_second_officer(*, rule_set: RuleSet, officer: User) -> bool:
    """Whether this officer must leave the set to another: three are active, and they brought it in themselves."""
    return rule_set.entered_by_id == officer.pk and User.objects.officers().count() >= OFFICERS_FOR_TWO


def list_waiting_sets() -> QuerySet[RuleSet]:
    """Sets that nobody has decided about, the newest first, with how many rules they hold."""
    return (
        RuleSet.objects.waiting()
        .select_related("entered_by")
        .annotate(duties=Count("dutyrules", distinct=True), taxes=Count("taxrules", distinct=True))
    )


def count_waiting_sets() -> int:
    """How many sets wait for an officer."""
    return RuleSet.objects.waiting().count()


def get_set(*, set_id: int) -> RuleSet:
    """One set with who brought it in. Raises RuleSetGone."""
    found = RuleSet.objects.select_related("entered_by", "decided_by").filter(pk=set_id).first()
    if found is None:
        raise RuleSetGone
    return found


def list_overview(*, day: date) -> list[Overview]:
    """Every destination that has rules in force on the day; two queries."""
    old = Q(read_on__lt=day - STALE_AFTER)
    duties = {
        row["destination"]: row
        for row in DutyRule.objects.in_force_on(day).values("destination").annotate(
            number=Count("pk"), unknown=Count("pk", filter=~Q(why_unknown="")), stale=Count("pk", filter=old)
        ).order_by()
    }  # fmt: skip
    taxes = {
        row["destination"]: row
        for row in TaxRule.objects.in_force_on(day).values("destination").annotate(
            number=Count("pk"), stale=Count("pk", filter=old)
        ).order_by()
    }  # fmt: skip
    none = {"number": 0, "unknown": 0, "stale": 0}
    return [
        Overview(code, duty["number"], duty["unknown"], tax["number"], duty["stale"] + tax["stale"])
        for code in sorted(duties.keys() | taxes.keys())
        for duty, tax in [(duties.get(code, none), taxes.get(code, none))]
    ]


def list_duty_rules(*, destination: str, hs_code: str, day: date) -> Sequence[DutyRule]:
    """Duties in force of a destination, around a code where one is given; the first 200."""
    rules = DutyRule.objects.in_force_on(day).filter(destination=destination)
    near = rules.near_code(hs_code) if hs_code else rules
    return list(near.order_by("hs_prefix", "origin", "origin_group", "pk")[:MOST_SHOWN])


def list_tax_rules(*, destination: str, day: date) -> Sequence[TaxRule]:
    """Taxes in force of a destination; the first 200."""
    return list(
        TaxRule.objects.in_force_on(day).filter(destination=destination).order_by("hs_prefix", "pk")[:MOST_SHOWN]
    )


def list_ties(*, day: date) -> list[tuple[DutyRule, DutyRule]]:
    """Pairs of duties that are as specific, hold on the day for the same goods and say different things; the first 200.

    Only groups of origins that share a country can do that: the database keeps two rules of the same words apart.
    """
    members = {(group.destination, group.code): set(group.members) for group in OriginGroup.objects.all()}
    rules = DutyRule.objects.in_force_on(day).filter(origin_group__in={code for _destination, code in members})
    alike: dict[tuple[object, ...], list[DutyRule]] = {}
    found: list[tuple[DutyRule, DutyRule]] = []
    for rule in rules.order_by("destination", "hs_prefix", "pk").iterator(chunk_size=2000):
        known = alike.setdefault(tuple(getattr(rule, name) for name in AS_SPECIFIC), [])
        found += [(other, rule) for other in known if _contradict(other, rule, members)]
        known.append(rule)
        if len(found) >= MOST_SHOWN:
            break
    return found[:MOST_SHOWN]


def _contradict(one: DutyRule, other: DutyRule, members: Mapping[tuple[str, str], set[str]]) -> bool:
    groups = [members.get((rule.destination, rule.origin_group), set()) for rule in (one, other)]
    return bool(groups[0] & groups[1]) and (one.rate, one.why_unknown) != (other.rate, other.why_unknown)
