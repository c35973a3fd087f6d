"""What people are told when an inquiry cannot be asked, answered or opened."""

from core.errors import DomainError, NotAllowed, gettext_noop


class EmptyMessage(DomainError):
    """Neither words nor a file."""

    message = gettext_noop("Write a message before you send it.")
    status = 422
    field = "text"


class MessageTooLong(DomainError):
    """More than a message may hold."""

    message = gettext_noop(
        "The message has %(size)s characters. At most %(limit)s can be sent: shorten it, or send a file."
    )
    status = 422
    field = "text"


class TooManyFiles(DomainError):
    """More files than one message carries."""

    message = gettext_noop("A message carries at most %(limit)s files. Send the others with the next one.")
    status = 422
    field = "files"


class NothingToAskAbout(DomainError):
    """The product or storefront is not public, so nobody can ask about it."""

    message = gettext_noop("This is not offered at the moment, so nobody can answer. Look at similar products.")
    status = 410


class OwnCompanyAsked(DomainError):
    """A member asks their own company."""

    message = gettext_noop("This is your own company. Buyers see the form here.")


class OwnAddress(OwnCompanyAsked):
    """The address of a buyer belongs to somebody of the company itself."""

    message = gettext_noop("This address belongs to the company itself. A buyer has another one.")
    status = 422
    field = "email"


class LinkExpired(DomainError):
    """The mailed link was right once, and is too old now."""

    message = gettext_noop("This link is too old. Ask for a new one: it goes to the address that asked.")
    status = 410


class InquiryDeclined(DomainError):
    """The exporter has declined; the thread stays readable, and nothing more can be sent."""

    message = gettext_noop("This inquiry was declined. Ask anew from the product’s page.")


class CompanySuspendedNow(NotAllowed):
    """The agency has suspended the exporter; nobody writes to buyers in its name."""

    message = gettext_noop("The agency has suspended this company. Nothing can be sent until that is settled.")


class AlreadyAnswered(DomainError):
    """A colleague was first with a decision that happens once."""

    message = gettext_noop("A colleague was first: this inquiry is declined already. Nothing was sent twice.")


class ColleagueAnswered(DomainError):
    """Another member has answered since this one opened the thread."""

    message = gettext_noop(
        "%(name)s has answered in the meantime. Read it above; your words are kept, send them if they still fit."
    )


class NotAColleague(DomainError):
    """An inquiry is given to somebody who may not answer for the company."""

    message = gettext_noop("Choose a colleague who may write for the company.")
    status = 422
    field = "assigned_to"


class AbsenceImpossible(DomainError):
    """The day of return lies in the past or too far ahead."""

    message = gettext_noop("Choose a day of return between tomorrow and %(latest)s.")
    status = 422
    field = "back_on"


class TemplateNameTaken(DomainError):
    """The company has a template of this name."""

    message = gettext_noop("You have a template of this name. Choose another name, or change that one.")
    status = 422
    field = "name"


class AccessRunsAlready(DomainError):
    """Officers may read this thread at the moment; one case at a time."""

    message = gettext_noop("The agency looks at this already. Write to it in the thread.")


class AccessOver(DomainError):
    """The time in which officers might read is over."""

    message = gettext_noop("The time in which the agency may read this thread is over.")
    status = 404


class MailRefused(DomainError):
    """A mail that cannot become a message; the sentence goes back to its sender."""

    message = gettext_noop("This mail could not be delivered to a thread.")
    status = 422


class NothingToDispute(DomainError):
    """A dispute is about a deal, and this thread has none."""

    message = gettext_noop(
        "Nothing is agreed in this thread, so there is no deal to dispute. Ask for help, or report the other side."
    )
    status = 422
    field = "cause"


class OnlySettled(DomainError):
    """A request for help is settled, and neither refused nor sent back."""

    message = gettext_noop(
        "A request for help can only be settled. Write to both sides in the thread first, if you like."
    )
    status = 422
