"""Registration of the moderation room: the officers' pages and their entry in the menu."""

from django.apps import AppConfig
from django.urls import include, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core.backup.registry import register_planted
from core.staff import StaffLink, register_link, register_pages


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        register_planted("moderation.Reason")
        register_pages([path("", include("moderation.urls"))])
        count_open = import_string("moderation.selectors.count_open")  # models cannot be imported before this point
        register_link(StaffLink(label=_("Reviews"), url_name="admin:moderation_queue", count=count_open, order=10))
