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
        "report": headers.get("content-type", "").lower().startswith("multipart/report"),
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
    """The new words: above our own mail, without the line that introduces it ("On Monday … wrote:", in any language), and without
    what is quoted or signed at the end. Linear in the text's length: a stranger writes it."""
    lines = text.replace("\r\n", "\n").split("\n")
    ours = next((at for at, line in enumerate(lines) if REPLY_ABOVE in line), None)
    kept = lines if ours is None else lines[:ours]
    quoted = len(kept)
    while quoted and _is_quoted(kept[quoted - 1]):
        quoted -= 1
    is_cut = ours is not None or any(line.lstrip().startswith(">") for line in kept[quoted:])
    kept = kept[:quoted]
    if is_cut:
        kept = kept[: len(kept) - _count_introduction(kept, own_host)]
    signature = next((at for at, line in enumerate(kept) if line.rstrip("\r") == "-- " and at), len(kept))
    return "\n".join(kept[:signature]).strip()


def _is_quoted(line: str) -> bool:
    """Empty, or marked as somebody else's words."""
    return not line.strip(" >|\u00a0") or line.lstrip().startswith(">")


def _count_introduction(lines: Sequence[str], own_host: str) -> int:
    """How many of the last lines introduce what was quoted below them; a mail program breaks the sentence over up to four."""
    last = lines[-1].rstrip(" >") if lines else ""
    if not last.endswith((":", "\uff1a")) and f"@{own_host}" not in last.lower():
        return 0
    for back in range(1, min(4, len(lines)) + 1):
        if f"@{own_host}" in " ".join(lines[-back:]).lower():
            return back
    return 1 if re.search(r"\d", last) else 0
