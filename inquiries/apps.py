"""Registration of the inquiries room: files, notices, menu, dashboard, the forms beside products, what is said of replies."""

from django.apps import AppConfig
from django.urls import include, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core import slots
from core.errors import gettext_noop
from core.staff import StaffLink, register_link, register_pages
from listings.registry import SearchField, WeeklySource, register_search_field, register_weekly
from moderation.registry import CaseKind
from moderation.registry import register_kind as register_case_kind
from notifications.registry import NoticeKind, register_kind
from storefronts.registry import (
    Subjects,
    on_company_change,
    register_acts,
    register_nav,
    register_numbers,
    register_public_numbers,
    register_subjects,
    register_todos,
)
from storefronts.rules import Act, NavItem
from uploads.registry import Profile, register_profile

REPLY_RANGES = {
    "8h": (gettext_noop("Within 8 hours"), gettext_noop("Answers within 8 hours")),
    "1d": (gettext_noop("Within one working day"), gettext_noop("Answers within one working day")),
    "2d": (gettext_noop("Within two working days"), gettext_noop("Answers within two working days")),
}
REPLY_MERITS = {"8h": 1.0, "1d": 0.8, "2d": 0.6}
WHY_COMPANY = gettext_noop("You get this mail because you may answer inquiries to your company.")
WHY_PARTY = gettext_noop("You get this mail because you take part in this thread.")
WHY_BUYER = gettext_noop("You get this mail because you asked an exporter.")
WHY_REQUESTER = gettext_noop("You get this mail because you requested quotations.")
NOTICES = (
    NoticeKind("inquiry_new", gettext_noop("New inquiries"), WHY_COMPANY, ("exporter",)),
    NoticeKind("inquiry_message", gettext_noop("Messages in my threads"), WHY_PARTY, ("exporter", "buyer")),
    NoticeKind("inquiry_reminder", gettext_noop("Reminders of answers that are due"), WHY_COMPANY, ("exporter",)),
    NoticeKind("inquiry_assigned", gettext_noop("Inquiries that a colleague gives to me"), WHY_COMPANY, ("exporter",)),
    NoticeKind(
        "request_invited", gettext_noop("Requests that my company is asked to answer"), WHY_COMPANY, ("exporter",)
    ),
    NoticeKind("request_ended", gettext_noop("One of my requests has ended"), WHY_REQUESTER, ("buyer",)),
    NoticeKind("inquiry_late", gettext_noop("An exporter has not answered in time"), WHY_BUYER, ("buyer",)),
    NoticeKind(
        "quotation_news", gettext_noop("Quotations: sent, countered, accepted, ended"), WHY_PARTY, ("exporter", "buyer")
    ),
    NoticeKind(
        "deal_news", gettext_noop("Deals and samples: sent, arrived, confirmed"), WHY_PARTY, ("exporter", "buyer")
    ),
    NoticeKind("inquiry_help", gettext_noop("The agency may read one of my threads"), WHY_PARTY, ("exporter", "buyer")),
)
FILE_BYTES = 10 * 1024 * 1024
ACTS = (
    Act("inquiries.assigned", gettext_noop("{who} decided who answers the inquiry about “{what}”")),
    Act("inquiries.declined", gettext_noop("{who} declined the inquiry about “{what}”")),
    Act("inquiries.buyer_blocked", gettext_noop("{who} blocked the buyer who asked about “{what}”")),
    Act("inquiries.buyer_unblocked", gettext_noop("{who} unblocked a buyer")),
    Act("inquiries.paper_shown", gettext_noop("{who} showed a paper to the buyer who asked about “{what}”")),
    Act("inquiries.paper_hidden", gettext_noop("{who} hid a paper from the buyer who asked about “{what}”")),
    Act("inquiries.own_buyer_added", gettext_noop("{who} added a buyer of your own, about “{what}”")),
    Act("inquiries.quotation_begun", gettext_noop("{who} began quotation {what}")),
    Act("inquiries.freight_quoted", gettext_noop("{who} put freight into quotation {what}")),
    Act("inquiries.quotation_sent", gettext_noop("{who} sent quotation {what}")),
    Act("inquiries.quotation_withdrawn", gettext_noop("{who} withdrew quotation {what}")),
    Act("inquiries.deal_shipped", gettext_noop("{who} said that the goods of {what} are on their way")),
    Act("inquiries.deal_called_off", gettext_noop("{who} called off the deal of {what}")),
    Act("inquiries.sample_sent", gettext_noop("{who} sent a sample, about “{what}”")),
    Act("inquiries.sample_declined", gettext_noop("{who} sends no sample, about “{what}”")),
    Act("inquiries.quotation_link_renewed", gettext_noop("{who} made a new link to quotation {what}")),
    Act("inquiries.absence_told", gettext_noop("{who} told buyers that you are away")),
    Act("inquiries.absence_ended", gettext_noop("{who} ended your absence")),
)


def register_help() -> None:
    """A party's request for help and a dispute are cases; their decision ends the reading."""
    register_pages([path("", include("inquiries.urls.officers"))])
    register_link(StaffLink(label=_("Deals"), url_name="admin:inquiries_deals", count=lambda: None, order=55))
    register_link(StaffLink(label=_("Barred buyers"), url_name="admin:inquiries_barred", count=lambda: None, order=56))
    for kind, label in (
        ("inquiry", gettext_noop("Help in a thread")),
        ("dispute", gettext_noop("Dispute about a deal")),
    ):
        register_case_kind(
            CaseKind(
                kind=kind,
                label=label,
                compare=import_string("inquiries.selectors.officers.get_inquiry_comparison"),
                decide=import_string("inquiries.services.agency.settle_help"),
                undo=import_string("inquiries.services.agency.undo_settled_help"),
                is_own=import_string("inquiries.selectors.officers.is_own_inquiry"),
                find_company_id=import_string("inquiries.selectors.officers.find_company_id"),
                outcomes={"approve": gettext_noop("Settled, stop reading")},
            )
        )


def register_requests() -> None:
    """A sourcing request waits for an officer, who sends it to matched exporters or rejects it."""
    officers = "inquiries.selectors.sourcing."
    register_case_kind(
        CaseKind(
            kind="request", label=gettext_noop("Sourcing request"), compare=import_string(f"{officers}get_request_comparison"),
            decide=import_string("inquiries.services.sourcing.decide_request"),
            undo=import_string("inquiries.services.sourcing.undo_request_decision"),
            is_own=import_string(f"{officers}is_own_request"), describe=import_string(f"{officers}describe_sourcing"),
            extra_form=import_string("inquiries.forms.requests.SourcingForm"), subject_template="inquiries/officer/request.html",
            outcomes={"approve": gettext_noop("Send to exporters"), "reject": gettext_noop("Reject")},
        )
    )  # fmt: skip
    register_nav(NavItem("requests", gettext_noop("Requests"), "inquiries:invitations", "hands", 16))


def register_activity() -> None:
    """The team page tells who did what with which inquiry."""
    list_ids = import_string("inquiries.selectors.activity.list_subject_ids")
    register_subjects(
        Subjects("inquiries.inquiry", list_ids, import_string("inquiries.selectors.activity.name_subjects"))
    )
    register_subjects(
        Subjects(
            "inquiries.quotation",
            import_string("inquiries.selectors.activity.list_quotation_ids"),
            import_string("inquiries.selectors.activity.name_quotations"),
        )
    )
    register_acts(*ACTS)


def register_quotations() -> None:
    """Quotations in the menu and on the dashboard, and what they need of the machine."""
    register_nav(NavItem("quotations", gettext_noop("Quotations"), "inquiries:quotations", "coin", 17))
    register_todos(import_string("inquiries.selectors.desk_todos.list_quotation_todos"))
    import_string("core.doctor.register_check")(import_string("inquiries.selectors.doctor.look_at_papers"))


class InquiriesConfig(AppConfig):
    name = "inquiries"
    verbose_name = _("Inquiries")

    def ready(self) -> None:
        # The thread's own address asks who is a party; at /media/ nobody reads an attachment.
        register_profile(
            Profile(
                "attachment", kinds=("picture", "document"), max_bytes=FILE_BYTES, widths=(320, 1200), sender_may_read=False, reads_text=True,
            )
        )  # fmt: skip
        for kind in NOTICES:
            register_kind(kind)
        # What follows needs models, which cannot be imported before this point.
        read_reply_values = import_string("inquiries.selectors.replies.read_reply_values")
        slots.register(
            "product.side", template="inquiries/slots/ask.html",
            select=import_string("inquiries.views.slots.select_product_form"), queries=4,
        )  # fmt: skip
        slots.register(
            "storefront.side", template="inquiries/slots/ask.html",
            select=import_string("inquiries.views.slots.select_storefront_form"), queries=4,
        )  # fmt: skip
        register_search_field(
            SearchField("reply", gettext_noop("Answers inquiries"), REPLY_RANGES, read_reply_values, REPLY_MERITS)
        )
        on_company_change(import_string("inquiries.services.clock.follow_company"))
        register_public_numbers(import_string("inquiries.selectors.replies.list_public_numbers"))
        count = import_string("inquiries.selectors.inbox.count_waiting")
        register_nav(NavItem("inquiries", gettext_noop("Inquiries"), "inquiries:inbox", "inbox", 15, count=count))
        register_todos(import_string("inquiries.selectors.dashboard.list_inquiry_todos"))
        register_numbers(import_string("inquiries.selectors.dashboard.list_inquiry_numbers"))
        slots.register(
            "dashboard.main", template="inquiries/slots/dashboard_inquiries.html",
            select=import_string("inquiries.selectors.dashboard.select_dashboard_inquiries"), queries=2, order=20,
        )  # fmt: skip
        weekly = import_string("inquiries.selectors.weekly.list_weekly_inquiries")
        register_weekly(
            WeeklySource("inquiries", gettext_noop("Inquiries"), gettext_noop("Inquiries per week"), weekly)
        )
        register_help()
        register_requests()
        register_quotations()
        register_activity()
