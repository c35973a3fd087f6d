"""Deals in a report: which followed an act of support, and what they are worth by who stands behind the value."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotFound
from core.money import Money
from inquiries.choices import ValueLevel
from inquiries.models import Deal
from reporting.choices import Measure
from reporting.models import SupportAct
from reporting.rules import Period
from reporting.selectors.measures import list_measured

HELP_COUNTS_FOR = timedelta(days=365)
"""Support of the year before the acceptance counts as help received."""
HELPED, NOT_HELPED = "yes", "no"


@dataclass
class Worth:
    """Values by currency and by who stands behind them."""

    amounts: dict[tuple[str, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    @property
    def rows(self) -> list[tuple[Money, str]]:
        """Each sum with its level in words, the strongest level last."""
        order = list(ValueLevel.values)
        told = sorted(self.amounts.items(), key=lambda pair: (pair[0][0], order.index(pair[0][1])))
        return [
            (Money(amount, currency).round_minor(), str(ValueLevel(level).label)) for (currency, level), amount in told
        ]


@dataclass(frozen=True)
class HelpLine:
    """Deals agreed in a period by firms that the agency had, or had not, helped in the year before; own buyers counted apart too."""

    key: str
    label: str
    number: int
    confirmed: int
    own_buyers: int
    said_it_mattered: int
    worth: Worth


def with_help(*, rows: QuerySet[Deal]) -> QuerySet[Any]:
    """Deals with `was_helped`: a standing act of support for the firm in the 365 days up to the day of the acceptance."""
    acts = SupportAct.objects.standing().filter(
        company=OuterRef("company_id"), day__lte=OuterRef("agreed_on"), day__gte=OuterRef("year_before")
    )
    return rows.annotate(
        agreed_on=TruncDate("agreed_at"), year_before=TruncDate(F("agreed_at") - HELP_COUNTS_FOR)
    ).annotate(was_helped=Exists(acts))


def sum_deals(*, deals: QuerySet[Deal]) -> Worth:
    """What deals are worth; of what the buyer says was paid, else of what was agreed. One query."""
    worth = Worth()
    for deal in deals.order_by().iterator():
        worth.amounts[deal.currency, deal.level] += deal.value.amount
    return worth


def list_by_help(*, officer: User, period: Period) -> list[HelpLine]:
    """Deals agreed in the period by help received, for officers; NotFound for everybody else. Two queries."""
    if not officer.is_officer:
        raise NotFound
    rows = with_help(rows=list_measured(measure=Measure.DEALS, period=period))
    labels = ((HELPED, True, _("Support in the year before")), (NOT_HELPED, False, _("No support in the year before")))
    return [_describe(key, label, list(rows.filter(was_helped=was_helped))) for key, was_helped, label in labels]


def _describe(key: str, label: str, deals: list[Any]) -> HelpLine:
    worth = Worth()
    for deal in deals:
        worth.amounts[deal.currency, deal.level] += deal.value.amount
    return HelpLine(
        key=key, label=label, number=len(deals), confirmed=sum(deal.level != ValueLevel.DECLARED for deal in deals),
        own_buyers=sum(deal.origin == "own_buyer" for deal in deals), worth=worth,
        said_it_mattered=sum(deal.help_mattered in {"yes", "partly"} for deal in deals),
    )  # fmt: skip
