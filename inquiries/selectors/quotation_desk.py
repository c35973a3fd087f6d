"""The exporter's quotations in a list, and how many are in each state."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from inquiries.choices import Origin, QuotationState
from inquiries.models import Quotation
from inquiries.models.quotation import OPEN_STATES
from inquiries.selectors.quotation_pages import STATE_KINDS, name_state, write_money
from storefronts.models import Member

SHOWN = ("open", "accepted", "ended", "all")
ENDED = (QuotationState.DECLINED, QuotationState.WITHDRAWN, QuotationState.EXPIRED)
NARROWED = {
    "open": Q(state__in=OPEN_STATES),
    "accepted": Q(state=QuotationState.ACCEPTED),
    "ended": Q(state__in=ENDED),
    "all": Q(),
}


@dataclass(frozen=True)
class DeskRow:
    """A line of the list; `total` is "" for a draft that was never sent."""

    quotation: Quotation
    buyer: str
    total: str
    state_kind: str
    state_label: str
    is_own_buyer: bool


def list_quotations(*, member: Member, show: str) -> QuerySet[Quotation]:
    """The company's quotations of one of SHOWN, the liveliest first."""
    rows = Quotation.objects.filter(company_id=member.company_id).filter(NARROWED[show if show in SHOWN else SHOWN[0]])
    return rows.select_related("inquiry", "current").order_by("-changed_at", "pk")


def count_quotations(*, member: Member) -> dict[str, int]:
    """How many quotations each of SHOWN holds. One query."""
    counts = {name: Count("pk", filter=what) for name, what in NARROWED.items()}
    return dict(Quotation.objects.filter(company_id=member.company_id).aggregate(**counts))


def list_countered(*, member: Member) -> QuerySet[Quotation]:
    """Quotations whose buyers would agree to something else, the oldest first."""
    rows = Quotation.objects.filter(company_id=member.company_id, state=QuotationState.COUNTERED)
    return rows.select_related("inquiry").order_by("changed_at", "pk")


def list_desk_rows(*, quotations: list[Quotation]) -> list[DeskRow]:
    """Rows of `list_quotations` as the page shows them. No query."""
    return [_describe(quotation) for quotation in quotations]


def _describe(quotation: Quotation) -> DeskRow:
    version, inquiry = quotation.current, quotation.inquiry
    return DeskRow(
        quotation=quotation, buyer=inquiry.buyer_organisation or inquiry.buyer_name,
        total=write_money(amount=version.total, currency=version.currency) if version else "",
        state_kind=STATE_KINDS[QuotationState(quotation.state)], state_label=name_state(quotation=quotation),
        is_own_buyer=inquiry.origin == Origin.OWN_BUYER,
    )  # fmt: skip
