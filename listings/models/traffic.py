"""How often exporters are seen: sums by week, without who it was."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from listings.choices import VIEW_KINDS, TrafficKind
from listings.rules.traffic import FEWEST, LONGEST_WORDS, OTHER


class TrafficBatch(models.Model):
    """What one process counted in a few seconds, already summed; the row goes with the transaction that adds it up."""

    sums = models.JSONField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class WeeklyCountQuerySet(models.QuerySet["WeeklyCount"]):
    def of_company_since(self, company_id: int, week: date) -> Self:
        """Of one company, from a week on."""
        return self.filter(company_id=company_id, week__gte=week)

    def views(self) -> Self:
        """Pages that were opened; followed contacts are no views."""
        return self.filter(kind__in=VIEW_KINDS)

    def rare(self) -> models.QuerySet["WeeklyCount", tuple[date, int, str, str]]:
        """Week, company, kind and country of what was counted fewer than FEWEST times, over all products."""
        named = self.exclude(country__in=["", OTHER]).order_by()
        cells = named.values("week", "company_id", "kind", "country").annotate(number=Sum("count"))
        return cells.filter(number__lt=FEWEST).values_list("week", "company_id", "kind", "country")


class WeeklyCount(models.Model):
    """Views of a product or a storefront, or followed contacts, from one country in one week."""

    company = models.ForeignKey("storefronts.Company", on_delete=models.CASCADE, related_name="weekly_counts")
    listing = models.ForeignKey(
        "listings.Listing", null=True, blank=True, on_delete=models.CASCADE, related_name="weekly_counts"
    )
    week = models.DateField(_("week of"), help_text=_("Its Monday."))
    kind = models.CharField(max_length=10, choices=TrafficKind)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Empty when nobody knows."))
    count = models.PositiveIntegerField(_("how often"), default=0)

    objects = WeeklyCountQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "listing", "week", "kind", "country"],
                condition=Q(listing__isnull=False),
                name="one_count_of_a_listing",
            ),
            models.UniqueConstraint(
                fields=["company", "week", "kind", "country"],
                condition=Q(listing__isnull=True),
                name="one_count_of_a_company",
            ),
        ]
        indexes = [models.Index(fields=["week"], name="weekly_count_week")]

    def __str__(self) -> str:
        return f"{self.company_id} {self.kind} {self.week}"


class WeeklyWordsQuerySet(models.QuerySet["WeeklyWords"]):
    def frequent(self) -> Self:
        """Those that enough searches of the week used for nobody to be behind them."""
        return self.filter(count__gte=FEWEST)


class WeeklyWords(models.Model):
    """In how many searches of a week these words found the company on their first page."""

    company = models.ForeignKey("storefronts.Company", on_delete=models.CASCADE, related_name="weekly_words")
    week = models.DateField(_("week of"), help_text=_("Its Monday."))
    words = models.CharField(_("words"), max_length=LONGEST_WORDS)
    count = models.PositiveIntegerField(_("how often"), default=0)

    objects = WeeklyWordsQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "-count", "pk"]
        verbose_name_plural = _("weekly words")
        constraints = [models.UniqueConstraint(fields=["company", "week", "words"], name="one_count_of_words")]
        indexes = [models.Index(fields=["week"], name="weekly_words_week")]

    def __str__(self) -> str:
        return self.words
