"""Officers change the rules for texts; what counted before is kept."""

from django.db import transaction

from accounts.models import User
from core.audit import record
from core.errors import NotAllowed
from listings.adapters.lint_file import read_lint_rules
from listings.models import LintRules
from listings.selectors.lint import forget_lint_rules


@transaction.atomic
def save_lint_rules(*, officer: User, text: str) -> LintRules:
    """Put new rules in the place of the old ones; every process follows within a minute. Raises NotAllowed, LintRulesFaulty."""
    if not officer.is_officer:
        raise NotAllowed
    read_lint_rules(text)
    rules = LintRules.objects.create(text=text, written_by=officer)
    record("listings.lint_rules_changed", subject=rules, actor=officer, fields=["text"])
    transaction.on_commit(forget_lint_rules)
    return rules
