"""Tariffs and their versions: whose they are, from when until when they hold, and how they count."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from shipping.choices import CardMode, CompareBy, OwnerKind, VersionState


class TariffQuerySet(models.QuerySet["Tariff"]):
    def visible_to(self, user: Any) -> Self:
        """Officers see all, members of a firm those of their firm."""
        if getattr(user, "is_officer", False):
            return self
        return self.filter(company__members__user=user) if user.is_authenticated else self.none()


class Tariff(models.Model):
    """A card under one name. Its prices stand in versions."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    owner_kind = models.CharField(_("owner"), max_length=10, choices=OwnerKind)
    company = models.ForeignKey(
        "storefronts.Company", null=True, blank=True, on_delete=models.PROTECT, related_name="tariffs"
    )
    forwarder = models.CharField(_("forwarder"), max_length=120, blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=CardMode)
    created_at = models.DateTimeField(db_default=Now())

    objects = TariffQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_kind="company", company__isnull=False) | (~Q(owner_kind="company") & Q(company=None)),
                name="an_exporters_tariff_names_the_company",
            ),
            models.CheckConstraint(
                condition=(Q(owner_kind="forwarder") & ~Q(forwarder=""))
                | (~Q(owner_kind="forwarder") & Q(forwarder="")),
                name="a_forwarders_tariff_names_the_forwarder",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TariffVersionQuerySet(models.QuerySet["TariffVersion"]):
    def visible_to(self, user: Any) -> Self:
        """Versions of tariffs that the person may see."""
        return self.filter(tariff__in=Tariff.objects.visible_to(user))

    def published(self) -> Self:
        return self.filter(state=VersionState.PUBLISHED)

    def drafts_of_exporters(self) -> Self:
        """What an officer must publish before it prices anything, and somebody else brought in."""
        return self.filter(state=VersionState.DRAFT, tariff__owner_kind=OwnerKind.COMPANY)

    def valid_on(self, day: date) -> Self:
        """Published, and the day is none before the first or after the last."""
        return self.published().filter(valid_from__lte=day, valid_until__gte=day)

    def overlapping(self, *, first: date, last: date) -> Self:
        """Published versions that hold on one of these days."""
        return self.published().filter(valid_from__lte=last, valid_until__gte=first)

    def open_to(self, company_id: int | None) -> Self:
        """Cards of the agency and of forwarders, and those of this very exporter."""
        own = Q(tariff__company=company_id) if company_id else Q(pk=None)
        return self.filter(~Q(tariff__owner_kind=OwnerKind.COMPANY) | own)


class TariffVersion(models.Model):
    """Prices from one day to another, both included. Published versions of a tariff never overlap and never change."""

    tariff = models.ForeignKey(Tariff, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=VersionState, default=VersionState.DRAFT)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    currency = models.CharField(_("currency"), max_length=3)
    divisor_cm3_per_kg = models.PositiveIntegerField(_("divisor, cm³ for a kilogram"), null=True, blank=True)
    kg_per_m3 = models.PositiveIntegerField(_("kilograms for a cubic metre"), null=True, blank=True)
    size_rounding = models.CharField(_("rounding of sizes in cm"), max_length=20, default="none")
    piece_rounding = models.CharField(_("rounding of a piece in kg"), max_length=20, default="none")
    shipment_rounding = models.CharField(_("rounding of the shipment in kg"), max_length=20, default="none")
    compare_by = models.CharField(_("weight against volume"), max_length=10, choices=CompareBy, blank=True, default="")
    minimum_kg = models.DecimalField(_("least weight in kg"), max_digits=9, decimal_places=3, default=0)
    minimum_charge = models.DecimalField(_("least freight"), max_digits=12, decimal_places=4, default=0)
    source = models.CharField(_("source"), max_length=200)
    sha256 = models.CharField(max_length=64)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = TariffVersionQuerySet.as_manager()

    class Meta:
        ordering = ["tariff__code", "-number"]
        verbose_name = _("version of a tariff")
        verbose_name_plural = _("versions of tariffs")
        constraints = [
            models.UniqueConstraint(fields=["tariff", "number"], name="versions_of_a_tariff_are_numbered"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="a_version_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(divisor_cm3_per_kg=None) | Q(kg_per_m3=None), name="a_version_weighs_volume_in_one_way"
            ),
            models.CheckConstraint(
                condition=Q(minimum_kg__gte=0, minimum_charge__gte=0), name="minimums_of_a_version_are_not_below_0"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_by__isnull=False, published_at__isnull=False),
                name="a_published_version_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["state", "valid_from", "valid_until"], name="versions_by_day")]

    def __str__(self) -> str:
        return f"{self.tariff_id} v{self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT
