"""A mailbox read over IMAP (RFC 9051): the mails not read yet, each marked when it is dealt with."""

import imaplib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 30
MOST_AT_ONCE = 200
IMAP_PORT, IMAPS_PORT = 143, 993


class MailboxUnreachable(Exception):
    """The server does not answer, refuses the password, or has no such folder."""


@dataclass(frozen=True)
class Mailbox:
    """An opened folder."""

    connection: imaplib.IMAP4

    def list_unread(self) -> list[bytes]:
        """The UIDs of mails that nobody has read, the oldest first, at most 200."""
        _, found = self.connection.uid("SEARCH", "UNSEEN")
        return (found[0] or b"").split()[:MOST_AT_ONCE]

    def read(self, uid: bytes) -> bytes:
        """The whole mail, still unread."""
        _, found = self.connection.uid("FETCH", uid.decode(), "(BODY.PEEK[])")
        return next((part[1] for part in found if isinstance(part, tuple)), b"")

    def mark_read(self, uid: bytes) -> None:
        """Done with: it stays in the folder."""
        self.connection.uid("STORE", uid.decode(), "+FLAGS", "(\\Seen)")

    def mark_refused(self, uid: bytes) -> None:
        """Done with, and flagged for a person to look at."""
        self.connection.uid("STORE", uid.decode(), "+FLAGS", "(\\Seen \\Flagged)")


@contextmanager
def open_mailbox(url: str) -> Iterator[Mailbox]:
    """Open `imaps://user:password@host:993/INBOX`; raises MailboxUnreachable."""
    parts = urlsplit(url)
    with ExitStack() as stack:
        try:
            connection = _connect(parts.scheme, parts.hostname or "localhost", parts.port)
            stack.callback(_leave, connection)
            connection.login(unquote(parts.username or ""), unquote(parts.password or ""))
            state, _ = connection.select(unquote(parts.path.strip("/")) or "INBOX")
            if state != "OK":
                raise MailboxUnreachable("there is no such folder")
            yield Mailbox(connection)
        except (OSError, imaplib.IMAP4.error) as error:
            raise MailboxUnreachable(str(error)) from error


def _leave(connection: imaplib.IMAP4) -> None:
    """Say goodbye; a server that no longer listens is left without."""
    with suppress(OSError, imaplib.IMAP4.error):
        connection.logout()
    with suppress(OSError):
        connection.shutdown()


def _connect(scheme: str, host: str, port: int | None) -> imaplib.IMAP4:
    if scheme == "imaps":
        return imaplib.IMAP4_SSL(host, port or IMAPS_PORT, timeout=TIMEOUT_SECONDS)
    return imaplib.IMAP4(host, port or IMAP_PORT, timeout=TIMEOUT_SECONDS)
