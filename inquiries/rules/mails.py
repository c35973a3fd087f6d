"""What a mail is that comes in: a reply, an automatic answer, a bounce; and what of its text is new."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

REPLY_ABOVE = "##-"
"""Stands in a line of its own at the top of mails that can be answered; what follows it in an answer is ours, quoted."""
MOST_HOPS = 30
MACHINES = ("mailer-daemon@", "postmaster@", "noreply@", "no-reply@")
NOT_THE_ADDRESS = re.compile(r"5\.(2\.2|3\.\d+|7\.\d+)")
"""Permanent failures that say nothing about the address: a full mailbox, a mail too large, a policy (RFC 3463)."""


@dataclass(frozen=True)
class Part:
    """A file of a mail."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Bounce:
    """A delivery report (RFC 3464): who could not be reached, its status code, and the Message-ID of our mail."""

    address: str
    action: str
    status: str
    message_id: str


@dataclass(frozen=True)
class IncomingMail:
    """A mail in plain values: addresses in lower case, headers by lower-case name, text without what was quoted."""

    sender: str
    recipients: tuple[str, ...]
    message_id: str
    headers: Mapping[str, str]
    text: str
    files: tuple[Part, ...] = ()
    bounces: tuple[Bounce, ...] = ()
    hops: int = 0


def find_automatic(mail: IncomingMail, *, own_addresses: Sequence[str]) -> str:
    """Why nobody wrote this mail by hand, "" when somebody did: RFC 3834, and what mail programs do besides."""
    headers = mail.headers
    signs = {
        "auto-submitted": headers.get("auto-submitted", "no").split(";")[0].strip().lower() != "no",
        "precedence": headers.get("precedence", "").strip().lower() in {"bulk", "junk", "list", "auto_reply"},
        "list or autoresponder": bool({"list-id", "x-autoreply", "x-autorespond"} & headers.keys()),
        "no return path": headers.get("return-path", "").strip() == "<>" or mail.sender.startswith(MACHINES),
        "loop": mail.sender in own_addresses or mail.hops > MOST_HOPS,
    }
    return next((name for name, found in signs.items() if found), "")


def says_forged(mail: IncomingMail) -> bool:
    """The agency's own mail server found that the sender's domain did not send this (RFC 8601, its topmost header)."""
    return bool(re.search(r"\bdmarc=fail\b", mail.headers.get("authentication-results", ""), re.IGNORECASE))


def is_dead_address(bounce: Bounce) -> bool:
    """The report says that mails to this address will never arrive."""
    return bounce.action == "failed" and bounce.status.startswith("5.") and not NOT_THE_ADDRESS.fullmatch(bounce.status)


def cut_quoted(text: str, *, own_host: str) -> str:
    """The words above our own mail; the line that introduces it ("On Monday … wrote:") goes too, in any language."""
    lines = text.replace("\r\n", "\n").split("\n")
    ours = next((at for at, line in enumerate(lines) if REPLY_ABOVE in line), len(lines))
    kept = lines[:ours]
    while kept and not kept[-1].strip(" >|\u00a0"):
        kept.pop()
    for back in range(1, min(4, len(kept)) + 1):
        introduction = " ".join(kept[-back:])
        if ours < len(lines) and f"@{own_host}" in introduction.lower() and _introduces(kept[-1]):
            return "\n".join(kept[:-back]).strip()
    return "\n".join(kept).strip()


def _introduces(line: str) -> bool:
    return line.rstrip().rstrip(">").rstrip().endswith((":", "\uff1a", ">")) or "@" in line
