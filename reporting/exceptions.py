"""Why an act of support is not written down, or not struck out."""

from core.errors import DomainError, gettext_noop


class DayNotYet(DomainError):
    """The day lies ahead."""

    message = gettext_noop("This day is still to come. Log support once it was given.")
    field = "day"
    status = 422


class DayTooEarly(DomainError):
    """The day lies so far back that it is a slip."""

    message = gettext_noop("This day lies before %(year)s. Check the year.")
    field = "day"
    status = 422


class MinutesUnlikely(DomainError):
    """Nobody works a minute less than none, or more than a day in a day."""

    message = gettext_noop("Write minutes from 0 to %(most)s: a day has no more. Log several days one by one.")
    field = "minutes"
    status = 422


class CostNegative(DomainError):
    """A cost below nothing."""

    message = gettext_noop("A cost cannot be below 0.")
    field = "cost"
    status = 422


class CostWithoutCurrency(DomainError):
    """An amount of what?"""

    message = gettext_noop("Say in which currency it cost that much.")
    field = "currency"
    status = 422


class CurrencyWithoutCost(DomainError):
    """A currency, and no amount."""

    message = gettext_noop("Write what it cost, or choose “No cost”.")
    field = "cost"
    status = 422


class VoidReasonMissing(DomainError):
    """Nobody would know later why it no longer counts."""

    message = gettext_noop("Say why this no longer counts. Colleagues read it.")
    field = "reason"
    status = 422


class AlreadyVoided(DomainError):
    """Another officer, or another tab, was first."""

    message = gettext_noop("This was struck out already. It stays as it is.")
