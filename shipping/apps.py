"""Registration of the shipping room: the officers' pages with their entries in the menu, and what comes with the migrations."""

from django.apps import AppConfig
from django.urls import include, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core import slots
from core.backup.registry import register_planted
from core.errors import gettext_noop
from core.secrets import register_rotation
from core.staff import StaffLink, register_link, register_pages
from notifications.registry import NoticeKind, register_kind
from storefronts.registry import Subjects, register_acts, register_subjects
from storefronts.rules import Act

OFFICERS_PAGES = ("cards", "duties", "officers_accounts", "officers_forwarders")
CARRIER_PAUSED = NoticeKind(
    "carrier_paused", gettext_noop("A carrier no longer accepts an account"),
    gettext_noop("You get this mail because you look after accounts at carriers."), ("exporter", "officer"),
)  # fmt: skip
ACTS = (
    Act("shipping.account_added", gettext_noop("{who} added the account {what}")),
    Act("shipping.account_changed", gettext_noop("{who} changed the account {what}")),
    Act("shipping.account_switched_off", gettext_noop("{who} switched the account {what} off")),
    Act("shipping.account_switched_on", gettext_noop("{who} switched the account {what} on")),
    Act("shipping.account_removed", gettext_noop("{who} removed an account at a carrier")),
)


def register_accounts() -> None:
    """Accounts at carriers: who hears of a pause, what the team reads, and how their credentials are encrypted anew."""
    register_kind(CARRIER_PAUSED)
    register_acts(*ACTS)
    selectors = "shipping.selectors.accounts"
    list_ids, name = import_string(f"{selectors}.list_company_account_ids"), import_string(f"{selectors}.name_accounts")
    register_subjects(Subjects("shipping.carrieraccount", list_ids, name))
    register_rotation("accounts at carriers", import_string("shipping.services.accounts.seal_anew"))
    import_string("core.doctor.register_check")(import_string(f"{selectors}.look_at_carrier_accounts"))


class ShippingConfig(AppConfig):
    name = "shipping"
    verbose_name = _("Shipping")

    def ready(self) -> None:
        for planted in ("RuleSet", "DutyRule", "TaxRule"):
            register_planted(f"shipping.{planted}")
        register_pages([path("", include(f"shipping.urls.{room}")) for room in OFFICERS_PAGES])
        register_link(StaffLink(label=_("Rate cards"), url_name="admin:rate_cards", count=lambda: None, order=52))
        # What follows needs models, which cannot be imported before this point.
        slots.register(
            "product.end",
            template="shipping/slots/landed.html",
            select=import_string("shipping.views.landed.select_form"),
            queries=0,
        )
        register_link(StaffLink(label=_("Duties"), url_name="admin:duties", count=lambda: None, order=53))
        register_link(
            StaffLink(label=_("Freight providers"), url_name="admin:shipping_health", count=lambda: None, order=54)
        )
        register_accounts()
