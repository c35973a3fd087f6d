"""Duty and tax rules as officers see them: in force, waiting, old, and contradicting one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from accounts.models import User
from shipping.choices import WhyUnknown
from shipping.exceptions import RuleSetGone
from shipping.models import STALE_AFTER, BorderRule, DutyRule, OriginGroup, RuleSet, TaxRule
from shipping.rules.duties.changes import Difference, RuleChange
from shipping.selectors.rule_plans import compare_set

OFFICERS_FOR_TWO = 3
MOST_SHOWN = 200
PEOPLE = ("rule_set__entered_by", "rule_set__decided_by")
AS_SPECIFIC = ("destination", "hs_prefix", "sale", "is_preference", "valid_from", "value_from", "value_until")


@dataclass(frozen=True)
class Overview:
    """How many rules are in force for a destination, how many duties of them are not known, how many sources are old."""

    destination: str
    duties: int
    unknown: int
    taxes: int
    stale: int


@dataclass(frozen=True)
class ShownRule:
    """A rule in words: `says` are names and values of its parts, `why_unknown` a sentence."""

    destination: str
    hs_prefix: str
    origin: str
    says: Sequence[tuple[str, str]]
    why_unknown: str
    published_text: str
    scope: Sequence[str]
    valid_from: date | None
    valid_until: date | None
    source: str
    read_on: date
    is_stale: bool
    set_id: int
    entered_by: str
    approved_by: str


@dataclass(frozen=True)
class ShownSet:
    """A set for the officer who decides: how many rules, what would change, and whether another officer must."""

    rule_set: RuleSet
    duties: int
    taxes: int
    unknown: int
    difference: Difference | None
    changes: Sequence[RuleChange]
    rules: Sequence[ShownRule]
    needs_second: bool


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


def describe_rules(*, destinations: Sequence[str], hs_code: str, day: date) -> list[ShownRule]:
    """Rules in force of some destinations, around a code where one is given; the first 200 of each kind, two queries."""
    if not destinations:
        return []
    duties = DutyRule.objects.in_force_on(day).for_destinations(list(destinations)).select_related(*PEOPLE)
    taxes = TaxRule.objects.in_force_on(day).for_destinations(list(destinations)).select_related(*PEOPLE)
    if hs_code:
        duties, taxes = duties.near_code(hs_code), taxes.near_code(hs_code)
    return [
        *(_show_duty(rule, day) for rule in duties.order_by("hs_prefix", "origin", "origin_group", "pk")[:MOST_SHOWN]),
        *(_show_tax(rule, day) for rule in taxes.order_by("hs_prefix", "destination", "pk")[:MOST_SHOWN]),
    ]


def describe_set(*, set_id: int, officer: User, day: date) -> ShownSet:
    """A set with its first 200 rules of each kind, and while it waits what it would change. Raises RuleSetGone."""
    rule_set = get_set(set_id=set_id)
    duties = rule_set.dutyrules.select_related(*PEOPLE).order_by("pk")
    taxes = rule_set.taxrules.select_related(*PEOPLE).order_by("pk")
    difference = compare_set(rule_set=rule_set) if rule_set.is_waiting else None
    return ShownSet(
        rule_set, duties.count(), taxes.count(), duties.exclude(why_unknown="").count(), difference,
        difference.changes[:MOST_SHOWN] if difference else (),
        (*(_show_duty(rule, day) for rule in duties[:MOST_SHOWN]), *(_show_tax(rule, day) for rule in taxes[:MOST_SHOWN])),
        needs_second_officer(rule_set=rule_set, officer=officer),
    )  # fmt: skip


def _show_duty(rule: DutyRule, day: date) -> ShownRule:
    parts = [(name, f"{value.normalize():f}") for name, value in rule.shown_parts]
    says = parts or ([("", gettext("free"))] if rule.is_known else [])
    return ShownRule(
        rule.destination, rule.hs_prefix, rule.origin or rule.origin_group, says, str(WhyUnknown(rule.why_unknown).label) if rule.why_unknown else "",
        rule.published_text, _show_scope(rule, gettext("preference") if rule.is_preference else "", rule.proof), rule.valid_from, rule.valid_until,
        rule.source, rule.read_on, rule.is_stale_on(day), *_show_people(rule),
    )  # fmt: skip


def _show_tax(rule: TaxRule, day: date) -> ShownRule:
    says = [(rule.get_kind_display(), f"{rule.percent.normalize():f} %")]
    return ShownRule(
        rule.destination, rule.hs_prefix, "", says, "", "", _show_scope(rule), rule.valid_from, rule.valid_until, rule.source, rule.read_on,
        rule.is_stale_on(day), *_show_people(rule),
    )  # fmt: skip


def _show_people(rule: BorderRule) -> tuple[int, str, str]:
    return rule.rule_set_id, str(rule.entered_by or ""), str(rule.approved_by or "")


def _show_scope(rule: BorderRule, *more: str) -> list[str]:
    """For which consignments and buyers, in words."""
    bounds = {"least": rule.value_from, "most": rule.value_until, "currency": rule.currency}
    value = ""
    if rule.value_from is not None and rule.value_until is not None:
        value = gettext("consignments above %(least)s and up to %(most)s %(currency)s") % bounds
    elif rule.value_until is not None:
        value = gettext("consignments up to %(most)s %(currency)s") % bounds
    elif rule.value_from is not None:
        value = gettext("consignments above %(least)s %(currency)s") % bounds
    return [word for word in (value, rule.get_sale_display() if rule.sale else "", *more) if word]


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
