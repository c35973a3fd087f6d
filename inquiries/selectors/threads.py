"""One thread, for those who may read it: the seat that somebody has in it, and what they see."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.bank_words import speaks_of_payment_change
from core.errors import NotFound
from inquiries.adapters.calendars import get_calendar
from inquiries.choices import DeclineReason, Event, OutcomeKind, SampleState, Side
from inquiries.models import Absence, Attachment, Draft, Inquiry, Message
from inquiries.rules.clock import Calendar
from inquiries.rules.messages import Reader
from storefronts.models import Company, Member

LOOKS_BACK = timedelta(days=400)
QUOTATION_EVENTS = frozenset({Event.QUOTED, Event.COUNTERED, Event.SETTLED})
DEAL_EVENTS = frozenset({Event.DEAL, Event.SAMPLE})


@dataclass(frozen=True)
class Seat:
    """A person's place in a thread. `member` for the exporter's side; a buyer without an account has neither."""

    inquiry: Inquiry
    side: Side
    reader: Reader
    member: Member | None = None

    @property
    def can_write(self) -> bool:
        """Buyers, and members who may edit."""
        return self.member is None or self.member.can_edit

    @property
    def writer(self) -> User | None:
        """Who writes; None for a buyer without an account."""
        person: User | None = self.reader.user if self.reader.user.is_authenticated else None
        return person


@dataclass(frozen=True)
class Entry:
    """A message as one side reads it; an event has only `text`. `warns`: it speaks of a bank account."""

    message: Message
    text: str
    who: str
    firm: str
    is_mine: bool
    is_event: bool
    warns: bool = False
    files: tuple[Attachment, ...] = ()


def get_seat(*, reader: Reader, inquiry_id: UUID, for_update: bool = False) -> Seat:
    """The thread and this person's place in it; raises NotFound for everybody who is no party.

    A buyer who is also a member of the company asked sits on the exporter's side. `for_update` locks the inquiry.
    """
    rows = Inquiry.objects.visible_to(reader).filter(pk=inquiry_id)
    if not rows.exists():
        raise NotFound
    found = Inquiry.objects.select_related("company", "listing__live_revision", "assigned_to__user", "buyer")
    inquiry = (found.select_for_update(of=("self",)) if for_update else found).get(pk=inquiry_id)
    member = None
    if reader.user.is_authenticated:
        member = (
            Member.objects.select_related("user", "company")
            .filter(company_id=inquiry.company_id, user=reader.user)
            .first()
        )
    if member is not None:
        return Seat(inquiry, Side.EXPORTER, reader, member)
    return Seat(inquiry, Side.BUYER, reader)


def get_linked_inquiry(*, inquiry_id: UUID) -> Inquiry:
    """The inquiry whose signed link somebody holds; raises NotFound when it was forgotten since."""
    inquiry = Inquiry.objects.select_related("company", "listing").filter(pk=inquiry_id).first()
    if inquiry is None:
        raise NotFound
    return inquiry


def list_entries(*, inquiry: Inquiry, side: str) -> list[Entry]:
    """The messages in order, with their files, as `side` reads them. Three queries."""
    files = Attachment.objects.select_related("upload").defer("upload__text").prefetch_related("upload__renditions")
    messages = inquiry.messages.select_related("author").prefetch_related(Prefetch("attachments", queryset=files))
    return [_describe(message, inquiry, side) for message in messages]


def get_attachment(*, inquiry: Inquiry, attachment_id: int) -> Attachment:
    """A file of this thread; raises NotFound."""
    files = Attachment.objects.select_related("upload", "message").filter(message__inquiry=inquiry)
    found = files.filter(pk=attachment_id).first()
    if found is None:
        raise NotFound
    return found


def find_draft(*, seat: Seat) -> Draft | None:
    """What this person has begun to write here."""
    return Draft.objects.filter(inquiry=seat.inquiry, user=seat.writer).first()


def list_asked(*, reader: Reader) -> QuerySet[Inquiry]:
    """The buyer's own inquiries, those they still have to confirm included, the liveliest first."""
    return (
        Inquiry.objects.asked_by(reader).select_related("company__logo", "listing").order_by("-last_message_at", "pk")
    )


def get_work_calendar(*, company: Company) -> Calendar:
    """When the company works, its absences of the last year left out."""
    calendar = get_calendar(country=company.country, home_zone=settings.TIME_ZONE)
    for absence in Absence.objects.filter(company=company, back_on__gt=timezone.localdate() - LOOKS_BACK):
        calendar = calendar.without(first=absence.first_day, back_on=absence.back_on)
    return calendar


def is_overdue(*, inquiry: Inquiry, now: datetime) -> bool:
    """The first answer is late, and the exporter could answer: a suspended one is not late, it is gone."""
    return inquiry.company.is_public and inquiry.is_overdue_at(now)


def _describe(message: Message, inquiry: Inquiry, side: str) -> Entry:
    if message.side == Side.EVENT:
        return Entry(message, _tell_event(message), "", "", is_mine=False, is_event=True)
    firms = {Side.BUYER: inquiry.buyer_organisation, Side.EXPORTER: inquiry.company.legal_name}
    firm = firms.get(Side(message.side), settings.AGENCY_NAME)
    return Entry(
        message, message.text, message.author_name, firm, is_mine=message.side == side, is_event=False,
        warns=message.side != Side.OFFICER and speaks_of_payment_change(message.text),
        files=tuple(message.attachments.all()),
    )  # fmt: skip


def _tell_event(message: Message) -> str:
    if message.event in QUOTATION_EVENTS:
        return _tell_quotation_event(message)
    if message.event in DEAL_EVENTS:
        return _tell_deal_event(message)
    if message.event == Event.DECLINED:
        reason = DeclineReason(message.values["reason"]).label
        return _("The exporter declined: %(reason)s") % {"reason": reason}
    if message.event == Event.CLOSED:
        return _("%(agency)s has barred this buyer and closed the inquiry") % {"agency": settings.AGENCY_NAME}
    return _tell_reading(message)


def _tell_reading(message: Message) -> str:
    values = {"agency": settings.AGENCY_NAME, "until": message.values.get("until", "")}
    if message.event == Event.READING_ENDED:
        return _("%(agency)s no longer reads this thread") % values
    if message.event == Event.REPORTED:
        return _("This thread was reported. Officers of %(agency)s may read it until %(until)s") % values
    if message.event == Event.DISPUTED:
        return (
            _("The parties disagree about a deal. Officers of %(agency)s may read this thread until %(until)s") % values
        )
    if message.values.get("side", "") == Side.BUYER:
        return _("The buyer asked %(agency)s for help. Its officers may read this thread until %(until)s") % values
    return _("The exporter asked %(agency)s for help. Its officers may read this thread until %(until)s") % values


def _tell_quotation_event(message: Message) -> str:
    values: dict[str, str] = message.values
    if message.event == Event.QUOTED:
        return _("%(name)s sent quotation %(number)s, version %(version)s") % values
    if message.event == Event.COUNTERED:
        return _("%(name)s countered quotation %(number)s, version %(version)s") % values
    sentences = {
        OutcomeKind.ACCEPTED: _("%(name)s accepted quotation %(number)s, version %(version)s"),
        OutcomeKind.DECLINED: _("%(name)s declined quotation %(number)s"),
        OutcomeKind.WITHDRAWN: _("%(name)s withdrew quotation %(number)s"),
        OutcomeKind.EXPIRED: _("Quotation %(number)s has expired"),
    }
    return str(sentences[OutcomeKind(values["kind"])] % values)


def _tell_deal_event(message: Message) -> str:
    values: dict[str, str] = message.values
    deals = {
        "shipped": _("%(name)s: the goods of %(number)s are on their way"),
        "received": _("%(name)s: the goods of %(number)s have arrived"),
        "missing": _("%(name)s: the goods of %(number)s have not arrived"),
        "confirmed": _("%(name)s confirmed the deal of %(number)s"),
        "called_off": _("%(name)s called off the deal of %(number)s"),
    }
    samples = {
        SampleState.REQUESTED: _("%(name)s asked for a sample: %(what)s"),
        SampleState.SENT: _("%(name)s sent a sample: %(what)s"),
        SampleState.RECEIVED: _("%(name)s: the sample has arrived: %(what)s"),
        SampleState.APPROVED: _("%(name)s approved the sample: %(what)s"),
        SampleState.REFUSED: _("%(name)s did not approve the sample: %(what)s"),
        SampleState.DECLINED: _("%(name)s sends no sample: %(what)s"),
        SampleState.CANCELLED: _("%(name)s needs no sample any more: %(what)s"),
    }
    sentence = deals[values["step"]] if message.event == Event.DEAL else samples[SampleState(values["state"])]
    return str(sentence % values)
