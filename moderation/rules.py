"""What officers compare and decide, due times, and the words that changed: plain values in, plain values out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from ipaddress import ip_address, ip_network
from typing import Any, Literal

CLAIM_LASTS = timedelta(minutes=15)
UNDO_LASTS = timedelta(minutes=10)
WORKING_DAYS_TO_DECIDE = 2
APPEAL_LASTS = timedelta(days=184)
"""No six months are longer. Article 20 of Regulation (EU) 2022/2065 asks for six months at least, from when the person was told."""
SEVERITY = {"approve": 0, "changes": 1, "reject": 2}
SATURDAY = 5

RowKind = Literal["text", "added", "removed", "picture", "price", "same", "link"]


@dataclass(frozen=True)
class Ruling:
    """What an officer decided: an outcome of `choices.Outcome`, why, and the fields that the kind of case asks for."""

    outcome: str
    reason_ids: tuple[int, ...] = ()
    note: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """A file that the officer opens: what it is, and where."""

    text: str
    url: str


@dataclass(frozen=True)
class DiffRow:
    """One fact, live and proposed. Values: text, core.money.Money, a picture (src, alt, width, height), a Link, or a tuple of these.

    `note` is a short remark beside the proposed value ("+11%"), `tone` its colour: ok, warn, bad or info.
    """

    label: str
    before: Any
    after: Any
    kind: RowKind
    note: str = ""
    tone: str = "warn"


@dataclass(frozen=True)
class Check:
    """A check that ran by itself. `state` is ok, warn, bad or info."""

    label: str
    state: str
    text: str


@dataclass(frozen=True)
class Comparison:
    """All that the case page shows of its subject: what changed, what did not, what the checks say, where to look."""

    rows: tuple[DiffRow, ...]
    unchanged: tuple[DiffRow, ...] = ()
    checks: tuple[Check, ...] = ()
    public_url: str = ""
    preview_url: str = ""


@dataclass(frozen=True)
class Recipient:
    """Who gets the statement of reasons, and in which language."""

    email: str
    name: str
    language: str


@dataclass(frozen=True)
class Party:
    """What somebody is to the company that a case is about; strangers have none. `can_edit`: owners and editors."""

    can_edit: bool


@dataclass(frozen=True)
class Reported:
    """What a report is about, in words and addresses; `url` is the public page, `workspace_url` where its company goes on."""

    title: str
    company_name: str
    url: str
    record_url: str = ""
    workspace_url: str = ""


@dataclass(frozen=True)
class Words:
    """A stretch of text; `changed` when the other side does not have it."""

    text: str
    changed: bool


def get_due_time(opened_at: datetime) -> datetime:
    """The same hour two working days later (Monday to Friday), in the zone of `opened_at`."""
    due = opened_at
    left = WORKING_DAYS_TO_DECIDE
    while left:
        due += timedelta(days=1)
        left -= due.weekday() < SATURDAY
    return due


def is_harsher(outcome: str, than: str) -> bool:
    """Would somebody fare worse by this outcome than by the other?"""
    return SEVERITY[outcome] > SEVERITY[than]


def is_overturned(first: str, second: str) -> bool:
    """On appeal a milder outcome overturns the first one; the same outcome upholds it."""
    return SEVERITY[second] < SEVERITY[first]


def name_network(address: str) -> str:
    """The network that an address belongs to, as limits count it: /24 of IPv4, /64 of IPv6; "" when it is no address."""
    try:
        host = ip_address(address)
    except ValueError:  # a proxy that gives no address, or a socket
        return ""
    return str(ip_network(f"{host}/{24 if host.version == 4 else 64}", strict=False))


def mark_words(before: str, after: str) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Both texts cut into stretches that stayed and stretches that changed, word by word."""
    old, new = _split(before), _split(after)
    left: list[Words] = []
    right: list[Words] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        _append(left, "".join(old[i1:i2]), changed=tag != "equal")
        _append(right, "".join(new[j1:j2]), changed=tag != "equal")
    return tuple(left), tuple(right)


def _split(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _append(stretches: list[Words], text: str, *, changed: bool) -> None:
    if text:
        stretches.append(Words(text, changed))
