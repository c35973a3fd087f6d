"""Registration of the uploads room: its files go into backups and are checked."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core.backup.registry import FileSource, register_files
from core.nights import register_nightly


class UploadsConfig(AppConfig):
    name = "uploads"
    verbose_name = _("Files")

    def ready(self) -> None:
        register_nightly("uploads.forget_arrivals")
        register_files(
            FileSource(
                name="uploads",
                folders=("quarantine", "renditions", "originals"),
                # Models cannot be imported before this point.
                list_files=import_string("uploads.selectors.list_stored_files"),
                is_busy=import_string("uploads.selectors.is_any_upload_under_way"),
            )
        )
