"""Samples: the buyer asks, the exporter sends or says no, the buyer says that it arrived and what they think of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import NotAllowed, NotFound
from inquiries.choices import Event, Payer, SampleState, Side
from inquiries.exceptions import (
    AddressMissing,
    CompanySuspendedNow,
    CourierMissing,
    InquiryDeclined,
    ReasonMissing,
    SampleStepDone,
    TooManySamples,
)
from inquiries.models import Quotation, Sample
from inquiries.rules.deals import MOST_OPEN_SAMPLES, SAMPLE_STEPS, check_day
from inquiries.rules.messages import Reader, clean_name, clean_text
from inquiries.rules.quotations import check_wish
from inquiries.selectors.blocks import refuse_new_in
from inquiries.selectors.threads import Seat, get_seat
from inquiries.services.deal_news import tell_sample
from inquiries.services.messages import append_event
from storefronts.choices import CompanyState


@dataclass(frozen=True)
class SampleWish:
    """What the buyer asks for: how much of what, where it goes, who pays."""

    description: str
    quantity: Decimal
    unit: str
    address: str
    payer: str


@dataclass(frozen=True)
class Parcel:
    """How the exporter sent it."""

    courier: str
    tracking_number: str
    on: date


@transaction.atomic
def request_sample(*, reader: Reader, inquiry_id: UUID, wish: SampleWish, key: str) -> Sample:
    """Ask for a sample; the exporter is told. The same `key` is one sample. May: the buyer of the thread.

    Raises NotFound, NotAllowed, InquiryDeclined, CompanySuspendedNow, AddressMissing, QuantityImpossible, TooManySamples,
    BuyerBlocked, BuyerBarred.
    """
    seat = get_seat(reader=reader, inquiry_id=inquiry_id, for_update=True)
    if seat.side != Side.BUYER:
        raise NotAllowed
    again = seat.inquiry.samples.filter(key=key).first()
    if again is not None:
        return again
    _require_open(seat)
    refuse_new_in(inquiry=seat.inquiry)
    check_wish(row=1, quantity=wish.quantity, unit_price=None)
    address = clean_text(wish.address, has_files=True)[:500]
    if not address:
        raise AddressMissing
    if seat.inquiry.samples.open().count() >= MOST_OPEN_SAMPLES:
        raise TooManySamples(limit=MOST_OPEN_SAMPLES)
    now = timezone.now()
    sample = Sample.objects.create(
        inquiry=seat.inquiry, quotation=Quotation.objects.filter(inquiry=seat.inquiry).exclude(current=None).first(), key=key,
        description=clean_name(wish.description)[:200] or seat.inquiry.subject, quantity=wish.quantity, unit=wish.unit, address=address,
        payer=Payer(wish.payer), asked_at=now, changed_at=now,
    )  # fmt: skip
    _tell(sample, seat)
    return sample


@transaction.atomic
def send_sample(*, reader: Reader, sample_id: int, parcel: Parcel) -> Sample:
    """It is on its way; the buyer gets courier and tracking number. May: members who may edit. Raises CourierMissing, DayImpossible …"""
    sample, seat = _hold(reader, sample_id, Side.EXPORTER)
    _require_step(sample, SampleState.SENT)
    courier, number = clean_name(parcel.courier)[:80], clean_name(parcel.tracking_number)[:60]
    if not (courier and number):
        raise CourierMissing(field="tracking_number" if courier else "courier")
    check_day(parcel.on, first=timezone.localtime(sample.asked_at).date(), today=timezone.localdate())
    sample.courier, sample.tracking_number, sample.sent_on = courier, number, parcel.on
    return _move(sample, seat, SampleState.SENT)


@transaction.atomic
def decline_sample(*, reader: Reader, sample_id: int, reason: str) -> Sample:
    """No sample is sent, and why. May: members who may edit. Raises ReasonMissing …"""
    sample, seat = _hold(reader, sample_id, Side.EXPORTER)
    return _end(sample, seat, SampleState.DECLINED, reason)


@transaction.atomic
def receive_sample(*, reader: Reader, sample_id: int) -> Sample:
    """It has arrived. May: the buyer of the thread."""
    sample, seat = _hold(reader, sample_id, Side.BUYER)
    _require_step(sample, SampleState.RECEIVED)
    return _move(sample, seat, SampleState.RECEIVED)


@transaction.atomic
def approve_sample(*, reader: Reader, sample_id: int) -> Sample:
    """The buyer would take goods like this. May: the buyer of the thread."""
    sample, seat = _hold(reader, sample_id, Side.BUYER)
    _require_step(sample, SampleState.APPROVED)
    return _move(sample, seat, SampleState.APPROVED)


@transaction.atomic
def refuse_sample(*, reader: Reader, sample_id: int, reason: str) -> Sample:
    """The buyer would not take goods like this, and why. May: the buyer of the thread. Raises ReasonMissing …"""
    sample, seat = _hold(reader, sample_id, Side.BUYER)
    return _end(sample, seat, SampleState.REFUSED, reason)


@transaction.atomic
def cancel_sample(*, reader: Reader, sample_id: int) -> Sample:
    """The buyer needs none any more, before it was sent."""
    sample, seat = _hold(reader, sample_id, Side.BUYER)
    _require_step(sample, SampleState.CANCELLED)
    return _move(sample, seat, SampleState.CANCELLED)


def _hold(reader: Reader, sample_id: int, side: Side) -> tuple[Sample, Seat]:
    inquiry_id = Sample.objects.filter(pk=sample_id).values_list("inquiry_id", flat=True).first()
    if inquiry_id is None:
        raise NotFound
    seat = get_seat(reader=reader, inquiry_id=inquiry_id, for_update=True)
    if seat.side != side or not seat.can_write:
        raise NotAllowed
    if side == Side.EXPORTER and seat.inquiry.company.state == CompanyState.SUSPENDED:
        raise CompanySuspendedNow
    return Sample.objects.select_for_update().get(pk=sample_id), seat


def _require_open(seat: Seat) -> None:
    if seat.inquiry.company.state == CompanyState.SUSPENDED:
        raise CompanySuspendedNow
    if not seat.inquiry.is_open:
        raise InquiryDeclined


def _require_step(sample: Sample, step: SampleState) -> None:
    if sample.state not in SAMPLE_STEPS[step]:
        raise SampleStepDone(state=SampleState(sample.state).label)


def _end(sample: Sample, seat: Seat, state: SampleState, reason: str) -> Sample:
    _require_step(sample, state)
    if not reason.strip():
        raise ReasonMissing
    sample.reason = clean_text(reason)
    return _move(sample, seat, state)


def _move(sample: Sample, seat: Seat, state: SampleState) -> Sample:
    sample.state, sample.changed_at = state, timezone.now()
    sample.save()
    _tell(sample, seat)
    return sample


def _tell(sample: Sample, seat: Seat) -> None:
    who = str(seat.writer) if seat.writer else seat.inquiry.buyer_name
    append_event(
        inquiry=seat.inquiry, event=Event.SAMPLE, key=f"sample:{sample.pk}:{sample.state}", what=sample.description, state=sample.state, name=who
    )  # fmt: skip
    audit.record(f"inquiries.sample_{sample.state}", subject=seat.inquiry, actor=seat.writer, fields=["samples"])
    tell_sample(sample=sample, inquiry=seat.inquiry, by=seat.side)
