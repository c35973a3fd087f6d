"""What can go wrong with companies, their people and their invitations."""

from core.errors import DomainError, gettext_noop


class CompanyIncomplete(DomainError):
    """Something that officers need is missing; `missing` names the fields."""

    message = gettext_noop("Some facts are missing. Fill them in, then send the company again.")
    status = 422

    def __init__(self, message: str | None = None, *, missing: tuple[str, ...] = ()) -> None:
        self.missing = missing
        super().__init__(message, field=missing[0] if missing else None)


class NothingToCheck(DomainError):
    """There is no change that an officer could look at."""

    message = gettext_noop("Nothing has changed since the last decision. Change something first, then send it.")


class CompanyIsSuspended(DomainError):
    """An officer took the company off the market."""

    message = gettext_noop(
        "The agency has suspended this company. It can be changed again once the suspension has ended."
    )
    status = 403


class WrongCompanyState(DomainError):
    """The company moved on in between."""

    message = gettext_noop("The company's state has changed in the meantime. Load the page again.")


class NumberAlreadyVerified(DomainError):
    """Another verified company of that country holds the registration number."""

    message = gettext_noop("A verified company in this country already holds this registration number.")
    status = 409
    field = "registration_number"


class ReasonNotGiven(DomainError):
    """A suspension needs words."""

    message = gettext_noop("Write why, so that the company can act on it.")
    status = 422
    field = "reason"


class VerificationPeriodWrong(DomainError):
    """A verification ends after it begins."""

    message = gettext_noop("The verification must end on a later day than today.")
    status = 422
    field = "verified_until"


class ChannelRefused(DomainError):
    """A contact that nobody could use."""

    message = gettext_noop("This contact cannot be used. Check how it is written.")
    status = 422


class AlreadyMember(DomainError):
    """The person belongs to the company already."""

    message = gettext_noop("%(email)s is already in your team.")
    status = 409
    field = "email"


class AlreadyInvited(DomainError):
    """An open invitation waits for that address."""

    message = gettext_noop("An invitation to %(email)s is still open. Take it back first to send a new one.")
    status = 409
    field = "email"


class InvitationGone(DomainError):
    """The link is too old, was used, or was taken back."""

    message = gettext_noop("This invitation can no longer be used. Ask the owner of the company for a new one.")
    status = 410


class InvitationExpired(InvitationGone):
    """Seven days have passed."""

    message = gettext_noop(
        "This invitation has expired: it was good for seven days. Ask the owner of the company for a new one."
    )


class InvitationRevoked(InvitationGone):
    """The owner took it back."""

    message = gettext_noop("This invitation was taken back by the company.")


class InvitationUsed(InvitationGone):
    """Somebody joined with it."""

    message = gettext_noop("This invitation was used already. If that was you, sign in to reach the company.")


class InvitationForSomebodyElse(DomainError):
    """The signed-in address is not the invited one."""

    message = gettext_noop(
        "This invitation was sent to %(invited)s, but you are signed in as %(email)s. Sign out, then sign in with the invited address."
    )
    status = 403


class AlreadyOwner(DomainError):
    """Nothing is left to hand over."""

    message = gettext_noop("%(name)s is an owner already.")


class OfferImpossible(DomainError):
    """An officer, or somebody whose account is closed, cannot own a company."""

    message = gettext_noop("This person cannot own a company. Choose another colleague.")
    status = 422


class OfferOpen(DomainError):
    """One offer at a time."""

    message = gettext_noop("An offer is still open. Take it back first to make another one.")


class OfferGone(DomainError):
    """The offer of ownership was answered, taken back, or is too old."""

    message = gettext_noop("This offer can no longer be used.")
    status = 410


class OfferAccepted(OfferGone):
    """It was used once."""

    message = gettext_noop(
        "This offer was accepted already: the company has changed hands. Nothing more is to be done."
    )


class OfferDeclined(OfferGone):
    """The colleague did not want it."""

    message = gettext_noop("This offer was declined already. Everything stayed as it was.")


class OfferWithdrawn(OfferGone):
    """The owner changed their mind."""

    message = gettext_noop("This offer was taken back. Everything stayed as it was.")


class OfferExpired(OfferGone):
    """Seven days have passed."""

    message = gettext_noop("This offer has expired: it was good for seven days. Ask the owner for a new one.")


class OfferLapsed(OfferGone):
    """One of the two left, or has another role now; or it expired and another one was made."""

    message = gettext_noop("This offer no longer holds: it has expired, or one of you has another role now.")


class LastOwner(DomainError):
    """A company keeps at least one owner."""

    message = gettext_noop("A company needs an owner. Make somebody else an owner first.")


class ChangedSinceDecision(DomainError):
    """The exporter went on working after the decision, so the old state cannot be put back."""

    message = gettext_noop(
        "The company has changed something since. The decision stands; decide the next version instead."
    )


class BeingChecked(DomainError):
    """An officer looks at the facts; they stay as they were sent."""

    message = gettext_noop("An officer is checking these facts. Take them back first if you want to change something.")


class TooManyInvitations(DomainError):
    """A company may have a limited number of open invitations, so that nobody mails strangers in our name."""

    message = gettext_noop("Twenty invitations are open already. Take some back first.")
    field = "email"


class UnknownFact(DomainError):
    """A field that is not among the company's facts, or a value of the wrong shape."""

    message = gettext_noop("This value cannot be used.")
    status = 422


class MemberFileFaulty(DomainError):
    """A list of members cannot be read as a table; nothing of it is written."""

    message = gettext_noop("%(place)s: %(why)s.")
    status = 422
    field = "file"

    def __init__(self, place: str, why: str) -> None:
        super().__init__(place=place, why=why)


class MemberRowsFaulty(DomainError):
    """Some rows of a list are wrong: nothing is written."""

    message = gettext_noop("Some rows are wrong, so nothing was written. The list says which.")
    status = 422
    field = "file"


class CodeUnknown(DomainError):
    """No open code reads so: mistyped, used, replaced or too old. Which of these it is helps only somebody who guesses."""

    message = gettext_noop(
        "This code does not open anything. Compare it with your letter, or ask the agency for a new one."
    )
    status = 422
    field = "code"


class FirmNotConfirmed(DomainError):
    """An officer drafts; only the firm itself sends."""

    message = gettext_noop("The firm sends it, once it has confirmed its entry. What you wrote is kept for it.")


class AlreadyConfirmed(DomainError):
    """Somebody of the firm works on it already."""

    message = gettext_noop("Somebody of this firm has confirmed it already. Ask them for an invitation.")


class CompanyNotVerified(DomainError):
    """Only a firm that the agency has verified keeps an account here."""

    message = gettext_noop("The agency must verify your company first. Then buyers can be told where to pay.")
    status = 403


class SecondFactorNeeded(DomainError):
    """A password alone changes no account: whoever took over a mailbox has that too."""

    message = gettext_noop("Prove your second factor once more, then send this again. It counts for five minutes.")
    status = 403


class SecondFactorTooNew(DomainError):
    """It was set up within the last day, perhaps by whoever took the account over."""

    message = gettext_noop(
        "Your second factor is too new: it counts here a day after you set it up. All owners are told of a change."
    )
    status = 403


class PaymentChangeRuns(DomainError):
    """One change at a time."""

    message = gettext_noop("A change of your account waits already. Take it back first, if it is wrong.")


class PaymentChangeEnded(DomainError):
    """It was taken back, refused or is in use."""

    message = gettext_noop("This change does not wait any more. Nothing was changed.")


class PaymentFactMissing(DomainError):
    """Holder or bank."""

    message = gettext_noop("Fill this in as it stands on a bank statement.")
    status = 422


class IbanWrong(DomainError):
    """The check digits do not fit."""

    message = gettext_noop(
        "This is not an IBAN: its check digits do not fit the others. Compare it with a bank statement."
    )
    status = 422
    field = "number"


class AccountNumberWrong(DomainError):
    """No account number looks like this."""

    message = gettext_noop("Write the IBAN, or an account number of 4 to 34 letters and digits.")
    status = 422
    field = "number"


class BicWrong(DomainError):
    """A BIC has 8 or 11 letters and digits."""

    message = gettext_noop(
        "A BIC has 8 or 11 letters and digits, such as ECOCGHAC. Leave it empty if you do not know it."
    )
    status = 422
    field = "bic"


class NumberMissing(DomainError):
    """Which number the officer called."""

    message = gettext_noop("Write the number that you called. It is one from before the change.")
    status = 422
    field = "number"


class CallNoteMissing(DomainError):
    """With whom the officer spoke."""

    message = gettext_noop("Write whom you spoke to, and what they said.")
    status = 422
    field = "note"


class PaymentReasonMissing(DomainError):
    """Why a change is refused."""

    message = gettext_noop("Say why: the owners read it.")
    status = 422
    field = "reason"


class OwnPaymentChange(DomainError):
    """An officer who is a member of the firm decides nothing about its account."""

    message = gettext_noop("You belong to this company, so another officer must call.")
    status = 403
