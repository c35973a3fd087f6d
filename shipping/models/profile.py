"""An exporter's shipping profiles: where goods leave from, and what the exporter's own legs cost."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shipping.choices import ChargeBasis, ProfileLeg
from shipping.rules.zones import Place


class ShippingProfileQuerySet(models.QuerySet["ShippingProfile"]):
    def visible_to(self, user: Any) -> Self:
        """Members of the firm; officers see all."""
        if getattr(user, "is_officer", False):
            return self
        return self.filter(company__members__user=user) if user.is_authenticated else self.none()


class ShippingProfile(models.Model):
    """Where goods are picked up, how long it takes until they leave, and what insurance costs. One of a company is used unless another is chosen."""

    company = models.ForeignKey("storefronts.Company", on_delete=models.CASCADE, related_name="shipping_profiles")
    name = models.CharField(_("name"), max_length=80)
    is_default = models.BooleanField(_("used unless another is chosen"), default=False)
    country = models.CharField(_("country"), max_length=2)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=80)
    locode = models.CharField(
        _("port or airport (UN/LOCODE)"), max_length=5, blank=True, help_text=_("Five signs, such as GHTEM.")
    )
    handling_days = models.PositiveSmallIntegerField(_("days until the goods leave"), default=0)
    insurance_percent = models.DecimalField(
        _("insurance premium in percent"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    changed_at = models.DateTimeField()

    objects = ShippingProfileQuerySet.as_manager()

    class Meta:
        ordering = ["-is_default", "name"]
        verbose_name = _("shipping profile")
        verbose_name_plural = _("shipping profiles")
        constraints = [
            models.UniqueConstraint(fields=["company", "name"], name="shipping_profiles_of_a_company_by_name"),
            models.UniqueConstraint(
                fields=["company"], condition=Q(is_default=True), name="one_usual_shipping_profile_of_a_company"
            ),
            models.CheckConstraint(
                condition=Q(insurance_percent=None) | Q(insurance_percent__gte=0, insurance_percent__lte=20),
                name="a_premium_is_a_small_percentage",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def origin(self) -> Place:
        """Where the goods leave from, as rate cards and carriers read it."""
        return Place(self.country, postcode=self.postcode, city=self.city, locode=self.locode)


class ProfileCharge(models.Model):
    """What one of the exporter's own legs costs: of a shipment, or of its kilograms or cubic metres with a least amount."""

    profile = models.ForeignKey(ShippingProfile, on_delete=models.CASCADE, related_name="charges")
    leg = models.CharField(_("leg"), max_length=20, choices=ProfileLeg)
    basis = models.CharField(_("counted by"), max_length=10, choices=ChargeBasis, default=ChargeBasis.SHIPMENT)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=4)
    minimum = models.DecimalField(_("at least"), max_digits=12, decimal_places=2, default=0)
    currency = models.CharField(_("currency"), max_length=3)
    stated_on = models.DateField(_("stated on"))

    class Meta:
        ordering = ["profile", "leg"]
        verbose_name = _("charge of a shipping profile")
        verbose_name_plural = _("charges of shipping profiles")
        constraints = [
            models.UniqueConstraint(fields=["profile", "leg"], name="one_charge_of_a_leg"),
            models.CheckConstraint(condition=Q(amount__gte=0, minimum__gte=0), name="charges_are_not_negative"),
            models.CheckConstraint(
                condition=~Q(basis="shipment") | Q(minimum__lte=F("amount")), name="a_flat_charge_needs_no_minimum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leg} {self.amount} {self.currency}"
