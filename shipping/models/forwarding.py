"""Forwarders whom the agency or an exporter knows, and the requests that are mailed to them."""

import secrets
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shipping.choices import ForwarderRequestState


def make_link_key() -> str:
    """Part of the signed link: another one makes the link of before useless."""
    return secrets.token_urlsafe(9)


class ForwarderQuerySet(models.QuerySet["Forwarder"]):
    def visible_to(self, user: Any) -> Self:
        """Officers see the agency's, members of a firm those of their firm."""
        if getattr(user, "is_officer", False):
            return self.filter(company=None)
        return self.filter(company__members__user=user) if user.is_authenticated else self.none()

    def asked_for(self, *, company_id: int) -> Self:
        """Who may be asked about goods of this exporter: the agency's and its own."""
        return self.filter(Q(company=None) | Q(company=company_id), is_active=True)


class Forwarder(models.Model):
    """A freight forwarder with a mail address. `countries` bounds where they carry to; empty: anywhere."""

    company = models.ForeignKey(
        "storefronts.Company", null=True, blank=True, on_delete=models.CASCADE, related_name="forwarders"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("mail address"), max_length=254)
    language = models.CharField(_("language of mails"), max_length=10, choices=settings.LANGUAGES, default="en")
    countries = models.JSONField(_("countries to which they carry"), default=list, blank=True)
    is_active = models.BooleanField(_("may be asked"), default=True)

    objects = ForwarderQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("forwarder")
        verbose_name_plural = _("forwarders")
        constraints = [
            models.UniqueConstraint(fields=["company", "email"], name="forwarders_of_a_company_by_address"),
            models.UniqueConstraint(
                fields=["email"], condition=Q(company=None), name="forwarders_of_the_agency_by_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def carries_to(self, country: str) -> bool:
        """Whether they can be asked about this destination."""
        return not self.countries or country in self.countries


class ForwarderRequest(models.Model):
    """A lookup put to a forwarder by mail. The answer is an attempt of the lookup with a firm offer."""

    lookup = models.ForeignKey("shipping.Lookup", on_delete=models.CASCADE, related_name="forwarder_requests")
    forwarder = models.ForeignKey(Forwarder, on_delete=models.PROTECT, related_name="requests")
    state = models.CharField(max_length=10, choices=ForwarderRequestState, default=ForwarderRequestState.ASKED)
    key = models.CharField(max_length=20, default=make_link_key)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=1000)
    attempt = models.OneToOneField(
        "shipping.Attempt", null=True, blank=True, on_delete=models.SET_NULL, related_name="forwarder_request"
    )

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("request to a forwarder")
        verbose_name_plural = _("requests to forwarders")
        constraints = [
            models.UniqueConstraint(fields=["lookup", "forwarder"], name="a_forwarder_is_asked_once_in_a_lookup"),
            models.CheckConstraint(
                condition=Q(state__in=["answered", "declined"], answered_at__isnull=False)
                | Q(state__in=["asked", "expired"], answered_at=None),
                name="an_answered_request_says_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_at"], name="forwarder_requests_open")]

    def __str__(self) -> str:
        return f"{self.forwarder_id}: {self.state}"
