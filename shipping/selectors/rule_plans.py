"""What a table or an official tariff would do to the rules, before anything is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from shipping.adapters.border_seeds import VatRate, list_vat_rates
from shipping.adapters.rule_files import read_rule_file
from shipping.adapters.tariff_files import FORMATS, read_tariff
from shipping.choices import RuleForm, TaxKind
from shipping.models import BorderRule, DutyRule, RuleSet, TaxRule
from shipping.rules.cardfile.table import Problem
from shipping.rules.duties.changes import Difference, Says, compare_rules
from shipping.rules.duties.published import PublishedRule
from shipping.rules.duties.table import DUTY_NUMBERS, Known, read_rules
from shipping.selectors.card_plans import list_known_countries, list_known_currencies

OFFICIAL = frozenset({RuleForm.UKGT.value, RuleForm.HTS.value, RuleForm.TARIC.value})
"""Whole tariffs: what they no longer hold is no longer in force."""
LONGEST_TEXT = 400
DUTY_SAYS = (*DUTY_NUMBERS, "why_unknown", "excluded_origins", "proof", "valid_until")
ADDED = ("per_kg", "per_unit", "per_subheading")
"""Parts that say nothing where they are 0."""
TAX_SAYS = ("kind", "percent", "formula", "is_recoverable", "valid_until")


@dataclass(frozen=True)
class RulePlan:
    """Rules that are not written yet, what is wrong with them, what was left out, and what they would change."""

    form: str
    rules: Sequence[BorderRule]
    difference: Difference
    problems: tuple[Problem, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def unknown(self) -> dict[str, int]:
        """How many duties are not known, by reason."""
        found: dict[str, int] = {}
        for rule in self.rules:
            if isinstance(rule, DutyRule) and rule.why_unknown:
                found[rule.why_unknown] = found.get(rule.why_unknown, 0) + 1
        return found

    @property
    def unknown_count(self) -> int:
        return sum(self.unknown.values())


def plan_table(*, content: bytes) -> RulePlan:
    """Judge an officer's table; faults are in `problems`. Raises TariffFileFaulty for what is no such table."""
    known = Known(list_known_countries(), list_known_currencies(), timezone.localdate())
    read, problems = read_rules(read_rule_file(content), known)
    if problems:
        ordered = sorted(problems, key=lambda problem: (problem.row, len(problem.column), problem.column))
        return RulePlan(RuleForm.TABLE, [], Difference((), 0), tuple(ordered))
    rules: list[BorderRule] = [(DutyRule if rule.kind == "duty" else TaxRule)(**rule.values) for rule in read]
    return _plan(RuleForm.TABLE, rules)


def plan_tariff(
    *, path: Path, form: str, source: str, read_on: date, origins: frozenset[str] = frozenset()
) -> RulePlan:
    """Read an official tariff. `origins` bounds the preferences to those of these countries and of groups. Raises TariffFileFaulty."""
    tariff = read_tariff(path, form=form, day=timezone.localdate(), origins=origins)
    official = FORMATS[form]
    rules = [_make_rule(rule, official.territory, official.currency, source, read_on) for rule in tariff.rules]
    return replace(_plan(form, rules), left_out=dict(tariff.left_out))


def plan_vat() -> RulePlan:
    """The standard rates of the installed package that are not the ones in force."""
    newest: dict[str, TaxRule] = {}
    for tax in TaxRule.objects.filter(is_standing=True, hs_prefix="", kind=TaxKind.VAT).order_by("valid_from"):
        newest[tax.destination] = tax
    rates = [rate for rate in list_vat_rates() if not _is_in_force(rate, newest.get(rate.country))]
    return _plan(RuleForm.VAT, [_make_tax(rate) for rate in rates])


def compare_set(*, rule_set: RuleSet) -> Difference:
    """What a waiting set would change."""
    rules: list[BorderRule] = [*rule_set.dutyrules.all(), *rule_set.taxrules.all()]
    return _compare(rule_set.form, rules)


def _plan(form: str, rules: Sequence[BorderRule]) -> RulePlan:
    for rule in rules:
        rule.match_key = rule.make_key()
    return RulePlan(form, rules, _compare(form, rules))


def _compare(form: str, rules: Iterable[BorderRule]) -> Difference:
    after = {_name(rule): _say(rule) for rule in rules}
    before: dict[str, Says] = {}
    ends: set[str] = set()
    destinations = {rule.destination for rule in rules}
    models: tuple[type[DutyRule] | type[TaxRule], ...] = (DutyRule, TaxRule)
    for model in models:
        standing = model.objects.filter(is_standing=True, destination__in=destinations).select_related("rule_set")
        for rule in standing.iterator(chunk_size=2000):
            before[_name(rule)] = _say(rule)
            if form in OFFICIAL and rule.rule_set.form == form:
                ends.add(_name(rule))
    return compare_rules(before, after, ends=frozenset(ends))


def _name(rule: BorderRule) -> str:
    return rule.match_key


def _say(rule: BorderRule) -> Says:
    """What the rule says, as words; where a rule was read does not belong to it."""
    names = TAX_SAYS if isinstance(rule, TaxRule) else DUTY_SAYS
    says = [(name, getattr(rule, name)) for name in names]
    return tuple(
        f"{name} {_write(said)}"
        for name, said in says
        if said not in (None, "", []) and (said != 0 or name not in ADDED)
    )


def _write(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return ", ".join(value) if isinstance(value, list) else str(value)


def _make_rule(rule: PublishedRule, territory: str, currency: str, source: str, read_on: date) -> DutyRule:
    parts = {name: getattr(rule.rate, name) if rule.rate else None for name in DUTY_NUMBERS}
    return DutyRule(
        destination=territory, hs_prefix=rule.hs_prefix, currency=currency, origin=rule.origin, origin_group=rule.group,
        excluded_origins=list(rule.excluded), why_unknown=rule.why_unknown, published_text=rule.text[:LONGEST_TEXT],
        is_preference=rule.is_preference, proof=rule.proof[:200], valid_from=rule.valid_from, valid_until=rule.valid_until, source=source,
        read_on=read_on, **parts,
    )  # fmt: skip


def _is_in_force(rate: VatRate, rule: TaxRule | None) -> bool:
    return rule is not None and (rule.percent, rule.formula) == (rate.percent, rate.formula)


def _make_tax(rate: VatRate) -> TaxRule:
    return TaxRule(
        destination=rate.country, kind=TaxKind.VAT, percent=rate.percent, formula=rate.formula, valid_from=rate.as_of, source=rate.source,
        read_on=rate.as_of,
    )  # fmt: skip
