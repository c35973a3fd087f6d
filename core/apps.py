"""Registration of the toolbox: every app's jobs are known to every process; officers find the agency's pages."""

from django.apps import AppConfig
from django.urls import include, path
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from core.nights import register_nightly
from core.staff import StaffLink, register_link, register_pages


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("House")

    def ready(self) -> None:
        autodiscover_modules("tasks")
        register_nightly("core.forget_allowances")
        register_pages([path("", include("core.page_admin"))])
        register_link(StaffLink(label=_("Pages"), url_name="admin:agency_pages", count=lambda: None, order=80))
