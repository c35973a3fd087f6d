"""Registration of the shipping room: the officers' pages of rate cards, and their entry in the menu."""

from django.apps import AppConfig
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from core.staff import StaffLink, register_link, register_pages


class ShippingConfig(AppConfig):
    name = "shipping"
    verbose_name = _("Shipping")

    def ready(self) -> None:
        register_pages([path("", include("shipping.urls"))])
        register_link(StaffLink(label=_("Rate cards"), url_name="admin:rate_cards", count=lambda: None, order=52))
