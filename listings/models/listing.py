"""The listing: who offers, and which revision buyers see."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from listings.choices import ListingState
from storefronts.choices import CompanyState


class ListingQuerySet(models.QuerySet["Listing"]):
    def live(self) -> Self:
        """What buyers find: live listings of public storefronts."""
        return self.filter(state=ListingState.LIVE, company__state=CompanyState.VERIFIED)

    def visible_to(self, user: Any) -> Self:
        """Live ones, a member's own in every state; officers see all."""
        if getattr(user, "is_officer", False):
            return self
        live = Q(state=ListingState.LIVE, company__state=CompanyState.VERIFIED)
        own = Q(company__members__user=user) if user.is_authenticated else Q(pk=None)
        return self.filter(live | own).distinct()

    def of_member(self, user: Any, *roles: str) -> Self:
        """Listings of companies in which the person holds one of the roles (any when none is named)."""
        if not user.is_authenticated:
            return self.none()
        of_person = self.filter(company__members__user=user)
        return of_person.filter(company__members__user=user, company__members__role__in=roles) if roles else of_person

    def with_live_revision(self) -> Self:
        """All that a card or product page reads, in a fixed number of queries."""
        return self.select_related("company", "live_revision__category__parent").prefetch_related(
            "live_revision__price_breaks", "live_revision__pictures__upload__renditions"
        )


class Listing(models.Model):
    """One product offered by a company. Its content stands in revisions."""

    company = models.ForeignKey("storefronts.Company", on_delete=models.PROTECT, related_name="listings")
    state = models.CharField(max_length=10, choices=ListingState, default=ListingState.DRAFT)
    live_revision = models.OneToOneField(
        "listings.ListingRevision", null=True, blank=True, on_delete=models.PROTECT, related_name="live_for"
    )
    hs_lock = models.CharField(
        _("HS code set by an officer"), max_length=6, blank=True, help_text=_("The exporter cannot change it.")
    )
    hs_locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    hs_locked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    first_live_at = models.DateTimeField(null=True, blank=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["live", "paused"]) | Q(live_revision__isnull=False),
                name="a_live_listing_has_an_approved_revision",
            ),
            models.CheckConstraint(
                condition=Q(hs_lock="", hs_locked_by=None, hs_locked_at=None)
                | Q(hs_lock__regex=r"^[0-9]{6}$", hs_locked_by__isnull=False, hs_locked_at__isnull=False),
                name="a_locked_hs_code_says_by_whom_and_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "-first_live_at"], name="listing_newest")]

    def __str__(self) -> str:
        return self.live_revision.title if self.live_revision else f"#{self.pk}"

    def get_absolute_url(self) -> str:
        """The product page; the words in it are for people, the number is what counts."""
        title = self.live_revision.title if self.live_revision else ""
        return reverse("catalogue:product", args=[slugify(title)[:60].strip("-") or "product", self.pk])
