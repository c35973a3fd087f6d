"""The rows behind a figure, as a page and a file show them. Of an inquiry the agency sees when it came and when it was answered, never from whom or in which words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotFound
from core.money import Money
from inquiries.choices import Origin
from inquiries.models import Inquiry
from inquiries.selectors.dashboard import describe_reply_time
from listings.models import Listing
from reference.selectors import list_categories
from reporting.choices import Measure
from reporting.models import SupportAct
from reporting.rules import Period
from reporting.selectors.deals import HELPED, with_help
from reporting.selectors.firms import Part, filter_firms, list_parts
from reporting.selectors.measures import get_firm_path, list_measured
from storefronts.choices import OwnerSex

FIRMS = frozenset({Measure.JOINED.value, Measure.PUBLIC.value})
PRODUCTS = frozenset({Measure.LIVE.value, Measure.PUBLISHED.value})
DEALS = frozenset({Measure.DEALS.value, Measure.CONFIRMED.value})
INQUIRIES = frozenset({Measure.INQUIRIES.value, Measure.IN_TIME.value})


@dataclass(frozen=True)
class Question:
    """Which rows: of what, in which period, of which part of which division ("" is all firms), in which currency ("" is any).

    `help` narrows deals: "yes" to firms that the agency had helped in the year before, "no" to the others.
    """

    measure: str
    period: Period
    division: str = ""
    key: str = ""
    currency: str = ""
    help: str = ""


@dataclass(frozen=True)
class Cell:
    """One value of a row; `url` leads to its own page."""

    value: str | int | Decimal | date | None
    url: str = ""


Cells = Callable[[Any], list[Cell]]


def list_rows(*, officer: User, question: Question) -> QuerySet[Any]:
    """The rows of a figure, for officers; NotFound for everybody else. At most one query of its own."""
    if not officer.is_officer:
        raise NotFound
    rows = list_measured(measure=question.measure, period=question.period)
    if question.division:
        firms = filter_firms(division=question.division, key=question.key).order_by().values("pk")
        rows = rows.filter(**{f"{get_firm_path(measure=question.measure)}__in": firms})
    if question.measure in DEALS:
        rows = with_help(rows=rows)
    if question.measure in DEALS and question.help:
        rows = rows.filter(was_helped=question.help == HELPED)
    if question.currency and question.measure == Measure.SUPPORT:
        rows = rows.filter(currency=question.currency)
    return _with_names(rows, question.measure)


def find_part(*, division: str, key: str) -> Part:
    """The part that a question is about; an unknown key is named as it is written. At most one query."""
    return next((part for part in list_parts(division=division) if part.key == key), Part(key, key))


def sum_support(*, acts: QuerySet[SupportAct]) -> tuple[int, list[Money]]:
    """Minutes and costs of acts of support. One query."""
    minutes, costs = 0, []
    for currency, worked, cost in (
        acts.order_by("currency").values_list("currency").annotate(Sum("minutes"), Sum("cost"))
    ):
        minutes += worked
        costs += [Money(cost, currency)] if currency else []
    return minutes, costs


def list_headings(*, measure: str) -> list[str]:
    """The names of the columns."""
    return {
        "firms": [_("Firm"), _("Region"), _("Town"), _("Sector"), _("Owned mostly by"), _("Joined"), _("State")],
        "products": [_("Product"), _("Firm"), _("First published"), _("State")],
        "inquiries": [
            _("Asked about"), _("Firm"), _("Received"), _("State"), _("Answer was due"), _("First answer"), _("Working time"),
        ],
        "quotations": [_("Quotation"), _("Firm"), _("State"), _("Begun"), _("Own buyer")],
        "deals": [
            _("Quotation"), _("Firm"), _("Agreed"), _("Stage"), _("Value"), _("Currency"), _("Who stands behind it"), _("Own buyer"),
            _("Support in the year before"), _("Help mattered"),
        ],
        "acts": [_("Day"), _("Firm"), _("Type"), _("Minutes"), _("Cost"), _("Currency"), _("Note"), _("Officer")],
    }[_name_kind(measure)]  # fmt: skip


def read_cells(*, measure: str) -> Cells:
    """A function that makes the cells of a row, in the order of the headings."""
    readers: dict[str, Cells] = {
        "firms": _read_firm, "products": _read_product, "inquiries": _read_inquiry, "quotations": _read_quotation, "deals": _read_deal,
        "acts": _read_act,
    }  # fmt: skip
    return readers[_name_kind(measure)]


def _name_kind(measure: str) -> str:
    """What the rows of a measure are."""
    kinds = {
        "firms": FIRMS,
        "products": PRODUCTS,
        "inquiries": INQUIRIES,
        "quotations": {Measure.QUOTED},
        "deals": DEALS,
    }
    return next((kind for kind, measures in kinds.items() if measure in measures), "acts")


def _with_names(rows: QuerySet[Any], measure: str) -> QuerySet[Any]:
    beside, order = {
        "firms": ((), ("legal_name", "pk")),
        "products": (("company", "live_revision"), ("-first_live_at", "-pk")),
        "inquiries": (("company",), ("-confirmed_at", "-pk")),
        "quotations": (("company", "inquiry"), ("-created_at", "pk")),
        "deals": (("company", "quotation"), ("-agreed_at", "pk")),
        "acts": (("company", "officer"), ("-day", "-pk")),
    }[_name_kind(measure)]
    return (rows.select_related(*beside) if beside else rows).order_by(*order)


def _read_firm(firm: Any) -> list[Cell]:
    sex = str(OwnerSex(firm.report_sex).label) if firm.report_sex else _("Not told")
    return [
        _firm_cell(firm), Cell(firm.region), Cell(firm.city), Cell(_name_sector(firm.report_sector)), Cell(sex),
        Cell(_day_of(firm.joined_at)), Cell(firm.get_state_display()),
    ]  # fmt: skip


def _name_sector(slug: str) -> str:
    found = next((branch for branch in list_categories() if branch.slug == slug), None)
    return found.label if found else _("Not told")


def _read_product(listing: Listing) -> list[Cell]:
    url = reverse("admin:listings_listing_change", args=[listing.pk])
    shown_since = Cell(_day_of(listing.first_live_at))
    return [Cell(str(listing), url), _firm_cell(listing.company), shown_since, Cell(listing.get_state_display())]


def _read_inquiry(inquiry: Inquiry) -> list[Cell]:
    minutes = inquiry.first_answer_minutes
    return [
        Cell(inquiry.subject), _firm_cell(inquiry.company), Cell(_day_of(inquiry.confirmed_at)),
        Cell(inquiry.get_state_display()), Cell(_day_of(inquiry.answer_due_at)), Cell(_day_of(inquiry.first_answered_at)),
        Cell(describe_reply_time(minutes=minutes) if minutes is not None else ""),
    ]  # fmt: skip


def _read_quotation(quotation: Any) -> list[Cell]:
    return [
        Cell(quotation.number), _firm_cell(quotation.company), Cell(quotation.get_state_display()), Cell(_day_of(quotation.created_at)),
        Cell(_say_own_buyer(quotation.inquiry.origin)),
    ]  # fmt: skip


def _read_deal(deal: Any) -> list[Cell]:
    return [
        Cell(deal.quotation.number), _firm_cell(deal.company), Cell(_day_of(deal.agreed_at)), Cell(deal.get_stage_display()),
        Cell(deal.value.amount), Cell(deal.currency), Cell(deal.get_level_display()), Cell(_say_own_buyer(deal.origin)),
        Cell(_("Yes") if deal.was_helped else _("No")), Cell(deal.get_help_mattered_display() if deal.help_mattered else ""),
    ]  # fmt: skip


def _say_own_buyer(origin: str) -> str:
    return _("Own buyer") if origin == Origin.OWN_BUYER else ""


def _read_act(act: SupportAct) -> list[Cell]:
    kind = str(act.get_kind_display())
    return [
        Cell(act.day), _firm_cell(act.company), Cell(kind), Cell(act.minutes), Cell(act.cost), Cell(act.currency),
        Cell(act.note), Cell(str(act.officer)),
    ]  # fmt: skip


def _firm_cell(company: Any) -> Cell:
    return Cell(company.legal_name, reverse("admin:storefronts_company_change", args=[company.pk]))


def _day_of(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
