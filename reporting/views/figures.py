"""Makes the tables of the period page: every figure a link to its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.money import format_money
from core.tables import CellValue
from core.templatetags.ui import quantity
from reporting.choices import Division, Measure
from reporting.rules import Period
from reporting.selectors.summary import Figures, Summary


@dataclass(frozen=True)
class Figure:
    """One figure as it is shown, under its heading; `url` leads to its rows."""

    heading: str
    text: str
    url: str


@dataclass(frozen=True)
class ShownLine:
    """A row of a table; `costs` by currency, empty where support cost nothing."""

    label: str
    figures: list[Figure]
    costs: list[Figure]


@dataclass(frozen=True)
class ShownTable:
    """One division with its name, its parts and the total."""

    name: str
    title: str
    headings: list[str]
    lines: list[ShownLine]
    total: ShownLine


def build_query(period: Period) -> str:
    """The days as an address says them."""
    return urlencode(_write_days(period))


def _write_days(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def build_tables(summary: Summary) -> list[ShownTable]:
    """Every division as a table."""
    titles = {
        Division.REGION: _("By region"),
        Division.SECTOR: _("By sector"),
        Division.SEX: _("By who owns most of the firm"),
    }
    headings = [*(str(measure.label) for measure in Measure), _("Minutes"), _("Cost")]
    total = _build_line(_("All firms"), summary.total, summary.period, {})
    return [
        ShownTable(
            table.division.value, titles[table.division], headings,
            [
                _build_line(line.label, line.figures, summary.period, {"by": table.division.value, "key": line.key})
                for line in table.lines
            ],
            total,
        )
        for table in summary.tables
    ]  # fmt: skip


def write_cell(value: CellValue) -> str:
    """A value as readers write it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if isinstance(value, Decimal):
        return str(number_format(value, decimal_pos=2, force_grouping=True))
    return quantity(value) if isinstance(value, int) else value


def _build_line(label: str, figures: Figures, period: Period, part: dict[str, str]) -> ShownLine:
    def link(measure: str, **more: str) -> str:
        query = {"what": measure, **part, **_write_days(period), **more}
        return f"{reverse('admin:reporting_rows')}?{urlencode(query)}"

    def counted() -> Iterator[Figure]:
        for measure in Measure:
            yield Figure(str(measure.label), quantity(figures.counts[measure]), link(measure))
        yield Figure(_("Minutes"), quantity(figures.minutes), link(Measure.SUPPORT))

    language = get_language() or "en"
    costs = [
        Figure(_("Cost"), format_money(price, language=language), link(Measure.SUPPORT, currency=price.currency))
        for price in figures.prices
    ]
    return ShownLine(label, list(counted()), costs)
