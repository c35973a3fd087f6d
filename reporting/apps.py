"""Registration of the reporting room: the officers' pages, and what stands beside a case and below a firm's record."""

from django.apps import AppConfig
from django.urls import include, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core import slots
from core.errors import gettext_noop
from core.staff import StaffLink, register_link, register_pages
from listings.registry import FirmLink, register_firm_link


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Reporting")

    def ready(self) -> None:
        register_pages([path("", include("reporting.urls"))])
        register_link(StaffLink(label=_("Results"), url_name="admin:reporting_period", count=lambda: None, order=60))
        register_firm_link(FirmLink(gettext_noop("Log support"), "admin:reporting_support"))
        # What follows needs models, which cannot be imported before this point.
        slots.register(
            "case.side", template="reporting/parts/panel.html",
            select=import_string("reporting.views.slots.select_case_support"), queries=3,
        )  # fmt: skip
        slots.register(
            "company.record", template="reporting/parts/panel.html",
            select=import_string("reporting.views.slots.select_record_support"), queries=1,
        )  # fmt: skip
