"""The figures of a period: for each division its parts, and the total of all firms."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Sum

from accounts.models import User
from core.errors import NotFound
from core.money import Money
from reporting.choices import Division, Measure
from reporting.rules import NOT_TOLD, Period
from reporting.selectors.firms import FirmKeys, list_parts, read_firm_keys
from reporting.selectors.measures import get_firm_path, list_measured


@dataclass(frozen=True)
class Counted:
    """What was counted of one firm; minutes and cost are those of support."""

    company_id: int
    measure: str
    number: int
    minutes: int = 0
    cost: Money | None = None


@dataclass
class Figures:
    """What one part of a division, or all firms together, come to."""

    counts: Counter[str] = field(default_factory=Counter)
    minutes: int = 0
    costs: dict[str, Decimal] = field(default_factory=dict)

    def add(self, counted: Counted) -> None:
        """Take one firm's figure in."""
        self.counts[counted.measure] += counted.number
        self.minutes += counted.minutes
        if counted.cost is not None:
            currency = counted.cost.currency
            self.costs[currency] = self.costs.get(currency, Decimal(0)) + counted.cost.amount

    @property
    def prices(self) -> list[Money]:
        """What support cost, by currency."""
        return [Money(amount, currency) for currency, amount in sorted(self.costs.items())]


@dataclass(frozen=True)
class Line:
    """A row of a table: its part and its figures."""

    key: str
    label: str
    figures: Figures


@dataclass(frozen=True)
class Table:
    """One division: the parts in which anything is, in their order, and those of whom it is not known."""

    division: Division
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Summary:
    """A period in figures. The parts of each table add up to `total`, which is counted without them."""

    period: Period
    total: Figures
    tables: tuple[Table, ...]

    @property
    def currencies(self) -> list[str]:
        return sorted(self.total.costs)


def get_summary(*, officer: User, period: Period) -> Summary:
    """All figures of a period, for officers; NotFound for everybody else. Twelve queries, and one for the branches once a minute."""
    if not officer.is_officer:
        raise NotFound
    firms = read_firm_keys()
    counted = [*_count_rows(period), *_count_support(period)]
    total = Figures()
    for one in counted:
        total.add(one)
    return Summary(period, total, tuple(_divide(division, counted, firms) for division in Division))


def _count_rows(period: Period) -> Iterator[Counted]:
    for measure in Measure:
        if measure != Measure.SUPPORT:
            path = get_firm_path(measure=measure)
            rows = list_measured(measure=measure, period=period).order_by()
            for company_id, number in rows.values_list(path).annotate(number=Count("pk")):
                yield Counted(company_id, measure, number)


def _count_support(period: Period) -> Iterator[Counted]:
    rows = list_measured(measure=Measure.SUPPORT, period=period).order_by().values_list("company_id", "currency")
    for company_id, currency, number, minutes, cost in rows.annotate(Count("pk"), Sum("minutes"), Sum("cost")):
        yield Counted(company_id, Measure.SUPPORT, number, minutes, Money(cost, currency) if currency else None)


def _divide(division: Division, counted: Iterable[Counted], firms: FirmKeys) -> Table:
    parts: dict[str, Figures] = {}
    for one in counted:
        parts.setdefault(firms.get_key(one.company_id, division), Figures()).add(one)
    known = [part for part in list_parts(division=division) if part.key in parts or part.key == NOT_TOLD]
    lines = [Line(part.key, part.label, parts.pop(part.key, Figures())) for part in known]
    for left in parts.values():  # a region written for the first time between two queries
        _merge(lines[-1].figures, left)
    return Table(division, tuple(lines))


def _merge(into: Figures, other: Figures) -> None:
    into.counts.update(other.counts)
    into.minutes += other.minutes
    for currency, amount in other.costs.items():
        into.costs[currency] = into.costs.get(currency, Decimal(0)) + amount
