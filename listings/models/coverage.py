"""Which certificates an exporter puts over a listing, and what an officer said of that."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certifications.models import Certificate
from listings.choices import CoverageResult
from listings.models.listing import Listing


class CoverageQuerySet(models.QuerySet["CertificateCoverage"]):
    def counting(self) -> Self:
        """Those that the rules agree with, or an officer does; never one that an officer refused."""
        confirmed = Q(confirmed_at__isnull=False, confirmed_basis=F("basis"))
        return self.filter(Q(result=CoverageResult.PASS) | confirmed, refused_at=None)

    def shown_on(self, day: date) -> Self:
        """What buyers see on a day: counting ones, of public certificates that are valid then."""
        return self.counting().filter(certificate__in=Certificate.objects.public().valid_on(day))


class CertificateCoverage(models.Model):
    """One claim: this certificate covers this listing. It stands beside the revisions: officers check it with the certificate."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="coverages")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="coverages")
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField()
    result = models.CharField(
        max_length=7, choices=CoverageResult, default=CoverageResult.UNKNOWN, help_text=_("What the rules say.")
    )
    sentence = models.CharField(max_length=400, blank=True, help_text=_("Why, in English with named placeholders."))
    values = models.JSONField(default=dict, blank=True)
    basis = models.CharField(max_length=20, blank=True, help_text=_("The result and the HS code that it was about."))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_basis = models.CharField(
        max_length=20, blank=True, help_text=_("What the officer saw: their yes rests while it is something else.")
    )
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "certificate"], name="a_certificate_covers_a_listing_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(refused_at=None), name="coverage_is_not_confirmed_and_refused"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirmed_by__isnull=False), name="confirmed_coverage_says_by_whom"
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None) | Q(refused_by__isnull=False), name="refused_coverage_says_by_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.listing_id}"

    @property
    def is_confirmed(self) -> bool:
        """An officer said yes, and the rules still say what they said then."""
        return self.confirmed_at is not None and self.confirmed_basis == self.basis

    @property
    def counts(self) -> bool:
        """The rules agree, or an officer does, and none refused it."""
        return self.refused_at is None and (self.is_confirmed or self.result == CoverageResult.PASS)

    def write_tick(self, *, result: str, sentence: str, values: Mapping[str, Any], hs_code: str) -> None:
        """Keep what the rules say now; nothing is saved."""
        self.result, self.sentence, self.values = result, sentence, dict(values)
        self.basis = f"{result} {hs_code}".strip()

    @property
    def reason(self) -> str:
        """Why the rules say so, in the reader's language."""
        values: dict[str, Any] = self.values
        return gettext(self.sentence) % values if self.sentence else ""
