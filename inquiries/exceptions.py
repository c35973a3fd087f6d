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


class OnlySettled(DomainError):
    """A request for help is settled, and neither refused nor sent back."""

    message = gettext_noop(
        "A request for help can only be settled. Write to both sides in the thread first, if you like."
    )
    status = 422


class QuotationFault(DomainError):
    """Something in a quotation that is typed cannot be sent; `row` counts its lines from 1."""

    status = 422


class NothingQuoted(QuotationFault):
    """No goods and no sample."""

    message = gettext_noop("Quote at least one product or sample before you send it.")


class TooManyLines(QuotationFault):
    """More lines than a buyer reads."""

    message = gettext_noop("A quotation has at most %(limit)s lines. Make a second one for the rest.")


class LineIncomplete(QuotationFault):
    """A line lacks its words, its quantity or its price."""

    message = gettext_noop("Line %(row)s is not complete: write what it is, how much, and the price of one.")


class QuantityImpossible(QuotationFault):
    """Zero, less, or more than can be meant."""

    message = gettext_noop("Line %(row)s: write a quantity above 0 and at most %(most)s.")


class PriceImpossible(QuotationFault):
    """A price of nothing for goods, or more than can be meant."""

    message = gettext_noop("Line %(row)s: write a price above 0 and at most %(most)s. Only samples may cost nothing.")


class UnitDoesNotFit(QuotationFault):
    """The product is sold by another unit."""

    message = gettext_noop("Line %(row)s: this product is sold by the %(unit)s. Quote it in that unit.")


class NotYourProduct(QuotationFault):
    """A line names a listing of another company, or one that is not approved."""

    message = gettext_noop("Line %(row)s names a product that you do not offer. Choose one of yours.")


class CurrencyUnknown(QuotationFault):
    """No such currency."""

    message = gettext_noop("Choose the currency of the quotation.")
    field = "currency"


class IncotermMissing(QuotationFault):
    """Without Incoterm and place nobody knows what the price includes."""

    message = gettext_noop(
        "Choose the Incoterm and write its place, such as FOB Tema: the price means nothing without."
    )
    field = "incoterm"


class PaymentTermsMissing(QuotationFault):
    """When and how the buyer pays."""

    message = gettext_noop("Say when the buyer pays, such as 30% now, 70% against documents.")
    field = "payment_terms"


class LeadTimeMissing(QuotationFault):
    """When the goods are ready."""

    message = gettext_noop("Say in how many days the goods are ready.")
    field = "lead_time_days"


class ValidityImpossible(QuotationFault):
    """The last day lies in the past, or so far ahead that nobody can keep the price."""

    message = gettext_noop("Choose a last day from today to %(latest)s.")
    field = "valid_until"


class TotalImpossible(QuotationFault):
    """Discounts eat everything, or the sum is larger than money gets."""

    message = gettext_noop("The total is %(total)s. Check the lines: it must be above 0 and can be meant.")


class DraftChanged(DomainError):
    """A colleague, or another tab, has saved this draft since it was opened."""

    message = gettext_noop(
        "%(name)s has saved this quotation since you opened it. Your figures are still here: compare, then save again."
    )


class QuotationRuns(DomainError):
    """One open quotation a thread: a second would leave the buyer guessing which one holds."""

    message = gettext_noop(
        "This thread has an open quotation, %(number)s. Make its next version, or withdraw it first."
    )


class NothingToSend(DomainError):
    """There is no draft: it was sent already, or never begun."""

    message = gettext_noop("There is no draft to send. Look at the quotation: a colleague may have sent it.")


class VersionSuperseded(DomainError):
    """The buyer answers a version that a newer one has replaced."""

    message = gettext_noop(
        "Version %(old)s was replaced by version %(new)s. Nothing was accepted: read the new one, then decide."
    )


class QuotationExpired(DomainError):
    """Its last day is over."""

    message = gettext_noop(
        "This quotation was valid until %(day)s. Nothing was accepted. Ask the exporter to renew it."
    )
    status = 410


class QuotationAccepted(DomainError):
    """It is agreed: nothing else can happen to it."""

    message = gettext_noop("This quotation is accepted already, by %(name)s. Nothing was changed.")


class QuotationDeclined(DomainError):
    """The buyer has said no."""

    message = gettext_noop(
        "This quotation was declined by %(name)s. Nothing was changed. The exporter can quote again."
    )


class QuotationWithdrawn(DomainError):
    """The exporter has taken it back."""

    message = gettext_noop("The exporter has withdrawn this quotation. Nothing was accepted. Ask for a new one.")
    status = 410


class SellerSuspended(DomainError):
    """The agency has suspended the exporter: no deal is closed meanwhile."""

    message = gettext_noop("The agency has suspended this exporter. Nothing can be accepted until that is settled.")


class PaperUnavailable(DomainError):
    """The PDF could not be made; the page says the same."""

    message = gettext_noop(
        "The PDF could not be made at this moment. The page of the quotation says the same; try again later."
    )
    status = 503


class NotQuotedYet(DomainError):
    """A draft: no buyer has seen it."""

    message = gettext_noop("This quotation is not sent yet.")


class NameMissing(DomainError):
    """Who accepts or declines says who they are."""

    message = gettext_noop("Type your name: it stands on the quotation, with the time.")
    status = 422
    field = "name"


class CounterEmpty(DomainError):
    """Neither words nor figures."""

    message = gettext_noop("Write what you would agree to: a quantity, a price, or a few words.")
    status = 422
    field = "text"


class NothingToTakeOver(DomainError):
    """The buyer has not countered."""

    message = gettext_noop("The buyer has not said what they would agree to, so there is nothing to take over.")


class NumbersRunOut(DomainError):
    """Many colleagues began a quotation at the same instant, and none of the numbers tried was free."""

    message = gettext_noop("Your colleagues begin quotations at this very moment. Try again.")


class CounterTwice(DomainError):
    """The buyer has said already what they would take instead of this version."""

    message = gettext_noop(
        "You have said what you would agree to. The exporter answers with a new version; write to them meanwhile."
    )


class BuyerUnreachable(DomainError):
    """An own buyer without e-mail and phone."""

    message = gettext_noop("Write the buyer’s e-mail or phone number, so that the quotation can reach them.")
    status = 422
    field = "email"


class QuotationLinkOver(DomainError):
    """The shared link is too old, or the exporter has made a new one."""

    message = gettext_noop("This link no longer opens the quotation. Ask the exporter for a new one.")
    status = 410
