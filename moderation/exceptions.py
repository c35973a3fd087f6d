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


class FirstOfficer(NotAllowed):
    """The officer who made the decision looks at the appeal against it."""

    message = gettext_noop("You made the decision that is appealed. Another officer decides this appeal.")


class NoOtherOfficer(FirstOfficer):
    """The same, and the agency has nobody else."""

    message = gettext_noop(
        "You made the decision that is appealed, and the agency has no other officer who could decide. "
        "Ask an administrator to invite one; until then the appeal waits."
    )


class HarsherOnAppeal(DomainError):
    """Whoever appeals must not fare worse for it."""

    message = gettext_noop("An appeal cannot make it worse: the first decision was milder than this.")
    status = 422


class NothingToAppeal(DomainError):
    """An approval, a decision that was taken back, or a kind of decision that knows no appeal."""

    message = gettext_noop("This decision cannot be appealed: nothing was refused, or it was taken back.")


class DecidedOnAppeal(DomainError):
    """There is one appeal, not two."""

    message = gettext_noop("This was decided on appeal, by a second officer. It is final.")


class AlreadyAppealed(DomainError):
    """A colleague or another tab was first."""

    message = gettext_noop("This decision has been appealed already. A decision can be appealed once.")


class AppealTooLate(DomainError):
    """More than six months have passed."""

    message = gettext_noop("A decision can be appealed within six months. That time is over.")


class SubjectMovedOn(DomainError):
    """What was decided about is not the newest version any more."""

    message = gettext_noop(
        "You have changed something since this decision, so there is nothing to look at again. "
        "Send the new version: an officer looks at that one."
    )


class AppealTextMissing(DomainError):
    """An appeal says why."""

    message = gettext_noop("Write why you think that the decision is wrong.")
    status = 422
    field = "text"


class AlreadyOut(DomainError):
    """Somebody was first, or an appeal against it waits."""

    message = gettext_noop("This is off the market already. If its company has appealed, decide the appeal.")


class AppealWaits(DomainError):
    """A new act would decide the appeal in passing."""

    message = gettext_noop("An appeal about this waits in the queue. Decide that first.")
