"""What can go wrong with listings, their prices, pictures and revisions."""

from core.errors import DomainError, NotFound, gettext_noop


class ListingNotFound(NotFound):
    """There is none, or not for this person."""


class ListingWithdrawn(NotFound):
    """It was offered once and is not any more; similar ones can be shown."""

    message = gettext_noop("This is no longer offered.")
    status = 410

    def __init__(self, *, listing_id: int) -> None:
        self.listing_id = listing_id
        super().__init__()


class ListingIncomplete(DomainError):
    """Something that a submission needs is missing; `missing` names the facts."""

    message = gettext_noop("This product cannot be sent yet. Give what is missing below first.")
    status = 422

    def __init__(self, *, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__()


class NothingToSubmit(DomainError):
    """There is no change that an officer could look at."""

    message = gettext_noop("Nothing has changed since the last decision. Change something first, then send it.")


class RevisionInReview(DomainError):
    """An officer may be looking at it at this moment."""

    message = gettext_noop("An officer is checking this product. Withdraw it to change it.")


class RevisionNotInReview(DomainError):
    """The exporter withdrew it, or another officer decided."""

    message = gettext_noop("This change no longer waits for a decision. Load the queue again.")


class NoPictureReady(DomainError):
    """Buyers would see a product without a picture."""

    message = gettext_noop(
        "No picture is ready to be shown yet. Wait until one is, or ask the exporter to send another one."
    )


class RevisionMovedOn(DomainError):
    """After the decision the exporter went on working; undoing would tear that away."""

    message = gettext_noop(
        "The exporter has gone on working since this decision. It can no longer be undone: decide on the next version."
    )


class WrongListingState(DomainError):
    """The act does not fit the state that the listing is in."""

    message = gettext_noop("That does not fit this product's state any more. Load the page again.")


class ListingArchived(DomainError):
    """Archived products are not edited."""

    message = gettext_noop("This product is in the archive. Take it out of the archive to change it.")


class ReasonNotGiven(DomainError):
    """A suspension needs words."""

    message = gettext_noop("Write why, so that the exporter can act on it.")
    status = 422
    field = "reason"


class TooManyPictures(DomainError):
    """A product shows at most ten pictures."""

    message = gettext_noop("%(name)s was not added: a product has at most %(most)s pictures. Remove one first.")
    status = 422


class PictureGone(DomainError):
    """The picture was removed in the meantime."""

    message = gettext_noop("This picture was removed in the meantime. Load the page again.")


class ArticleNumberTaken(DomainError):
    """Another product of the company carries the number: an order by it would mean two things."""

    message = gettext_noop("Your product “%(title)s” has the number %(number)s already. Give this one its own.")
    status = 422


class LanguageTaken(DomainError):
    """There are texts in the language already, beside the product's own."""

    message = gettext_noop(
        "There are texts in this language already, on the page “Languages”. Take them out there first."
    )
    status = 422
    field = "language"


class TextInSameLanguage(DomainError):
    """The product's own texts are in this language."""

    message = gettext_noop("The texts of the first step are in this language already. Choose another language.")
    status = 422


class DocumentsNotReady(DomainError):
    """Officers approve only papers that they can open."""

    message = gettext_noop("A document is still being checked or could not be read. Wait a moment, or remove it.")


class DocumentGone(DomainError):
    """The document was removed in the meantime."""

    message = gettext_noop("This document was removed in the meantime. Load the page again.")


class TooManyDocuments(DomainError):
    """A product carries so many papers and no more."""

    message = gettext_noop("%(name)s was not added: a product has at most %(most)s documents. Remove one first.")
    status = 422


class TooManySearches(DomainError):
    """A person or an address keeps as many searches as we look through for one."""

    message = gettext_noop("You keep 20 searches already. Stop one of them first.")


class TooManyLists(DomainError):
    """A person keeps as many lists, or a list as many products, as we allow."""

    message = gettext_noop("There is no room for more. Take something out first.")


class ListNameTaken(DomainError):
    """A person has a list of that name."""

    message = gettext_noop("You have a list of this name. Choose another name.")


class HsCodeUnknown(DomainError):
    """It is not in the edition that listings are classified by."""

    message = gettext_noop("There is no such code in the edition of 2022.")
    status = 422
    field = "code"


class LintRulesFaulty(DomainError):
    """The agency's rules cannot be read; the old ones stay."""

    message = gettext_noop("%(rule)s: %(why)s.")
    status = 422
    field = "text"

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(rule=rule, why=why)


class PriceLinkExpired(DomainError):
    """A mailed link about prices answers for thirty days."""

    message = gettext_noop("This link is too old. Your prices can be confirmed after you sign in.")
    status = 410


class PriceLinkClosed(DomainError):
    """It was mailed to somebody who is no longer of the firm or no longer edits its products."""

    message = gettext_noop(
        "This link was for a member of the firm who no longer edits its products. Nothing was changed."
    )
    status = 403


class PriceFirmSuspended(DomainError):
    """The firm of a mailed link is not on the market."""

    message = gettext_noop(
        "Buyers do not see this firm at the moment, so there is nothing to answer. Nothing was changed."
    )
    status = 403


class PricesAnswered(DomainError):
    """A second tap, or a colleague was first."""

    message = gettext_noop("This was answered already. Nothing has changed.")


class NoteNotGiven(DomainError):
    """ "Something else" says nothing without words."""

    message = gettext_noop("Write what came of it.")
    status = 422
    field = "note"


class ListingBlocked(DomainError):
    """A rule of the agency does not let it be sent; `keys` are the rules."""

    message = gettext_noop("This product cannot be sent yet. Mend what stands in red first.")
    status = 422

    def __init__(self, *, keys: tuple[str, ...]) -> None:
        self.keys = keys
        super().__init__()


class CountGone(DomainError):
    """A row of the weeks' counts was taken away while it was added to; nobody sees this, the job is tried again."""
