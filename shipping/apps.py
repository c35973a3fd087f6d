"""Registration of the shipping room: the officers' pages with their entries in the menu, and what comes with the migrations."""

from django.apps import AppConfig
from django.urls import include, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core import slots
from core.backup.registry import register_planted
from core.errors import gettext_noop
from core.nights import register_nightly
from core.secrets import register_rotation
from core.staff import StaffLink, register_link, register_pages
from notifications.registry import NoticeKind, register_kind
from storefronts.registry import Subjects, register_acts, register_nav, register_subjects
from storefronts.rules import Act, NavItem

OFFICERS_PAGES = ("cards", "duties", "officers_accounts")
NOTICES = (
    NoticeKind(
        "carrier_paused", gettext_noop("A carrier no longer accepts an account"),
        gettext_noop("You get this mail because you look after accounts at carriers."), ("exporter", "officer"),
    ),
    NoticeKind(
        "forwarder_asked", gettext_noop("Requests to price freight"),
        gettext_noop("You get this mail because an exporter, or the agency, has written you down as a forwarder."), (),
    ),
    NoticeKind(
        "forwarder_answer", gettext_noop("Answers of forwarders"), gettext_noop("You get this mail because you asked a forwarder."),
        ("exporter", "buyer", "officer"),
    ),
)  # fmt: skip

ACTS = (
    Act("shipping.profile_added", gettext_noop("{who} added the shipping profile “{what}”")),
    Act("shipping.profile_changed", gettext_noop("{who} changed the shipping profile “{what}”")),
    Act("shipping.profile_made_usual", gettext_noop("{who} made “{what}” the usual shipping profile")),
    Act("shipping.profile_removed", gettext_noop("{who} removed a shipping profile")),
    Act("shipping.card_imported", gettext_noop("{who} brought in the rate card “{what}”")),
    Act("shipping.card_published", gettext_noop("{who} published the rate card “{what}”")),
    Act("shipping.card_discarded", gettext_noop("{who} threw away a draft of the rate card “{what}”")),
    Act("shipping.account_added", gettext_noop("{who} added the account {what}")),
    Act("shipping.account_changed", gettext_noop("{who} changed the account {what}")),
    Act("shipping.account_switched_off", gettext_noop("{who} switched the account {what} off")),
    Act("shipping.account_switched_on", gettext_noop("{who} switched the account {what} on")),
    Act("shipping.account_removed", gettext_noop("{who} removed an account at a carrier")),
)


def register_desk() -> None:
    """The exporter's shipping pages in the menu, and what is done there in the activity log."""
    register_nav(NavItem("shipping", gettext_noop("Shipping"), "shipping:profiles", "truck", 28))
    names = "shipping.selectors.profiles."
    for model, list_ids, name in (
        ("shippingprofile", "list_profile_ids", "name_profiles"),
        ("tariff", "list_tariff_ids", "name_tariffs"),
        ("tariffversion", "list_version_ids", "name_versions"),
    ):
        register_subjects(
            Subjects(f"shipping.{model}", import_string(f"{names}{list_ids}"), import_string(f"{names}{name}"))
        )
    register_acts(*ACTS)


def register_accounts() -> None:
    """Accounts at carriers: what the team reads of them, and how their credentials are encrypted anew."""
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
        for kind in NOTICES:
            register_kind(kind)
        register_pages([path("", include(f"shipping.urls.{room}")) for room in OFFICERS_PAGES])
        register_nightly("shipping.expire_lookups")
        # What follows needs models, which cannot be imported before this point.
        slots.register(
            "product.end",
            template="shipping/slots/landed.html",
            select=import_string("shipping.views.landed.select_form"),
            queries=0,
        )
        waiting = import_string("shipping.selectors.card_plans.count_waiting_drafts")
        register_link(StaffLink(label=_("Rate cards"), url_name="admin:rate_cards", count=waiting, order=52))
        register_link(StaffLink(label=_("Duties"), url_name="admin:duties", count=lambda: None, order=53))
        register_desk()
        register_link(
            StaffLink(label=_("Freight providers"), url_name="admin:shipping_health", count=lambda: None, order=54)
        )
        register_accounts()
