"""Accounts at carriers: whose they are, and their credentials under encryption (core.secrets). Nothing here is ever shown or logged."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from shipping.choices import AccountState, Carrier, CarrierEnvironment, CarrierFailure


class CarrierAccountQuerySet(models.QuerySet["CarrierAccount"]):
    def visible_to(self, user: Any) -> Self:
        """Officers see the agency's, members of a firm those of their firm."""
        if getattr(user, "is_officer", False):
            return self.filter(company=None)
        return self.filter(company__members__user=user) if user.is_authenticated else self.none()

    def asked_for(self, *, company_id: int, by_buyers: bool) -> Self:
        """Accounts that may be asked about goods of this exporter: the agency's and its own; for buyers those that are open to them."""
        mine = self.filter(Q(company=None) | Q(company=company_id)).exclude(state=AccountState.OFF)
        return mine.filter(is_for_buyers=True) if by_buyers else mine


class CarrierAccount(models.Model):
    """An account of the agency (no company) or of an exporter. `number`, API `user` and `secret` lie encrypted.

    Paused when the carrier no longer accepts it; its owner is told, and it is asked again once the credentials are changed.
    """

    company = models.ForeignKey(
        "storefronts.Company", null=True, blank=True, on_delete=models.CASCADE, related_name="carrier_accounts"
    )
    carrier = models.CharField(_("carrier"), max_length=10, choices=Carrier)
    environment = models.CharField(
        _("system"), max_length=12, choices=CarrierEnvironment, default=CarrierEnvironment.PRODUCTION
    )
    name = models.CharField(_("name"), max_length=80)
    sealed_number = models.TextField()
    sealed_user = models.TextField()
    sealed_secret = models.TextField()
    is_for_buyers = models.BooleanField(_("also for buyers on product pages"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=AccountState, default=AccountState.ACTIVE)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_because = models.CharField(max_length=20, choices=CarrierFailure, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())

    objects = CarrierAccountQuerySet.as_manager()

    class Meta:
        ordering = ["carrier", "name", "pk"]
        verbose_name = _("account at a carrier")
        verbose_name_plural = _("accounts at carriers")
        constraints = [
            models.UniqueConstraint(fields=["company", "carrier", "name"], name="accounts_of_a_company_by_name"),
            models.UniqueConstraint(
                fields=["carrier", "name"], condition=Q(company=None), name="accounts_of_the_agency_by_name"
            ),
            models.CheckConstraint(
                condition=~Q(sealed_number="") & ~Q(sealed_user="") & ~Q(sealed_secret=""),
                name="an_account_has_its_credentials",
            ),
            models.CheckConstraint(
                condition=Q(state="paused", paused_at__isnull=False) & ~Q(paused_because="") | ~Q(state="paused"),
                name="a_paused_account_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_carrier_display()}, {self.name}"

    @property
    def is_active(self) -> bool:
        return self.state == AccountState.ACTIVE
