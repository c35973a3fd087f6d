"""A set of duty rules that waits for an officer, for the authorisation matrix."""

from demo.seed.scopes import Scope
from shipping.choices import RuleForm
from shipping.models import RuleSet


def plant_rules_of(scope: Scope) -> None:
    """Rules belong to nobody but the officers; each scope has a set of its own, so that one may be decided about."""
    name = scope.canary("dutyrules")
    scope.canaries[name] = ["administrator", "officer"]
    waiting = RuleSet.objects.create(form=RuleForm.TABLE, file_name=name, entered_by=scope.people["administrator"])
    scope.objects["rule_set"] = waiting.pk
