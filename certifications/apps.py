"""Registration of the certifications room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificationsConfig(AppConfig):
    name = "certifications"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        pass
