"""What an exporter sees of visits: twelve weeks of views, followed contacts, searches and countries, and what apps above add."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.plots import Line, draw_bars, draw_line
from core.templatetags.ui import quantity
from listings.choices import CLICK_KINDS, VIEW_KINDS, ListingState, TrafficKind
from listings.models import Listing, WeeklyCount, WeeklyWords
from listings.registry import Happened, list_weekly_sources
from listings.rules.traffic import OTHER, fold_countries, list_weeks
from reference.selectors import get_country_name
from storefronts.models import Member
from storefronts.rules import Number

WEEKS = 12
MOST_WORDS, MOST_COUNTRIES, MOST_PRODUCTS = 20, 20, 50
NUMBER_WEEKS = 4
TICKS = 4
DAY = "j M"


@dataclass(frozen=True)
class Column:
    """A measure with its value for each week; `label` stands over a column, `title` over a plot."""

    label: str
    title: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True)
class Bar:
    """A bar's value in words, and its height in pixels."""

    text: str
    height: int


@dataclass(frozen=True)
class Plot:
    """A plot as components/plot.html shows it: a line, or bars; the rest is words."""

    title: str
    summary: str
    ticks: tuple[str, ...]
    line: Line | None = None
    last: str = ""
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Row:
    """A line of a table: a name, its address where there is one, and figures."""

    label: str
    cells: tuple[int, ...]
    url: str = ""
    note: str = ""
    language: str = ""


@dataclass(frozen=True)
class Table:
    """Headings of the figures, and the lines."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Figures:
    """The page: plots, and every number of them in tables."""

    plots: tuple[Plot, ...]
    weeks: Table
    countries: Table
    products: Table
    words: tuple[Row, ...]
    has_any: bool


def get_figures(*, member: Member, language: str) -> Figures:
    """Twelve weeks with the running one, for any member of the company. Five queries, and one for each source above."""
    company_id, weeks = member.company_id, list_weeks(timezone.localdate(), WEEKS)
    told = _read_sources(company_id, weeks[0])
    views, clicks = _read_columns(company_id, weeks)
    columns = [views, *_make_columns(told, weeks), clicks]
    return Figures(
        plots=tuple(_plot(column, weeks, is_line=column is views) for column in columns),
        weeks=_tabulate_weeks(columns, weeks),
        countries=_tabulate_countries(company_id, weeks, told, language),
        products=_tabulate_products(member, weeks, told),
        words=_list_words(company_id, weeks[0]),
        has_any=any(column.total for column in columns),
    )


def list_week_rows(*, member: Member) -> tuple[list[str], list[tuple[date, list[int]]]]:
    """Headings and the twelve weeks for a file: each kind of view and each channel by itself. One query, and one for each source."""
    weeks = list_weeks(timezone.localdate(), WEEKS)
    counts = _count_by_week(member.company_id, weeks[0])
    kinds = [
        _by_week(weeks, {week: number for (week, kind), number in counts.items() if kind == one}) for one in TrafficKind
    ]
    told = _make_columns(_read_sources(member.company_id, weeks[0]), weeks)
    own = [*kinds[: len(VIEW_KINDS)], *(column.values for column in told), *kinds[len(VIEW_KINDS) :]]
    headings = [
        _("Week of"), *(_("Views: %(what)s") % {"what": kind.label} for kind in VIEW_KINDS), *(one.label for one in told),
        *(_("Contact clicks: %(what)s") % {"what": kind.label} for kind in CLICK_KINDS),
    ]  # fmt: skip
    return headings, [(week, [values[place] for values in own]) for place, week in enumerate(weeks)]


def select_dashboard_figures(*, member: Member) -> dict[str, Any] | None:
    """Fill the slot "dashboard.main" with views and what apps above count; None before a product is public."""
    if not member.company.is_public or not Listing.objects.live().filter(company=member.company_id).exists():
        return None
    weeks = list_weeks(timezone.localdate(), WEEKS)
    views, _clicks = _read_columns(member.company_id, weeks)
    columns = [views, *_make_columns(_read_sources(member.company_id, weeks[0]), weeks)]
    return {
        "plots": [_plot(column, weeks, is_line=column is views) for column in columns],
        "weeks": _tabulate_weeks(columns, weeks), "url": reverse("figures:index", args=[member.company.slug]),
    }  # fmt: skip


def list_traffic_numbers(*, member: Member) -> list[Number]:
    """Views of the last four weeks, the running one with them, and how often a contact was followed. One query."""
    since = list_weeks(timezone.localdate(), NUMBER_WEEKS)[0]
    rows = WeeklyCount.objects.of_company_since(member.company_id, since)
    told = rows.aggregate(
        views=Sum("count", filter=Q(kind__in=VIEW_KINDS), default=0),
        clicks=Sum("count", filter=Q(kind__in=CLICK_KINDS), default=0),
    )
    words = ngettext("%(number)s contact click", "%(number)s contact clicks", told["clicks"])
    note = words % {"number": quantity(told["clicks"])} if told["clicks"] else ""
    return [Number(_("Views in four weeks"), str(quantity(told["views"])), note, order=30)]


def _count_by_week(company_id: int, since: date) -> dict[tuple[date, str], int]:
    rows = WeeklyCount.objects.of_company_since(company_id, since).order_by().values_list("week", "kind")
    return {(week, kind): number for week, kind, number in rows.annotate(number=Sum("count"))}


def _read_columns(company_id: int, weeks: Sequence[date]) -> tuple[Column, Column]:
    views: Counter[date] = Counter()
    clicks: Counter[date] = Counter()
    for (week, kind), number in _count_by_week(company_id, weeks[0]).items():
        (views if kind in VIEW_KINDS else clicks)[week] += number
    return (
        Column(_("Views"), _("Views per week"), _by_week(weeks, views)),
        Column(_("Contact clicks"), _("Contact clicks per week"), _by_week(weeks, clicks)),
    )


def _by_week(weeks: Sequence[date], counts: Mapping[date, int]) -> tuple[int, ...]:
    return tuple(counts.get(week, 0) for week in weeks)


def _read_sources(company_id: int, since: date) -> list[tuple[str, str, Sequence[Happened]]]:
    return [
        (_(source.label), _(source.per_week), source.read(company_id=company_id, since=since))
        for source in list_weekly_sources()
    ]


def _make_columns(told: Sequence[tuple[str, str, Sequence[Happened]]], weeks: Sequence[date]) -> list[Column]:
    columns = []
    for label, title, rows in told:
        counts: Counter[date] = Counter()
        for row in rows:
            counts[row.week] += row.number
        columns.append(Column(label, title, _by_week(weeks, counts)))
    return columns


def _plot(column: Column, weeks: Sequence[date], *, is_line: bool) -> Plot:
    values = column.values
    places = [round(number * (len(weeks) - 1) / (TICKS - 1)) for number in range(TICKS)]
    ticks = tuple(date_format(weeks[place], DAY) for place in places)
    if is_line:
        return Plot(column.title, _summarise(column, weeks), ticks, draw_line(values), str(quantity(values[-1])))
    bars = tuple(Bar(str(quantity(value)), height) for value, height in zip(values, draw_bars(values), strict=True))
    return Plot(column.title, _summarise(column, weeks), ticks, bars=bars)


def _summarise(column: Column, weeks: Sequence[date]) -> str:
    most = max(column.values)
    if not most:
        return _("None in these weeks.")
    best = len(weeks) - 1 - column.values[::-1].index(most)
    words = {
        "total": quantity(column.total), "first": quantity(column.values[0]), "last": quantity(column.values[-1]),
        "most": quantity(most), "day": date_format(weeks[best], DAY),
    }  # fmt: skip
    return (
        _(
            "%(total)s in all: %(first)s in the first week, %(last)s so far in this one, most in the week of %(day)s: %(most)s."
        )
        % words
    )


def _tabulate_weeks(columns: Sequence[Column], weeks: Sequence[date]) -> Table:
    rows = [
        Row(
            date_format(week, DAY),
            tuple(column.values[place] for column in columns),
            note=_("so far") if place == len(weeks) - 1 else "",
        )
        for place, week in enumerate(weeks)
    ]
    return Table(tuple(column.label for column in columns), tuple(reversed(rows)))


def _tabulate_countries(
    company_id: int, weeks: Sequence[date], told: Sequence[tuple[str, str, Sequence[Happened]]], language: str
) -> Table:
    """The exporter knows who asked, so only views are folded."""
    rows = WeeklyCount.objects.of_company_since(company_id, weeks[0]).views().order_by().values_list("week", "country")
    views = fold_countries(rows.annotate(number=Sum("count")))
    others = [_sum_up((row.country, row.number) for row in told_rows) for _label, _title, told_rows in told]
    named = {code for counts in (views, *others) for code in counts if code not in {"", OTHER}}
    shown = sorted(named, key=lambda code: (-views.get(code, 0), *(-counts[code] for counts in others), code))
    names = {code: get_country_name(code=code, language=language) for code in shown[:MOST_COUNTRIES]}
    names |= {OTHER: _("Other countries"), "": _("Unknown")}
    rest = shown[MOST_COUNTRIES:]
    lines = [
        Row(name, tuple(counts.get(code, 0) + (sum(counts.get(one, 0) for one in rest) if code == OTHER else 0) for counts in (views, *others)))
        for code, name in names.items()
    ]  # fmt: skip
    return Table((_("Views"), *(label for label, _title, _rows in told)), tuple(one for one in lines if any(one.cells)))


def _tabulate_products(
    member: Member, weeks: Sequence[date], told: Sequence[tuple[str, str, Sequence[Happened]]]
) -> Table:
    """Live products and every other one that was seen, the most seen first; two queries."""
    rows = WeeklyCount.objects.of_company_since(member.company_id, weeks[0]).filter(kind=TrafficKind.PRODUCT)
    views = dict(rows.order_by().values_list("listing_id").annotate(number=Sum("count")))
    others = [_sum_up((row.listing_id, row.number) for row in told_rows) for _label, _title, told_rows in told]
    seen = {*views, *(key for counts in others for key in counts if key is not None)}
    own = Listing.objects.filter(company=member.company_id).exclude(live_revision=None).select_related("live_revision")
    lines = [
        (listing, (views.get(listing.pk, 0), *(counts[listing.pk] for counts in others)))
        for listing in own.order_by("pk")
        if listing.pk in seen or listing.state == ListingState.LIVE
    ]
    lines.sort(key=lambda line: [-number for number in line[1]])
    return Table(
        (_("Views"), *(label for label, _title, _rows in told)),
        tuple(_describe(listing, cells, member.company.slug) for listing, cells in lines[:MOST_PRODUCTS]),
    )


def _describe(listing: Listing, cells: tuple[int, ...], slug: str) -> Row:
    url = reverse("products:edit", args=[slug, listing.pk, "basics"])
    note = "" if listing.state == ListingState.LIVE else listing.get_state_display()
    return Row(str(listing), cells, url, note, listing.live_revision.language if listing.live_revision else "")


def _list_words(company_id: int, since: date) -> tuple[Row, ...]:
    rows = WeeklyWords.objects.frequent().filter(company=company_id, week__gte=since).order_by().values_list("words")
    found = rows.annotate(number=Sum("count")).order_by("-number", "words")[:MOST_WORDS]
    return tuple(Row(words, (number,)) for words, number in found)


def _sum_up(pairs: Any) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for key, number in pairs:
        found[key] += number
    return found
