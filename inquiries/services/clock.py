"""The response clock at work: reminders, the overdue inquiry, and how fast a company answers."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.jobs import Run, cancel, enqueue
from core.models import Job, JobState
from inquiries.choices import InquiryState
from inquiries.models import Inquiry, ReplyRecord
from inquiries.rules.clock import (
    ANSWER_WITHIN,
    add_working_time,
    get_median_minutes,
    list_reminders,
    measure_working_time,
)
from inquiries.selectors.threads import get_work_calendar
from inquiries.services.telling import LATE, REMINDER, tell_buyer, tell_exporter
from listings.services.changes import note_company_change
from storefronts.choices import CompanyState
from storefronts.models import Company

WATCH_JOB = "inquiries.watch_answer"
COUNTED = timedelta(days=365)


def plan_watch(*, inquiry: Inquiry) -> None:
    """Look at an unanswered inquiry again at its next reminder, or when its answer is due; called in its transaction."""
    cancel(WATCH_JOB, key=str(inquiry.pk))
    next_look = min((at for at in _list_looks(inquiry) if at > timezone.now()), default=None)
    if inquiry.state == InquiryState.NEW and next_look:
        enqueue(WATCH_JOB, key=str(inquiry.pk), due_at=next_look, inquiry_id=str(inquiry.pk))


def watch_answer(*, run: Run, inquiry_id: str) -> None:
    """Remind the exporter, or tell both sides that the answer is late; called by a job, and each thing is told once."""
    with run.effect():
        inquiry = (
            Inquiry.objects.unanswered().select_for_update(of=("self",))
            .select_related("company", "assigned_to__user", "buyer").filter(pk=UUID(inquiry_id)).first()
        )  # fmt: skip
        if inquiry is None or not inquiry.company.is_public:
            return
        if inquiry.is_overdue_at(timezone.now()):
            _tell_late(inquiry)
            return
        _remind(inquiry)
        plan_watch(inquiry=inquiry)


@transaction.atomic
def move_due_times(*, company: Company) -> None:
    """An absence was told or ended: the clock of every inquiry that is not late yet is read anew."""
    waiting = Inquiry.objects.unanswered().filter(company=company, answer_due_at__gt=timezone.now())
    calendar = get_work_calendar(company=company)
    for inquiry in waiting.select_for_update():
        inquiry.answer_due_at = add_working_time(_began(inquiry), ANSWER_WITHIN, calendar)
        inquiry.save(update_fields=["answer_due_at"])
        plan_watch(inquiry=inquiry)


def follow_company(*, company_id: int) -> None:
    """A company came back to the market: its unanswered inquiries are looked at again. Fills storefronts' change hook."""
    waiting = Inquiry.objects.unanswered().filter(company_id=company_id, company__state=CompanyState.VERIFIED)
    for inquiry in waiting.select_related("company"):
        if not Job.objects.filter(name=WATCH_JOB, key=str(inquiry.pk), state=JobState.WAITING).exists():
            enqueue(WATCH_JOB, key=str(inquiry.pk), inquiry_id=str(inquiry.pk))


def note_first_answer(*, inquiry: Inquiry, now: datetime) -> None:
    """Write down how long the first answer took and what the company's median is now; called in the answer's transaction."""
    passed = measure_working_time(_began(inquiry), now, get_work_calendar(company=inquiry.company))
    inquiry.first_answered_at, inquiry.first_answer_minutes = now, int(passed.total_seconds() // 60)
    inquiry.save(update_fields=["first_answered_at", "first_answer_minutes", "state", "decline_reason"])
    cancel(WATCH_JOB, key=str(inquiry.pk))
    measure_replies(company_id=inquiry.company_id)


@transaction.atomic
def measure_replies(*, company_id: int) -> ReplyRecord:
    """The company's median over a year's first answers; the catalogue learns of a new one."""
    record, _ = ReplyRecord.objects.get_or_create(company_id=company_id, defaults={"answers": 0})
    record = ReplyRecord.objects.select_for_update().get(pk=record.pk)
    minutes = list(
        Inquiry.objects.asked().filter(company_id=company_id, first_answered_at__gt=timezone.now() - COUNTED)
        .exclude(first_answer_minutes=None).values_list("first_answer_minutes", flat=True)
    )  # fmt: skip
    before, record.answers = record.median_minutes, len(minutes)
    record.median_minutes = get_median_minutes([number for number in minutes if number is not None])
    record.save()
    if record.median_minutes != before:
        note_company_change(company_id=company_id)
    return record


def _began(inquiry: Inquiry) -> datetime:
    return inquiry.confirmed_at or inquiry.asked_at


def _list_looks(inquiry: Inquiry) -> list[datetime]:
    reminders = list_reminders(_began(inquiry), get_work_calendar(company=inquiry.company))
    due = inquiry.answer_due_at
    return [*(at for at in reminders if due and at < due), *([due + timedelta(seconds=1)] if due else [])]


def _remind(inquiry: Inquiry) -> None:
    passed = [number for number, at in enumerate(_list_looks(inquiry)[:-1]) if at <= timezone.now()]
    if passed:
        key = f"{inquiry.pk}:{passed[-1]}"
        context = {"due_at": inquiry.answer_due_at}
        tell_exporter(inquiry=inquiry, kind=REMINDER, key=key, template="inquiry_reminder", context=context)


def _tell_late(inquiry: Inquiry) -> None:
    context = {"due_at": inquiry.answer_due_at}
    tell_exporter(inquiry=inquiry, kind=REMINDER, key=f"{inquiry.pk}:late", template="inquiry_late", context=context)
    tell_buyer(inquiry=inquiry, kind=LATE, key=str(inquiry.pk), template="inquiry_late", context=context)
