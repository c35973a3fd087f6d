"""What a certificate needs before an officer looks at it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DateFault:
    """Why the dates cannot be true today: reversed, not_yet or ended; `day` is the one that shows it."""

    name: str
    day: date


def make_number_key(number: str) -> str:
    """A number as it is compared: letters and figures only, in capitals, so that blanks and dashes make no other number."""
    return "".join(letter for letter in number.upper() if letter.isalnum())


def list_missing(
    *,
    number: str,
    issuer_name: str,
    holder: str,
    scope: str,
    valid_from: date | None,
    valid_until: date | None,
    has_term: bool,
    files: int,
) -> tuple[str, ...]:
    """Names of the fields without which nobody can check it. Only what has a usual term needs a last day."""
    given = {
        "files": files > 0,
        "issuer_name": bool(issuer_name.strip()),
        "number": bool(make_number_key(number)),
        "holder": bool(holder.strip()),
        "scope": bool(scope.strip()),
        "valid_from": valid_from is not None,
        "valid_until": valid_until is not None or not has_term,
    }
    return tuple(name for name, is_given in given.items() if not is_given)


def find_date_fault(*, valid_from: date | None, valid_until: date | None, day: date) -> DateFault | None:
    """The first reason why these dates cannot be those of a certificate that is valid on the day."""
    if valid_from and valid_until and valid_until < valid_from:
        return DateFault("reversed", valid_until)
    if valid_from and valid_from > day:
        return DateFault("not_yet", valid_from)
    if valid_until and valid_until < day:
        return DateFault("ended", valid_until)
    return None
