"""For how long, and why, officers may read one thread."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inquiries.choices import AccessCause, Side
from inquiries.models.thread import Inquiry

HELP_CASE, DISPUTE_CASE = "inquiry", "dispute"
CASE_KINDS = (HELP_CASE, DISPUTE_CASE)


class OfficerAccess(models.Model):
    """A party asked for help, reported the other or disputes a deal: officers may read until then. Each reading is in the audit."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="accesses")
    cause = models.CharField(max_length=10, choices=AccessCause)
    asked_side = models.CharField(max_length=10, choices=Side)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(help_text=_("What the party wrote to the agency."))
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        verbose_name_plural = _("officers' accesses")
        constraints = [
            models.UniqueConstraint(fields=["inquiry"], condition=Q(ended_at=None), name="one_access_at_a_time"),
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="an_access_is_time_boxed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()}: {self.inquiry_id}"

    def is_open_at(self, now: datetime) -> bool:
        """Officers may read."""
        return self.ended_at is None and now < self.until

    @property
    def case_kind(self) -> str:
        """The kind of case that stands for it in the officers' queue."""
        return DISPUTE_CASE if self.cause == AccessCause.DISPUTE else HELP_CASE
