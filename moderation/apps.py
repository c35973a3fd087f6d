"""Registration of the moderation room: the officers' pages, their entry in the menu, and reports as a kind of case."""

from django.apps import AppConfig
from django.urls import include, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core.backup.registry import register_planted
from core.errors import gettext_noop
from core.staff import StaffLink, register_link, register_pages
from moderation.registry import CaseKind, register_kind

REPORT_OUTCOMES = {
    "approve": gettext_noop("Nothing wrong"),
    "changes": gettext_noop("Ask for a change"),
    "reject": gettext_noop("Take it off the market"),
}


def register_report_kind() -> None:
    """Reports are moderation's own kind of case."""
    register_kind(
        CaseKind(
            kind="report",
            label=gettext_noop("Report"),
            compare=import_string("moderation.selectors.reports.compare_report"),
            decide=import_string("moderation.services.decide_report"),
            undo=import_string("moderation.services.undo_report_decision"),
            is_own=import_string("moderation.selectors.reports.is_own_report"),
            get_record_url=import_string("moderation.selectors.reports.get_report_record_url"),
            find_party=import_string("moderation.selectors.reports.find_report_party"),
            is_unchanged=import_string("moderation.selectors.reports.is_still_out"),
            reopen=import_string("moderation.services.reopen_report"),
            appealable=frozenset({"reject"}),
            outcomes=REPORT_OUTCOMES,
            details_template="moderation/_reports.html",
            find_company_id=import_string("moderation.selectors.reports.find_reported_company_id"),
        )
    )


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        register_planted("moderation.Reason")
        register_pages([path("", include("moderation.urls.officers"))])
        count_open = import_string("moderation.selectors.count_open")  # models cannot be imported before this point
        register_link(StaffLink(label=_("Reviews"), url_name="admin:moderation_queue", count=count_open, order=10))
        register_report_kind()
