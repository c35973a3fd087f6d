"""A tick: one question about a certificate, answered with a sentence."""

from dataclasses import dataclass, field
from typing import Any, Literal

from core.errors import gettext_noop

Result = Literal["pass", "fail", "unknown"]

TICK_LABELS = {
    "holder": gettext_noop("Holder"),
    "site": gettext_noop("Site"),
    "scope": gettext_noop("Scope"),
    "dates": gettext_noop("Dates"),
    "issuer": gettext_noop("Issuer"),
    "number": gettext_noop("Number"),
    "register": gettext_noop("Register"),
    "number_reuse": gettext_noop("Number used elsewhere"),
    "file_reuse": gettext_noop("File seen before"),
}
"""The nine questions in the order in which an officer reads the answers."""
OFFICER_ONLY = frozenset({"number_reuse", "file_reuse"})
"""A doubt about somebody else is for officers to look into, not for an exporter to be accused by."""


@dataclass(frozen=True)
class Tick:
    """`sentence` is English with named placeholders, marked for translation; `values` fill it. Plain values throughout:
    `day` is an ISO date, `reason` a sentence with values of its own."""

    name: str
    result: Result
    sentence: str
    values: dict[str, Any] = field(default_factory=dict)
    officer_only: bool = False
