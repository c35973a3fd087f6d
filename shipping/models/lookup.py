"""Lookups: one request to all providers, one attempt by each, and the offers that came back."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.money import Money
from listings.choices import ListingState
from shipping.choices import (
    ENDED_ATTEMPTS,
    AttemptState,
    Audience,
    CardMode,
    CarrierFailure,
    LookupState,
    OfferStanding,
    ProviderKind,
)
from storefronts.choices import CompanyState
from storefronts.models import Company


class LookupQuerySet(models.QuerySet["Lookup"]):
    def visible_to(self, user: Any) -> Self:
        """What is for buyers is open to whoever holds its address while they see the product; what an exporter asked, to its members
        and officers alone."""
        if getattr(user, "is_officer", False):
            return self
        is_sold = Q(listing=None) | Q(listing__state=ListingState.LIVE)
        open_to = is_sold & Q(audience=Audience.BUYERS, company__state=CompanyState.VERIFIED)
        return self.filter(open_to | Q(company__in=Company.objects.of_member(user).values("pk")))

    def overdue(self, now: datetime) -> Self:
        """Still running although everything should have ended."""
        return self.filter(state=LookupState.RUNNING, settle_by__lte=now)


class Lookup(models.Model):
    """What it costs to bring these packages there on that day. Identical requests at one time share a lookup.

    `key` is the digest of the request, of the published cards and of the accounts that may be asked; `ask_key` of the request alone;
    `load_key` of what is carried from where to where, whatever the day: what forwarders answered holds for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey("storefronts.Company", on_delete=models.CASCADE, related_name="lookups")
    listing = models.ForeignKey(
        "listings.Listing", null=True, blank=True, on_delete=models.CASCADE, related_name="lookups"
    )
    audience = models.CharField(max_length=8, choices=Audience)
    key = models.CharField(max_length=64)
    ask_key = models.CharField(max_length=64)
    load_key = models.CharField(max_length=64)
    request = models.JSONField()
    state = models.CharField(max_length=10, choices=LookupState, default=LookupState.RUNNING)
    asked_at = models.DateTimeField()
    settle_by = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    fresh_until = models.DateTimeField(null=True, blank=True)

    objects = LookupQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("lookup")
        verbose_name_plural = _("lookups")
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="running"), name="one_running_lookup_of_a_request"
            ),
            models.CheckConstraint(
                condition=Q(state="running", settled_at=None) | ~Q(state="running") & Q(settled_at__isnull=False),
                name="an_ended_lookup_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["key", "-asked_at"], name="lookups_by_request"),
            models.Index(fields=["state", "settle_by"], name="lookups_to_settle"),
            models.Index(fields=["company", "load_key"], name="lookups_by_load"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        """The page that shows offers as they land."""
        return reverse("shipping:lookup", args=[self.pk])

    def is_settled_at(self, now: datetime) -> bool:
        """Nothing more will come: it has ended, or its time is over, whether or not a worker lives to say so."""
        return self.state != LookupState.RUNNING or now >= self.settle_by

    def is_fresh_at(self, now: datetime) -> bool:
        """Its prices may still be shown as current."""
        return self.fresh_until is not None and now < self.fresh_until


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def open(self) -> Self:
        """Not ended yet."""
        return self.exclude(state__in=ENDED_ATTEMPTS)


class Attempt(models.Model):
    """One provider's try. `copied_from`: an earlier attempt at the same request, whose answer is still fresh and stands here again."""

    lookup = models.ForeignKey(Lookup, on_delete=models.CASCADE, related_name="attempts")
    kind = models.CharField(max_length=10, choices=ProviderKind)
    account = models.ForeignKey(
        "shipping.CarrierAccount", null=True, blank=True, on_delete=models.CASCADE, related_name="attempts"
    )
    label = models.CharField(max_length=120, help_text=_("The provider's name as people read it."))
    ask_key = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=AttemptState, default=AttemptState.QUEUED)
    failure = models.CharField(max_length=20, choices=CarrierFailure, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    elapsed_ms = models.PositiveIntegerField(null=True, blank=True)
    fresh_until = models.DateTimeField(null=True, blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the provider said so: earlier than the lookup where it comes from the cache.")
    )  # fmt: skip

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["lookup", "account"], condition=Q(kind="carrier"), name="an_account_is_asked_once_in_a_lookup"
            ),
            models.UniqueConstraint(
                fields=["lookup"], condition=Q(kind="cards"), name="cards_are_asked_once_in_a_lookup"
            ),
            models.CheckConstraint(
                condition=Q(kind="carrier", account__isnull=False) | ~Q(kind="carrier") & Q(account=None),
                name="an_attempt_at_a_carrier_names_the_account",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"], ended_at=None)
                | ~Q(state__in=["queued", "running"]) & Q(ended_at__isnull=False),
                name="an_ended_attempt_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "ask_key", "fresh_until"], name="attempts_still_fresh"),
            models.Index(fields=["account", "-ended_at"], name="attempts_of_an_account"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.state}"

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED_ATTEMPTS


class Offer(models.Model):
    """One answer: a service and its price in the provider's currency. `lines` are its charges, `valid_until` the last day, None where nobody says."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="offers")
    position = models.PositiveSmallIntegerField()
    service_code = models.CharField(max_length=60, blank=True)
    service_name = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=10, choices=CardMode)
    amount = models.DecimalField(max_digits=14, decimal_places=4)
    currency = models.CharField(max_length=3)
    tax = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    lines = models.JSONField(default=list)
    covers = models.JSONField(
        default=list, help_text=_("Legs that are done within the price, beside the main carriage.")
    )
    transit_days = models.PositiveSmallIntegerField(null=True, blank=True)
    arrives_on = models.DateField(null=True, blank=True)
    billed_weight_g = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    standing = models.CharField(max_length=10, choices=OfferStanding)
    is_published = models.BooleanField(default=False, help_text=_("The public tariff, not the account's own price."))
    valid_until = models.DateField(null=True, blank=True)
    notes = models.JSONField(default=list)
    version = models.ForeignKey(
        "shipping.TariffVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["attempt", "position"]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="offers_of_an_attempt_are_in_order"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_offer_has_a_price"),
        ]

    def __str__(self) -> str:
        return f"{self.service_name} {self.amount} {self.currency}"

    @property
    def price(self) -> Money:
        """What is asked, without tax."""
        return Money(self.amount, self.currency)
