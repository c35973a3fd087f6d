"""Mails that come in: a reply becomes a message of its thread, a bounce stops mails to a dead address, automatic answers are ignored."""

import hashlib
from collections.abc import Iterable
from email.utils import parseaddr
from enum import StrEnum
from uuid import UUID

import structlog
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.utils import translation

from accounts.models import User
from core.errors import NotFound, gettext_noop
from core.limits import spend
from core.mail import queue_mail, suppress_address
from core.models import OutboxMail
from inquiries.choices import Via
from inquiries.exceptions import LinkExpired, MailRefused
from inquiries.models import Inquiry
from inquiries.rules.mails import Bounce, IncomingMail, Part, find_automatic, is_dead_address, says_forged
from inquiries.rules.messages import LONGEST_MESSAGE, MOST_FILES, Reader
from inquiries.selectors.links import read_reply_address
from inquiries.selectors.threads import get_linked_inquiry
from inquiries.services.messages import FILE_PROFILE, send_message
from uploads.exceptions import UploadRefused
from uploads.services import check_upload

logger = structlog.get_logger(__name__)

MAILS_AN_HOUR = 30
REFUSALS_AN_HOUR = 3
HOUR_SECONDS = 3600
NO_WORDS = gettext_noop(
    "There were no new words in your mail, only what was quoted. Write above the line, then send it again."
)
FORGED = gettext_noop(
    "Your mail server says that this mail was not sent by the domain it names. Write in the thread on the page."
)
WRONG_SENDER = gettext_noop(
    "This address belongs to somebody else’s mails. Write from the address that our mail was sent to."
)
TOO_MANY = gettext_noop("A message carries at most five files.")


class Received(StrEnum):
    """What became of a mail."""

    MESSAGE = "message"
    IGNORED = "ignored"
    BOUNCE = "bounce"


def receive_mail(*, mail: IncomingMail) -> Received:
    """Take one mail in; the same one twice is one message. What cannot become a message is refused with a sentence for its sender.

    Raises MailRefused (a forged or foreign address, no new words), LinkExpired (an address older than ninety days), NotFound
    (no address of ours), TooOften, and whatever `send_message` raises. Then nothing was written.
    """
    if mail.bounces:
        return _note_bounces(mail.bounces)
    automatic = find_automatic(mail, own_addresses=_list_own_addresses())
    if automatic:
        logger.info("mail_ignored", reason=automatic)
        return Received.IGNORED
    inquiry, reader = _find_seat(mail)
    spend(what="inquiry_mail", who=f"{inquiry.pk}:{mail.sender}", most=MAILS_AN_HOUR, seconds=HOUR_SECONDS)
    files, left_out = _sort_files(mail.files)
    if not mail.text and not files:
        raise MailRefused(NO_WORDS)
    key = hashlib.sha256(f"{mail.message_id}\n{mail.text}".encode("utf-8", "replace")).hexdigest()
    send_message(
        reader=reader, inquiry_id=inquiry.pk, text=mail.text[:LONGEST_MESSAGE], key=key, via=Via.MAIL,
        files=[ContentFile(part.content, name=part.name) for part in files],
    )  # fmt: skip
    if left_out or len(mail.text) > LONGEST_MESSAGE:
        _tell_left_out(mail, inquiry, left_out)
    return Received.MESSAGE


def tell_refusal(*, mail: IncomingMail, sentence: str) -> None:
    """Mail the sender why their mail was not taken, where no mail server does it; a few times an hour, never to a machine."""
    if find_automatic(mail, own_addresses=_list_own_addresses()) or mail.bounces or not mail.sender:
        return
    spend(what="mail_refusal", who=mail.sender, most=REFUSALS_AN_HOUR, seconds=HOUR_SECONDS)
    queue_mail(
        to=mail.sender, template="inquiry_refused", language=translation.get_language() or "en",
        context={"sentence": sentence}, headers={"Auto-Submitted": "auto-replied"},
    )  # fmt: skip


def _find_seat(mail: IncomingMail) -> tuple[Inquiry, Reader]:
    """The thread and the person that one of the mail's addresses was made for; the sender must be that person."""
    if says_forged(mail):
        raise MailRefused(FORGED)
    inquiry_id, user_id = _read_addresses(mail.recipients)
    inquiry = get_linked_inquiry(inquiry_id=inquiry_id)
    if user_id is None:
        if mail.sender != inquiry.buyer_email:
            raise MailRefused(WRONG_SENDER)
        return inquiry, Reader(AnonymousUser(), frozenset({str(inquiry.pk)}))
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not EmailAddress.objects.filter(user=user, email__iexact=mail.sender, verified=True).exists():
        raise MailRefused(WRONG_SENDER)
    return inquiry, Reader(user)


def _read_addresses(recipients: Iterable[str]) -> tuple[UUID, int | None]:
    """The first address that we signed; LinkExpired when it is only too old, NotFound when there is none."""
    too_old = False
    for address in recipients:
        try:
            return read_reply_address(address=address)
        except LinkExpired:
            too_old = True
        except NotFound:
            continue
    raise LinkExpired if too_old else NotFound


def _sort_files(parts: Iterable[Part]) -> tuple[list[Part], list[tuple[str, str]]]:
    """Files that a message can carry, and the names of the others with the reason."""
    taken: list[Part] = []
    left_out: list[tuple[str, str]] = []
    for part in parts:
        if len(taken) == MOST_FILES:
            left_out.append((part.name, translation.gettext(TOO_MANY)))
            continue
        try:
            check_upload(file=ContentFile(part.content, name=part.name), profile=FILE_PROFILE)
        except UploadRefused as refusal:
            left_out.append((part.name, translation.gettext(refusal.message) % refusal.values))
        else:
            taken.append(part)
    return taken, left_out


def _tell_left_out(mail: IncomingMail, inquiry: Inquiry, left_out: list[tuple[str, str]]) -> None:
    """The message is in the thread; its writer hears which files, or which end of the text, are not."""
    queue_mail(
        to=mail.sender, template="inquiry_left_out", language=translation.get_language() or "en",
        context={
            "inquiry": inquiry, "left_out": left_out, "was_cut": len(mail.text) > LONGEST_MESSAGE, "limit": LONGEST_MESSAGE,
            "url": f"{settings.SITE_URL}{inquiry.get_absolute_url()}",
        },
        headers={"Auto-Submitted": "auto-replied"},
    )  # fmt: skip


def _note_bounces(bounces: Iterable[Bounce]) -> Received:
    """Stop mails to addresses that do not exist; only a report about a mail that we sent to that very address counts."""
    for bounce in bounces:
        sent = OutboxMail.objects.filter(message_id=bounce.message_id, recipient__iexact=bounce.address).exists()
        if sent and is_dead_address(bounce):
            suppress_address(address=bounce.address, reason="bounce", note=f"{bounce.status} {bounce.message_id}")
        else:
            logger.info("bounce_ignored", status=bounce.status, is_ours=sent)
    return Received.BOUNCE


def _list_own_addresses() -> list[str]:
    return [
        parseaddr(written)[1].lower() for written in (settings.DEFAULT_FROM_EMAIL, settings.REPLY_ADDRESS) if written
    ]
