"""What the buyer does with a quotation: accept, counter, decline; and what its last day does by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from core import audit
from core.jobs import Run
from core.limits import spend
from inquiries.choices import Door, Event, OutcomeKind, QuotationState, Side, Via
from inquiries.exceptions import (
    CounterEmpty,
    CounterTwice,
    NotQuotedYet,
    QuotationExpired,
    SellerSuspended,
    VersionSuperseded,
)
from inquiries.models import (
    Counter,
    CounterLine,
    Inquiry,
    Quotation,
    QuotationLine,
    QuotationOutcome,
    QuotationVersion,
)
from inquiries.rules.messages import Reader, clean_text, name_key
from inquiries.rules.quotations import check_wish
from inquiries.selectors.blocks import refuse_new_in
from inquiries.selectors.quotations import Signatory
from inquiries.services.deals import open_deal
from inquiries.services.messages import append_event, append_message, note_waiting
from inquiries.services.quotation_news import tell_countered
from inquiries.services.settling import find_outcome, refuse_settled, settle
from storefronts.choices import CompanyState

ANSWERS_AN_HOUR, HOUR_SECONDS = 30, 3600


@dataclass(frozen=True)
class Wish:
    """What the buyer would take for one line; None where the quoted figure may stay."""

    quantity: Decimal | None = None
    unit_price: Decimal | None = None


@transaction.atomic
def accept_quotation(*, by: Signatory, version: int, key: str) -> QuotationOutcome:
    """Agree to a version, once: it must be the current one, and its last day not over. The same `key` again is the same acceptance.

    Raises VersionSuperseded, QuotationExpired, BuyerBlocked, BuyerBarred, and QuotationAccepted, QuotationDeclined or
    QuotationWithdrawn when it has ended.
    """
    quotation = _lock(by.quotation.pk)
    again = find_outcome(quotation=quotation)
    if again is not None and again.kind == OutcomeKind.ACCEPTED and again.key == name_key(kind=Via.WEB, key=key):
        return again
    _require_welcome(quotation, again, version)
    outcome = settle(
        quotation=quotation, kind=OutcomeKind.ACCEPTED, by_name=by.name, user=by.user, via=by.via, key=name_key(kind=Via.WEB, key=key)
    )  # fmt: skip
    open_deal(quotation=quotation)
    return outcome


@transaction.atomic
def decline_quotation(*, by: Signatory, version: int, reason: str, key: str) -> QuotationOutcome:
    """Say no to a version, with or without a reason. The same `key` again changes nothing. Raises as `accept_quotation` does."""
    quotation = _lock(by.quotation.pk)
    again = find_outcome(quotation=quotation)
    if again is not None and again.kind == OutcomeKind.DECLINED and again.key == name_key(kind=Via.WEB, key=key):
        return again
    _require_answerable(quotation, again, version)
    return settle(
        quotation=quotation, kind=OutcomeKind.DECLINED, by_name=by.name, user=by.user, via=by.via,
        key=name_key(kind=Via.WEB, key=key), reason=clean_text(reason, has_files=True),
    )  # fmt: skip


@transaction.atomic
def counter_quotation(*, by: Signatory, version: int, wishes: Mapping[int, Wish], text: str, key: str) -> Counter:
    """Say what the buyer would agree to instead: wishes by the position of a line, and words. The version stays acceptable.

    The same `key` again is the same counter. Raises CounterEmpty, CounterTwice, and what `accept_quotation` raises.
    """
    spend(what="quotation_counter", who=str(by.quotation.pk), most=ANSWERS_AN_HOUR, seconds=HOUR_SECONDS)
    quotation = _lock(by.quotation.pk)
    again = Counter.objects.filter(version__quotation=quotation, key=key).first()
    if again is not None:
        return again
    current = _require_welcome(quotation, find_outcome(quotation=quotation), version)
    if Counter.objects.filter(version=current).exists():
        raise CounterTwice
    kept = clean_text(text, has_files=True)
    lines = [(line, wish) for line in current.lines.all() if (wish := _differs(line, wishes.get(line.position)))]
    if not kept and not lines:
        raise CounterEmpty
    now = timezone.now()
    counter = Counter.objects.create(version=current, text=kept, by_name=by.name, user=by.user, at=now, key=key)
    CounterLine.objects.bulk_create(
        CounterLine(counter=counter, line=line, quantity=wish.quantity, unit_price=wish.unit_price)
        for line, wish in lines
    )
    _note_counter(quotation, counter, by)
    return counter


def expire_quotation(*, run: Run, quotation_id: str) -> None:
    """Its last day is over: nobody can accept it any more, both sides are told. Called by a job, harmless to repeat."""
    with run.effect():
        if not Quotation.objects.filter(pk=quotation_id).exists():
            return
        quotation = _lock(UUID(quotation_id))
        current = quotation.current
        if not quotation.is_answerable or current is None or not current.is_over_at(timezone.now()):
            return
        settle(
            quotation=quotation, kind=OutcomeKind.EXPIRED, by_name="", user=None, via=Door.CLOCK, key=f"clock:{quotation.pk}"
        )  # fmt: skip


def _lock(quotation_id: UUID) -> Quotation:
    """The thread first, then its quotation: the same order in every act, so that two wait for one another and never both."""
    inquiry_id = Quotation.objects.values_list("inquiry_id", flat=True).get(pk=quotation_id)
    rows = Inquiry.objects.select_for_update(of=("self",)).select_related("company", "buyer", "assigned_to__user")
    inquiry = rows.get(pk=inquiry_id)
    quotation = (
        Quotation.objects.select_for_update(of=("self",)).select_related("current", "company").get(pk=quotation_id)
    )
    quotation.inquiry = inquiry
    return quotation


def _require_answerable(quotation: Quotation, outcome: QuotationOutcome | None, version: int) -> QuotationVersion:
    if outcome is not None:
        refuse_settled(outcome=outcome)
    current = quotation.current
    if current is None:
        raise NotQuotedYet
    if quotation.company.state == CompanyState.SUSPENDED:
        raise SellerSuspended
    if current.number != version:
        raise VersionSuperseded(old=version, new=current.number)
    if current.is_over_at(timezone.now()):
        raise QuotationExpired(day=current.last_day)
    return current


def _require_welcome(quotation: Quotation, outcome: QuotationOutcome | None, version: int) -> QuotationVersion:
    """The same for who wants something of the exporter: a blocked buyer can still say no, and nothing else."""
    current = _require_answerable(quotation, outcome, version)
    refuse_new_in(inquiry=quotation.inquiry)
    return current


def _differs(line: QuotationLine, wish: Wish | None) -> Wish | None:
    """The wish with what really differs from the line; None when nothing does."""
    if wish is None:
        return None
    check_wish(row=line.position, quantity=wish.quantity, unit_price=wish.unit_price)
    quantity = wish.quantity if wish.quantity != line.quantity else None
    unit_price = wish.unit_price if wish.unit_price != line.unit_price else None
    return Wish(quantity, unit_price) if quantity is not None or unit_price is not None else None


def _note_counter(quotation: Quotation, counter: Counter, by: Signatory) -> None:
    quotation.state, quotation.changed_at = QuotationState.COUNTERED, counter.at
    quotation.save(update_fields=["state", "changed_at"])
    append_event(
        inquiry=quotation.inquiry, event=Event.COUNTERED, key=f"{counter.version_id}:countered", quotation=str(quotation.pk),
        number=quotation.number, version=str(counter.version.number), name=by.name,
    )  # fmt: skip
    if counter.text:
        reader = Reader(by.user or AnonymousUser())
        append_message(
            inquiry=quotation.inquiry, side=Side.BUYER, reader=reader, text=counter.text, author_name=by.name,
            key=name_key(kind="counter", key=str(counter.pk)),
        )  # fmt: skip
    note_waiting(inquiry=quotation.inquiry, since=counter.at)
    audit.record(
        "inquiries.quotation_countered", subject=quotation, actor=by.user, fields=["state"], values={"name": by.name}
    )
    tell_countered(quotation=quotation, name=by.name, text=counter.text)
