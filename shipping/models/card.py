"""What a version of a tariff holds: zones with their areas, prices of lanes, surcharges."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shipping.choices import MemberKind, PriceBasis, ZoneSide
from shipping.models.tariff import TariffVersion, TariffVersionQuerySet
from shipping.rules.zones import Place, clean_postcode, list_values

TOLD_BY_VALUE = [kind for kind in MemberKind if kind != MemberKind.RANGE]


class Zone(models.Model):
    """A part of the world under the card's own name."""

    version = models.ForeignKey(TariffVersion, on_delete=models.CASCADE, related_name="zones")
    side = models.CharField(_("for"), max_length=12, choices=ZoneSide)
    name = models.CharField(_("zone"), max_length=60)

    class Meta:
        ordering = ["side", "name"]
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        constraints = [models.UniqueConstraint(fields=["version", "side", "name"], name="zones_of_a_version_by_name")]

    def __str__(self) -> str:
        return self.name


class AreaQuerySet(models.QuerySet["Area"]):
    def of_versions(self, versions: TariffVersionQuerySet) -> Self:
        return self.filter(zone__version__in=versions)

    def around(self, *places: Place) -> Self:
        """Areas that may hold one of the places, found by the index; `rules.zones.holds` says which of them does."""
        countries = {"", *(code for place in places for code in (place.country, place.locode[:2].upper()))}
        values = {value for place in places for value in list_values(place)}
        near = Q(kind__in=TOLD_BY_VALUE, country__in=countries, value__in=values)
        for place in places:
            if postcode := clean_postcode(place.postcode):
                near |= Q(kind=MemberKind.RANGE, country=place.country, value__lte=postcode)
        return self.filter(near)


class Area(models.Model):
    """A member of a zone: a postcode, their beginning or range, a UN/LOCODE, a town, a country, a group, or the world."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="areas")
    kind = models.CharField(_("kind"), max_length=10, choices=MemberKind)
    country = models.CharField(_("country"), max_length=2, blank=True)
    value = models.CharField(_("value"), max_length=80, blank=True)
    value_until = models.CharField(_("until"), max_length=10, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "kind", "country", "value", "value_until"], name="an_area_once_in_a_zone"
            ),
            models.CheckConstraint(condition=Q(kind="range") | Q(value_until=""), name="only_ranges_have_an_end"),
        ]
        indexes = [models.Index(fields=["kind", "country", "value"], name="areas_by_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.country} {self.value}"


class CardPrice(models.Model):
    """A price from one zone to another, from a measure on: kilograms, or revenue tons where the price is W/M; of a container its type."""

    version = models.ForeignKey(TariffVersion, on_delete=models.CASCADE, related_name="prices")
    origin = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="+")
    destination = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="+")
    basis = models.CharField(_("price for"), max_length=14, choices=PriceBasis)
    container = models.CharField(_("container"), max_length=5, blank=True)
    starts_at = models.DecimalField(_("from"), max_digits=10, decimal_places=3, default=0)
    ends_at = models.DecimalField(_("to"), max_digits=10, decimal_places=3, null=True, blank=True)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=4)
    transit_days = models.PositiveSmallIntegerField(_("days on the way"), null=True, blank=True)

    class Meta:
        verbose_name = _("price of a card")
        verbose_name_plural = _("prices of cards")
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "destination", "basis", "container", "starts_at"],
                name="one_price_of_a_lane_from_a_measure",
            ),
            models.CheckConstraint(condition=Q(price__gte=0, starts_at__gte=0), name="prices_of_cards_are_not_below_0"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="a_step_ends_above_its_beginning"
            ),
            models.CheckConstraint(
                condition=(Q(basis="per_container") & ~Q(container="")) | (~Q(basis="per_container") & Q(container="")),
                name="a_container_price_names_the_container",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.starts_at}: {self.price}"


class CardSurcharge(models.Model):
    """What the card asks on top; amounts in its currency. `area` bounds it to a zone, `applies_to` names what a percent is of."""

    version = models.ForeignKey(TariffVersion, on_delete=models.CASCADE, related_name="surcharges")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=80)
    flat = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    per_kg = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    per_m3 = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    per_piece = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    percent = models.DecimalField(max_digits=7, decimal_places=3, default=0)
    applies_to = models.JSONField(default=list)
    minimum = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    maximum = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    area = models.ForeignKey(Zone, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["position"]
        verbose_name = _("surcharge of a card")
        verbose_name_plural = _("surcharges of cards")
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="surcharges_are_in_order"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="a_surcharge_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(maximum__gte=F("minimum")),
                name="a_surcharges_most_is_not_below_its_least",
            ),
        ]

    def __str__(self) -> str:
        return self.name
