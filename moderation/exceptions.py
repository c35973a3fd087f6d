"""What an officer is told when a case cannot be claimed, decided or undone."""

from core.errors import DomainError, NotAllowed, gettext_noop


class OfficersOnly(NotAllowed):
    """Somebody who is no officer tried to work on a case."""

    message = gettext_noop("Only officers may work on cases.")


class OwnCompany(NotAllowed):
    """The officer is a member of the company whose case it is."""

    message = gettext_noop("You are a member of this company. Another officer decides its cases.")


class CaseAlreadyDecided(DomainError):
    """Another officer, or another tab, was first."""

    message = gettext_noop("This case is already decided. Nothing that you sent was changed or mailed.")


class CaseWithdrawn(DomainError):
    """The exporter took the subject back, or sent a newer version."""

    message = gettext_noop("The exporter took this back. There is nothing to decide any more.")


class CaseHeldByAnother(DomainError):
    """Another officer's claim has not run out."""

    message = gettext_noop("%(name)s is looking at this. It is free again after 15 minutes without a visit.")


class ReasonMissing(DomainError):
    """A request for changes or a rejection needs a reason or a note."""

    message = gettext_noop("Choose a reason or write a note: the exporter must learn what to change.")
    status = 422
    field = "reasons"


class ReasonUnknown(DomainError):
    """A reason that is switched off, does not exist, or belongs to another kind of case."""

    message = gettext_noop("One of the reasons is no longer in use. Choose again.")
    status = 422
    field = "reasons"


class ReasonsWithApproval(DomainError):
    """Reasons were ticked and the case was approved: one of the two was not meant."""

    message = gettext_noop("You ticked a reason for a change. Untick it to approve, or ask for changes.")
    status = 422
    field = "reasons"


class UndoTooLate(DomainError):
    """The ten minutes are over, it was undone already, or the mail has left."""

    message = gettext_noop("This can no longer be undone: ten minutes have passed, or somebody was first.")


class NewerCaseOpen(DomainError):
    """The exporter has sent a newer version since, which waits as its own case."""

    message = gettext_noop("The exporter has sent a newer version since. Decide that one instead.")


class NotYourDecision(NotAllowed):
    """Only the officer who decided, or an administrator, may undo."""

    message = gettext_noop("Only the officer who decided, or an administrator, can undo this.")
