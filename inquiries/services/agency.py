"""A party asks the agency in: officers may read that one thread for a time, both sides know it, and each reading is in the audit."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from core import audit
from core.errors import NotAllowed, NotFound
from core.jobs import Run, enqueue
from inquiries.choices import AccessCause, Event, Side, Via
from inquiries.exceptions import AccessRunsAlready, NothingToDispute, OnlySettled
from inquiries.models import Inquiry, Message, OfficerAccess
from inquiries.models.access import CASE_KINDS
from inquiries.rules.messages import OFFICERS_READ_FOR, Reader, clean_text, name_key
from inquiries.selectors.blocks import has_agreement, refuse_blocked
from inquiries.selectors.deals import has_deal
from inquiries.selectors.officers import get_access
from inquiries.selectors.threads import Entry, Seat, get_seat, list_entries
from inquiries.services.messages import append_event, append_message
from inquiries.services.telling import list_both_sides, tell_both, tell_of_officer
from moderation.choices import Outcome
from moderation.models import Case, Decision
from moderation.rules import Ruling
from moderation.services import open_case, record_decision, record_undo, withdraw_case

END_JOB = "inquiries.end_access"
EVENTS = {AccessCause.HELP: Event.HELP_ASKED, AccessCause.REPORT: Event.REPORTED, AccessCause.DISPUTE: Event.DISPUTED}


@transaction.atomic
def ask_agency(*, reader: Reader, inquiry_id: UUID, cause: str, text: str) -> OfficerAccess:
    """Let officers read this thread for fourteen days, to help, because of a report or of a dispute; a case is opened, both sides are told.

    May: the buyer, and members who may edit. Raises NotFound, NotAllowed, EmptyMessage, AccessRunsAlready,
    NothingToDispute without a deal, and BuyerBarred for a barred buyer's dispute where nothing agreed is under way.
    """
    seat = get_seat(reader=reader, inquiry_id=inquiry_id, for_update=True)
    if not seat.can_write:
        raise NotAllowed
    if not seat.inquiry.confirmed_at:
        raise NotFound
    if cause == AccessCause.DISPUTE:
        _require_deal(seat)
    kept, now = clean_text(text), timezone.now()
    _end_what_is_over(seat.inquiry)
    if seat.inquiry.accesses.filter(ended_at=None).exists():
        raise AccessRunsAlready
    access = OfficerAccess.objects.create(
        inquiry=seat.inquiry, cause=AccessCause(cause), asked_side=seat.side, text=kept, opened_at=now, until=now + OFFICERS_READ_FOR,
        asked_by=seat.writer,
    )  # fmt: skip
    open_case(
        kind=access.case_kind, subject_id=access.pk, title=seat.inquiry.subject, company_name=seat.inquiry.company.legal_name,
        changed_after_approval=False,
    )  # fmt: skip
    enqueue(END_JOB, key=str(access.pk), due_at=access.until, access_id=access.pk)
    audit.record("inquiries.officers_let_in", subject=seat.inquiry, actor=access.asked_by, fields=["until"])
    _tell(access, EVENTS[AccessCause(cause)])
    return access


@transaction.atomic
def read_as_officer(*, officer: User, access_id: int) -> list[Entry]:
    """The messages, for an officer whom a party has let in; that they were read is in the audit. Raises NotFound, AccessOver."""
    access = get_access(officer=officer, access_id=access_id)
    audit.record("inquiries.read_by_officer", subject=access.inquiry, actor=officer)
    return list_entries(inquiry=access.inquiry, side=Side.OFFICER)


@transaction.atomic
def write_as_officer(*, officer: User, access_id: int, text: str, key: str) -> Message:
    """Write to both sides in the agency's name; the same `key` again is the same message. Raises NotFound, AccessOver, EmptyMessage."""
    access = get_access(officer=officer, access_id=access_id)
    inquiry = (
        Inquiry.objects.select_for_update(of=("self",))
        .select_related("company", "buyer", "assigned_to__user")
        .get(pk=access.inquiry_id)
    )
    key = name_key(kind=Via.WEB, key=key)
    again = inquiry.messages.filter(key=key).first()
    if again is not None:
        return again
    message = append_message(inquiry=inquiry, side=Side.OFFICER, reader=Reader(officer), text=clean_text(text), key=key)
    audit.record("inquiries.officer_wrote", subject=inquiry, actor=officer)
    tell_of_officer(inquiry=inquiry, message=message)
    return message


@transaction.atomic
def end_access(*, access_id: int) -> None:
    """Officers no longer read; both sides are told. Harmless when it has ended already."""
    Inquiry.objects.select_for_update().filter(accesses__pk=access_id).first()  # the thread first, as everywhere
    access = (
        OfficerAccess.objects.select_for_update(of=("self",))
        .select_related("inquiry__company")
        .filter(pk=access_id, ended_at=None)
        .first()
    )
    if access is None:
        return
    access.ended_at = timezone.now()
    access.save(update_fields=["ended_at"])
    audit.record("inquiries.officers_let_out", subject=access.inquiry, actor=None, fields=["ended_at"])
    _tell(access, Event.READING_ENDED)


def end_access_in_time(*, run: Run, access_id: int) -> None:
    """The fourteen days are over: close the reading and its case; called by a job."""
    with run.effect():
        for kind in CASE_KINDS:
            withdraw_case(kind=kind, subject_id=access_id)
        end_access(access_id=access_id)


@transaction.atomic
def settle_help(*, case: Case, officer: User, ruling: Ruling) -> Decision:
    """The officer is done: nobody of the agency reads any more, and both sides get the officer's words when the undo time is over.

    Raises OnlySettled for any other outcome, and what `record_decision` raises.
    """
    if ruling.outcome != Outcome.APPROVE:
        raise OnlySettled
    access = OfficerAccess.objects.select_related(
        "inquiry__company", "inquiry__buyer", "inquiry__assigned_to__user"
    ).get(pk=case.subject_id)
    decision = record_decision(
        case=case, officer=officer, ruling=ruling, recipients=list_both_sides(inquiry=access.inquiry), subject_title=access.inquiry.subject,
        url=access.inquiry.get_absolute_url(), template="inquiry_settled",
    )  # fmt: skip
    end_access(access_id=access.pk)
    return decision


@transaction.atomic
def undo_settled_help(*, decision: Decision, officer: User) -> None:
    """The officer was not done after all: reading goes on until its old end, and both sides are told. Raises what `record_undo` raises."""
    record_undo(decision=decision, officer=officer)
    Inquiry.objects.select_for_update().get(accesses__pk=decision.case.subject_id)  # the thread first, as everywhere
    access = (
        OfficerAccess.objects.select_for_update(of=("self",))
        .select_related("inquiry__company")
        .get(pk=decision.case.subject_id)
    )
    access.ended_at = None
    access.save(update_fields=["ended_at"])
    audit.record("inquiries.officers_let_in", subject=access.inquiry, actor=officer, fields=["until"])
    _tell(access, EVENTS[AccessCause(access.cause)])


def _require_deal(seat: Seat) -> None:
    if not has_deal(inquiry=seat.inquiry):
        raise NothingToDispute
    if seat.side == Side.BUYER and not has_agreement(inquiry=seat.inquiry):
        refuse_blocked(company=None, email=seat.inquiry.buyer_email, user=seat.inquiry.buyer)


def _end_what_is_over(inquiry: Inquiry) -> None:
    for access in inquiry.accesses.filter(ended_at=None, until__lte=timezone.now()):
        withdraw_case(kind=access.case_kind, subject_id=access.pk)
        end_access(access_id=access.pk)


def _tell(access: OfficerAccess, event: Event) -> None:
    """Once for each time: after an undone decision the reading begins, and ends, a second time."""
    until = date_format(timezone.localtime(access.until), "Y-m-d")
    base = f"access:{access.pk}:{event}"
    earlier = access.inquiry.messages.filter(key__startswith=name_key(kind="event", key=base)).count()
    key = f"{base}:{earlier}" if earlier else base
    append_event(inquiry=access.inquiry, event=event, key=key, side=str(Side(access.asked_side)), until=until)
    tell_both(inquiry=access.inquiry, key=key, event=str(event), until=access.until)
