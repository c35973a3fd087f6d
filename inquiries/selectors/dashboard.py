"""What inquiries tell the exporter's dashboard: who waits, how fast the company answers, what to do first."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.ui import quantity
from inquiries.choices import InquiryState, Origin
from inquiries.models import Absence, Inquiry, ReplyRecord
from inquiries.selectors.inbox import count_inbox, describe_rows, is_waiting, list_inbox
from inquiries.selectors.pages import MOMENT
from storefronts.models import Member
from storefronts.rules import Number, Todo

LATEST = 4
MOST_TODOS = 5
SOON = timedelta(hours=24)
TIMELY_WITHIN = timedelta(weeks=12)
ABSENCE_ENDS_WITHIN = timedelta(days=2)
MINUTES_AN_HOUR, HOURS_A_DAY = 60, 24


def list_inquiry_todos(*, member: Member) -> list[Todo]:
    """Late and soon due answers, the company's first inquiry, an absence that ends; at most five inquiries. Two queries."""
    company = member.company
    if not member.can_edit or not company.is_public:
        return []
    now = timezone.now()
    others = Inquiry.objects.of_company(company.pk).exclude(pk=OuterRef("pk"))
    unanswered = Inquiry.objects.unanswered().filter(company=company).annotate(has_others=Exists(others))
    found = [_ask_to_answer(inquiry, now) for inquiry in unanswered.order_by("answer_due_at", "pk")[:MOST_TODOS]]
    return [todo for todo in [*found, _remind_of_return(member)] if todo]


def list_inquiry_numbers(*, member: Member) -> list[Number]:
    """How many buyers wait, and how many first answers of the last twelve weeks came in time. Two queries."""
    now = timezone.now()
    recent = Q(confirmed_at__gte=now - TIMELY_WITHIN, origin=Origin.ASKED, answer_due_at__isnull=False)
    in_time = Q(pk__in=Inquiry.objects.answered_in_time().values("pk"))
    counts = Inquiry.objects.of_company(member.company_id).aggregate(
        waiting=Count("pk", filter=is_waiting()), late=Count("pk", filter=Q(state=InquiryState.NEW, answer_due_at__lt=now)),
        due=Count("pk", filter=recent & (Q(first_answered_at__isnull=False) | Q(answer_due_at__lt=now))),
        timely=Count("pk", filter=recent & in_time),
    )  # fmt: skip
    late = ngettext("%(number)s is late", "%(number)s are late", counts["late"]) % {"number": quantity(counts["late"])}
    waiting = Number(_("Buyers who wait"), str(quantity(counts["waiting"])), late if counts["late"] else "", order=10)
    return [waiting, _tell_timeliness(member, due=counts["due"], timely=counts["timely"])]


def _tell_timeliness(member: Member, *, due: int, timely: int) -> Number:
    """A share, and what stands behind it; the median reply time once five answers do."""
    label = _("Answered in time")
    if not due:
        return Number(label, "–", _("no answer was due yet"), order=20)
    minutes = ReplyRecord.objects.filter(company=member.company).values_list("median_minutes", flat=True).first()
    values = {"timely": quantity(timely), "due": quantity(due)}
    note = _("%(timely)s of %(due)s in 12 weeks") % values
    if minutes is not None:
        usual = describe_reply_time(minutes=minutes)
        note = _("%(timely)s of %(due)s in 12 weeks, usually after %(time)s") % {**values, "time": usual}
    return Number(label, _("%(share)s%%") % {"share": quantity(100 * timely // due)}, note, order=20)


def select_dashboard_inquiries(*, member: Member) -> dict[str, Any] | None:
    """Fill the slot "dashboard.main" with the inquiries that wait longest, then the liveliest; nothing before anybody can ask."""
    counts = count_inbox(member=member)
    if not counts["all"] and not member.company.is_public:
        return None
    slug = member.company.slug
    return {
        "is_empty": not counts["all"],
        "rows": describe_rows(inquiries=list(list_inbox(member=member, show="all")[:LATEST])), "total": counts["all"],
        "inbox_url": reverse("inquiries:inbox", args=[slug]), "storefront_url": member.company.get_absolute_url(),
    }  # fmt: skip


def describe_reply_time(*, minutes: int) -> str:
    """Working time in words: under an hour, 5 hours, 2 days (of 24 working hours)."""
    hours = round(minutes / MINUTES_AN_HOUR)
    if hours < 1:
        return _("under an hour")
    if hours <= 2 * HOURS_A_DAY:
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": quantity(hours)}
    days = round(hours / HOURS_A_DAY)
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": quantity(days)}


def _ask_to_answer(inquiry: Inquiry, now: datetime) -> Todo | None:
    due = inquiry.answer_due_at
    if due is None:
        return None
    buyer = inquiry.buyer_organisation or inquiry.buyer_name
    title, url = _("Answer %(buyer)s") % {"buyer": buyer}, inquiry.get_absolute_url()
    moment = {"moment": date_format(timezone.localtime(due), MOMENT)}
    if due < now:
        text = _("Late since %(moment)s. The buyer now sees other exporters.") % moment
        return Todo(0, "clock", "bad", title, text, url, _("Answer"), primary=True)
    if not getattr(inquiry, "has_others", True):
        text = _("Your first inquiry. The answer is due until %(moment)s.") % moment
        return Todo(1, "chat", "info", title, text, url, _("Answer"), primary=True)
    if due - now > SOON:
        return None
    return Todo(1, "clock", "warn", title, _("The answer is due until %(moment)s.") % moment, url, _("Answer"))


def _remind_of_return(member: Member) -> Todo | None:
    today = timezone.localdate()
    absence = Absence.objects.filter(
        company=member.company, back_on__gt=today, back_on__lte=today + ABSENCE_ENDS_WITHIN
    ).first()
    if absence is None:
        return None
    title = _("Your absence ends: back on %(day)s") % {"day": date_format(absence.back_on, "j M Y")}
    text = _("From then on answers are due again. Change the day if you need longer.")
    return Todo(3, "cal", "", title, text, reverse("inquiries:inbox", args=[member.company.slug]), _("Open"))
