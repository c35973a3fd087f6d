"""Rows that every app leans on: jobs, mails to send, audit entries and their seals."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=JobState.WAITING, due_at__lte=now)

    def expired(self, now: datetime) -> Self:
        return self.filter(state=JobState.RUNNING, lease_until__lt=now)


class Job(models.Model):
    """One piece of work to be done after the transaction that asked for it."""

    name = models.CharField(max_length=80)
    key = models.CharField(max_length=120, help_text=_("Jobs of one name and key that still wait are one job."))
    queue = models.CharField(max_length=20)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField()
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, help_text=_("When a wake-up was last sent."))
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"], condition=Q(state="waiting"), name="one_waiting_job_per_key"
            ),
            models.CheckConstraint(condition=Q(attempts__lte=F("max_attempts")), name="attempts_within_limit"),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="job_state_due")]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"


class Allowance(models.Model):
    """How often somebody has done a thing in a window of time; see core.limits. `key` hides who it is."""

    key = models.CharField(max_length=120, unique=True)
    spent = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class WorkerBeat(models.Model):
    """The last sign of life of a worker or indexer process, read by /readyz and the doctor."""

    name = models.CharField(max_length=120, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class OutboxMail(models.Model):
    """A mail written in the caller's transaction and sent by the `mail` queue."""

    message_id = models.CharField(max_length=160, unique=True)
    sender = models.CharField(max_length=320)
    recipient = models.CharField(max_length=320)
    reply_to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_asked_for = models.BooleanField(default=False, help_text=_("Its reader has just asked for it, as for a code."))
    withheld_at = models.DateTimeField(null=True, blank=True, help_text=_("The address takes no mails."))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("mail")

    def __str__(self) -> str:
        return f"{self.subject} -> {self.recipient}"


class SuppressionReason(models.TextChoices):
    BOUNCE = "bounce", _("Mails bounced")
    COMPLAINT = "complaint", _("The reader complained")
    BY_HAND = "by_hand", _("Entered by an officer")


class SuppressedAddress(models.Model):
    """An address that gets no mails but those that its owner has just asked for (sign-in codes, links)."""

    address = models.EmailField(max_length=254, unique=True, help_text=_("In lower case."))
    reason = models.CharField(max_length=10, choices=SuppressionReason)
    note = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-since"]
        verbose_name_plural = _("suppressed addresses")

    def __str__(self) -> str:
        return self.address


class AuditEntry(models.Model):
    """What was done, to what, by whom: ids and field names only; values stand apart and can be erased."""

    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True, blank=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    fields = models.JSONField(default=list, blank=True)
    seal = models.ForeignKey("AuditSeal", null=True, blank=True, on_delete=models.PROTECT, related_name="entries")

    class Meta:
        ordering = ["id"]
        verbose_name_plural = _("audit entries")
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind} {self.subject_id}"


class AuditValue(models.Model):
    """Values that an entry speaks of; personal, so erasable without breaking the chain."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.CASCADE, related_name="values")
    values = models.JSONField()

    def __str__(self) -> str:
        return f"values of {self.entry_id}"


class AuditSeal(models.Model):
    """A link of the hash chain over the entries that were committed since the last one."""

    sequence = models.PositiveBigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"seal {self.sequence}"


class AgencyPage(models.Model):
    """A page that the agency has written itself, in one language; where there is none, the shipped text is shown."""

    slug = models.SlugField(max_length=20)
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), help_text=_("Markdown."))
    edit_count = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["slug", "language"]
        constraints = [models.UniqueConstraint(fields=["slug", "language"], name="one_page_per_language")]

    def __str__(self) -> str:
        return f"{self.slug} ({self.language})"


def new_message_id() -> str:
    return f"<{uuid.uuid4().hex}@lateen>"
