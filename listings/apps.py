"""Registration of the listings room: menu, to-dos, figures, pictures, the officers' kind of case, news of companies."""

from typing import Any

from django.apps import AppConfig
from django.urls import include, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from certifications.registry import CoverageSource, on_certificate_change, register_coverage
from core import slots
from core.backup.registry import leave_out, register_rebuild
from core.errors import gettext_noop
from core.nights import register_nightly
from core.staff import StaffLink, register_link, register_pages
from moderation.registry import CaseKind, Reportable, register_kind, register_reportable
from notifications.registry import NoticeKind
from notifications.registry import register_kind as register_kind_of_notice
from storefronts.registry import (
    StepSource,
    Subjects,
    on_company_change,
    on_visit,
    register_acts,
    register_nav,
    register_numbers,
    register_steps,
    register_subjects,
    register_todos,
)
from storefronts.rules import Act, NavItem
from uploads.registry import Profile, register_profile

ACTS = (
    Act("listings.created", gettext_noop("{who} began the product “{what}”")),
    Act("listings.saved", gettext_noop("{who} changed the price of “{what}”"), field="breaks"),
    Act("listings.saved", gettext_noop("{who} changed the variants of “{what}”"), field="variants"),
    Act("listings.saved", gettext_noop("{who} changed the HS code of “{what}”"), field="hs_code"),
    Act("listings.saved", gettext_noop("{who} changed “{what}”")),
    Act("listings.pictures_added", gettext_noop("{who} added pictures to “{what}”")),
    Act("listings.picture_removed", gettext_noop("{who} removed a picture of “{what}”")),
    Act("listings.documents_added", gettext_noop("{who} added a paper to “{what}”")),
    Act("listings.document_removed", gettext_noop("{who} removed a paper of “{what}”")),
    Act("listings.certificates_chosen", gettext_noop("{who} changed which certificates cover “{what}”")),
    Act("listings.submitted", gettext_noop("{who} sent “{what}” to the agency")),
    Act("listings.withdrawn", gettext_noop("{who} took “{what}” back from the agency")),
    Act("listings.published_at_once", gettext_noop("{who} published changes of “{what}”")),
    Act("listings.decision_appealed", gettext_noop("{who} appealed a decision about “{what}”")),
    Act("listings.pause", gettext_noop("{who} paused “{what}”")),
    Act("listings.resume", gettext_noop("{who} showed “{what}” to buyers again")),
    Act("listings.archive", gettext_noop("{who} moved “{what}” to the archive")),
    Act("listings.restore", gettext_noop("{who} took “{what}” out of the archive")),
)


def may_read_document(user: Any, upload: Any) -> bool:
    """Who may read a product's paper here: members of the company and officers; buyers have doors of their own."""
    return bool(import_string("listings.selectors.dashboard.is_document_readable")(user=user, upload=upload))


def may_read_picture(user: Any, upload: Any) -> bool:
    """Who may see a listing's picture before it is public."""
    return bool(import_string("listings.selectors.dashboard.is_picture_readable")(user=user, upload=upload))


def may_send_pictures(user: Any) -> bool:
    """Who may begin to send a listing's picture in pieces."""
    return bool(import_string("listings.selectors.dashboard.is_picture_sender")(user=user))


def register_files() -> None:
    """A product's pictures, which may come in pieces, and its papers."""
    register_profile(Profile("listing_picture", in_pieces=True, may_send=may_send_pictures, may_read=may_read_picture))
    register_profile(
        Profile(
            "listing_document",
            kinds=("document", "picture"),
            max_pages=60,
            keeps_original=True,
            sender_may_read=False,
            may_read=may_read_document,
        )
    )


def register_samples() -> None:
    """Officers look afterwards at some of what was published at once."""
    register_kind(
        CaseKind(
            kind="listing_after",
            label=gettext_noop("Published at once"),
            compare=import_string("listings.selectors.comparison.build_comparison"),
            decide=import_string("listings.services.publication.decide_published"),
            undo=import_string("listings.services.publication.undo_published_decision"),
            is_own=import_string("listings.selectors.comparison.is_own_listing"),
            get_record_url=import_string("listings.selectors.comparison.get_record_url"),
            find_party=import_string("listings.selectors.fairness.find_listing_party"),
            find_company_id=import_string("listings.selectors.fairness.find_company_id"),
            outcomes={"approve": gettext_noop("It stays"), "changes": gettext_noop("Take it back")},
            appealable=frozenset(),
        )
    )


def register_fairness() -> None:
    """Products are decided about, appealed and reported."""
    register_kind(
        CaseKind(
            kind="listing",
            label=gettext_noop("Product"),
            compare=import_string("listings.selectors.comparison.build_comparison"),
            decide=import_string("listings.services.decisions.decide_revision"),
            undo=import_string("listings.services.decisions.undo_revision_decision"),
            is_own=import_string("listings.selectors.comparison.is_own_listing"),
            get_record_url=import_string("listings.selectors.comparison.get_record_url"),
            find_party=import_string("listings.selectors.fairness.find_listing_party"),
            find_company_id=import_string("listings.selectors.fairness.find_company_id"),
            is_unchanged=import_string("listings.selectors.fairness.is_listing_unchanged"),
            reopen=import_string("listings.services.appeals.appeal_revision_decision"),
        )
    )
    register_reportable(
        Reportable(
            kind="product",
            label=gettext_noop("Product"),
            find_public=import_string("listings.selectors.fairness.find_public_listing"),
            describe=import_string("listings.selectors.fairness.describe_listing"),
            find_party=import_string("listings.selectors.fairness.find_reported_listing_party"),
            list_recipients=import_string("listings.selectors.fairness.list_listing_recipients"),
            is_out=import_string("listings.selectors.fairness.is_listing_out"),
            take_out=import_string("listings.services.availability.take_listing_out"),
            put_back=import_string("listings.services.availability.put_listing_back"),
            find_company_id=import_string("listings.selectors.fairness.find_reported_company_id"),
        )
    )


def register_certificates() -> None:
    """Certificates hear which products they cover, and listings hear when one changes."""
    on_certificate_change(import_string("listings.services.coverage.follow_certificate"))
    register_coverage(
        CoverageSource(
            list_products=import_string("listings.selectors.coverage.list_covered_products"),
            list_facts=import_string("listings.selectors.coverage.list_covered_facts"),
            confirm_products=import_string("listings.services.coverage.confirm_products"),
            take_over=import_string("listings.services.coverage.take_over_products"),
        )
    )


def register_traffic() -> None:
    """Visits are counted, shown to the exporter by week, and forgotten after two years."""
    register_nav(NavItem("figures", gettext_noop("Figures"), "figures:index", "chart", 30))
    on_visit(import_string("listings.services.traffic.note_visit"))
    register_numbers(import_string("listings.selectors.figures.list_traffic_numbers"))
    slots.register(
        "dashboard.main", template="listings/slots/dashboard_figures.html",
        select=import_string("listings.selectors.figures.select_dashboard_figures"), queries=3, order=10,
    )  # fmt: skip
    register_nightly("listings.forget_traffic")


def register_price_dates() -> None:
    """Old prices are asked about each night; officers see the firms that do not answer."""
    register_nightly("listings.look_at_prices")
    register_kind_of_notice(PRICE_NOTICE)
    register_todos(import_string("listings.selectors.price_dates.list_price_todos"))
    count = import_string("listings.selectors.silent_firms.count_silent_firms")
    register_link(StaffLink(label=_("Silent firms"), url_name="admin:silent_firms", count=count, order=42))


PRICE_NOTICE = NoticeKind(
    "price_dates",
    gettext_noop("Whether my prices are still right"),
    gettext_noop("You get this mail because you edit products of a company whose prices buyers see."),
    ("exporter",),
)
NOTICE = NoticeKind(
    "saved_search",
    gettext_noop("New products for my searches"),
    gettext_noop("You get this mail because you asked to hear of new products for a search."),
    ("buyer",),
)


def register_workbench() -> None:
    """A new firm's steps lead to its first product, and the team page tells who did what with which product."""
    register_steps(StepSource("products", import_string("listings.selectors.onboarding.list_product_steps"), queries=1))
    activity = "listings.selectors.activity"
    for kind, what in (("listing", "product"), ("listingrevision", "revision")):
        list_ids = import_string(f"{activity}.list_{what}_ids")
        register_subjects(Subjects(f"listings.{kind}", list_ids, import_string(f"{activity}.name_{what}s")))
    register_acts(*ACTS)


class ListingsConfig(AppConfig):
    name = "listings"
    verbose_name = _("Listings")

    def ready(self) -> None:
        register_nav(NavItem("products", gettext_noop("Products"), "products:list", "box", 20))
        register_files()
        # What follows needs models, which cannot be imported before this point.
        register_todos(import_string("listings.selectors.dashboard.list_listing_todos"))
        register_numbers(import_string("listings.selectors.dashboard.list_listing_numbers"))
        on_company_change(import_string("listings.services.changes.note_company_change"))
        on_company_change(import_string("listings.services.availability.follow_company"))
        leave_out("listings.EditorPresence", because="who has a product open this minute")
        leave_out("listings.SearchChange", because="what the index has still to learn; it is built again")
        register_rebuild("Products in the search index", import_string("listings.search.indexer.rebuild"))
        slots.register(
            "storefront.products", template="catalogue/storefront_products.html",
            select=import_string("listings.selectors.catalogue.select_storefront_products"), queries=11,
        )  # fmt: skip
        slots.register(
            "dashboard.main", template="listings/slots/dashboard_products.html",
            select=import_string("listings.selectors.dashboard.select_dashboard_products"), queries=5,
        )  # fmt: skip
        register_fairness()
        register_samples()
        register_certificates()
        register_traffic()
        register_price_dates()
        register_workbench()
        register_kind_of_notice(NOTICE)
        register_pages([path("", include("listings.urls.officers"))])
        register_link(StaffLink(label=_("Search words"), url_name="admin:search_words", count=lambda: None, order=40))
        register_link(StaffLink(label=_("Rules for texts"), url_name="admin:lint_rules", count=lambda: None, order=41))
        register_nightly("listings.look_for_alerts")
