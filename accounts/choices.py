"""What a person came for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Asked at sign-up; decides where a person lands, not what they may do."""

    EXPORTER = "exporter", _("I sell: open a storefront")
    BUYER = "buyer", _("I buy: find products and exporters")
