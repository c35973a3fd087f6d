"""What people are told when a quotation cannot be written, sent, opened or answered."""

from core.errors import DomainError, gettext_noop


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
    """A line lacks its words, its quantity or its price, or goods and samples their unit."""

    message = gettext_noop(
        "Line %(row)s is not complete: write what it is, how much and in which unit, and the price of one."
    )


class BankDetailsQuoted(QuotationFault):
    """Words of a quotation speak of an account: the company's own stands on the pro forma, so a second one is a mistake or a fraud."""

    message = gettext_noop(
        "Line %(row)s speaks of a bank account. Take it out: the pro forma names your company’s account by itself, and buyers are told to trust no other."
    )
    places = {
        "named_place": gettext_noop(
            "The named place speaks of a bank account. Take it out: the pro forma names your company’s account by itself, and buyers are told to trust no other."
        ),
        "payment_terms": gettext_noop(
            "The payment terms speak of a bank account. Take it out: the pro forma names your company’s account by itself, and buyers are told to trust no other."
        ),
        "documents": gettext_noop(
            "The documents speak of a bank account. Take it out: the pro forma names your company’s account by itself, and buyers are told to trust no other."
        ),
        "notes": gettext_noop(
            "The notes speak of a bank account. Take it out: the pro forma names your company’s account by itself, and buyers are told to trust no other."
        ),
    }
    """What is said of each field but the lines."""


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

    message = gettext_noop(
        "This link no longer opens the quotation. Your mails may hold a newer one; else answer the mail that brought it, or ask the exporter for another."
    )
    status = 410


class GoodsNotPacked(QuotationFault):
    """Freight cannot be looked up: nobody knows how a line's goods are packed."""

    message = gettext_noop(
        "Line %(row)s cannot be weighed. Missing: %(missing)s. Choose one of your products in the line, and say on the product how it is packed."
    )


class FreightOfOtherGoods(QuotationFault):
    """The prices of a lookup are not for what the draft has now."""

    message = gettext_noop(
        "These prices are for other goods, another quantity or another place than the draft has now. Ask for prices again."
    )
    status = 409
