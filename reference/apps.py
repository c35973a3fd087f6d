"""Registration of the reference room: its categories come with the migrations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.backup.registry import register_planted


class ReferenceConfig(AppConfig):
    name = "reference"
    verbose_name = _("Categories")

    def ready(self) -> None:
        register_planted("reference.Category")
