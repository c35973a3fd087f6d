"""Papers about a product: what each kind must say, and who may read one."""

from dataclasses import dataclass
from datetime import date

from core.errors import gettext_noop

MOST_DOCUMENTS = 12
LOT_MISSING = gettext_noop("Give the lot that was tested: a report speaks of one lot only.")
LABORATORY_MISSING = gettext_noop("Name the laboratory.")
DATE_MISSING = gettext_noop("Give the date of the report.")
DATE_AHEAD = gettext_noop("This day lies ahead. Give the day on which the document was issued.")
ENDS_BEFORE = gettext_noop("It ends before it was issued. Correct one of the two days.")


@dataclass(frozen=True)
class DocumentFacts:
    """What the exporter says of a paper. `kind` and `visibility` are the words of `choices`; dates are None where not given."""

    kind: str
    title: str
    visibility: str
    number: str = ""
    lot: str = ""
    issued_by: str = ""
    issued_on: date | None = None
    valid_until: date | None = None

    def says_the_same(self, other: "DocumentFacts") -> bool:
        """Whether all but the readers is equal: an officer who saw one has seen the other."""
        return _facts(self) == _facts(other)


def _facts(document: DocumentFacts) -> tuple[object, ...]:
    return tuple(value for name, value in vars(document).items() if name != "visibility")


def check_document(facts: DocumentFacts, *, today: date) -> list[tuple[str, str]]:
    """Field and message of everything that is missing or cannot be. A laboratory report names its lot, laboratory and date."""
    problems: list[tuple[str, str]] = []
    if facts.kind == "lab_report":
        needed = (("lot", LOT_MISSING), ("issued_by", LABORATORY_MISSING), ("issued_on", DATE_MISSING))
        problems += [(name, message) for name, message in needed if not getattr(facts, name)]
    if facts.issued_on and facts.issued_on > today:
        problems.append(("issued_on", DATE_AHEAD))
    if facts.issued_on and facts.valid_until and facts.valid_until < facts.issued_on:
        problems.append(("valid_until", ENDS_BEFORE))
    return problems


def may_read(*, visibility: str, has_written: bool, is_shown: bool) -> bool:
    """Whether a buyer may read a live product's paper: everybody a public one, who has written, or to whom the exporter shows it."""
    return visibility == "public" or is_shown or (visibility == "inquiry" and has_written)
