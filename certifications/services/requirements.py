"""Requirements of markets come in as a table, all of them or none."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from certifications.exceptions import TableFaulty
from certifications.models import Requirement, Scheme
from certifications.selectors.requirements import RowPlan, plan_import
from core import audit
from core.errors import NotAllowed

WRITTEN = (
    "family", "hs_prefixes", "origin", "market", "side", "kind", "document", "summary", "next_step", "blocks", "lifted_by",
    "owner", "source_url", "read_on",
)  # fmt: skip


@transaction.atomic
def import_requirements(*, officer: User, text: str) -> Sequence[RowPlan]:
    """Write a table of requirements: new keys are added, known ones take the new values, none is deleted.

    Officers may. Raises TableFaulty, after which nothing is written, when a single row is wrong.
    """
    if not officer.is_officer:
        raise NotAllowed
    plan = plan_import(text=text)
    if plan.missing_columns or plan.faulty:
        raise TableFaulty
    schemes = {scheme.code: scheme for scheme in Scheme.objects.all()}
    for row in plan.rows:
        if row.act != "same":
            _write(row, schemes, officer)
    return plan.rows


def _write(row: RowPlan, schemes: dict[str, Scheme], officer: User) -> None:
    values: dict[str, Any] = {name: row.values[name] for name in WRITTEN}
    scheme = schemes.get(row.values["scheme"])
    requirement, _ = Requirement.objects.update_or_create(key=row.key, defaults={**values, "scheme": scheme})
    audit.record("certifications.requirement_imported", subject=requirement, actor=officer, fields=row.changed)
