"""Take in mails that answer ours: from standard input, as a mail server's pipe gives them, or from a mailbox.

receive_mail [--recipient ADDRESS] < mail       exit codes of sysexits.h tell the mail server what to do
receive_mail --poll                             reads the unread mails of REPLY_MAILBOX_URL once; run it every minute
"""

import os
import sys
from argparse import ArgumentParser
from email.utils import parseaddr
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import translation

from core.errors import DomainError, NotFound
from core.limits import TooOften
from inquiries.adapters.mailbox import Mailbox, MailboxUnreachable, open_mailbox
from inquiries.adapters.mails import UnreadableMail, read_mail
from inquiries.rules.mails import IncomingMail, says_forged
from inquiries.services.incoming import receive_mail, tell_refusal

logger = structlog.get_logger(__name__)

LARGEST_BYTES = 30 * 1024 * 1024


class Command(BaseCommand):
    help = "Take in mails that answer inquiries, from standard input or (--poll) from the mailbox REPLY_MAILBOX_URL."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--recipient", default="", help="the envelope's recipient, where the mail server passes it")
        parser.add_argument("--poll", action="store_true", help="read the mailbox once")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.REPLY_ADDRESS:
            raise CommandError("REPLY_ADDRESS is not set, so no mail can be an answer.", returncode=os.EX_CONFIG)
        if options["poll"]:
            self._poll()
        else:
            self._take(sys.stdin.buffer.read(LARGEST_BYTES + 1), options["recipient"])

    def _take(self, content: bytes, recipient: str) -> None:
        """One mail from the pipe; a refusal leaves by the exit code, and the mail server tells the sender."""
        if len(content) > LARGEST_BYTES:
            raise CommandError("The mail is too large.", returncode=os.EX_DATAERR)
        try:
            outcome = receive_mail(mail=self._read(content, recipient))
        except UnreadableMail as error:
            raise CommandError(f"This is no readable mail: {error}", returncode=os.EX_DATAERR) from error
        except NotFound as error:
            raise CommandError("There is no such address.", returncode=os.EX_NOUSER) from error
        except TooOften as error:
            raise CommandError(_explain(error), returncode=os.EX_TEMPFAIL) from error
        except DomainError as error:
            raise CommandError(_explain(error), returncode=os.EX_NOPERM) from error
        except DatabaseError as error:
            raise CommandError("The database does not answer; send it again.", returncode=os.EX_TEMPFAIL) from error
        self.stdout.write(outcome)

    def _poll(self) -> None:
        """All unread mails; one that is refused is flagged and its sender told, a database that is gone leaves the rest unread."""
        if not settings.REPLY_MAILBOX_URL:
            raise CommandError("REPLY_MAILBOX_URL is not set.", returncode=os.EX_CONFIG)
        try:
            with open_mailbox(settings.REPLY_MAILBOX_URL) as mailbox:
                for uid in mailbox.list_unread():
                    self.stdout.write(self._take_from(mailbox, uid))
        except MailboxUnreachable as error:
            raise CommandError(f"The mailbox cannot be read: {error}", returncode=os.EX_TEMPFAIL) from error
        except DatabaseError as error:
            raise CommandError(
                "The database does not answer; the mails stay unread.", returncode=os.EX_TEMPFAIL
            ) from error

    def _take_from(self, mailbox: Mailbox, uid: bytes) -> str:
        try:
            mail = self._read(mailbox.read(uid), "")
        except UnreadableMail as error:
            logger.warning("mail_unreadable", reason=str(error))
            mailbox.mark_refused(uid)
            return "unreadable"
        try:
            outcome: str = receive_mail(mail=mail)
        except TooOften:
            return "later"  # it stays unread
        except DomainError as refusal:
            self._refuse(mail, refusal)
            mailbox.mark_refused(uid)
            return "refused"
        except DatabaseError:
            raise
        except Exception:  # one strange mail must not keep the others waiting for ever; a person finds it flagged
            logger.exception("mail_broke")
            mailbox.mark_refused(uid)
            return "broken"
        mailbox.mark_read(uid)
        return outcome

    def _refuse(self, mail: IncomingMail, refusal: DomainError) -> None:
        logger.info("mail_refused", reason=type(refusal).__name__)
        if isinstance(refusal, NotFound) or says_forged(mail):
            return  # an answer would go to somebody who has not written
        try:
            tell_refusal(mail=mail, sentence=_explain(refusal))
        except TooOften:
            logger.info("mail_refusal_not_told")

    def _read(self, content: bytes, recipient: str) -> IncomingMail:
        return read_mail(content, recipient=recipient, own_host=parseaddr(settings.REPLY_ADDRESS)[1].rpartition("@")[2])


def _explain(error: DomainError) -> str:
    return translation.gettext(error.message) % error.values if error.values else translation.gettext(error.message)
