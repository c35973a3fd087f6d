"""How high what an officer found can lift a certificate on the evidence ladder."""

from collections.abc import Iterable
from dataclasses import dataclass

DOCUMENT_SEEN = 1
LIFTS = {"register": 2, "issuer": 2, "on_site": 3, "credential": 4}
"""Method to level, as PRODUCT.md's ladder has them."""
CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Found:
    """One check: a value of `CheckMethod`, one of `CheckResult`, and which version of the certificate was compared."""

    method: str
    result: str
    edit_count: int


def find_highest_level(checks: Iterable[Found], *, edit_count: int) -> int:
    """The level that the checks of this version support; the document itself was seen in any case.

    The newest word of each method counts: a register that no longer confirms takes its level back. `checks` newest first.
    """
    newest: dict[str, str] = {}
    for check in checks:
        if check.edit_count == edit_count and check.result != "unreachable":
            newest.setdefault(check.method, check.result)
    return max([DOCUMENT_SEEN, *(LIFTS[method] for method, result in newest.items() if result == CONFIRMED)])
