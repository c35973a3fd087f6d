"""Messages and drafts of a thread."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.errors import NotAllowed
from core.limits import spend
from inquiries.choices import InquiryState, Side, Via
from inquiries.exceptions import (
    ColleagueAnswered,
    CompanySuspendedNow,
    InquiryDeclined,
    TooManyFiles,
)
from inquiries.models import Attachment, Draft, Inquiry, Message
from inquiries.rules.messages import LONGEST_MESSAGE, MOST_FILES, Reader, clean_text, name_key
from inquiries.selectors.blocks import has_agreement, refuse_blocked_in
from inquiries.selectors.threads import Seat, get_seat
from inquiries.services.clock import note_first_answer
from inquiries.services.telling import tell_other_side
from storefronts.choices import CompanyState
from uploads.services import receive_upload

FILE_PROFILE = "attachment"
MESSAGES_AN_HOUR, HOUR_SECONDS = 60, 3600


@transaction.atomic
def send_message(
    *,
    reader: Reader,
    inquiry_id: UUID,
    text: str,
    key: str,
    files: Sequence[File[bytes]] = (),
    seen: int | None = None,
    via: str = Via.WEB,
) -> Message:
    """Write into a thread; the other side is told. The same `key` again is the same message, and nothing happens twice.

    `seen` is the number of the last message that the writer had before their eyes: an exporter whose colleague has answered since
    is told so first. May: the buyer, and members who may edit. Raises NotFound for strangers, NotAllowed, EmptyMessage,
    MessageTooLong, TooManyFiles, InquiryDeclined, CompanySuspendedNow, ColleagueAnswered, BuyerBlocked, BuyerBarred, and what `receive_upload` refuses.
    """
    seat = get_seat(reader=reader, inquiry_id=inquiry_id, for_update=True)
    key = name_key(kind=via, key=key)
    again = seat.inquiry.messages.filter(key=key).first()
    if again is not None:
        return again
    require_pen(seat=seat)
    if seat.inquiry.state == InquiryState.DECLINED:
        _open_again(seat.inquiry)
    spend(what="inquiry_message", who=f"{inquiry_id}:{seat.side}", most=MESSAGES_AN_HOUR, seconds=HOUR_SECONDS)
    kept = clean_text(text, has_files=bool(files))
    if len(files) > MOST_FILES:
        raise TooManyFiles(limit=MOST_FILES)
    _refuse_crossing(seat, seen)
    message = append_message(inquiry=seat.inquiry, side=seat.side, reader=reader, text=kept, key=key, via=via)
    _attach(message, files, seat)
    Draft.objects.filter(inquiry=seat.inquiry, user=seat.writer).delete()
    if seat.side == Side.EXPORTER:
        note_answer(inquiry=seat.inquiry, state=InquiryState.ANSWERED)
    else:
        note_waiting(inquiry=seat.inquiry, since=message.sent_at)
    tell_other_side(inquiry=seat.inquiry, message=message)
    return message


@transaction.atomic
def save_draft(*, reader: Reader, inquiry_id: UUID, text: str) -> None:
    """Keep what somebody has begun to write; empty words take the draft away. Raises NotFound, NotAllowed, MessageTooLong."""
    seat = get_seat(reader=reader, inquiry_id=inquiry_id)
    if not seat.can_write:
        raise NotAllowed
    if not text.strip():
        Draft.objects.filter(inquiry=seat.inquiry, user=seat.writer).delete()
        return
    kept = clean_text(text[: LONGEST_MESSAGE * 2])
    Draft.objects.update_or_create(inquiry=seat.inquiry, user=seat.writer, defaults={"text": kept})


def append_message(
    *, inquiry: Inquiry, side: str, reader: Reader, text: str, key: str, via: str = Via.WEB, author_name: str = ""
) -> Message:
    """Add a message at the end of a locked thread; who reads along and what follows is the caller's business.

    `author_name` is for a buyer without an account who typed another name than the thread knows.
    """
    now = timezone.now()
    user = reader.user if reader.user.is_authenticated else None
    message = Message.objects.create(
        inquiry=inquiry, number=_next_number(inquiry), key=key, side=side, via=via, author=user, text=text, sent_at=now,
        author_name=author_name or (str(user) if user else inquiry.buyer_name), language=user.language if user else inquiry.buyer_language,
    )  # fmt: skip
    inquiry.last_message_at = now
    inquiry.save(update_fields=["last_message_at"])
    return message


def append_event(*, inquiry: Inquiry, event: str, key: str, **values: str) -> Message:
    """Add what happened at the end of a locked thread."""
    return Message.objects.create(
        inquiry=inquiry,
        number=_next_number(inquiry),
        key=name_key(kind="event", key=key),
        side=Side.EVENT,
        event=event,
        values=values,
        sent_at=timezone.now(),
    )


def was_noted(*, inquiry: Inquiry, key: str) -> bool:
    """An event with this key stands in the locked thread."""
    return inquiry.messages.filter(key=name_key(kind="event", key=key)).exists()


def _next_number(inquiry: Inquiry) -> int:
    last: int | None = inquiry.messages.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def require_pen(*, seat: Seat) -> None:
    """Let nobody write who only reads along, nor where nothing can be written any more: what was agreed is still spoken of.

    Raises NotAllowed, CompanySuspendedNow, InquiryDeclined, BuyerBlocked, BuyerBarred.
    """
    if not seat.can_write:
        raise NotAllowed
    if seat.side == Side.EXPORTER and seat.inquiry.company.state == CompanyState.SUSPENDED:
        raise CompanySuspendedNow
    if seat.inquiry.state == InquiryState.UNCONFIRMED:
        raise NotAllowed
    if seat.inquiry.state == InquiryState.DECLINED and not has_agreement(inquiry=seat.inquiry):
        raise InquiryDeclined
    if seat.side == Side.BUYER:
        refuse_blocked_in(inquiry=seat.inquiry)


def _open_again(inquiry: Inquiry) -> None:
    """What was agreed is spoken of after the decline: the thread waits for answers like any other."""
    inquiry.state, inquiry.decline_reason = InquiryState.ANSWERED, ""
    inquiry.save(update_fields=["state", "decline_reason"])


def _refuse_crossing(seat: Seat, seen: int | None) -> None:
    """Two members answer at once: the second reads the first one's words before theirs go out."""
    if seat.side != Side.EXPORTER or seen is None:
        return
    newer = seat.inquiry.messages.filter(side=Side.EXPORTER, number__gt=seen).exclude(author=seat.writer).last()
    if newer is not None:
        raise ColleagueAnswered(name=newer.author_name)


def _attach(message: Message, files: Sequence[File[bytes]], seat: Seat) -> None:
    for position, file in enumerate(files):
        upload = receive_upload(file=file, profile=FILE_PROFILE, user=seat.writer)
        Attachment.objects.create(message=message, upload=upload, position=position)


def note_answer(*, inquiry: Inquiry, state: InquiryState) -> None:
    """The exporter had the last word in a locked thread; the first time stops the response clock."""
    is_first = inquiry.state == InquiryState.NEW
    inquiry.state, inquiry.waits_since = state, None
    if is_first:
        note_first_answer(inquiry=inquiry, now=timezone.now())
    inquiry.save(update_fields=["state", "waits_since", "decline_reason"])


def note_waiting(*, inquiry: Inquiry, since: datetime) -> None:
    """The buyer had the last word in a locked thread."""
    if inquiry.waits_since is None:
        inquiry.waits_since = since
        inquiry.save(update_fields=["waits_since"])
