"""Registration of the inquiries room: the files of messages, the menu, what the dashboard shows."""

from typing import Any

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core import slots
from core.errors import gettext_noop
from storefronts.registry import register_nav, register_numbers, register_todos
from storefronts.rules import NavItem
from uploads.registry import Profile, register_profile

FILE_BYTES = 10 * 1024 * 1024


def may_read_attachment(*_asked: Any) -> bool:
    """Nobody at `/media/`: the thread's own address asks who is a party."""
    return False


class InquiriesConfig(AppConfig):
    name = "inquiries"
    verbose_name = _("Inquiries")

    def ready(self) -> None:
        register_profile(Profile("attachment", max_bytes=FILE_BYTES, widths=(320, 1200), may_read=may_read_attachment))
        # What follows needs models, which cannot be imported before this point.
        count = import_string("inquiries.selectors.inbox.count_waiting")
        register_nav(NavItem("inquiries", gettext_noop("Inquiries"), "inquiries:inbox", "inbox", 15, count=count))
        register_todos(import_string("inquiries.selectors.dashboard.list_inquiry_todos"))
        register_numbers(import_string("inquiries.selectors.dashboard.list_inquiry_numbers"))
        slots.register(
            "dashboard.main", template="inquiries/slots/dashboard_inquiries.html",
            select=import_string("inquiries.selectors.dashboard.select_dashboard_inquiries"), queries=2, order=20,
        )  # fmt: skip
