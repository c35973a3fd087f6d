"""The listing: who offers, and which revision buyers see."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from listings.choices import ListingState, PriceVisibility, RevisionState
from listings.models.depth import VariantPrice
from listings.models.revision import ListingRevision, PriceBreak
from listings.rules.price_dates import PriceDates, find_last_due, find_last_unanswered
from storefronts.choices import CompanyState
from storefronts.models import Company


class ListingQuerySet(models.QuerySet["Listing"]):
    def live(self) -> Self:
        """What buyers find: live listings of public storefronts."""
        return self.filter(state=ListingState.LIVE, company__state=CompanyState.VERIFIED)

    def visible_to(self, user: Any) -> Self:
        """Live ones, a member's own in every state; officers see all."""
        if getattr(user, "is_officer", False):
            return self
        live = Q(state=ListingState.LIVE, company__state=CompanyState.VERIFIED)
        own = Q(company__in=Company.objects.of_member(user).values("pk"))
        return self.filter(live | own)

    def of_member(self, user: Any, *roles: str) -> Self:
        """Listings of companies in which the person holds one of the roles (any when none is named)."""
        if not user.is_authenticated:
            return self.none()
        of_person = self.filter(company__members__user=user)
        return of_person.filter(company__members__user=user, company__members__role__in=roles) if roles else of_person

    def with_shown_prices(self) -> Self:
        """Live ones whose prices the exporter wants buyers to see."""
        priced = Exists(PriceBreak.objects.filter(revision=OuterRef("live_revision")))
        by_variant = Exists(VariantPrice.objects.filter(variant__revision=OuterRef("live_revision")))
        shown = self.live().exclude(live_revision__price_visibility=PriceVisibility.ON_REQUEST)
        return shown.filter(priced | by_variant)

    def without_waiting_change(self) -> Self:
        """Those of which the agency has no change to decide: an exporter who waits for it is not asked in the meantime."""
        waiting = ListingRevision.objects.filter(listing=OuterRef("pk"), state=RevisionState.IN_REVIEW)
        return self.exclude(Exists(waiting))

    def due_on(self, day: date) -> Self:
        """Those whose prices are to be asked about, as `PriceDates.is_due_on` says."""
        last = find_last_due(day)
        return self.filter(Q(prices_asked_on=None) | Q(prices_asked_on__lte=last), prices_confirmed_on__lte=last)

    def asked_about(self) -> Self:
        """Those with a question that nobody has answered, as `PriceDates.is_open` says."""
        return self.filter(prices_asked_on__gt=F("prices_confirmed_on"))

    def unanswered_on(self, day: date) -> Self:
        """Those whose time to answer has passed, as `PriceDates.is_unanswered_on` says."""
        return self.asked_about().filter(prices_asked_on__lte=find_last_unanswered(day))

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
    prices_confirmed_on = models.DateField(_("prices confirmed on"), null=True, blank=True)
    prices_asked_on = models.DateField(_("asked about its prices on"), null=True, blank=True)
    prices_hidden_on = models.DateField(
        _("prices on request since"),
        null=True,
        blank=True,
        help_text=_("Nobody answered whether they are still right."),
    )

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
            models.CheckConstraint(
                condition=Q(prices_hidden_on=None) | Q(prices_asked_on__isnull=False),
                name="prices_are_hidden_after_a_question",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-first_live_at"], name="listing_newest"),
            models.Index(fields=["prices_confirmed_on"], name="listing_price_dates"),
            models.Index(
                fields=["prices_hidden_on"], condition=Q(prices_hidden_on__isnull=False), name="listing_hidden_prices"
            ),
        ]

    def __str__(self) -> str:
        return self.live_revision.title if self.live_revision else f"#{self.pk}"

    def get_absolute_url(self) -> str:
        """The product page; the words in it are for people, the number is what counts."""
        title = self.live_revision.title if self.live_revision else ""
        return reverse("catalogue:product", args=[slugify(title)[:60].strip("-") or "product", self.pk])

    @property
    def price_dates(self) -> PriceDates:
        """When its prices were confirmed and asked about."""
        return PriceDates(self.prices_confirmed_on, self.prices_asked_on)

    def price_visibility_of(self, revision: ListingRevision) -> str:
        """Who sees the prices of this revision: on request while nobody confirms those of the live one, else as the exporter chose."""
        if self.prices_hidden_on is not None and revision.pk == self.live_revision_id:
            return str(PriceVisibility.ON_REQUEST)
        return revision.price_visibility
