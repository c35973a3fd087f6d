"""Calls to firms that did not say whether their prices are still right."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from listings.choices import CallOutcome
from listings.rules.price_dates import QUIET_DAYS


class PriceCallQuerySet(models.QuerySet["PriceCall"]):
    def promising_at(self, now: datetime) -> Self:
        """Firms that were reached lately and will answer: they are left in peace for a while."""
        return self.filter(outcome=CallOutcome.REACHED, called_at__gt=now - timedelta(days=QUIET_DAYS))


class PriceCall(models.Model):
    """An officer called a firm; what came of it. Rows are never changed."""

    company = models.ForeignKey("storefronts.Company", on_delete=models.PROTECT, related_name="price_calls")
    outcome = models.CharField(_("what came of it"), max_length=12, choices=CallOutcome)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    objects = PriceCallQuerySet.as_manager()

    class Meta:
        ordering = ["-called_at", "-id"]
        verbose_name = _("call about prices")
        verbose_name_plural = _("calls about prices")
        indexes = [models.Index(fields=["company", "-called_at"], name="price_calls_of_company")]

    def __str__(self) -> str:
        return str(self.get_outcome_display())
