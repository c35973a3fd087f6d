"""What people are told when a deal or a sample cannot take a step."""

from core.errors import DomainError, gettext_noop


class DealStepDone(DomainError):
    """The step was taken already, or the deal has gone past it."""

    message = gettext_noop("This was said already: the deal is at “%(stage)s”. Nothing was changed.")


class DealCalledOff(DomainError):
    """It fell through; nothing more happens to it."""

    message = gettext_noop("This deal was called off. Nothing was changed.")


class DayImpossible(DomainError):
    """A day that lies ahead, or before the deal was agreed."""

    message = gettext_noop("Choose a day from %(first)s to today.")
    status = 422
    field = "on"


class ValueImpossible(DomainError):
    """Nothing, less, or more than can be meant."""

    message = gettext_noop("Write what was paid in all, above 0 and at most %(most)s.")
    status = 422
    field = "value"


class ReasonMissing(DomainError):
    """Why something is called off, not sent or not approved."""

    message = gettext_noop("Say why: the other side reads it.")
    status = 422
    field = "reason"


class DealLinkOver(DomainError):
    """The mailed link is older than sixty days."""

    message = gettext_noop("This link is too old. Open the thread, or ask the exporter or the agency for a new one.")
    status = 410


class PaperNoteMissing(DomainError):
    """Which paper an officer has seen."""

    message = gettext_noop("Write which paper you saw, with its number and day.")
    status = 422
    field = "note"


class OwnDeal(DomainError):
    """An officer who is a member of the firm documents nothing of it."""

    message = gettext_noop("You belong to this company, so another officer must see the paper.")
    status = 403


class TooManySamples(DomainError):
    """More open samples in one thread than anybody sends."""

    message = gettext_noop("This thread has %(limit)s open samples. Wait for them, or cancel one.")


class SampleStepDone(DomainError):
    """The sample has gone past this step, or ended."""

    message = gettext_noop("This sample is at “%(state)s” already. Nothing was changed.")


class AddressMissing(DomainError):
    """Where a sample goes."""

    message = gettext_noop("Write the address that the sample goes to, with a phone number for the courier.")
    status = 422
    field = "address"


class CourierMissing(DomainError):
    """How a sample travels."""

    message = gettext_noop("Write the courier and the tracking number.")
    status = 422
    field = "courier"
