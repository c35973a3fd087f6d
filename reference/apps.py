"""Registration of the reference room: its categories come with the migrations."""

from django.apps import AppConfig
from django.urls import include, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core.backup.registry import register_planted
from core.staff import register_pages


class ReferenceConfig(AppConfig):
    name = "reference"
    verbose_name = _("Categories")

    def ready(self) -> None:
        register_planted("reference.Category")
        register_planted("reference.Attribute")
        register_pages([path("", include("reference.urls"))])
        # These need models, which cannot be imported before this point.
        import_string("core.doctor.register_check")(import_string("reference.selectors.look_at_rates"))
