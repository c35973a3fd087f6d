"""A period in figures: the page, the rows behind each figure, and both as files."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.errors import NotFound
from core.tables import CONTENT_TYPE, CellValue, write_table
from reporting.choices import Division, Measure
from reporting.forms import PeriodForm
from reporting.rules import Period
from reporting.selectors.deals import HELPED, NOT_HELPED, list_by_help, sum_deals
from reporting.selectors.rows import DEALS, Cell, Question, find_part, list_headings, list_rows, read_cells, sum_support
from reporting.selectors.summary import get_summary
from reporting.views.figures import build_query, build_tables, write_cell
from reporting.views.officer import get_officer

PER_PAGE = 50
CHUNK = 1000
LONGEST_KEY = 200


@require_safe
def show_period(request: HttpRequest) -> HttpResponse:
    """The figures by region, by sector and by owner's sex, deals by help received besides; wrong days get a sentence at their field."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return _refuse(request, form)
    officer = get_officer(request)
    summary = get_summary(officer=officer, period=form.period)
    context = {
        **admin.site.each_context(request), "form": _fill(form), "period": form.period, "summary": summary,
        "tables": build_tables(summary), "query": build_query(form.period),
        "help_lines": list_by_help(officer=officer, period=form.period),
    }  # fmt: skip
    return render(request, "reporting/period.html", context)


@require_safe
def download_period(request: HttpRequest) -> HttpResponseBase:
    """The same figures as CSV."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return _refuse(request, form)
    summary = get_summary(officer=get_officer(request), period=form.period)
    return _send(f"period-{form.period.first}-{form.period.last}", _list_summary_lines(summary))


@require_safe
def show_rows(request: HttpRequest) -> HttpResponse:
    """The rows behind one figure, by pages."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return _refuse(request, form)
    question = _read_question(request, form.period)
    rows = list_rows(officer=get_officer(request), question=question)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    read, headings = read_cells(measure=question.measure), list_headings(measure=question.measure)
    lines = [[_show_cell(heading, cell) for heading, cell in zip(headings, read(row), strict=True)] for row in page]
    is_support = question.measure == Measure.SUPPORT
    minutes, costs = sum_support(acts=rows) if is_support else (0, [])
    context = {
        **admin.site.each_context(request), "page": page, "headings": headings, "lines": lines, "period": form.period,
        "measure": Measure(question.measure).label, "part": _name_part(question), "query": build_query(form.period),
        "rows_query": request.GET.urlencode(), "is_support": is_support, "worth": sum_deals(deals=rows).rows if question.measure in DEALS else [], "minutes": minutes, "costs": costs,
    }  # fmt: skip
    return render(request, "reporting/rows.html", context)


@require_safe
def download_rows(request: HttpRequest) -> HttpResponseBase:
    """All rows behind one figure as CSV."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return _refuse(request, form)
    question = _read_question(request, form.period)
    rows = list_rows(officer=get_officer(request), question=question)
    read = read_cells(measure=question.measure)

    def lines() -> Iterator[Sequence[CellValue]]:
        yield list_headings(measure=question.measure)
        for row in rows.iterator(chunk_size=CHUNK):
            yield [cell.value for cell in read(row)]

    return _send(f"{question.measure}-{form.period.first}-{form.period.last}", lines())


def _read_question(request: HttpRequest, period: Period) -> Question:
    """What the address asks for; the rows of something that is not counted are not there."""
    measure, division = request.GET.get("what", Measure.JOINED), request.GET.get("by", "")
    key, currency = request.GET.get("key", ""), request.GET.get("currency", "")
    if measure not in Measure.values or division not in {"", *Division.values}:
        raise NotFound
    if len(key) > LONGEST_KEY or "\x00" in key + currency:
        raise NotFound
    asked = request.GET.get("help", "")
    helped = asked if asked in {HELPED, NOT_HELPED} else ""
    return Question(measure, period, division, key if division else "", currency, helped)


def _show_cell(heading: str, cell: Cell) -> tuple[str, str, str, bool]:
    """Heading, link, words, and whether it is a day or a number, which never breaks."""
    return heading, cell.url, write_cell(cell.value), not isinstance(cell.value, str)


def _name_part(question: Question) -> str:
    """As in "Region: Volta"; "" for all firms."""
    if not question.division:
        return ""
    part = find_part(division=question.division, key=question.key)
    return _("%(division)s: %(part)s") % {"division": Division(question.division).label, "part": part.label}


def _list_summary_lines(summary: Any) -> Iterator[Sequence[CellValue]]:
    currencies = summary.currencies
    costs = [_("Cost in %(currency)s") % {"currency": currency} for currency in currencies]
    yield [_("By"), _("Part"), *(str(measure.label) for measure in Measure), _("Minutes"), *costs]
    parts = [(str(table.division.label), line.label, line.figures) for table in summary.tables for line in table.lines]
    for division, label, figures in [*parts, (_("All firms"), "", summary.total)]:
        counts = [figures.counts[measure] for measure in Measure]
        yield [division, label, *counts, figures.minutes, *(figures.costs.get(currency, 0) for currency in currencies)]


def _send(name: str, lines: Iterator[Sequence[CellValue]]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(write_table(lines), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _fill(form: PeriodForm) -> PeriodForm:
    """The form with the days that count, those too that were left out."""
    return PeriodForm({"first": form.period.first, "last": form.period.last})


def _refuse(request: HttpRequest, form: PeriodForm) -> HttpResponse:
    context = {**admin.site.each_context(request), "form": form, "has_errors": True}
    return render(request, "reporting/period.html", context, status=422)
