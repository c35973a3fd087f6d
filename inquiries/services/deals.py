"""What both sides say of an agreed quotation: shipped, received, confirmed with its value, called off; and the paper that an officer saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from core.errors import NotAllowed, NotFound
from core.jobs import Run, enqueue
from core.money import Money
from inquiries.choices import ConfirmedVia, DealStage, Event, HelpMattered, LineKind, Side, ValueLevel
from inquiries.exceptions import DealCalledOff, DealStepDone, NameMissing, OwnDeal, PaperNoteMissing, ReasonMissing
from inquiries.models import Deal, Inquiry, Quotation
from inquiries.rules.deals import ASK_AFTER, DEAL_STEPS, check_day, check_value, is_like_agreed
from inquiries.rules.messages import Reader, clean_name, clean_text
from inquiries.selectors.asking import is_own_address
from inquiries.selectors.deals import get_linked_deal
from inquiries.selectors.quotations import get_quotation
from inquiries.selectors.threads import Seat
from inquiries.services.deal_news import tell_deal, tell_did_it_arrive
from inquiries.services.messages import append_event, was_noted

ASK_JOB = "inquiries.ask_whether_arrived"


@dataclass(frozen=True)
class Confirmation:
    """What the buyer says at the end: the value paid in the deal's currency, and whether the agency's help mattered."""

    value: Decimal
    help_mattered: str
    words: str = ""
    name: str = ""


def open_deal(*, quotation: Quotation) -> Deal | None:
    """The quotation is agreed: its value is declared from now on. None for samples alone: they are no deal. Called by the acceptance."""
    version = quotation.current
    if version is None or version.total is None:
        raise AssertionError("an accepted quotation has a total")
    if not version.lines.filter(kind=LineKind.GOODS).exists():
        return None
    return Deal.objects.create(
        quotation=quotation, company=quotation.company, origin=quotation.inquiry.origin, currency=version.currency,
        agreed_value=version.total, agreed_at=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def say_shipped(*, reader: Reader, quotation_id: UUID, on: date) -> Deal:
    """The exporter has sent the goods; the buyer is told, and asked a week later whether they arrived.

    May: members who may edit. Raises NotFound, NotAllowed, DayImpossible, DealStepDone, DealCalledOff.
    """
    deal, seat = _hold(reader, quotation_id)
    _require(seat, Side.EXPORTER)
    _require_step(deal, DealStage.SHIPPED)
    check_day(on, first=timezone.localtime(deal.agreed_at).date(), today=timezone.localdate())
    deal.stage, deal.shipped_on = DealStage.SHIPPED, on
    deal.save(update_fields=["stage", "shipped_on"])
    _tell(deal, seat.inquiry, seat.writer, "shipped", by=Side.EXPORTER)
    _plan_question(deal, 0)
    return deal


@transaction.atomic
def say_received(*, reader: Reader, quotation_id: UUID, on: date) -> Deal:
    """The goods have arrived. May: the buyer of the thread. Raises as `say_shipped` does."""
    deal, seat = _hold(reader, quotation_id)
    _require(seat, Side.BUYER)
    _require_step(deal, DealStage.RECEIVED)
    check_day(on, first=timezone.localtime(deal.agreed_at).date(), today=timezone.localdate())
    deal.stage, deal.received_on = DealStage.RECEIVED, on
    deal.save(update_fields=["stage", "received_on"])
    _tell(deal, seat.inquiry, seat.writer, "received", by=Side.BUYER)
    return deal


@transaction.atomic
def confirm_deal(*, reader: Reader, quotation_id: UUID, said: Confirmation) -> Deal:
    """The buyer of the thread says what was paid and whether help mattered: the value is confirmed, if it is near the agreed one.

    Raises ValueImpossible, DealStepDone …
    """
    deal, seat = _hold(reader, quotation_id)
    _require(seat, Side.BUYER)
    known = str(seat.writer) if seat.writer else seat.inquiry.buyer_name
    return _confirm(
        deal, seat.inquiry, said, name=clean_name(said.name)[:120] or known, user=seat.writer, via=ConfirmedVia.ACCOUNT
    )


@transaction.atomic
def confirm_by_link(*, token: str, said: Confirmation, person: Any = None) -> Deal:
    """The same by a link, without an account. Only a link that was mailed to the buyer confirms the value: one that the exporter handed
    on, or that went to one of its own addresses, says no more than the exporter does, so the value stays declared. `person` is who is signed in, if anybody:
    members of the company confirm nothing. Twice is once. Raises DealLinkOver, NotFound, NameMissing, NotAllowed …
    """
    linked = get_linked_deal(token=token)
    name = clean_name(said.name)[:120]
    if not name:
        raise NameMissing
    if person is not None and linked.deal.company.members.filter(user=person).exists():
        raise NotAllowed
    deal = _lock(linked.deal.quotation_id)
    if deal.stage == DealStage.CONFIRMED:
        return deal
    via = ConfirmedVia.MAILED if linked.was_mailed else ConfirmedVia.HANDED
    return _confirm(deal, deal.quotation.inquiry, said, name=name, user=None, via=via)


@transaction.atomic
def say_missing(*, token: str, name: str, text: str, person: Any = None) -> Deal:
    """The buyer says by a link that the goods have not arrived: the exporter is told, and nothing else changes. Twice a day is once.

    `person` is who is signed in, if anybody: members of the company say nothing here. Raises DealLinkOver, NotFound, NameMissing,
    NotAllowed, DealStepDone once they have arrived, DealCalledOff.
    """
    linked = get_linked_deal(token=token)
    name, today = clean_name(name)[:120], timezone.localdate()
    if not name:
        raise NameMissing
    if person is not None and linked.deal.company.members.filter(user=person).exists():
        raise NotAllowed
    deal = _lock(linked.deal.quotation_id)
    _require_step(deal, DealStage.RECEIVED)
    key = f"{deal.quotation_id}:missing:{today:%Y-%m-%d}"
    inquiry = deal.quotation.inquiry
    if not was_noted(inquiry=inquiry, key=key):
        _tell(deal, inquiry, None, "missing", by=Side.BUYER, name=name, text=clean_text(text, has_files=True), key=key)
    return deal


@transaction.atomic
def call_off_deal(*, reader: Reader, quotation_id: UUID, reason: str) -> Deal:
    """It fell through before anything arrived: it no longer counts. May: the buyer, and members who may edit. Raises ReasonMissing …"""
    deal, seat = _hold(reader, quotation_id)
    if not seat.can_write:
        raise NotAllowed
    _require_step(deal, DealStage.CALLED_OFF)
    if not reason.strip():
        raise ReasonMissing
    deal.stage, deal.called_off_at, deal.called_off_side = DealStage.CALLED_OFF, timezone.now(), seat.side
    deal.called_off_reason = clean_text(reason)
    deal.save(update_fields=["stage", "called_off_at", "called_off_side", "called_off_reason"])
    _tell(deal, seat.inquiry, seat.writer, "called_off", by=seat.side, text=deal.called_off_reason)
    return deal


@transaction.atomic
def note_paper(*, officer: User, quotation_id: UUID, note: str) -> Deal:
    """An officer has seen a paper for the value (an invoice, a customs declaration): it is documented. Raises NotFound, PaperNoteMissing."""
    if not Deal.objects.for_officers(officer).filter(quotation_id=quotation_id).exists():
        raise NotFound
    deal = _lock(quotation_id)
    if deal.company.members.filter(user=officer).exists():
        raise OwnDeal
    if deal.stage == DealStage.CALLED_OFF:
        raise DealCalledOff
    kept = clean_name(note)[:300]
    if not kept:
        raise PaperNoteMissing
    deal.level, deal.paper_seen_by, deal.paper_seen_at, deal.paper_note = (
        ValueLevel.DOCUMENTED,
        officer,
        timezone.now(),
        kept,
    )
    deal.save(update_fields=["level", "paper_seen_by", "paper_seen_at", "paper_note"])
    audit.record("inquiries.deal_documented", subject=deal.quotation, actor=officer, fields=["level"])
    return deal


def ask_whether_arrived(*, run: Run, quotation_id: str, time: int) -> None:
    """Ask the buyer by a mailed link what came of it, three times at most; called by a job, harmless to repeat."""
    with run.effect():
        if not Deal.objects.filter(quotation_id=quotation_id).exists():
            return
        deal = _lock(UUID(quotation_id))
        if deal.stage in {DealStage.CONFIRMED, DealStage.CALLED_OFF}:
            return
        tell_did_it_arrive(deal=deal, time=time)
        _plan_question(deal, time + 1)


def _plan_question(deal: Deal, time: int) -> None:
    if time >= len(ASK_AFTER):
        return
    since = timezone.now() - (ASK_AFTER[time - 1] if time else ASK_AFTER[0] - ASK_AFTER[0])
    due_at = since + ASK_AFTER[time]
    enqueue(ASK_JOB, key=f"{deal.quotation_id}:{time}", due_at=due_at, quotation_id=str(deal.quotation_id), time=time)


def _hold(reader: Reader, quotation_id: UUID) -> tuple[Deal, Seat]:
    place = get_quotation(reader=reader, quotation_id=quotation_id, for_update=True)
    deal = Deal.objects.select_for_update().filter(quotation=place.quotation).first()
    if deal is None:
        raise NotFound
    deal.quotation = place.quotation
    return deal, place.seat


def _lock(quotation_id: UUID) -> Deal:
    """The thread first, then the deal: the order of every act."""
    rows = Inquiry.objects.select_for_update(of=("self",)).select_related("company", "buyer", "assigned_to__user")
    inquiry = rows.get(quotations=quotation_id)
    deal = (
        Deal.objects.select_for_update(of=("self",))
        .select_related("quotation__current", "company")
        .get(quotation_id=quotation_id)
    )
    deal.quotation.inquiry = inquiry
    return deal


def _require(seat: Seat, side: Side) -> None:
    if seat.side != side or not seat.can_write:
        raise NotAllowed


def _require_step(deal: Deal, step: DealStage) -> None:
    if deal.stage == DealStage.CALLED_OFF:
        raise DealCalledOff
    if deal.stage not in DEAL_STEPS[step]:
        raise DealStepDone(stage=DealStage(deal.stage).label)


def _confirm(deal: Deal, inquiry: Inquiry, said: Confirmation, *, name: str, user: Any, via: ConfirmedVia) -> Deal:
    _require_step(deal, DealStage.CONFIRMED)
    check_value(said.value)
    deal.paid_value = Money(said.value, deal.currency).round_minor().amount
    deal.stage, deal.confirmed_at, deal.confirmed_by, deal.confirmed_via = (
        DealStage.CONFIRMED,
        timezone.now(),
        name,
        via,
    )
    deal.received_on = deal.received_on or timezone.localdate()
    deal.help_mattered, deal.help_words = HelpMattered(said.help_mattered), clean_text(said.words, has_files=True)
    if deal.level == ValueLevel.DECLARED and _is_buyers_word(deal, inquiry):  # a paper that was seen stays stronger
        deal.level = ValueLevel.CONFIRMED
    deal.save()
    _tell(deal, inquiry, user, "confirmed", by=Side.BUYER, name=name)
    return deal


def _is_buyers_word(deal: Deal, inquiry: Inquiry) -> bool:
    """It came from an address that is not the exporter's own, and names a value near the agreed one."""
    if deal.confirmed_via == ConfirmedVia.HANDED or deal.paid_value is None:
        return False
    addresses = [inquiry.buyer_email, inquiry.buyer.email if inquiry.buyer else ""]
    is_near = is_like_agreed(paid=deal.paid_value, agreed=deal.agreed_value)
    return is_near and not is_own_address(company=deal.company, emails=addresses)


def _tell(
    deal: Deal, inquiry: Inquiry, user: Any, step: str, *, by: str, name: str = "", text: str = "", key: str = ""
) -> None:
    name = name or (str(user) if user else inquiry.buyer_name)
    values: Mapping[str, str] = {"number": deal.quotation.number, "step": step, "name": name}
    key = key or f"{deal.quotation_id}:{step}"
    append_event(inquiry=inquiry, event=Event.DEAL, key=key, **values)
    audit.record(f"inquiries.deal_{step}", subject=deal.quotation, actor=user, fields=["stage"], values={"name": name})
    tell_deal(deal=deal, inquiry=inquiry, step=step, by=by, name=name, text=text, key=key)
