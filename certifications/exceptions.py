"""What people are told when a certificate cannot be saved, sent, checked or shown."""

from core.errors import DomainError, NotAllowed, gettext_noop


class CertificateLocked(DomainError):
    """It is being checked, or was decided: what officers saw stays as it was."""

    message = gettext_noop("This can no longer be changed. Add the next one when you get it, or withdraw this one.")


class CertificateIncomplete(DomainError):
    """It cannot be sent yet; `missing` names the fields."""

    message = gettext_noop("Something is missing before an officer can check this.")
    status = 422

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__()
        self.missing = missing


class FilesNotReady(DomainError):
    """A worker still reads a file, or one could not be read."""

    message = gettext_noop("A file is not ready yet. Wait until it can be seen here, or remove it.")
    status = 422
    field = "file"


class TooManyFiles(DomainError):
    """More files than one certificate needs."""

    message = gettext_noop("At most %(limit)s files belong to one certificate. Put the pages into one PDF.")
    status = 422
    field = "file"


class DatesReversed(DomainError):
    """The last day lies before the first."""

    message = gettext_noop("The last day must not be before the first. Compare both with the document.")
    status = 422
    field = "valid_until"


class NotYetIssued(DomainError):
    """It begins after today, so nobody can have it in hand."""

    message = gettext_noop("This begins on %(day)s. Send it once it is valid.")
    status = 422
    field = "valid_from"


class AlreadyEnded(DomainError):
    """It has ended: a buyer could not rely on it."""

    message = gettext_noop("This ended on %(day)s. Add the one that is valid now.")
    status = 422
    field = "valid_until"


class SentTwice(DomainError):
    """The company has this certificate, with this number and term, already."""

    message = gettext_noop("You have sent this certificate already. Look for its number in the list.")
    status = 409
    field = "number"


class EvidenceMissing(DomainError):
    """The level claims a check that nobody has written down for this version of the certificate."""

    message = gettext_noop(
        "Nothing shows this level yet. Write down what you found in the register or heard from the issuer first."
    )
    status = 422
    field = "evidence_level"


class NotVerified(DomainError):
    """Only a verified certificate can be revoked."""

    message = gettext_noop("Only a verified certificate can be revoked.")


class CompanySuspendedNow(NotAllowed):
    """The agency has suspended the company."""

    message = gettext_noop("The agency has suspended this company. Nothing can be sent until that is settled.")


class SchemeUnknown(DomainError):
    """The scheme does not exist, or the agency no longer offers it."""

    message = gettext_noop("Choose a scheme from the list.")
    status = 422
    field = "scheme"


class CheckWithoutEvidence(DomainError):
    """Neither words nor a picture show what was found."""

    message = gettext_noop("Paste what stands in the register, or add a picture of it: others must be able to see it.")
    status = 422
    field = "text"


class NothingToCheck(DomainError):
    """The certificate does not wait, and is not verified."""

    message = gettext_noop("This certificate was withdrawn or decided in the meantime. Nothing was written down.")


class TiedOfficer(NotAllowed):
    """The officer belongs to the company."""

    message = gettext_noop("You belong to this company, so another officer must look at its certificates.")


class NotWaiting(DomainError):
    """The certificate does not wait for a decision."""

    message = gettext_noop("This certificate was withdrawn or decided in the meantime.")


class MovedOn(DomainError):
    """The company, or another officer, has gone on since the decision."""

    message = gettext_noop("The certificate has changed since this decision, so it can no longer be taken back.")


class EndedWhileWaiting(DomainError):
    """It was valid when it was sent, and is no more."""

    message = gettext_noop("It ended on %(day)s, while it waited. Ask the company for the one that is valid now.")


class SecondOfficerNeeded(DomainError):
    """Two officers check this scheme, and this one was the first."""

    message = gettext_noop("You approved this one first. A second officer must look at it too.")
    status = 403


class TableUnreadable(DomainError):
    """No table, an empty one, or one that is too long."""

    message = gettext_noop("This is no table with rows, or it has more than %(most)s. Save it as CSV in UTF-8.")
    status = 422
    field = "file"


class TableFaulty(DomainError):
    """A row, or a column, is wrong: nothing is written."""

    message = gettext_noop("Something in the table is wrong, so nothing was written. The list says what.")
    status = 422
    field = "file"


class SigningKeyMissing(DomainError):
    """The file with the private half of the current key is not on this machine."""

    message = gettext_noop("The private key %(key)s is not in the folder of keys. Restore it, or rotate to a new one.")


class FolderNotEmpty(DomainError):
    """An export would mix with what lies there."""

    message = gettext_noop("The folder %(folder)s is not empty. Name a new one.")
