"""The health of providers in words: lines of a table, figures of one provider, plots with the table of their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.plots import draw_bars, draw_line
from core.templatetags.ui import quantity
from listings.selectors.figures import Bar, Plot, Row, Table
from shipping.choices import AccountState, CarrierFailure
from shipping.rules.breakers import rests_until
from shipping.selectors.health import CARDS, FORWARDERS, Fault, Health, Key, Span, Tally
from storefronts.rules import Number

TICKS, SEVERAL = 4, 2
MOMENT, HOUR, DAY = "j M, H:i", "H:i", "D j M"
CODES: dict[str, Any] = {code.value: code.label for code in CarrierFailure}


@dataclass(frozen=True)
class Line:
    """A provider as a line of the officers' table."""

    name: str
    owner: str
    url: str
    state: str
    kind: str
    attempts: str
    from_cache: str
    share: str
    timeouts: str
    median: str
    most: str
    last_answer: str
    last_fault: str


@dataclass(frozen=True)
class Page:
    """One provider: its line, figures, failures by code with the carrier's last words, plots and the table under them."""

    line: Line
    numbers: Sequence[Number]
    besides: str
    codes: Sequence[tuple[str, str]]
    words: str
    plots: Sequence[Plot]
    table: Table


def tell_health(*, one: Health, span: Span, now: datetime) -> Line:
    """A line in the reader's language. No query."""
    tally, (state, kind) = one.tally, _tell_state(one, now)
    return Line(
        name=name_provider(key=one.key, account=one.account), owner=_name_owner(one),
        url=f"{reverse('admin:shipping_provider', args=[one.key[1] or one.key[0]])}?span={span.key}", state=state, kind=kind,
        attempts=str(quantity(tally.attempts)), share=_tell_share(tally), timeouts=str(quantity(tally.timeouts)),
        from_cache=_("%(number)s from the cache") % {"number": quantity(tally.from_cache)} if tally.from_cache else "",
        median=_tell_ms(one.median_ms), most=_tell_ms(one.p95_ms), last_answer=_tell_moment(one.last_answer_at),
        last_fault=_tell_fault(one.last_fault),
    )  # fmt: skip


def tell_provider(*, one: Health, pieces: Sequence[Tally], span: Span, now: datetime) -> Page:
    """The page of one provider. No query."""
    line, tally = tell_health(one=one, span=span, now=now), one.tally
    plots, table = plot_pieces(pieces=pieces, span=span)
    none = _("none")
    numbers = [
        Number(_("Attempts"), line.attempts), Number(_("Answered"), line.share or none), Number(_("No answer in time"), line.timeouts),
        Number(_("Half ended within"), line.median or none), Number(_("95 of 100 ended within"), line.most or none),
        Number(_("From the cache"), str(quantity(tally.from_cache))),
    ]  # fmt: skip
    besides = _("Last answer: %(answer)s. Not asked, because it rested, was busy or paused: %(number)s.") % {
        "answer": line.last_answer or none, "number": quantity(tally.not_asked),
    }  # fmt: skip
    codes = [(str(CODES.get(code, code)), str(quantity(number))) for code, number in one.codes.items()]
    return Page(line, numbers, besides, codes, one.last_fault.detail if one.last_fault else "", plots, table)


def name_provider(*, key: Key, account: Any) -> str:
    """Carrier and name of an account, or what stands for many."""
    if key == CARDS:
        return _("Rate cards")
    return _("Forwarders") if key == FORWARDERS else str(account)


def plot_pieces(*, pieces: Sequence[Tally], span: Span) -> tuple[list[Plot], Table]:
    """Attempts and failures as plots, hours as lines and days as bars, and every number of them as a table, the latest first."""
    attempts, failures = (
        (_("Attempts per hour"), _("Failures per hour")) if span.is_hours else (_("Attempts per day"), _("Failures per day"))
    )  # fmt: skip
    plots = [
        _plot(attempts, [one.attempts for one in pieces], span),
        _plot(failures, [one.failures for one in pieces], span),
    ]
    rows = [
        Row(
            date_format(timezone.localtime(start), HOUR if span.is_hours else DAY),
            (one.attempts, one.answered, one.timeouts, one.failures - one.timeouts, one.from_cache, one.not_asked),
            note=_("so far") if start == span.starts[-1] else "",
        )
        for start, one in zip(span.starts, pieces, strict=True)
    ]
    headings = (
        _("Attempts"), _("Answered"), _("No answer in time"), _("Other failures"), _("From the cache"), _("Not asked"),
    )  # fmt: skip
    return plots, Table(headings, tuple(reversed(rows)))


def _plot(title: str, values: Sequence[int], span: Span) -> Plot:
    form = HOUR if span.is_hours else DAY
    places = (
        [round(number * (len(values) - 1) / (TICKS - 1)) for number in range(TICKS)]
        if span.is_hours
        else range(len(values))
    )
    ticks = tuple(date_format(timezone.localtime(span.starts[place]), form if span.is_hours else "j M") for place in places)  # fmt: skip
    summary = _summarise(values, span)
    if span.is_hours:
        return Plot(title, summary, ticks, draw_line(values), str(quantity(values[-1])))
    bars = tuple(Bar(str(quantity(value)), height) for value, height in zip(values, draw_bars(values), strict=True))
    return Plot(title, summary, ticks, bars=bars)


def _summarise(values: Sequence[int], span: Span) -> str:
    most = max(values)
    if not most:
        return _("None in this time.")
    best = timezone.localtime(span.starts[values.index(most)])
    words = {"total": quantity(sum(values)), "most": quantity(most), "last": quantity(values[-1])}
    if span.is_hours:
        return _("%(total)s in all, most in the hour from %(hour)s: %(most)s; %(last)s so far in this one.") % {
            **words, "hour": date_format(best, HOUR),
        }  # fmt: skip
    return _("%(total)s in all, most on %(day)s: %(most)s; %(last)s so far today.") % {
        **words, "day": date_format(best, DAY),
    }  # fmt: skip


def _name_owner(one: Health) -> str:
    if one.account is None:
        return ""
    return str(one.account.company) if one.account.company else _("Agency")


def _tell_state(one: Health, now: datetime) -> tuple[str, str]:
    """The words of a pill and its colour; rate cards and forwarders have none."""
    if one.account is None:
        return "", ""
    if one.account.state == AccountState.OFF:
        return str(AccountState.OFF.label), ""
    if one.account.state == AccountState.PAUSED:
        return _("Paused"), "bad"
    if until := rests_until(one.outcomes, now):
        return _("Rests until %(time)s") % {"time": date_format(timezone.localtime(until), "H:i:s")}, "warn"
    return _("Active"), "ok"


def _tell_share(tally: Tally) -> str:
    """Rounded down, so that one failure in a thousand is never told as all."""
    return _("%(share)s%%") % {"share": tally.answered * 100 // tally.attempts} if tally.attempts else ""


def _tell_ms(elapsed_ms: int | None) -> str:
    """Milliseconds; of forwarders, who answer by mail, minutes, hours or days."""
    if elapsed_ms is None:
        return ""
    minutes = round(elapsed_ms / 60_000)
    hours, days = round(minutes / 60), round(minutes / (24 * 60))
    if days >= SEVERAL:
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": quantity(days)}
    if hours >= SEVERAL:
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": quantity(hours)}
    if minutes >= SEVERAL:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": quantity(minutes)}
    return _("%(number)s ms") % {"number": quantity(elapsed_ms)}


def _tell_moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), MOMENT) if at else ""


def _tell_fault(fault: Fault | None) -> str:
    if fault is None:
        return ""
    return _("%(what)s (%(moment)s)") % {"what": CODES.get(fault.code, fault.code), "moment": _tell_moment(fault.at)}
