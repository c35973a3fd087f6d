"""Registration of the inquiries room: the files of messages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from uploads.registry import Profile, register_profile

FILE_BYTES = 10 * 1024 * 1024


class InquiriesConfig(AppConfig):
    name = "inquiries"
    verbose_name = _("Inquiries")

    def ready(self) -> None:
        register_profile(Profile("attachment", max_bytes=FILE_BYTES, widths=(320, 1200)))
