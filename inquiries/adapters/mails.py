"""Mails as mail programs write them: bytes in, plain values out. Nothing here raises for a strange mail but `UnreadableMail`."""

import hashlib
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses, parseaddr

from bs4 import BeautifulSoup

from inquiries.rules.mails import Bounce, IncomingMail, Part, cut_quoted

RECIPIENT_HEADERS = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
QUOTES = (
    "blockquote",
    ".gmail_quote",
    "#divRplyFwdMsg",
    "#appendonsend",
    ".moz-cite-prefix",
    ".yahoo_quoted",
    "script",
    "style",
    "head",
)
MOST_HEAD_BYTES, MOST_TAGS = 100_000, 5_000
SMALLEST_INLINE_BYTES = 20_000
"""A picture shown inside the text and smaller than this is a logo of the signature."""

BROKEN = (ValueError, LookupError, AttributeError, TypeError, RecursionError)
"""What the standard library's parser raises for hostile mails."""


class UnreadableMail(Exception):
    """These bytes are no mail."""


def read_mail(content: bytes, *, recipient: str, own_host: str) -> IncomingMail:
    """Take a mail apart; `recipient` is the envelope's, "" where the mailbox does not tell."""
    if not content or _measure_head(content) > MOST_HEAD_BYTES:
        raise UnreadableMail("its head is too long")
    try:
        message = message_from_bytes(content, policy=policy.default)
        headers = {name.lower(): str(value) for name, value in reversed(message.items())}
        text = _read_text(message, own_host)
        files = tuple(_list_files(message))
        bounces = tuple(_list_bounces(message))
    except BROKEN as error:
        raise UnreadableMail(str(error)) from error
    if "from" not in headers:
        raise UnreadableMail("no sender")
    return IncomingMail(
        sender=parseaddr(headers["from"])[1].lower(),
        recipients=tuple(_list_recipients(headers, recipient)),
        message_id=headers.get("message-id", "").strip() or hashlib.sha256(content).hexdigest(),
        headers=headers,
        text=text,
        files=files,
        bounces=bounces,
        hops=len(message.get_all("received", [])),
    )


def _list_recipients(headers: dict[str, str], recipient: str) -> Iterator[str]:
    if recipient:
        yield recipient.lower()
    for name in RECIPIENT_HEADERS:
        yield from (address.lower() for _name, address in getaddresses([headers.get(name, "")]) if address)


def _read_text(message: EmailMessage, own_host: str) -> str:
    """The new words: of the plain text, or else of the HTML."""
    plain = message.get_body(preferencelist=("plain",))
    if plain is not None:
        text = str(plain.get_content())
    else:
        html = message.get_body(preferencelist=("html",))
        text = _flatten(str(html.get_content())) if html is not None else ""
    return cut_quoted(text, own_host=own_host)


def _measure_head(content: bytes) -> int:
    """Bytes until the first empty line: what is before it is parsed letter by letter."""
    ends = [end for mark in (b"\r\n\r\n", b"\n\n") if (end := content.find(mark)) >= 0]
    return min(ends, default=len(content))


def _flatten(html: str) -> str:
    if html.count("<") > MOST_TAGS:
        raise UnreadableMail("too many tags")
    soup = BeautifulSoup(html, "html.parser")
    for quoted in soup.select(", ".join(QUOTES)):
        quoted.decompose()
    for tag in soup.find_all(["br", "p", "div", "li", "tr", "h1", "h2", "h3"]):
        tag.append("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().split("\n"))
    return "\n".join(lines).strip()


def _list_files(message: EmailMessage) -> Iterator[Part]:
    for part in message.walk():
        name = part.get_filename() or ("file" if part.get_content_disposition() == "attachment" else "")
        if part.is_multipart() or not name:
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        is_logo = part.get_content_disposition() == "inline" and len(content) < SMALLEST_INLINE_BYTES
        if not is_logo:
            yield Part(str(name), content)


def _list_bounces(message: EmailMessage) -> Iterator[Bounce]:
    """The failed recipients of a delivery report (RFC 3464), with the Message-ID of the mail that it speaks of."""
    if message.get_content_type() != "multipart/report":
        return
    ours = next((found for part in message.walk() if (found := _find_our_id(part))), "")
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                if isinstance(block, Message) and block.get("Final-Recipient"):
                    yield Bounce(
                        address=str(block["Final-Recipient"]).rpartition(";")[2].strip().lower(),
                        action=str(block.get("Action", "")).strip().lower(),
                        status=str(block.get("Status", "")).split(" ")[0].strip(),
                        message_id=ours,
                    )


def _find_our_id(part: Message) -> str:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        ours = inner[0] if isinstance(inner, list) and inner else None
        return str(ours.get("Message-ID", "")).strip() if isinstance(ours, Message) else ""
    if part.get_content_type() == "text/rfc822-headers":
        content = part.get_payload(decode=True)
        return str(message_from_bytes(content).get("Message-ID", "")).strip() if isinstance(content, bytes) else ""
    return ""
