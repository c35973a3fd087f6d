"""What markets ask, and what an import of such rows would do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from certifications.choices import Family, LiftedBy, Market, RequirementKind, RequirementSide
from certifications.exceptions import TableUnreadable
from certifications.models import Requirement, Scheme
from certifications.rules.requirements import MOST_ROWS, Allowed, Line, judge_rows, read_table

Act = Literal["add", "change", "same", "faulty"]


@dataclass(frozen=True)
class RowPlan:
    """What would become of one row: `problems` are sentences, `changed` names of columns."""

    number: int
    key: str
    act: Act
    values: dict[str, Any]
    changed: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class ImportPlan:
    """What would become of a whole table."""

    rows: Sequence[RowPlan]
    missing_columns: tuple[str, ...]

    def count(self, act: Act) -> int:
        """How many rows would meet this."""
        return sum(row.act == act for row in self.rows)

    @property
    def added(self) -> int:
        return self.count("add")

    @property
    def changed(self) -> int:
        return self.count("change")

    @property
    def same(self) -> int:
        return self.count("same")

    @property
    def faulty(self) -> int:
        return self.count("faulty")


def list_requirements(*, markets: Collection[str]) -> QuerySet[Requirement]:
    """What these markets ask of anything, with schemes."""
    return Requirement.objects.active().filter(market__in=markets).select_related("scheme")


def plan_import(*, text: str) -> ImportPlan:
    """Read a table and say what each row would do, writing nothing. Raises TableUnreadable."""
    rows, missing = read_table(text)
    if not rows or len(rows) > MOST_ROWS:
        raise TableUnreadable(most=MOST_ROWS)
    if missing:
        return ImportPlan((), missing)
    schemes = dict(Scheme.objects.values_list("pk", "code"))
    lines = judge_rows(rows, allowed=_list_allowed(schemes.values()), day=timezone.localdate())
    known = {row.key: row for row in Requirement.objects.filter(key__in=[line.key for line in lines])}
    return ImportPlan([_plan(line, known.get(line.key), schemes) for line in lines], ())


def _list_allowed(schemes: Collection[str]) -> Allowed:
    return Allowed(
        families=Family.values, markets=Market.values, sides=RequirementSide.values, kinds=RequirementKind.values,
        lifters=LiftedBy.values, schemes=schemes,
    )  # fmt: skip


def _plan(line: Line, known: Requirement | None, schemes: dict[int, str]) -> RowPlan:
    if line.problems:
        sentences = tuple(_(problem.message) % problem.values for problem in line.problems)
        return RowPlan(line.number, line.key, "faulty", {}, (), sentences)
    if known is None:
        return RowPlan(line.number, line.key, "add", line.values, tuple(line.values), ())
    stands = {name: getattr(known, name) for name in line.values if name != "scheme"}
    stands["scheme"] = schemes.get(known.scheme_id or 0, "")
    changed = tuple(name for name, value in line.values.items() if stands[name] != value)
    return RowPlan(line.number, line.key, "change" if changed else "same", line.values, changed, ())
