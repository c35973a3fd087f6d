"""How a thread ends: the exporter says no, or the agency closes it because it has barred the buyer."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import NotAllowed
from core.jobs import cancel
from inquiries.choices import DeclineReason, Door, Event, InquiryState, OutcomeKind, Side, Via
from inquiries.exceptions import AlreadyAnswered
from inquiries.models import Inquiry, Quotation
from inquiries.rules.messages import Reader, clean_text, name_key
from inquiries.selectors.threads import get_seat
from inquiries.services.clock import WATCH_JOB
from inquiries.services.messages import append_event, append_message, note_answer, require_pen
from inquiries.services.settling import settle
from inquiries.services.telling import tell_other_side


@transaction.atomic
def decline_inquiry(*, reader: Reader, inquiry_id: UUID, reason: str, note: str, key: str) -> Inquiry:
    """Say no, with a reason that the buyer reads; counts as an answer. "Other" needs words. May: members who may edit.

    Raises NotFound, NotAllowed, CompanySuspendedNow, AlreadyAnswered when it is declined already, EmptyMessage, MessageTooLong.
    """
    seat = get_seat(reader=reader, inquiry_id=inquiry_id, for_update=True)
    key = name_key(kind=Via.WEB, key=key)
    if seat.side != Side.EXPORTER:
        raise NotAllowed
    if seat.inquiry.messages.filter(key=name_key(kind="event", key=key)).exists():
        return seat.inquiry
    if seat.inquiry.state == InquiryState.DECLINED:
        raise AlreadyAnswered
    require_pen(seat=seat)
    kept = clean_text(note, has_files=reason != DeclineReason.OTHER)
    end_by_declining(inquiry=seat.inquiry, reader=reader, reason=DeclineReason(reason), text=kept, key=key)
    return seat.inquiry


def end_by_declining(*, inquiry: Inquiry, reader: Reader, reason: DeclineReason, text: str, key: str) -> None:
    """Say no in a locked thread, with or without words; the buyer is told. Called in the transaction of who may.

    Nothing stays to be accepted: the open quotation is withdrawn, a draft that nobody has seen is thrown away.
    """
    _end_quotation(inquiry, by_name=str(reader.user), user=reader.user, key=key)
    event = append_event(inquiry=inquiry, event=Event.DECLINED, key=key, reason=reason.value)
    message = append_message(inquiry=inquiry, side=Side.EXPORTER, reader=reader, text=text, key=key) if text else event
    inquiry.decline_reason = reason
    note_answer(inquiry=inquiry, state=InquiryState.DECLINED)
    audit.record("inquiries.declined", subject=inquiry, actor=reader.user, fields=["state", "decline_reason"])
    tell_other_side(inquiry=inquiry, message=message)


def close_for_bar(*, inquiry: Inquiry, officer: Any, key: str) -> None:
    """Close a locked thread of a barred buyer: nobody waits, no clock runs, and it counts in no reply record of the exporter's.

    Called in the transaction that bars. The buyer is told by the mail of the bar.
    """
    _end_quotation(inquiry, by_name=settings.AGENCY_NAME, user=officer, key=key)
    append_event(inquiry=inquiry, event=Event.CLOSED, key=key)
    if inquiry.first_answered_at is None:
        inquiry.first_answered_at, inquiry.answer_due_at = timezone.now(), None
    inquiry.state, inquiry.decline_reason, inquiry.waits_since = InquiryState.DECLINED, DeclineReason.OTHER, None
    inquiry.save(update_fields=["state", "decline_reason", "waits_since", "first_answered_at", "answer_due_at"])
    cancel(WATCH_JOB, key=str(inquiry.pk))
    audit.record("inquiries.closed_for_bar", subject=inquiry, actor=officer, fields=["state"])


def _end_quotation(inquiry: Inquiry, *, by_name: str, user: Any, key: str) -> None:
    rows = Quotation.objects.open().select_for_update(of=("self",)).select_related("current", "company")
    quotation = rows.filter(inquiry=inquiry).first()
    if quotation is None:
        return
    if quotation.current is None:
        quotation.versions.all().delete()
        quotation.delete()
        return
    quotation.inquiry = inquiry
    settle(
        quotation=quotation, kind=OutcomeKind.WITHDRAWN, by_name=by_name, user=user, via=Door.ACCOUNT, key=name_key(kind="end", key=key)
    )  # fmt: skip
