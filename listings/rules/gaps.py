"""Where a product stands against what a market asks for: met, ending, missing, stated by the exporter, or not known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from certifications.rules.prefixes import is_covered
from certifications.rules.validity import ENDS_SOON_DAYS


class Match(StrEnum):
    """Whether a requirement is about a product. Without an HS code the kind of product can stand in for it."""

    YES = "yes"
    BY_FAMILY = "by_family"
    NEEDS_HS_CODE = "needs_hs_code"
    NO = "no"


class Cell(StrEnum):
    """What stands in a cell, the worst first. Only a certificate that covers the product meets anything."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    STATED = "stated"
    ENDING = "ending"
    MET = "met"


class Hint(StrEnum):
    """What the company has of the scheme, where that does not meet it."""

    NONE = ""
    NOT_COVERED = "not_covered"
    BEING_CHECKED = "being_checked"
    NOT_SENT = "not_sent"
    NOT_BEGUN = "not_begun"
    ENDED = "ended"


@dataclass(frozen=True)
class Asked:
    """A requirement: `scheme` is the code of the scheme that meets it, "" for a document; `origin` country codes, "" for all."""

    family: str
    hs_prefixes: tuple[str, ...] = ()
    origin: str = ""
    scheme: str = ""
    blocks: bool = False


@dataclass(frozen=True)
class Held:
    """A certificate of the company; `covers` says whether it counts for the product."""

    scheme: str
    state: str
    covers: bool = False
    valid_from: date | None = None
    valid_until: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Verified, begun and not ended; the last day counts."""
        has_begun = self.valid_from is not None and self.valid_from <= day
        return self.state == "verified" and has_begun and not self.has_ended_on(day)

    def has_ended_on(self, day: date) -> bool:
        """Its last day lies before."""
        return self.valid_until is not None and self.valid_until < day


@dataclass(frozen=True)
class Finding:
    """A cell with what is behind it: the last day of what meets it, the days left when they are few, or a hint."""

    cell: Cell
    valid_until: date | None = None
    days_left: int | None = None
    hint: Hint = Hint.NONE


def find_match(asked: Asked, *, hs_code: str, origin: str, family: str = "") -> Match:
    """Whether a product with this HS code ("" when nobody knows it), country of origin and kind is meant."""
    if asked.origin and origin not in asked.origin.replace(",", " ").split():
        return Match.NO
    if not asked.hs_prefixes:
        return Match.YES
    if hs_code:
        return Match.YES if is_covered(hs_code, asked.hs_prefixes) else Match.NO
    return Match.BY_FAMILY if family and family == asked.family else Match.NEEDS_HS_CODE


def judge(asked: Asked, held: Iterable[Held], *, has_it: bool, day: date) -> Finding:
    """The cell of a requirement on a day; `has_it` is what the exporter said of a document."""
    if not asked.scheme:
        return Finding(Cell.STATED if has_it else Cell.UNKNOWN)
    own = [one for one in held if one.scheme == asked.scheme]
    meeting = [one for one in own if one.covers and one.is_valid_on(day)]
    if not meeting:
        return Finding(Cell.MISSING, hint=_find_hint(own, day))
    until = max((one.valid_until or date.max) for one in meeting)
    days_left = (until - day).days
    if days_left > ENDS_SOON_DAYS:
        return Finding(Cell.MET, valid_until=None if until == date.max else until)
    return Finding(Cell.ENDING, valid_until=until, days_left=days_left)


def is_open_blocker(asked: Asked, finding: Finding) -> bool:
    """Nothing else matters until this is met; the exporter's word does not lift it."""
    return asked.blocks and finding.cell not in {Cell.MET, Cell.ENDING}


def rank_row(cells: Sequence[tuple[Asked, Finding]]) -> tuple[bool, int]:
    """Rows with an open blocker come first, then those with the worst cell."""
    order = list(Cell)
    is_open = any(is_open_blocker(asked, finding) for asked, finding in cells)
    return not is_open, min(order.index(finding.cell) for _asked, finding in cells)


def _find_hint(own: Sequence[Held], day: date) -> Hint:
    """The best of what the company has."""
    if any(one.is_valid_on(day) for one in own):
        return Hint.NOT_COVERED
    running = [one for one in own if not one.has_ended_on(day)]
    best = ((Hint.BEING_CHECKED, "submitted"), (Hint.NOT_SENT, "draft"), (Hint.NOT_BEGUN, "verified"))
    for hint, state in best:
        if any(one.state == state for one in running):
            return hint
    return Hint.ENDED if any(one.state == "verified" for one in own) else Hint.NONE
