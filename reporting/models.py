"""The acts of support that the agency gives to firms."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.money import Money
from reporting.choices import SupportKind
from reporting.rules import MOST_MINUTES, Period


class SupportActQuerySet(models.QuerySet["SupportAct"]):
    def visible_to(self, user: Any) -> Self:
        """Officers see all; nobody else knows of any."""
        return self if getattr(user, "is_officer", False) else self.none()

    def standing(self) -> Self:
        """Those that count: not struck out."""
        return self.filter(voided_at=None)

    def given_in(self, period: Period) -> Self:
        return self.filter(day__gte=period.first, day__lte=period.last)


class SupportAct(models.Model):
    """What an officer did for a firm on a day. It is never deleted; what was logged by mistake is struck out with a reason."""

    company = models.ForeignKey("storefronts.Company", on_delete=models.PROTECT, related_name="support_acts")
    kind = models.CharField(_("type"), max_length=15, choices=SupportKind)
    day = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="support_acts")
    created_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    void_reason = models.CharField(max_length=300, blank=True)

    objects = SupportActQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        verbose_name = _("act of support")
        verbose_name_plural = _("acts of support")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=0, minutes__lte=MOST_MINUTES), name="support_takes_a_day_at_most"
            ),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="support_costs_nothing_or_more"),
            models.CheckConstraint(
                condition=Q(cost=None, currency="") | Q(cost__isnull=False) & ~Q(currency=""),
                name="a_cost_of_support_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
                name="voided_support_says_by_whom_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "-day"], name="support_of_company"),
            models.Index(fields=["day"], name="support_of_period"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {date_format(self.day, 'j M Y')}"

    @property
    def price(self) -> Money | None:
        """What it cost, where it cost something to speak of."""
        return Money(self.cost, self.currency) if self.cost is not None else None

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None
