"""Destinations that the agency's own dated table bars, or lets an officer look at first."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from shipping.choices import DestinationKind


class BarredDestinationQuerySet(models.QuerySet["BarredDestination"]):
    def on(self, *, country: str, day: date) -> Self:
        """Entries for the country that hold on the day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), country=country, valid_from__lte=day)


class BarredDestination(models.Model):
    """A country to which nothing is priced from one day to another, both included. What people read about it is neutral."""

    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, ISO 3166."))
    kind = models.CharField(_("kind"), max_length=10, choices=DestinationKind)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, help_text=_("For officers; nobody else reads it."))
    source = models.CharField(_("source"), max_length=400)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = BarredDestinationQuerySet.as_manager()

    class Meta:
        ordering = ["country", "-valid_from"]
        verbose_name = _("barred destination")
        verbose_name_plural = _("barred destinations")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="a_bar_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.get_kind_display()}"
