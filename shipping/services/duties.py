"""Duty and tax rules come in as a set that counts for nothing until an officer, where three are active another one, lets it in."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from core.errors import NotAllowed
from shipping.choices import RuleSetState
from shipping.exceptions import RuleRowsFaulty, RuleSetAlreadyDecided, RuleSetGone, SecondOfficerNeeded
from shipping.models import BorderRule, DutyRule, RuleSet, TaxRule
from shipping.selectors.rule_plans import OFFICIAL, RulePlan, plan_table
from shipping.selectors.rule_sets import needs_second_officer

BATCH = 1000
LONGEST_NAME = 160


@transaction.atomic
def import_rule_table(*, officer: User, content: bytes, file_name: str) -> RuleSet:
    """Write an officer's table as a set that waits; the whole table or nothing. Officers may.

    Amounts are in each row's currency for kilograms and pieces, percents of the customs value. Raises NotAllowed, TariffFileFaulty for
    no such table, RuleRowsFaulty when a single cell is wrong.
    """
    plan = plan_table(content=content)
    if plan.problems:
        raise RuleRowsFaulty(number=len(plan.problems))
    return write_rules(officer=officer, plan=plan, file_name=file_name, content=content)


@transaction.atomic
def write_rules(*, officer: User, plan: RulePlan, file_name: str, content: bytes | Path) -> RuleSet:
    """Write what was planned as a set that waits; officers may. `content` is the file, or where it stands. Raises NotAllowed, RuleRowsFaulty."""
    if not officer.is_officer:
        raise NotAllowed
    if plan.problems:
        raise RuleRowsFaulty(number=len(plan.problems))
    rule_set = RuleSet.objects.create(
        form=plan.form, file_name=file_name[:LONGEST_NAME], sha256=_hash(content), left_out=plan.left_out, entered_by=officer
    )  # fmt: skip
    _write(DutyRule, rule_set, [rule for rule in plan.rules if isinstance(rule, DutyRule)])
    _write(TaxRule, rule_set, [rule for rule in plan.rules if isinstance(rule, TaxRule)])
    audit.record("shipping.rules_imported", subject=rule_set, actor=officer, fields=["duty", "tax"])
    return rule_set


@transaction.atomic
def let_rules_in(*, officer: User, set_id: int) -> RuleSet:
    """Put the rules of a set in force; those that say when they hold in the same words end. An official tariff ends its whole predecessor.

    Officers may, where three are active another one than who brought them in. Raises NotAllowed, RuleSetGone, RuleSetAlreadyDecided,
    SecondOfficerNeeded.
    """
    rule_set = _lock(officer, set_id)
    if needs_second_officer(rule_set=rule_set, officer=officer):
        raise SecondOfficerNeeded
    for model in (DutyRule, TaxRule):
        own = model.objects.filter(rule_set=rule_set)
        others = model.objects.filter(is_standing=True).exclude(rule_set=rule_set)
        others.filter(match_key__in=own.values("match_key")).update(is_standing=False)
        if rule_set.form in OFFICIAL:
            others.filter(rule_set__form=rule_set.form).update(is_standing=False)
        own.update(is_standing=True)
    return _decide(rule_set, RuleSetState.STANDING, officer)


@transaction.atomic
def refuse_rules(*, officer: User, set_id: int) -> RuleSet:
    """Keep a set out; its rules stay to be read. Officers may, who brought them in too. Raises NotAllowed, RuleSetGone, RuleSetAlreadyDecided."""
    return _decide(_lock(officer, set_id), RuleSetState.REFUSED, officer)


def _lock(officer: User, set_id: int) -> RuleSet:
    """A waiting set. All sets are locked, so that two are not let in at once."""
    if not officer.is_officer:
        raise NotAllowed
    sets = {rule_set.pk: rule_set for rule_set in RuleSet.objects.select_for_update().order_by("pk")}
    if set_id not in sets:
        raise RuleSetGone
    if not sets[set_id].is_waiting:
        raise RuleSetAlreadyDecided
    return sets[set_id]


def _decide(rule_set: RuleSet, state: RuleSetState, officer: User) -> RuleSet:
    rule_set.state, rule_set.decided_by, rule_set.decided_at = state, officer, timezone.now()
    rule_set.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record(f"shipping.rules_{state.value}", subject=rule_set, actor=officer, fields=["state"])
    return rule_set


def _write(model: type[DutyRule] | type[TaxRule], rule_set: RuleSet, rules: Sequence[BorderRule]) -> None:
    for rule in rules:
        rule.rule_set = rule_set
    model.objects.bulk_create(rules, batch_size=BATCH)  # type: ignore[arg-type]  # the caller has told them apart


def _hash(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
