"""The exporter's inbox: who waits longest first, how many are in each state, colleagues and templates for answering."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from core.errors import NotFound
from inquiries.choices import InquiryState, Side
from inquiries.models import Absence, Inquiry, Message, ReplyTemplate
from inquiries.selectors.pages import STATE_KINDS, Clock, describe_clock
from inquiries.selectors.titles import describe_inquiry
from storefronts.choices import Role
from storefronts.models import Company, Member

LISTED_BESIDE = 8
SHOWN = ("waiting", "mine", "answered", "declined", "all")


@dataclass(frozen=True)
class InboxRow:
    """A line of the inbox: `last_text` are the first words of the last message, `is_own` when the company wrote it."""

    inquiry: Inquiry
    title: str
    state_kind: str
    clock: Clock | None
    last_text: str
    last_language: str
    is_own: bool


def list_inbox(*, member: Member, show: str) -> QuerySet[Inquiry]:
    """The company's inquiries: waiting ones first, who waits longest on top, then the liveliest. `show` is one of SHOWN."""
    rows = Inquiry.objects.of_company(member.company_id).filter(_narrow(member)[show if show in SHOWN else "waiting"])
    last = Message.objects.filter(inquiry=OuterRef("pk")).exclude(side=Side.EVENT).order_by("-number")
    return rows.select_related("company", "assigned_to__user").annotate(
        last_text=Subquery(last.values("text")[:1]), last_side=Subquery(last.values("side")[:1]),
        last_language=Subquery(last.values("language")[:1]),
    ).order_by(F("waits_since").asc(nulls_last=True), "-last_message_at", "pk")  # fmt: skip


def count_inbox(*, member: Member) -> dict[str, int]:
    """How many inquiries each filter shows. One query."""
    counts = {name: Count("pk", filter=what) for name, what in _narrow(member).items()}
    return dict(Inquiry.objects.of_company(member.company_id).aggregate(**counts))


def count_waiting(*, member: Member) -> int:
    """How many buyers wait for the company's answer. One query."""
    return Inquiry.objects.of_company(member.company_id).filter(_narrow(member)["waiting"]).count()


def is_waiting() -> Q:
    """The buyer has the last word."""
    return Q(waits_since__isnull=False, state__in=[InquiryState.NEW, InquiryState.ANSWERED])


def describe_rows(*, inquiries: list[Inquiry]) -> list[InboxRow]:
    """Rows of `list_inbox` as the page shows them. No query."""
    now = timezone.now()
    return [_describe(inquiry, now) for inquiry in inquiries]


def list_colleagues(*, company: Company) -> QuerySet[Member]:
    """Those who may answer for the company."""
    return company.members.select_related("user").filter(role__in=[Role.OWNER, Role.EDITOR])


def list_reply_templates(*, company: Company) -> QuerySet[ReplyTemplate]:
    """The company's words for another time, by name."""
    return ReplyTemplate.objects.filter(company=company)


def get_reply_template(*, company: Company, template_id: int) -> ReplyTemplate:
    """One of the company's templates; raises NotFound."""
    found = ReplyTemplate.objects.filter(company=company, pk=template_id).first()
    if found is None:
        raise NotFound
    return found


def find_absence(*, company: Company, today: date) -> Absence | None:
    """The absence that runs or is still to come."""
    return Absence.objects.filter(company=company, back_on__gt=today).first()


def _narrow(member: Member) -> dict[str, Q]:
    return {
        "waiting": is_waiting(),
        "mine": Q(assigned_to=member.pk),
        "answered": Q(state=InquiryState.ANSWERED, waits_since=None),
        "declined": Q(state=InquiryState.DECLINED),
        "all": Q(),
    }


def _describe(inquiry: Inquiry, now: datetime) -> InboxRow:
    return InboxRow(
        inquiry=inquiry, title=describe_inquiry(inquiry=inquiry), state_kind=STATE_KINDS.get(InquiryState(inquiry.state), "none"),
        clock=describe_clock(inquiry=inquiry, side=Side.EXPORTER, now=now),
        last_text=getattr(inquiry, "last_text", "") or "", last_language=getattr(inquiry, "last_language", "") or "",
        is_own=getattr(inquiry, "last_side", "") == Side.EXPORTER,
    )  # fmt: skip
