"""What the thread's page shows besides its forms: messages with their files, the clock in words, who reads along, why nothing can be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inquiries.choices import Event, InquiryState, Side
from inquiries.models import Absence, Attachment, Inquiry, OfficerAccess
from inquiries.selectors.blocks import find_refusal, has_agreement
from inquiries.selectors.quotation_pages import Card, list_thread_cards
from inquiries.selectors.threads import Entry, Seat, is_overdue, list_entries
from inquiries.selectors.titles import describe_inquiry, describe_quantity
from listings.choices import ListingState
from storefronts.choices import CompanyState
from storefronts.selectors.dashboard import Fact
from uploads.choices import Format, UploadState
from uploads.models import Rendition
from uploads.selectors import get_failure_text

THUMB_LABEL = 320
STATE_KINDS = {InquiryState.NEW: "info", InquiryState.ANSWERED: "ok", InquiryState.UNCONFIRMED: "warn"}
MOMENT = "D j M, H:i"


@dataclass(frozen=True)
class Thumb:
    """A small rendition of a picture, at the thread's own address."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class File:
    """A file of a message. `url` is "" while it cannot be opened; `reason` says why it failed; `warns`: it speaks of a bank account."""

    name: str
    size: str
    state: str
    reason: str
    url: str
    thumb: Thumb | None
    warns: bool = False


@dataclass(frozen=True)
class Line:
    """A message with its files, or an event with the quotation that was sent then, if it is the one that holds."""

    entry: Entry
    files: Sequence[File]
    card: Card | None = None


@dataclass(frozen=True)
class Clock:
    """Who waits for whom, in words. `kind` colours the pill: "bad" when it is late."""

    kind: str
    text: str


@dataclass(frozen=True)
class ThreadPage:
    """A thread as one party sees it. `closed` says why nothing can be written; `seen` is the number of the last message."""

    inquiry: Inquiry
    title: str
    state_kind: str
    clock: Clock | None
    away_until: str
    lines: Sequence[Line]
    seen: int
    closed: str
    access: OfficerAccess | None
    is_overdue: bool


def get_thread_page(*, seat: Seat) -> ThreadPage:
    """The thread for the person in this seat. Five queries, one for the renditions when there are files, three when it has quotations."""
    inquiry, now = seat.inquiry, timezone.now()
    entries = list_entries(inquiry=inquiry, side=seat.side)
    cards = list_thread_cards(inquiry=inquiry) if any(entry.message.event == Event.QUOTED for entry in entries) else {}
    lines = [
        Line(entry, [_describe_file(file, inquiry) for file in entry.files], _find_card(entry, cards))
        for entry in entries
    ]
    access = inquiry.accesses.filter(ended_at=None, until__gt=now).first()
    absence = Absence.objects.filter(company_id=inquiry.company_id, back_on__gt=timezone.localdate()).first()
    return ThreadPage(
        inquiry=inquiry, title=describe_inquiry(inquiry=inquiry), state_kind=STATE_KINDS.get(InquiryState(inquiry.state), "none"),
        clock=describe_clock(inquiry=inquiry, side=seat.side, now=now), away_until=date_format(absence.back_on, "j M Y") if absence else "",
        lines=lines, seen=lines[-1].entry.message.number if lines else 0, closed=_explain_closed(seat), access=access,
        is_overdue=is_overdue(inquiry=inquiry, now=now),
    )  # fmt: skip


def _find_card(entry: Entry, cards: dict[tuple[str, str], Card]) -> Card | None:
    values = entry.message.values
    return cards.get((values["quotation"], values["version"])) if entry.message.event == Event.QUOTED else None


def describe_clock(*, inquiry: Inquiry, side: str, now: datetime) -> Clock | None:
    """When the answer is due or since when it is late; None when nobody waits or the exporter cannot answer."""
    if not inquiry.company.is_public or inquiry.waits_since is None or not inquiry.is_open:
        return None
    if inquiry.state != InquiryState.NEW or inquiry.answer_due_at is None:
        since = _write_moment(inquiry.waits_since)
        if side == Side.EXPORTER:
            return Clock("warn", _("Waiting for your answer since %(moment)s") % {"moment": since})
        return Clock("", _("Waits for the exporter since %(moment)s") % {"moment": since})
    values = {"moment": _write_moment(inquiry.answer_due_at)}
    if inquiry.is_overdue_at(now):
        late = _("Late since %(moment)s") if side == Side.EXPORTER else _("The answer is late since %(moment)s")
        return Clock("bad", late % values)
    due = (
        _("Waiting for your answer, due until %(moment)s")
        if side == Side.EXPORTER
        else _("The answer is due until %(moment)s")
    )
    return Clock("warn" if side == Side.EXPORTER else "", due % values)


def list_facts(*, inquiry: Inquiry) -> list[Fact]:
    """What the buyer wants, as components/facts.html shows it. No query."""
    return [
        Fact("box", _("Quantity"), describe_quantity(inquiry=inquiry)),
        Fact("pin", _("Delivery to"), inquiry.place_line),
        Fact("star", _("Sample"), _("Asked for") if inquiry.wants_sample else _("Not asked for")),
        Fact("cal", _("Asked on"), date_format(timezone.localtime(inquiry.asked_at), "j M Y")),
    ]


def find_product_url(*, inquiry: Inquiry) -> str:
    """Where buyers see the product asked about; "" when they do not. No query."""
    listing = inquiry.listing
    if listing is None or listing.state != ListingState.LIVE or not inquiry.company.is_public:
        return ""
    return listing.get_absolute_url()


def count_newer(*, inquiry: Inquiry, seen: int) -> int:
    """How many messages and events came after the one numbered `seen`. One query."""
    return inquiry.messages.filter(number__gt=seen).count()


def _explain_closed(seat: Seat) -> str:
    inquiry = seat.inquiry
    if not seat.can_write:
        return _("You read along. Owners and editors of the company answer.")
    if inquiry.state == InquiryState.UNCONFIRMED:
        return _("This inquiry is not sent yet. Send it with the link in the mail that you got.")
    if seat.side == Side.EXPORTER and inquiry.company.state == CompanyState.SUSPENDED:
        return _("The agency has suspended this company. Nothing can be sent until that is settled.")
    if inquiry.state == InquiryState.DECLINED and not has_agreement(inquiry=inquiry):
        return _("This inquiry was declined. Nothing more can be sent here.")
    refusal = find_refusal(inquiry=inquiry) if seat.side == Side.BUYER else None
    return _(refusal.message) % refusal.values if refusal else ""


def _describe_file(attachment: Attachment, inquiry: Inquiry) -> File:
    upload = attachment.upload
    webps = sorted((one for one in upload.renditions.all() if one.format == Format.WEBP), key=lambda one: one.label)
    small = min(webps, key=lambda one: abs(one.label - THUMB_LABEL), default=None)
    url = ""
    if webps:
        url = _address(attachment, inquiry, webps[-1])
    elif upload.state == UploadState.READY:
        url = reverse("inquiries:file", args=[inquiry.pk, attachment.pk])
    return File(
        name=upload.name, size=str(filesizeformat(upload.byte_size)), state=upload.state, reason=get_failure_text(upload=upload), url=url,
        thumb=Thumb(_address(attachment, inquiry, small), small.width, small.height) if small else None,
        warns=attachment.message.side != Side.OFFICER and upload.speaks_of_payment,
    )  # fmt: skip


def _address(attachment: Attachment, inquiry: Inquiry, rendition: Rendition) -> str:
    return reverse("inquiries:rendition", args=[inquiry.pk, attachment.pk, rendition.label, rendition.format])


def _write_moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), MOMENT)
