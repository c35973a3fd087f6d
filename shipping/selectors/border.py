"""What a destination asks of goods on a day: the standing rules, as plain values, and the one that holds."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from core.money import Money
from reference.rules import EUROPEAN_UNION, Rates
from shipping.adapters.border_seeds import read_duty_bases
from shipping.exceptions import CurrencyUnknown, NoRate
from shipping.models import BorderRule, DutyRule, OriginGroup, TaxRule
from shipping.rules.currency import convert
from shipping.rules.duties.importing import Border
from shipping.rules.duties.matching import DutyAnswer, DutyFact, Question, Scope, TaxFact, choose_duty, choose_tax
from shipping.rules.taxes import FORMULAS, TaxFormula, find_formula

UNION = "EU"
UNKNOWN_CODE = DutyAnswer(None, "no_rule")


def find_border(
    *, destination: str, hs_code: str, origin: str, day: date, value: Money | None = None, rates: Rates | None = None, sale: str = "b2b",
    has_proof: bool = False,
) -> Border | None:  # fmt: skip
    """Duty and tax of goods of one code and origin; None where nobody has read how the country counts.

    `value` is that of the whole consignment; `rates` bring it into the currencies of rules for small consignments, and without them such
    a rule makes the duty unknown. `sale` is b2b or b2c. `has_proof`: the buyer will hold the proof that the preference asks. Two queries, three where
    a duty names a group of origins or leaves one out.
    """
    destinations = _list_destinations(destination)
    duties = DutyRule.objects.standing().for_destinations(destinations).near_code(hs_code)
    taxes = TaxRule.objects.standing().for_destinations(destinations).near_code(hs_code)
    duty_facts, tax_facts = [_read_duty(rule) for rule in duties], [_read_tax(rule) for rule in taxes]
    question = Question(
        hs_code, origin, day, sale, _find_named_groups(destinations, origin, duty_facts),
        _convert_value(value, [*(fact.scope for fact in duty_facts), *(fact.scope for fact in tax_facts)], rates), has_proof,
    )  # fmt: skip
    tax = choose_tax(tax_facts, question)
    formula = _choose_formula(destination, tax)
    if formula is None:
        return None
    return Border(formula, choose_duty(duty_facts, question) if hs_code else UNKNOWN_CODE, tax, day)


def find_groups(*, destinations: Sequence[str], origin: str) -> frozenset[str]:
    """The codes of the tariffs' groups that an origin is in; one query."""
    groups = OriginGroup.objects.filter(destination__in=destinations).values_list("code", "members")
    return frozenset(code for code, members in groups if origin in members)


def _find_named_groups(destinations: Sequence[str], origin: str, duties: Sequence[DutyFact]) -> frozenset[str]:
    """Read only where a duty names a group, or leaves one out."""
    is_asked = any(duty.scope.group or duty.scope.excluded for duty in duties)
    return find_groups(destinations=destinations, origin=origin) if is_asked else frozenset()


def _list_destinations(destination: str) -> list[str]:
    return [destination, UNION] if destination in EUROPEAN_UNION else [destination]


def _read_scope(rule: BorderRule, **more: object) -> Scope:
    values = {
        name: getattr(rule, name)
        for name in ("hs_prefix", "sale", "currency", "value_from", "value_until", "valid_from", "valid_until")
    }
    return Scope(**values, **more)  # type: ignore[arg-type]  # both hold what Scope names


def _read_duty(rule: DutyRule) -> DutyFact:
    scope = _read_scope(rule, origin=rule.origin, group=rule.origin_group, excluded=tuple(rule.excluded_origins))
    return DutyFact(
        rule.pk, scope, rule.rate, rule.why_unknown, rule.is_preference, rule.proof, rule.source, rule.read_on
    )


def _read_tax(rule: TaxRule) -> TaxFact:
    return TaxFact(
        rule.pk, _read_scope(rule), rule.kind, rule.percent, rule.formula, rule.is_recoverable, rule.source, rule.read_on
    )  # fmt: skip


def _convert_value(value: Money | None, scopes: Iterable[Scope], rates: Rates | None) -> dict[str, Decimal]:
    """The consignment's value in each currency that a rule for small ones asks for, as far as it can be said."""
    found: dict[str, Decimal] = {}
    for currency in {scope.currency for scope in scopes if scope.is_for_values}:
        if value is None:
            continue
        try:
            found[currency] = convert(value, currency, rates=rates or Rates(date.min)).money.amount
        except (NoRate, CurrencyUnknown):
            continue
    return found


def _choose_formula(destination: str, tax: TaxFact | None) -> TaxFormula | None:
    """The tax's own, else the country's, else how its duty is counted alone: its tax is not known then."""
    known = FORMULAS.get(tax.formula) if tax else find_formula(destination)
    if known is not None:
        return known
    base = read_duty_bases().get(destination)
    if base is None:
        return None
    return TaxFormula(
        destination, base.base, adds_carriage=False, adds_inland=False, source=base.source, read_on=base.read_on.isoformat()
    )  # fmt: skip
