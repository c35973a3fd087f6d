"""The category tree, the same for listings, search and statistics, and dated exchange rates."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reference.rules import RATE_DAYS


class CategoryQuerySet(models.QuerySet["Category"]):
    def branches(self) -> Self:
        return self.filter(parent=None)

    def leaves(self) -> Self:
        return self.exclude(parent=None)


class Category(models.Model):
    """A branch (no parent) or one of its sub-categories; two levels, no more."""

    slug = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=80, help_text="English; translated through the message catalogue.")
    position = models.PositiveSmallIntegerField()

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Its page in the catalogue."""
        return reverse("catalogue:category", args=[self.slug])

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)


class FxRateQuerySet(models.QuerySet["FxRate"]):
    def known_on(self, day: date) -> Self:
        """Rates of the day and of the two weeks before it; older ones mislead."""
        return self.filter(day__lte=day, day__gt=day - timedelta(days=RATE_DAYS))


class FxRate(models.Model):
    """What one unit of `base` was worth in `quote` on a day, as a central bank published it."""

    day = models.DateField(_("day"))
    base = models.CharField(_("one unit of"), max_length=3)
    quote = models.CharField(_("is worth in"), max_length=3)
    units = models.DecimalField(_("rate"), max_digits=15, decimal_places=8)
    source = models.CharField(_("source"), max_length=200)
    imported_at = models.DateTimeField(db_default=Now())

    objects = FxRateQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "base", "quote"]
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        constraints = [
            models.UniqueConstraint(fields=["day", "base", "quote"], name="one_rate_per_day_and_pair"),
            models.CheckConstraint(condition=Q(units__gt=0), name="rates_are_positive"),
            models.CheckConstraint(condition=~Q(base=F("quote")), name="a_rate_is_between_two_currencies"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: 1 {self.base} = {self.units.normalize():f} {self.quote}"


class HsCode(models.Model):
    """A code of the Harmonized System with its official text, as an agency loaded it; we ship our own words only."""

    edition = models.CharField(
        max_length=4, help_text="UN Comtrade's name of the edition: H6 is HS 2022, H5 is HS 2017."
    )
    code = models.CharField(max_length=6, help_text="Two, four or six digits.")
    text = models.CharField(max_length=1000)

    class Meta:
        ordering = ["edition", "code"]
        verbose_name = _("HS code")
        verbose_name_plural = _("HS codes")
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="an_edition_has_a_code_once"),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^([0-9]{2}){1,3}$"), name="hs_codes_have_2_4_or_6_digits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class AttributeQuerySet(models.QuerySet["Attribute"]):
    def of_category(self, category: Category | None) -> Self:
        """What is asked of goods of this sub-category: its branch's attributes first, then its own."""
        slugs = [category.pk, category.parent_id] if category else []
        return self.filter(category__in=[pk for pk in slugs if pk]).order_by("category__position", "position")


class Attribute(models.Model):
    """A fact that buyers of one kind of goods ask for: typed, and a number with its unit."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        CHOICE = "choice", _("One of a list")
        YES_NO = "yes_no", _("Yes or no")

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="attributes")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=60, help_text="English; translated through the message catalogue.")
    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.CharField(max_length=12, blank=True, help_text="Of a number, such as % or g/m².")
    choices = models.JSONField(default=list, blank=True, help_text="The list, in English; of a choice alone.")
    position = models.PositiveSmallIntegerField()

    objects = AttributeQuerySet.as_manager()

    class Meta:
        ordering = ["category__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["category", "key"], name="an_attribute_once_per_category"),
            models.CheckConstraint(condition=Q(unit="") | Q(kind="number"), name="only_numbers_have_a_unit"),
            models.CheckConstraint(condition=Q(kind="choice") | Q(choices=[]), name="only_a_choice_has_a_list"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)

    @property
    def unit_label(self) -> str:
        """The unit in the reader's language."""
        return gettext(self.unit) if self.unit else ""
