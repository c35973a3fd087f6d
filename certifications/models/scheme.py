"""The standard, who certifies by it, and whether they may."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certifications.choices import Paper, SchemeKind


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def badges(self) -> Self:
        """What may stand beside a product: a shipment's document never does."""
        return self.exclude(kind=SchemeKind.TRANSACTION_DOCUMENT)


class Scheme(models.Model):
    """A standard that somebody certifies, audits or registers by. Agencies add their own in the admin."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, blank=True, help_text=_("As it stands on a card; empty: the name."))
    owner = models.CharField(max_length=160)
    kind = models.CharField(max_length=24, choices=SchemeKind)
    paper = models.CharField(max_length=12, choices=Paper)
    hs_prefixes = models.JSONField(
        default=list, blank=True, help_text=_("Where it applies, such as 02-24 or 8517; empty for every product.")
    )
    usual_months = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("How long it is usually valid."))
    number_pattern = models.CharField(
        max_length=80, blank=True, help_text=_("Regular expression of the number, where its format is published.")
    )
    number_hint = models.CharField(max_length=160, blank=True, help_text=_("The format in words, for the exporter."))
    register_name = models.CharField(max_length=120, blank=True)
    register_url = models.URLField(max_length=300, blank=True)
    lookup_url = models.CharField(
        max_length=300, blank=True, help_text=_("Address of one entry; {number} stands for the number.")
    )
    owner_url = models.URLField(max_length=300, blank=True)
    check_hint = models.CharField(max_length=300, blank=True, help_text=_("What an officer compares."))
    source_url = models.URLField(max_length=300, blank=True, help_text=_("The page that these facts were read in."))
    read_on = models.DateField(null=True, blank=True)
    needs_two_officers = models.BooleanField(
        default=False, help_text=_("Two officers check it, when at least three are active.")
    )
    is_active = models.BooleanField(default=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="transaction_document", paper="transaction")
                | (~Q(kind="transaction_document") & ~Q(paper="transaction")),
                name="a_shipment_document_is_no_certificate",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Its name where there is little room."""
        return self.short_name or self.name

    @property
    def is_badge(self) -> bool:
        """May it stand beside a product? A document that belongs to one shipment never does."""
        return self.kind != SchemeKind.TRANSACTION_DOCUMENT

    @property
    def covers_company(self) -> bool:
        """It looks at how a company works, not at a product."""
        return self.kind in {SchemeKind.MANAGEMENT_SYSTEM, SchemeKind.SOCIAL_AUDIT}


class Issuer(models.Model):
    """A certification body, or an authority that registers."""

    name = models.CharField(max_length=160, unique=True)
    aliases = models.JSONField(default=list, blank=True, help_text=_("Other names that stand on its certificates."))
    country = models.CharField(max_length=2, blank=True)
    website = models.URLField(max_length=300, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Accreditation(models.Model):
    """An issuer may certify by a scheme; who says so, and where that was read."""

    issuer = models.ForeignKey(Issuer, on_delete=models.CASCADE, related_name="accreditations")
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="accreditations")
    accreditor = models.CharField(max_length=160)
    number = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True, help_text=_("Empty while it holds."))
    source_url = models.URLField(max_length=300)
    read_on = models.DateField()

    class Meta:
        ordering = ["issuer__name", "scheme__name"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "scheme", "accreditor"], name="one_accreditation_per_accreditor"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
                name="an_accreditation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} / {self.scheme}"

    def holds_on(self, day: date) -> bool:
        """Begun, and not ended."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )
