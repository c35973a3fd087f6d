"""What buyers keep: lists of products with notes, and searches that mail what is new."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from listings.choices import AlertRhythm, StopReason


class SavedListQuerySet(models.QuerySet["SavedList"]):
    def visible_to(self, user: Any) -> Self:
        """A person's own."""
        return self.filter(owner=user) if user.is_authenticated else self.none()


class SavedList(models.Model):
    """Products that a person keeps together; whoever holds its link may read it while it is shared."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_lists")
    name = models.CharField(_("name"), max_length=80)
    share_token = models.CharField(max_length=32, unique=True, null=True, blank=True)
    shows_notes = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    objects = SavedListQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint("owner", Lower("name"), name="one_list_per_name")]

    def __str__(self) -> str:
        return self.name


class SavedItem(models.Model):
    """One product of a list, with the lowest price that its owner saw then (None where it was hidden)."""

    saved_list = models.ForeignKey(SavedList, on_delete=models.CASCADE, related_name="items")
    listing = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120, help_text=_("Its name then, for the day when it is no longer offered."))
    note = models.CharField(_("note"), max_length=500, blank=True)
    price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-added_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["saved_list", "listing"], name="a_product_once_per_list")]

    def __str__(self) -> str:
        return self.title


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, user: Any) -> Self:
        """A person's own."""
        return self.filter(owner=user) if user.is_authenticated else self.none()

    def running(self) -> Self:
        return self.filter(stopped_at=None).exclude(confirmed_at=None)


class SavedSearch(models.Model):
    """A search whose new finds are mailed, to a person or to an address that confirmed it.

    `params` is its cleaned query string, for its page; `question` the same for the search itself, as `rules.searching.write_query`
    writes it.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="saved_searches"
    )
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=10)
    scope = models.SlugField(max_length=60, blank=True, help_text=_("The category page that it was saved on."))
    params = models.CharField(max_length=2000, blank=True)
    question = models.JSONField(default=dict)
    label = models.CharField(max_length=300)
    rhythm = models.CharField(max_length=10, choices=AlertRhythm, default=AlertRhythm.DAILY)
    created_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True, blank=True)
    looked_on = models.DateField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stop_reason = models.CharField(max_length=10, choices=StopReason, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None) ^ Q(address=""), name="a_saved_search_is_a_persons_or_an_addresss"
            ),
            models.UniqueConstraint(
                fields=["owner", "scope", "params"],
                condition=Q(stopped_at=None, address=""),
                name="one_search_per_person",
            ),
            models.UniqueConstraint(
                fields=["address", "scope", "params"],
                condition=Q(stopped_at=None, owner=None),
                name="one_search_per_address",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class SavedSearchHit(models.Model):
    """A product that was mailed for a search: never a second time."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="hits")
    listing = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="+")
    mailed_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["search", "listing"], name="a_product_is_mailed_once_per_search")
        ]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.listing_id}"
