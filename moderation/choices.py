"""States of a case and outcomes of a decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    OPEN = "open", _("Waiting")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReportReason(models.TextChoices):
    """Why somebody reports a product or storefront: a closed list."""

    FACTS = "facts", _("Facts are wrong or misleading")
    CLAIM = "claim", _("A certificate or claim is not true")
    COPIED = "copied", _("Pictures, texts or a trade mark belong to somebody else")
    GOODS = "goods", _("The goods are forbidden or dangerous")
    FRAUD = "fraud", _("It looks like fraud")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    APPROVE = "approve", _("Approve")
    CHANGES = "changes", _("Ask for changes")
    REJECT = "reject", _("Reject")
