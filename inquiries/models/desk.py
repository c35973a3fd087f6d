"""What a company keeps to answer well: templates, an absence, its record of replies."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class ReplyTemplate(models.Model):
    """Words that a company uses again; {buyer} and {product} are filled in."""

    company = models.ForeignKey("storefronts.Company", on_delete=models.CASCADE, related_name="reply_templates")
    name = models.CharField(_("name"), max_length=60)
    text = models.TextField(_("text"), max_length=5000)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("company", Lower("name"), name="one_reply_template_per_name")]

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """The company is, or was, away: from `first_day` until the day before `back_on` the response clock stands still."""

    company = models.ForeignKey("storefronts.Company", on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField()
    back_on = models.DateField(_("back on"))

    class Meta:
        ordering = ["back_on"]
        constraints = [
            models.CheckConstraint(condition=Q(back_on__gt=F("first_day")), name="an_absence_ends"),
            models.UniqueConstraint(fields=["company", "first_day"], name="one_absence_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.company_id} until {self.back_on}"

    def is_running_on(self, day: date) -> bool:
        """Away on this day."""
        return self.first_day <= day < self.back_on


class ReplyRecord(models.Model):
    """How fast a company answers first, in working minutes; derived from its inquiries of the last year."""

    company = models.OneToOneField("storefronts.Company", on_delete=models.CASCADE, related_name="reply_record")
    answers = models.PositiveIntegerField()
    median_minutes = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Empty below five answers: nothing is shown then.")
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["company"]

    def __str__(self) -> str:
        return f"{self.company_id}: {self.median_minutes}"
