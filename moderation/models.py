"""Cases, the reasons that officers choose from, and decisions."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moderation.choices import CaseState, Outcome, ReportReason
from moderation.rules import is_overturned


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> Self:
        return self.filter(state=CaseState.OPEN)

    def claimable_by(self, officer: object, now: datetime) -> Self:
        """Open cases that nobody else holds, but for appeals against the officer's own decisions."""
        free = self.open().filter(Q(claimed_by=None) | Q(claimed_until__lt=now) | Q(claimed_by=officer))
        return free.exclude(appeal__decision__officer=officer)

    def with_appeal(self) -> Self:
        """What `find_appeal` reads, in the same query."""
        return self.select_related("appeal__decision__officer", "appeal__author")


class Case(models.Model):
    """Something that waits for an officer. The kind says which app knows the subject."""

    kind = models.CharField(max_length=20, db_index=True)
    subject_id = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    company_name = models.CharField(max_length=200)
    changed_after_approval = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="claimed_cases"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"], condition=Q(state="open"), name="one_open_case_per_subject"
            )
        ]
        indexes = [models.Index(fields=["state", "opened_at"], name="case_queue")]

    def __str__(self) -> str:
        return self.title

    def find_appeal(self) -> "Appeal | None":
        """The appeal that opened this case, or None: most cases are a first look."""
        return getattr(self, "appeal", None)

    def is_held_by_another(self, officer: object, now: datetime) -> bool:
        """Somebody else looks at it at this moment."""
        return bool(self.claimed_by and self.claimed_by != officer and self.claimed_until and self.claimed_until >= now)


class Reason(models.Model):
    """A reason that officers may give, as a row, so that the agency can add its own."""

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=120, help_text=_("What officers read in the list."))
    statement = models.TextField(help_text=_("What the exporter reads: what is wrong and what to do."))
    kind = models.CharField(max_length=20, blank=True, help_text=_("Only for this kind of case; empty for all."))
    position = models.PositiveSmallIntegerField(default=100)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return gettext(self.label)

    @property
    def statement_text(self) -> str:
        """The statement in the reader's language, where the message catalogue has it."""
        return gettext(self.statement)


class Decision(models.Model):
    """What one officer decided, when, why; it can be undone for ten minutes."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reasons = models.ManyToManyField(Reason, blank=True, related_name="decisions")
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField(db_default=Now())
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    mails = models.ManyToManyField("core.OutboxMail", blank=True, related_name="+")
    kept = models.JSONField(default=dict, blank=True, help_text=_("What the kind of case needs to undo it."))

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(undone_at=None), name="one_standing_decision_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.case_id}"

    def can_be_undone(self, now: datetime) -> bool:
        return self.undone_at is None and now <= self.undo_until


class Appeal(models.Model):
    """Somebody of the company says that a decision is wrong. It opens a case of its own, which another officer decides.

    It waits, is decided or was withdrawn as its case is; the first decision stays as it was.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="appeal")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="appeals"
    )
    text = models.TextField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.decision_id}"

    def is_overturned_by(self, outcome: str) -> bool:
        """Would this outcome overturn the decision?"""
        return is_overturned(self.decision.outcome, outcome)


class Report(models.Model):
    """Somebody says that a public product or storefront is wrong. Only officers learn who."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    reason = models.CharField(max_length=10, choices=ReportReason)
    text = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    digest = models.CharField(max_length=64, help_text=_("Of reason, text and address: the same report twice is one."))
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="the_same_report_is_one")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.case_id}"
