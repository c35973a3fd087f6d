"""What people are told when a request for quotation cannot be made, matched or answered."""

from core.errors import DomainError, gettext_noop


class NoLines(DomainError):
    """A request for quotation without a line."""

    message = gettext_noop("Say what you need: fill in at least one line.")
    status = 422


class TooManyRequestLines(DomainError):
    """More lines than one request carries."""

    message = gettext_noop("A request carries at most %(most)s lines. Send the others in a second one.")
    status = 422


class LineNotDescribed(DomainError):
    """A line says neither which product nor what."""

    message = gettext_noop("Line %(number)s does not say what you need. Name the product.")
    status = 422


class AmountImpossible(DomainError):
    """Zero, below zero, or more than anybody means."""

    message = gettext_noop("The quantity or price of line %(number)s cannot be meant. Check it.")
    status = 422


class UnitMisfit(DomainError):
    """The line's unit cannot be converted into what the product is sold by."""

    message = gettext_noop("The product of line %(number)s is not sold by this unit. Choose one of: %(units)s.")
    status = 422


class TargetWithoutCurrency(DomainError):
    """A target price in no currency, or in one that we do not know."""

    message = gettext_noop("Choose the currency of your target prices.")
    status = 422
    field = "currency"


class NeededInThePast(DomainError):
    """The goods are needed on a day that is over, or in more than three years."""

    message = gettext_noop("Choose a day after today, and within three years.")
    status = 422
    field = "needed_by"


class SchemeUnknown(DomainError):
    """A certificate is asked for that is no longer in the list."""

    message = gettext_noop("One of the certificates is no longer in the list. Choose again.")
    status = 422
    field = "schemes"


class RequestOver(DomainError):
    """The request is closed, rejected or its time is over."""

    message = gettext_noop("This request is no longer open. Nothing was sent.")


class MatchAnswered(DomainError):
    """The exporter answers already, so it can no longer say that it does not want to."""

    message = gettext_noop("Your company answers this request already. Decline in the thread instead.")


class NobodyFits(DomainError):
    """No exporter meets what a sourcing request demands."""

    message = gettext_noop(
        "No exporter meets what is demanded, so nobody can be asked. Leave it waiting, or reject it with a note that says why."
    )


class OnlySentOrRejected(DomainError):
    """An officer asks for changes of a sourcing request, which its buyer cannot make."""

    message = gettext_noop(
        "A request is sent to exporters or rejected. Say in the note what the buyer should change, and reject it."
    )
    status = 422
