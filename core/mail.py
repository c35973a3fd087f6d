"""Mail: a row in the outbox, written in the caller's transaction and sent by the `mail` queue."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from core.audit import record
from core.jobs import Run, cancel, enqueue
from core.models import OutboxMail, SuppressedAddress, SuppressionReason, new_message_id

SEND_JOB = "core.send_mail"


def queue_mail(
    *,
    to: str,
    template: str,
    context: dict[str, Any],
    language: str,
    due_at: datetime | None = None,
    reply_to: str = "",
    headers: dict[str, str] | None = None,
    is_asked_for: bool = False,
) -> OutboxMail:
    """Render `mail/<template>.subject.txt`, `.txt` and `.html` in the reader's language and put the mail into the outbox."""
    with translation.override(language):
        full = {
            "site_url": settings.SITE_URL,
            "agency_name": settings.AGENCY_NAME,
            "brand_name": settings.BRAND_NAME,
            **context,
        }
        subject = render_to_string(f"mail/{template}.subject.txt", full)
        text = render_to_string(f"mail/{template}.txt", full)
        html = render_to_string(f"mail/{template}.html", full)
    return write_outbox(
        to=to,
        subject=subject,
        text=text,
        html=html,
        due_at=due_at,
        reply_to=reply_to,
        headers=headers,
        is_asked_for=is_asked_for,
    )


def write_outbox(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    sender: str = "",
    reply_to: str = "",
    headers: dict[str, str] | None = None,
    due_at: datetime | None = None,
    is_asked_for: bool = False,
) -> OutboxMail:
    """Put one mail to one address into the outbox. To a suppressed address only what its owner has just asked for is sent."""
    with transaction.atomic():
        if not is_asked_for and is_suppressed(address=to):
            return _withhold(to=to, subject=subject, text=text)
        mail = OutboxMail.objects.create(
            message_id=new_message_id(),
            sender=clean_line(sender or settings.DEFAULT_FROM_EMAIL),
            recipient=clean_line(to),
            reply_to=clean_line(reply_to),
            subject=clean_line(subject)[:300],
            text=text.replace("\0", ""),  # PostgreSQL keeps no NUL
            html=html.replace("\0", ""),
            headers={clean_line(name): clean_line(value) for name, value in (headers or {}).items()},
            is_asked_for=is_asked_for,
        )
        enqueue(SEND_JOB, key=str(mail.pk), due_at=due_at, mail_id=mail.pk)
    return mail


def clean_line(text: str) -> str:
    """One line without control characters: what goes into a header may come from a stranger."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _withhold(*, to: str, subject: str, text: str) -> OutboxMail:
    """Keep what would have been sent, for officers to see that it was not."""
    return OutboxMail.objects.create(
        message_id=new_message_id(),
        sender=settings.DEFAULT_FROM_EMAIL,
        recipient=to,
        subject=clean_line(subject)[:300],
        text=text.replace("\0", ""),
        withheld_at=timezone.now(),
    )


def withdraw_mail(*, mail_id: int) -> bool:
    """Take back a mail that was not sent yet; False if it has gone. One that is withheld never leaves, so it counts as taken back."""
    if OutboxMail.objects.filter(pk=mail_id).exclude(withheld_at=None).exists():
        return True
    if not cancel(SEND_JOB, key=str(mail_id)):
        return False
    OutboxMail.objects.filter(pk=mail_id).update(withdrawn_at=timezone.now())
    return True


def send_outbox_mail(*, run: Run, mail_id: int) -> None:
    """Hand one mail to the transport, once: its Message-ID stays the same should a worker die in between."""
    mail = OutboxMail.objects.get(pk=mail_id)
    if mail.sent_at or mail.withdrawn_at or mail.withheld_at:
        return
    if not mail.is_asked_for and is_suppressed(address=mail.recipient):  # it bounced while this one waited
        with run.effect():
            OutboxMail.objects.filter(pk=mail_id).update(withheld_at=timezone.now())
        return
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.sender,
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={**mail.headers, "Message-ID": mail.message_id},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    transport = import_string(settings.MAIL_TRANSPORT["backend"])(**settings.MAIL_TRANSPORT["options"])
    transport.send_messages([message])
    with run.effect():
        OutboxMail.objects.filter(pk=mail_id).update(sent_at=timezone.now())


@transaction.atomic
def suppress_address(*, address: str, reason: str, note: str = "") -> SuppressedAddress:
    """Send no more mails to an address, whatever it is told from now on; a second time changes nothing."""
    suppressed, is_new = SuppressedAddress.objects.get_or_create(
        address=address.lower(), defaults={"reason": SuppressionReason(reason), "note": note[:300]}
    )
    if is_new:
        record(
            "mail.suppressed", subject=suppressed, actor=None, fields=["reason"], values={"address": suppressed.address}
        )
    return suppressed


@transaction.atomic
def release_address(*, address: str, actor: Model) -> None:
    """Send mails to an address again. May: officers, in the admin."""
    for suppressed in SuppressedAddress.objects.filter(address=address.lower()):
        record("mail.released", subject=suppressed, actor=actor, values={"address": suppressed.address})
        suppressed.delete()


def is_suppressed(*, address: str) -> bool:
    """Mails to this address are withheld."""
    return SuppressedAddress.objects.filter(address=address.lower()).exists()


class OutboxBackend(BaseEmailBackend):
    """Django's e-mail backend: whoever sends (allauth too) writes outbox rows, one per recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write one row per recipient; headers given by the sender are kept."""
        for message in email_messages:
            html = next(
                (str(part.content) for part in getattr(message, "alternatives", []) if part.mimetype == "text/html"), ""
            )
            for address in message.recipients():
                write_outbox(
                    to=address,
                    subject=str(message.subject),
                    text=str(message.body),
                    html=html,
                    sender=message.from_email,
                    reply_to=next(iter(message.reply_to), ""),
                    headers=message.extra_headers,
                    is_asked_for=True,
                )
        return len(email_messages)


class EmlBackend(BaseEmailBackend):
    """Write each mail to `<folder>/<message id>.eml`; the same mail twice is one file."""

    def __init__(self, folder: str, **options: Any) -> None:
        super().__init__(**options)
        self.folder = Path(folder)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the files, named by recipient and Message-ID."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = (
                parseaddr(message.to[0])[1].replace("/", "_")[:200]
                + "-"
                + message.extra_headers["Message-ID"].strip("<>").split("@")[0][:12]
            )
            part = self.folder / f".{name}-{uuid4().hex[:8]}.part"  # a mail is there whole or not at all
            part.write_bytes(message.message().as_bytes())
            part.replace(self.folder / f"{name}.eml")
        return len(email_messages)
