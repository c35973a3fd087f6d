"""What the exporter does with a quotation: begin, write, send, make the next version, withdraw, quote again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils import timezone

from core import audit
from core.errors import NotAllowed, NotFound
from core.jobs import cancel, enqueue
from core.limits import spend
from inquiries.choices import Door, Event, InquiryState, OutcomeKind, QuotationState, Side, Via
from inquiries.exceptions import (
    CompanySuspendedNow,
    InquiryDeclined,
    NothingToTakeOver,
    NotQuotedYet,
    NumbersRunOut,
    QuotationRuns,
)
from inquiries.models import (
    Counter,
    CounterLine,
    Inquiry,
    Quotation,
    QuotationOutcome,
    QuotationVersion,
)
from inquiries.models.quotation import make_link_key
from inquiries.rules.messages import Reader, clean_text, name_key
from inquiries.rules.quotations import LineTerms, Terms, check_draft, check_terms, total_up
from inquiries.selectors.blocks import refuse_selling
from inquiries.selectors.quotations import (
    Place,
    find_draft_version,
    get_quotation,
    map_units,
    propose_terms,
    read_private_terms,
)
from inquiries.selectors.threads import Seat, get_seat
from inquiries.services.drafts import get_draft, refuse_crossing, touch, write_draft
from inquiries.services.freezing import freeze_facts
from inquiries.services.messages import append_event, note_answer, save_draft
from inquiries.services.quotation_news import tell_new_link, tell_quoted
from inquiries.services.settling import EXPIRE_JOB, find_outcome, refuse_settled, settle
from reference.selectors import list_currencies
from shipping.models import Snapshot
from storefronts.choices import CompanyState

NUMBER_TRIES = 20
LINKS_AN_HOUR, HOUR_SECONDS = 10, 3600


@transaction.atomic
def begin_quotation(*, reader: Reader, inquiry_id: UUID, words: str = "") -> Quotation:
    """A draft in a thread, filled in with what is known; the thread's open quotation where there is one already.

    `words` are what the member was just writing in the thread: they are kept as the draft of a message.
    May: members who may edit. Raises NotFound for strangers, NotAllowed for viewers and buyers, CompanySuspendedNow, InquiryDeclined,
    BlockedByYou, BuyerIsBarred.
    """
    seat = get_seat(reader=reader, inquiry_id=inquiry_id, for_update=True)
    _require_seller(seat)
    if seat.inquiry.confirmed_at is None:
        raise NotFound
    _require_open_door(seat)
    if words.strip():
        save_draft(reader=reader, inquiry_id=inquiry_id, text=words)
    running = Quotation.objects.open().filter(inquiry=seat.inquiry).first()
    return running or _open(seat, propose_terms(inquiry=seat.inquiry))


@transaction.atomic
def quote_again(*, reader: Reader, quotation_id: UUID) -> Quotation:
    """A new quotation with the words of one that has ended; its last day is asked anew. May and raises as `begin_quotation`; QuotationRuns."""
    place = _hold(reader, quotation_id)
    _require_open_door(place.seat)
    running = Quotation.objects.open().filter(inquiry=place.seat.inquiry).first()
    if running is not None:
        raise QuotationRuns(number=running.number)
    source = find_draft_version(quotation=place.quotation) or place.quotation.current
    if source is None:
        raise NotQuotedYet
    terms = read_private_terms(version=source)
    proposed = propose_terms(inquiry=place.seat.inquiry)
    return _open(place.seat, replace(terms, valid_until=proposed.valid_until))


@transaction.atomic
def begin_version(*, reader: Reader, quotation_id: UUID) -> Quotation:
    """The next version as a draft with the words of the last one; what was sent holds until the new one goes out. Twice is once.

    Raises how it ended when it has, InquiryDeclined, BlockedByYou, BuyerIsBarred.
    """
    place = _hold(reader, quotation_id)
    quotation = place.quotation
    outcome = find_outcome(quotation=quotation)
    if outcome is not None:
        refuse_settled(outcome=outcome)
    _require_open_door(place.seat)
    if quotation.current is not None and find_draft_version(quotation=quotation) is None:
        terms = read_private_terms(version=quotation.current)
        write_draft(draft=_make_version(place, quotation.current.number + 1, quotation.current.freight), terms=terms)
    return quotation


@transaction.atomic
def save_draft_terms(*, reader: Reader, quotation_id: UUID, terms: Terms, edit_number: int) -> Quotation:
    """Keep what is written so far, complete or not. `edit_number` is the draft's as it was opened.

    Raises DraftChanged when a colleague has saved since, NothingToSend when it was sent meanwhile, QuantityImpossible, PriceImpossible,
    TooManyLines.
    """
    place = _hold(reader, quotation_id)
    draft = get_draft(quotation=place.quotation)
    refuse_crossing(quotation=place.quotation, draft=draft, edit_number=edit_number)
    check_draft(terms)
    draft.author, draft.author_name = place.seat.writer, str(place.seat.writer)
    write_draft(draft=draft, terms=terms)
    touch(quotation=place.quotation)
    return place.quotation


@transaction.atomic
def take_over_wish(*, reader: Reader, quotation_id: UUID, edit_number: int) -> Quotation:
    """Put the figures of the buyer's counter into the draft; everything else of the draft stays. Raises NothingToTakeOver, DraftChanged."""
    place = _hold(reader, quotation_id)
    draft = get_draft(quotation=place.quotation)
    refuse_crossing(quotation=place.quotation, draft=draft, edit_number=edit_number)
    counter = Counter.objects.filter(version=place.quotation.current_id).prefetch_related("lines__line").first()
    if counter is None:
        raise NothingToTakeOver
    wishes = {(row.line.kind, row.line.description, row.line.request_line_id): row for row in counter.lines.all()}
    terms = read_private_terms(version=draft)
    write_draft(draft=draft, terms=replace(terms, lines=tuple(_wish_into(line, wishes) for line in terms.lines)))
    touch(quotation=place.quotation)
    return place.quotation


@transaction.atomic
def send_quotation(*, reader: Reader, quotation_id: UUID, edit_number: int, key: str) -> Quotation:
    """Send the draft: it becomes the version that the buyer can accept, and never changes again. The same `key` again sends nothing.

    Raises what `check_terms` does, DraftChanged, NothingToSend, InquiryDeclined, BlockedByYou, BuyerIsBarred, and how it ended when it has.
    """
    place = _hold(reader, quotation_id)
    quotation, key = place.quotation, name_key(kind=Via.WEB, key=key)
    if quotation.versions.filter(key=key).exists():
        return quotation
    outcome = find_outcome(quotation=quotation)
    if outcome is not None:
        refuse_settled(outcome=outcome)
    _require_open_door(place.seat)
    draft = get_draft(quotation=place.quotation)
    refuse_crossing(quotation=quotation, draft=draft, edit_number=edit_number)
    terms = draft.read_terms()
    codes = [code for code, _name in list_currencies(language="en")]
    check_terms(terms, today=timezone.localdate(), units=map_units(company=quotation.company), currencies=codes)
    _seal(draft, place, terms, key)
    _announce(place, draft)
    return quotation


@transaction.atomic
def discard_draft(*, reader: Reader, quotation_id: UUID, edit_number: int) -> Inquiry:
    """Throw the draft away: the whole quotation when nothing of it was sent. Raises DraftChanged, NothingToSend."""
    place = _hold(reader, quotation_id)
    draft = get_draft(quotation=place.quotation)
    refuse_crossing(quotation=place.quotation, draft=draft, edit_number=edit_number)
    draft.delete()
    if place.quotation.current is None:
        place.quotation.delete()
    return place.seat.inquiry


@transaction.atomic
def withdraw_quotation(*, reader: Reader, quotation_id: UUID, reason: str, key: str) -> QuotationOutcome:
    """Take an open quotation back; the buyer is told, with the reason. The same `key` again changes nothing.

    Raises NotQuotedYet for a draft, and how it ended when it has.
    """
    place = _hold(reader, quotation_id)
    quotation, key = place.quotation, name_key(kind=Via.WEB, key=key)
    outcome = find_outcome(quotation=quotation)
    if outcome is not None and outcome.kind == OutcomeKind.WITHDRAWN and outcome.key == key:
        return outcome
    if outcome is not None:
        refuse_settled(outcome=outcome)
    if quotation.current is None:
        raise NotQuotedYet
    return settle(
        quotation=quotation, kind=OutcomeKind.WITHDRAWN, by_name=str(place.seat.writer), user=place.seat.writer, via=Door.ACCOUNT,
        key=key, reason=clean_text(reason, has_files=True),
    )  # fmt: skip


@transaction.atomic
def renew_link(*, reader: Reader, quotation_id: UUID) -> Quotation:
    """Make another shared link: every one of before stops working, forwarded ones too. A buyer without an account is mailed the new one.

    Raises TooOften.
    """
    place = _hold(reader, quotation_id)
    spend(what="quotation_link", who=str(quotation_id), most=LINKS_AN_HOUR, seconds=HOUR_SECONDS)
    place.quotation.link_key = make_link_key()
    place.quotation.save(update_fields=["link_key"])
    audit.record("inquiries.quotation_link_renewed", subject=place.quotation, actor=reader.user, fields=["link_key"])
    tell_new_link(quotation=place.quotation)
    return place.quotation


def _hold(reader: Reader, quotation_id: UUID) -> Place:
    place = get_quotation(reader=reader, quotation_id=quotation_id, for_update=True)
    _require_seller(place.seat)
    return place


def _require_seller(seat: Seat) -> None:
    if seat.side != Side.EXPORTER or not seat.can_write:
        raise NotAllowed
    if seat.inquiry.company.state == CompanyState.SUSPENDED:
        raise CompanySuspendedNow


def _require_open_door(seat: Seat) -> None:
    """The buyer could answer: the thread was not declined, and nobody has blocked or barred them."""
    if not seat.inquiry.is_open:
        raise InquiryDeclined
    refuse_selling(company_id=seat.inquiry.company_id, email=seat.inquiry.buyer_email, user=seat.inquiry.buyer)


def _open(seat: Seat, terms: Terms) -> Quotation:
    now = timezone.now()
    quotation = _number(lambda number: Quotation.objects.create(
        inquiry=seat.inquiry, company=seat.inquiry.company, number=number, created_at=now, changed_at=now
    ), seat)  # fmt: skip
    write_draft(draft=_make_version(Place(quotation, seat), 1), terms=terms)
    audit.record("inquiries.quotation_begun", subject=quotation, actor=seat.writer)
    return quotation


def _number(create: Callable[[str], Quotation], seat: Seat) -> Quotation:
    """The company's next number of this year; of two at one instant the second waits and takes the one after."""
    year = timezone.localdate().year
    for _try in range(NUMBER_TRIES):
        taken = Quotation.objects.filter(company=seat.inquiry.company, number__startswith=f"Q-{year}-")
        last = taken.order_by(Length("number").desc(), "-number").values_list("number", flat=True).first()
        following = int(last.rpartition("-")[2]) + 1 if last else 1
        try:
            with transaction.atomic():
                return create(f"Q-{year}-{following:04d}")
        except IntegrityError:  # a colleague took this number just now
            continue
    raise NumbersRunOut


def _make_version(place: Place, number: int, freight: Snapshot | None = None) -> QuotationVersion:
    return QuotationVersion.objects.create(
        quotation=place.quotation, number=number, freight=freight, author=place.seat.writer, author_name=str(place.seat.writer),
        language=place.seat.inquiry.buyer_language,
    )  # fmt: skip


def _wish_into(line: LineTerms, wishes: Mapping[tuple[str, str, int | None], CounterLine]) -> LineTerms:
    wish = wishes.get((line.kind, line.description, line.request_line_id))
    if wish is None:
        return line
    return replace(
        line,
        quantity=wish.quantity if wish.quantity is not None else line.quantity,
        unit_price=wish.unit_price if wish.unit_price is not None else line.unit_price,
    )


def _seal(draft: QuotationVersion, place: Place, terms: Terms, key: str) -> None:
    """The draft becomes a version that the database lets nobody change."""
    now = timezone.now()
    freeze_facts(version=draft)
    draft.supersedes = place.quotation.current
    draft.sent_at, draft.key, draft.total = now, key, total_up(lines=terms.lines, currency=terms.currency).total.amount
    draft.author, draft.author_name = place.seat.writer, str(place.seat.writer)
    draft.save()
    quotation = place.quotation
    quotation.current, quotation.state, quotation.changed_at = draft, QuotationState.SENT, now
    quotation.edit_number += 1
    quotation.save(update_fields=["current", "state", "changed_at", "edit_number"])


def _announce(place: Place, version: QuotationVersion) -> None:
    quotation, inquiry = place.quotation, place.seat.inquiry
    append_event(
        inquiry=inquiry, event=Event.QUOTED, key=f"{quotation.pk}:{version.number}", quotation=str(quotation.pk),
        number=quotation.number, version=str(version.number), name=version.author_name,
    )  # fmt: skip
    inquiry.last_message_at = version.sent_at or timezone.now()
    inquiry.save(update_fields=["last_message_at"])
    if inquiry.is_open:
        note_answer(inquiry=inquiry, state=InquiryState.ANSWERED)
    cancel(EXPIRE_JOB, key=str(quotation.pk))
    enqueue(EXPIRE_JOB, key=str(quotation.pk), due_at=version.ends_at, quotation_id=str(quotation.pk))
    audit.record(
        "inquiries.quotation_sent", subject=quotation, actor=place.seat.writer, fields=["current", "state"],
        values={"name": version.author_name, "version": version.number},
    )  # fmt: skip
    tell_quoted(quotation=quotation)
