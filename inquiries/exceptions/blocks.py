"""What buyers, exporters and officers are told where a block or a limit stands in the way. None of it gives a reason away."""

from core.errors import DomainError, gettext_noop


class BuyerBlocked(DomainError):
    """The exporter has blocked this buyer; why, is the exporter's own business."""

    message = gettext_noop(
        "This exporter takes no messages from you. Nothing was sent. What you have agreed with them goes on."
    )
    status = 403


class BuyerBarred(DomainError):
    """The agency has barred this buyer; the reason is in the mail that went to the address."""

    message = gettext_noop(
        "%(agency)s has stopped your address from asking exporters. Nothing was sent. The reason is in a mail to you; write to %(address)s if it is a mistake."
    )
    status = 403


class TooManyExporters(DomainError):
    """A buyer who is new here asks more exporters in a day than anybody compares."""

    message = gettext_noop(
        "In their first week buyers ask at most %(most)s exporters a day. Nothing was sent: ask this one tomorrow."
    )
    status = 429


class BlockedByYou(DomainError):
    """A member writes to, or quotes for, somebody whom the own company has blocked."""

    message = gettext_noop("Your company has blocked this buyer. Unblock them first, on the list of blocked buyers.")


class BuyerIsBarred(DomainError):
    """A member quotes for somebody whom the agency has barred."""

    message = gettext_noop("The agency has barred this buyer from the marketplace. Ask it before you sell to them.")


class BuyerWithoutAddress(DomainError):
    """A buyer who is known by a phone number cannot write here, so there is nothing to block."""

    message = gettext_noop(
        "You know this buyer by phone only, so they cannot write to you here. There is nothing to block."
    )


class BlockReasonMissing(DomainError):
    """A block, a bar, or the end of a bar without its reason."""

    message = gettext_noop("Say why.")
    status = 422
    field = "reason"


class OfficerBarred(DomainError):
    """The address belongs to an officer."""

    message = gettext_noop("This address belongs to an officer. Officers are let go under Users.")
    status = 422
    field = "email"
