"""Failures that may be shown to the person who caused them."""

from typing import Any


def gettext_noop(message: str) -> str:
    """Mark a message for translation without Django, for modules that stay plain Python."""
    return message


class DomainError(Exception):
    """A rule said no. `message` is an English text marked for translation, with %(named)s placeholders.

    `field` names the form field that it belongs to, if any; `status` is the HTTP status of a page or API answer.
    """

    message = gettext_noop("That is not possible now.")
    status = 409
    field: str | None = None

    def __init__(self, message: str | None = None, *, field: str | None = None, **values: Any) -> None:
        self.message = message or self.message
        self.field = field or self.field
        self.values = values
        super().__init__(self.message % values if values else self.message)


class NotAllowed(DomainError):
    """The person is known to the object but lacks the right."""

    message = gettext_noop("Your role does not allow this. Ask an owner of the company.")
    status = 403


class StaleEdit(DomainError):
    """Somebody else, or another tab, saved in between."""

    message = gettext_noop(
        "This was changed in another window or by a colleague. Your text is still here: compare, then save again."
    )
    status = 409


class TooLarge(DomainError):
    """The body of the request is larger than any page needs."""

    message = gettext_noop("What you sent is too large. Send fewer or smaller files.")
    status = 413


class NotFound(DomainError):
    """It does not exist, or the person may not know that it does: both look the same."""

    message = gettext_noop("There is no such page.")
    status = 404
