"""What can go wrong with loads, rate cards, landed costs and requests to forwarders."""

from core.errors import DomainError, gettext_noop


class MeasureMissing(DomainError):
    """A weight or a size that the price depends on is not known."""

    message = gettext_noop("The exporter has not said how the product is packed, so nobody can tell the freight.")
    status = 422

    def __init__(self, measure: str) -> None:
        super().__init__()
        self.measure = measure


class RoundingUnknown(DomainError):
    """A tariff rounds in a way that we do not know."""

    message = gettext_noop("“%(rounding)s” is no rounding. Write none, or a direction and a step such as ceil_0.5.")
    status = 422


class UnitUnknown(DomainError):
    """A measure is given in a unit that we do not know."""

    message = gettext_noop("“%(unit)s” is no unit of length or weight that we know.")
    status = 422


class NoBreakFits(DomainError):
    """The card has no price for this weight."""

    message = gettext_noop("The card has no price for %(weight_kg)s kg.")
    status = 422


class NoRate(DomainError):
    """There is no rate between two currencies that is young enough."""

    message = gettext_noop("There is no exchange rate from %(source)s to %(target)s of the last %(days)s days.")
    status = 422


class CurrencyUnknown(DomainError):
    """No bank whose rates we have publishes one for the currency."""

    message = gettext_noop("There is no exchange rate for %(currency)s.")
    status = 422


class CoverTooLow(DomainError):
    """CIF and CIP ask the seller for more cover than that."""

    message = gettext_noop("Under CIF and CIP the goods are insured for at least 110 percent of their price.")
    status = 422


class ExampleUnreadable(DomainError):
    """A worked example has a kind, an input or an expectation that we do not know."""

    message = "%(why)s"
    status = 422

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class CardFileFaulty(DomainError):
    """A rate card cannot be read as a table at all."""

    message = gettext_noop("%(place)s: %(why)s.")
    status = 422
    field = "file"

    def __init__(self, place: str, why: str) -> None:
        super().__init__(place=place, why=why)


class CardRowsFaulty(DomainError):
    """Some cells of a rate card are wrong; nothing of it is written."""

    message = gettext_noop("Faults in the card: %(number)s. Nothing was written; mend them and send it again.")
    status = 422


class TariffIsOthers(DomainError):
    """The code belongs to a tariff with another owner or mode."""

    message = gettext_noop("There is a tariff “%(code)s” already, with another owner or mode. Choose another code.")
    status = 409


class ValidityOverlaps(DomainError):
    """Two published versions of a tariff would hold on one day."""

    message = gettext_noop(
        "Version %(number)s is published for %(first)s to %(last)s. The days of two versions must not overlap."
    )
    status = 409


class VersionAlreadyPublished(DomainError):
    """A published version does not change and is not published again."""

    message = gettext_noop("This version is published already.")


class VersionGone(DomainError):
    """There is no such version, or this person may not know of it."""

    message = gettext_noop("There is no such version.")
    status = 404


class CompanyUnknown(DomainError):
    """The card names a company that there is not, or that is not this person's."""

    message = gettext_noop("There is no company “%(company)s” for which you may bring in cards.")
    status = 422


class NobodyAsked(DomainError):
    """Nobody was chosen."""

    message = gettext_noop("Choose at least one forwarder.")
    status = 422


class ForwarderNotAskable(DomainError):
    """Switched off meanwhile, another firm's, or not carrying to the destination."""

    message = gettext_noop(
        "One of these forwarders cannot be asked about this. Nobody was asked: look at the list again."
    )


class ForwarderUnreachable(DomainError):
    """The address bounced, or its owner stopped our mails."""

    message = gettext_noop("%(name)s gets no mails from us at the moment. Nobody was asked: choose without them.")


class AddressUnconfirmed(DomainError):
    """Who asks others in our name has shown whose address it is."""

    message = gettext_noop("Confirm your mail address first. Then you can ask forwarders.")
    status = 403


class ShipDayOver(DomainError):
    """The goods were to leave on a day that is over."""

    message = gettext_noop("The day on which the goods were to leave is over. Look up the freight again, then ask.")


class ForwarderLinkExpired(DomainError):
    """The days for an answer are over."""

    message = gettext_noop("The days for an answer are over, so this request is closed. Nothing was sent.")
    status = 410


class ForwarderHasAnswered(DomainError):
    """A request is answered once."""

    message = gettext_noop("This request was answered before. An answer is given once, so nothing was changed.")


class OfferImpossible(DomainError):
    """A price, a currency or a mode that there is not."""

    message = gettext_noop("Write a price above zero in a currency of the list, and how the goods go.")
    status = 422
    field = "amount"


class OfferDayImpossible(DomainError):
    """An offer that is over already, or that nobody would hold so long."""

    message = gettext_noop("Choose a day from %(first)s to %(last)s.")
    status = 422
    field = "valid_until"


class AccountWritten(DomainError):
    """Fraud by a taken-over mailbox begins with an account in a text."""

    message = gettext_noop("These words speak of a bank account. Leave it out: nobody pays by what stands here.")
    status = 422
    field = "note"


class RefusalUnexplained(DomainError):
    """Who asked reads why it cannot be carried."""

    message = gettext_noop("Say in a few words why you cannot carry it.")
    status = 422
    field = "reason"


class ForwarderKnown(DomainError):
    """One address, one forwarder."""

    message = gettext_noop("There is a forwarder with this address already.")
    field = "email"


class TariffFileFaulty(DomainError):
    """A published tariff, or a table of rules, is not in the form that is described."""

    message = gettext_noop("Line %(line)s, column “%(column)s”: %(why)s.")
    without_column = gettext_noop("Line %(line)s: %(why)s.")
    status = 422
    field = "file"

    def __init__(self, line: int, column: str, why: str) -> None:
        super().__init__(None if column else self.without_column, line=line, column=column, why=why)


class RuleRowsFaulty(DomainError):
    """Some cells of a table of rules are wrong; nothing of it is written."""

    message = gettext_noop("The table has %(number)s faults. Nothing was written: mend them and send it again.")
    status = 422


class RuleSetGone(DomainError):
    """There are no such rules."""

    message = gettext_noop("There are no such rules.")
    status = 404


class RuleSetAlreadyDecided(DomainError):
    """Rules are let in or refused once."""

    message = gettext_noop("Somebody has decided about these rules already.")


class SecondOfficerNeeded(DomainError):
    """Where three officers are active, nobody lets their own rules in."""

    message = gettext_noop("You brought these rules in. Another officer reads them and lets them in.")
    status = 403


class LookupGone(DomainError):
    """There is no such lookup, or this person may not know of it."""

    message = gettext_noop("There is no such lookup.")
    status = 404


class OfferGone(DomainError):
    """The lookup has no such offer, or it is no longer current."""

    message = gettext_noop("This offer is no longer current. Ask again.")
    status = 409


class ProfileGone(DomainError):
    """There is no such shipping profile in this firm."""

    message = gettext_noop("There is no such shipping profile.")
    status = 404


class ProfileNameTaken(DomainError):
    """Two profiles of a firm bear one name."""

    message = gettext_noop("You have a shipping profile “%(name)s” already. Choose another name.")
    status = 409
    field = "name"


class TooManyProfiles(DomainError):
    """A firm has as many profiles as anybody can tell apart."""

    message = gettext_noop("You have %(number)s shipping profiles already. Remove one that you no longer use.")
    status = 409


class CardIsNotYours(DomainError):
    """The card in the file belongs to somebody else than the firm for which it is brought in."""

    message = gettext_noop(
        "The card must be your own: in the sheet “card”, write owner: company and company: %(company)s."
    )
    status = 422
    field = "file"


class DestinationNotServed(DomainError):
    """The agency bars this destination. Why is nobody else's business."""

    message = gettext_noop("We cannot price shipments to this destination. Ask the agency.")
    status = 422


class DestinationReviewed(DomainError):
    """An officer looks at shipments to this destination before anything is priced."""

    message = gettext_noop("An officer looks at shipments to this destination first. Write to the agency.")
    status = 422


class CredentialUnusable(DomainError):
    """What was typed cannot be a number, a key or a secret of a carrier."""

    message = gettext_noop(
        "Copy this from the carrier’s own pages: 5 to 200 plain letters, digits or signs, no blanks."
    )
    status = 422


class CredentialMissing(DomainError):
    """A new account lacks one of its three credentials."""

    message = gettext_noop("A carrier is asked with all three: account number, key and secret.")
    status = 422


class AccountNameMissing(DomainError):
    """Nobody could tell two accounts apart without a name."""

    message = gettext_noop("Give the account a name by which your colleagues know it.")
    status = 422
    field = "name"


class AccountNameTaken(DomainError):
    """Another account at this carrier has the name."""

    message = gettext_noop("There is an account at %(carrier)s called “%(name)s” already. Choose another name.")
    field = "name"


class TooManyAccounts(DomainError):
    """Every account is one more question in each lookup."""

    message = gettext_noop("There are %(most)s accounts already, and each is asked in every lookup. Remove one first.")


class SandboxForBuyers(DomainError):
    """A test system answers with prices that nobody will honour."""

    message = gettext_noop("Prices of a test system are not real, so buyers must not see them. Untick this, or choose the live system.")  # fmt: skip
    status = 422
    field = "is_for_buyers"


class AccountAlreadyOn(DomainError):
    """It is not switched off."""

    message = gettext_noop("This account is not switched off.")


class AccountAlreadyOff(DomainError):
    """It is switched off already."""

    message = gettext_noop("This account is switched off already.")


class AccountUnreadable(DomainError):
    """None of the keys on this machine opens the credentials of an account."""

    message = gettext_noop("The credentials of “%(account)s” cannot be read on this machine: type them again, or bring the key back.")  # fmt: skip
    status = 503
