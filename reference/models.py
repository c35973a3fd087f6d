"""The category tree: branches with sub-categories, the same for listings, search and statistics."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext


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
