"""Registration of the certifications room."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core import slots


def register_slots() -> None:
    """Storefronts show what was checked."""
    slots.register(
        "storefront.side", template="certificates/slots/storefront.html",
        select=import_string("certifications.selectors.storefront.select_storefront_certificates"), queries=1, order=10,
    )  # fmt: skip


class CertificationsConfig(AppConfig):
    name = "certifications"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        register_slots()
