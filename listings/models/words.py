"""Words of buyers: searches that found nothing, and what officers made of them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ZeroSearchQuerySet(models.QuerySet["ZeroSearch"]):
    def open(self) -> Self:
        """Those that no officer has dealt with, the most asked first."""
        return self.filter(settled_at=None).order_by("-count", "-last_on", "pk")


class ZeroSearch(models.Model):
    """Words that found nothing, with how often; nothing of who typed them is kept."""

    text = models.CharField(_("words"), max_length=80)
    language = models.CharField(_("language of the page"), max_length=10)
    count = models.PositiveIntegerField(_("how often"), default=1)
    first_on = models.DateField(_("first"))
    last_on = models.DateField(_("last"))
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ZeroSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-count", "pk"]
        constraints = [models.UniqueConstraint(fields=["text", "language"], name="one_row_per_words")]

    def __str__(self) -> str:
        return self.text


class SearchSynonym(models.Model):
    """Buyers who type `word` also find what `means` finds. Both are folded words, as the search compares them."""

    word = models.CharField(_("buyers type"), max_length=80)
    means = models.CharField(_("and also find"), max_length=80)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["word", "means"]
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        constraints = [models.UniqueConstraint(fields=["word", "means"], name="one_synonym")]

    def __str__(self) -> str:
        return f"{self.word} → {self.means}"
