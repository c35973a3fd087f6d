"""Registration of the uploads room."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core.backup.registry import register_files


class UploadsConfig(AppConfig):
    name = "uploads"
    verbose_name = _("Files")

    def ready(self) -> None:
        # This needs models, which cannot be imported before this point.
        register_files(import_string("uploads.selectors.list_stored_files"))
