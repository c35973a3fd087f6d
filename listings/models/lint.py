"""The lint's rules as officers have written them: each change a row of its own, the newest counts."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class LintRules(models.Model):
    """All rules of a moment, as YAML."""

    text = models.TextField(_("rules"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = _("rules for texts")

    def __str__(self) -> str:
        return f"#{self.pk}"
