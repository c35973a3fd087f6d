"""What a market asks of a product, with the page where that was read."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certifications.choices import Family, LiftedBy, Market, RequirementKind, RequirementSide
from certifications.models.scheme import Scheme

STALE_AFTER = timedelta(days=365)


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def of_markets(self, markets: list[str]) -> Self:
        return self.filter(market__in=markets)


class Requirement(models.Model):
    """One thing that a market, or the way there, asks for. Rows without a source do not exist."""

    key = models.SlugField(max_length=80, unique=True)
    family = models.CharField(max_length=20, choices=Family)
    hs_prefixes = models.JSONField(default=list, blank=True, help_text=_("Such as 0409 or 50-63; empty: all products."))
    origin = models.CharField(max_length=40, blank=True, help_text=_("A country's code; empty for every origin."))
    market = models.CharField(max_length=3, choices=Market)
    side = models.CharField(max_length=12, choices=RequirementSide)
    kind = models.CharField(max_length=10, choices=RequirementKind)
    scheme = models.ForeignKey(
        Scheme, null=True, blank=True, on_delete=models.PROTECT, related_name="requirements",
        help_text=_("A certificate of this scheme meets it."),
    )  # fmt: skip
    document = models.CharField(max_length=120, help_text=_("What it is called."))
    summary = models.CharField(max_length=400, help_text=_("What is asked, in one sentence."))
    next_step = models.CharField(max_length=400, help_text=_("What the exporter does next, and who can help."))
    blocks = models.BooleanField(default=False, help_text=_("Nothing else matters until it is met."))
    lifted_by = models.CharField(max_length=10, choices=LiftedBy, blank=True)
    owner = models.CharField(max_length=160, help_text=_("Whose rule it is."))
    source_url = models.URLField(max_length=400)
    read_on = models.DateField(help_text=_("The day on which somebody read the source."))
    is_active = models.BooleanField(default=True)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["market", "-blocks", "kind", "key"]
        constraints = [
            models.CheckConstraint(condition=Q(blocks=False) | ~Q(lifted_by=""), name="a_blocker_says_who_lifts_it")
        ]

    def __str__(self) -> str:
        return f"{self.market}: {self.document}"

    @property
    def label(self) -> str:
        """Its name in the reader's language, where the message catalogue has it."""
        return gettext(self.document)

    def is_stale_on(self, day: date) -> bool:
        """Nobody has read the source for a year."""
        return day - self.read_on > STALE_AFTER
