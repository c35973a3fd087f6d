"""Registration of the storefronts room: menu, to-dos, pictures and the officers' kind of case."""

from typing import Any

from django.apps import AppConfig
from django.urls import include, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core.errors import gettext_noop
from core.secrets import register_rotation
from core.staff import StaffLink, register_link, register_pages
from moderation.registry import CaseKind, Reportable, register_kind, register_reportable
from storefronts.registry import StepSource, register_acts, register_nav, register_steps, register_todos
from storefronts.rules import Act, NavItem
from uploads.registry import Profile, register_profile

MENU = (
    NavItem("dashboard", gettext_noop("Dashboard"), "storefronts:dashboard", "home", 10),
    NavItem("storefront", gettext_noop("Storefront"), "storefronts:edit", "eye", 80),
    NavItem("payment", gettext_noop("Payment"), "storefronts:payment", "coin", 85),
    NavItem("team", gettext_noop("Team"), "storefronts:team", "team", 90),
)

ACTS = (
    Act("storefronts.company_opened", gettext_noop("{who} registered the company")),
    Act("storefronts.company_entered_by_agency", gettext_noop("{who} entered the company")),
    Act("storefronts.company_claimed", gettext_noop("{who} took the company over")),
    Act("storefronts.facts_saved", gettext_noop("{who} changed the storefront")),
    Act("storefronts.picture_changed", gettext_noop("{who} changed a picture of the storefront")),
    Act("storefronts.contacts_changed", gettext_noop("{who} changed how to reach you")),
    Act("storefronts.sites_changed", gettext_noop("{who} changed the places where you work")),
    Act("storefronts.company_sent", gettext_noop("{who} sent the company to the agency")),
    Act("storefronts.company_taken_back", gettext_noop("{who} took the company back from the agency")),
    Act("storefronts.decision_appealed", gettext_noop("{who} appealed a decision about the company")),
    Act("storefronts.member_invited", gettext_noop("{who} invited a colleague")),
    Act("storefronts.firm_invited", gettext_noop("{who} sent you an invitation")),
    Act("storefronts.invitation_revoked", gettext_noop("{who} took an invitation back")),
    Act("storefronts.member_joined", gettext_noop("{who} joined the team")),
    Act("storefronts.member_left", gettext_noop("{who} left the team")),
    Act("storefronts.member_removed", gettext_noop("{who} took a colleague out of the team")),
    Act("storefronts.role_changed", gettext_noop("{who} changed a colleague’s role")),
    Act("storefronts.said_works_alone", gettext_noop("{who} said to work alone")),
    Act("storefronts.ownership_offered", gettext_noop("{who} offered the ownership to a colleague")),
    Act("storefronts.ownership_accepted", gettext_noop("{who} became the owner")),
    Act("storefronts.ownership_declined", gettext_noop("{who} declined the ownership")),
    Act("storefronts.ownership_withdrawn", gettext_noop("{who} took the offer of ownership back")),
    Act("storefronts.payment_asked", gettext_noop("{who} asked for another account that buyers pay to")),
    Act("storefronts.payment_cancelled", gettext_noop("{who} took a change of the account back")),
    Act("storefronts.payment_called_back", gettext_noop("{who} called about a change of the account")),
    Act("storefronts.payment_refused", gettext_noop("{who} refused a change of the account")),
)


def register_fairness() -> None:
    """Companies are decided about, appeal and are reported."""
    register_kind(
        CaseKind(
            kind="company",
            label=gettext_noop("Company"),
            compare=import_string("storefronts.selectors.comparison.get_company_comparison"),
            decide=import_string("storefronts.services.decide_company"),
            undo=import_string("storefronts.services.undo_company_decision"),
            extra_form=import_string("storefronts.forms.VerificationForm"),
            is_own=import_string("storefronts.selectors.comparison.is_own_company"),
            get_record_url=import_string("storefronts.selectors.comparison.get_company_record_url"),
            find_party=import_string("storefronts.selectors.fairness.find_company_party"),
            is_unchanged=import_string("storefronts.selectors.fairness.is_company_unchanged"),
            reopen=import_string("storefronts.services.appeal_company_decision"),
            find_company_id=import_string("storefronts.selectors.fairness.find_company_id"),
        )
    )
    register_reportable(
        Reportable(
            kind="exporter",
            label=gettext_noop("Exporter"),
            find_public=import_string("storefronts.selectors.fairness.find_public_company"),
            describe=import_string("storefronts.selectors.fairness.describe_company"),
            find_party=import_string("storefronts.selectors.fairness.find_reported_company_party"),
            list_recipients=import_string("storefronts.selectors.fairness.list_reported_company_recipients"),
            is_out=import_string("storefronts.selectors.fairness.is_company_out"),
            take_out=import_string("storefronts.services.take_company_out"),
            put_back=import_string("storefronts.services.put_company_back"),
            find_company_id=import_string("storefronts.selectors.fairness.get_reported_company_id"),
        )
    )


class StorefrontsConfig(AppConfig):
    name = "storefronts"
    verbose_name = _("Storefronts")

    def ready(self) -> None:
        for item in MENU:
            register_nav(item)
        register_acts(*ACTS)
        # What follows needs models, which cannot be imported before this point.
        register_todos(import_string("storefronts.selectors.dashboard.list_company_todos"))
        register_todos(import_string("storefronts.selectors.ownership.list_offer_todos"))
        onboarding = "storefronts.selectors.onboarding"
        budget = import_string(f"{onboarding}.STOREFRONT_QUERIES")
        register_steps(StepSource("storefront", import_string(f"{onboarding}.list_storefront_steps"), queries=budget))
        may_read_picture = import_string("storefronts.selectors.pictures.may_read_picture")

        def may_read(user: Any, upload: Any) -> bool:
            return bool(may_read_picture(user=user, upload=upload))

        register_profile(Profile("logo", widths=(160, 320), may_read=may_read))
        register_profile(Profile("cover", widths=(640, 320, 1200), may_read=may_read))
        register_fairness()
        register_rotation("payment details", import_string("storefronts.services.payment.seal_anew"))
        import_string("core.doctor.register_check")(import_string("storefronts.selectors.payment.look_at_field_keys"))
        uncalled = import_string("storefronts.selectors.payment.count_uncalled_changes")
        register_link(StaffLink(label=_("Accounts"), url_name="admin:payment_changes", count=uncalled, order=45))
        register_pages([path("", include("storefronts.urls.officers"))])
        register_link(StaffLink(label=_("Members"), url_name="admin:members_unconfirmed", count=lambda: None, order=50))
