"""What can go wrong with tables that come from outside."""

from core.errors import DomainError, gettext_noop


class FileFaulty(DomainError):
    """A file cannot be read; nothing of it is written."""

    message = gettext_noop("Line %(line)s: %(why)s")
    status = 422

    def __init__(self, line: int, why: str) -> None:
        self.line, self.why = line, why
        super().__init__(line=line, why=why)


class RatesFaulty(FileFaulty):
    """A file of exchange rates."""


class HsListFaulty(FileFaulty):
    """A list of HS codes."""
