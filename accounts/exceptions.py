"""Failures of accounts."""

from core.errors import DomainError, NotAllowed, gettext_noop


class AddressTaken(DomainError):
    message = gettext_noop("A person with this email address has an account already.")
    field = "email"


class TaxNumberWrong(DomainError):
    message = gettext_noop("This is not a tax number of that country. Check the digits and the country.")
    status = 422
    field = "tax_id"


class NotAnAdministrator(NotAllowed):
    message = gettext_noop("Only an administrator may do this.")


class DemoLoginRefused(NotAllowed):
    message = gettext_noop(
        "This is a login of the demonstration. It does not work here. Sign in with an account of your own."
    )


class OwnAccount(DomainError):
    message = gettext_noop("You cannot close your own account here. Ask another administrator.")
