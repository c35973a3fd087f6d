"""Registration of the shipping room: the officers' pages with their entries in the menu, and what comes with the migrations."""

from django.apps import AppConfig
from django.urls import include, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core import slots
from core.backup.registry import register_planted
from core.errors import gettext_noop
from core.nights import register_nightly
from core.staff import StaffLink, register_link, register_pages
from notifications.registry import NoticeKind, register_kind

OFFICERS_PAGES = ("cards", "duties", "officers_accounts")
NOTICES = (
    NoticeKind(
        "forwarder_asked", gettext_noop("Requests to price freight"),
        gettext_noop("You get this mail because an exporter, or the agency, has written you down as a forwarder."), (),
    ),
    NoticeKind(
        "forwarder_answer", gettext_noop("Answers of forwarders"), gettext_noop("You get this mail because you asked a forwarder."),
        ("exporter", "buyer", "officer"),
    ),
)  # fmt: skip


class ShippingConfig(AppConfig):
    name = "shipping"
    verbose_name = _("Shipping")

    def ready(self) -> None:
        for planted in ("RuleSet", "DutyRule", "TaxRule"):
            register_planted(f"shipping.{planted}")
        for kind in NOTICES:
            register_kind(kind)
        register_pages([path("", include(f"shipping.urls.{room}")) for room in OFFICERS_PAGES])
        register_nightly("shipping.expire_lookups")
        register_link(StaffLink(label=_("Rate cards"), url_name="admin:rate_cards", count=lambda: None, order=52))
        # What follows needs models, which cannot be imported before this point.
        slots.register(
            "product.end",
            template="shipping/slots/landed.html",
            select=import_string("shipping.views.landed.select_form"),
            queries=0,
        )
        register_link(StaffLink(label=_("Duties"), url_name="admin:duties", count=lambda: None, order=53))
