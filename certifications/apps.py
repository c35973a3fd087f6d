"""Registration of the certificates' room: files, kinds of cases, notices, the nightly look."""

from typing import Any

from django.apps import AppConfig
from django.urls import include, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core import slots
from core.backup.registry import register_planted
from core.errors import gettext_noop
from core.nights import register_nightly
from core.staff import register_pages
from moderation.registry import CaseKind
from moderation.registry import register_kind as register_case_kind
from notifications.registry import NoticeKind, register_kind
from storefronts.registry import Subjects, register_acts, register_nav, register_subjects, register_todos
from storefronts.rules import Act, NavItem
from uploads.registry import Profile, register_profile

WHY = gettext_noop("You get this mail because you may write for your company.")
NOTICES = (
    NoticeKind("certificate_ending", gettext_noop("Certificates that end soon"), WHY, ("exporter",)),
    NoticeKind("certificate_ended", gettext_noop("Certificates that have ended"), WHY, ("exporter",)),
)
MOST_PAGES = 60
ACTS = (
    Act("certifications.started", gettext_noop("{who} added the certificate “{what}”")),
    Act("certifications.saved", gettext_noop("{who} changed the certificate “{what}”")),
    Act("certifications.files_added", gettext_noop("{who} added pages to the certificate “{what}”")),
    Act("certifications.file_removed", gettext_noop("{who} removed a page of the certificate “{what}”")),
    Act("certifications.submitted", gettext_noop("{who} sent the certificate “{what}” to the agency")),
    Act("certifications.withdrawn", gettext_noop("{who} took the certificate “{what}” back")),
    Act("certifications.decision_appealed", gettext_noop("{who} appealed a decision about the certificate “{what}”")),
)


def may_read_file(user: Any, upload: Any) -> bool:
    """Who may read a certificate's file."""
    return bool(import_string("certifications.selectors.certificates.may_read_file")(user=user, upload=upload))


def may_read_evidence(user: Any, upload: Any) -> bool:
    """Who may see what an officer captured."""
    return bool(import_string("certifications.selectors.certificates.may_read_evidence")(user=user, upload=upload))


def register_files() -> None:
    """Certificates are kept as they were sent; what officers captured is a picture."""
    register_profile(
        Profile(
            "certificate", kinds=("picture", "document"), max_pages=MOST_PAGES, widths=(640, 1280), page_widths=(640, 1280),
            reads_text=True, keeps_original=True, sender_may_read=False, may_read=may_read_file,
        )
    )  # fmt: skip
    register_profile(Profile("check", widths=(320, 1280), sender_may_read=False, may_read=may_read_evidence))


def register_cases() -> None:
    """A sent certificate waits for an officer; a verified one that no longer fits is looked at again."""
    register_pages([path("", include("certifications.urls.officers"))])
    officers, decisions = "certifications.selectors.officers.", "certifications.services.decisions."
    shared: dict[str, Any] = {
        "compare": import_string("certifications.selectors.comparison.compare_certificate"),
        "is_own": import_string(f"{officers}is_own_certificate"),
        "find_party": import_string(f"{officers}find_certificate_party"),
        "find_company_id": import_string(f"{officers}find_company_id"),
        "get_record_url": import_string(f"{officers}get_certificate_record_url"),
        "describe": import_string("certifications.selectors.review.describe_review"),
        "subject_template": "certificates/officer/pages.html",
        "aside_template": "certificates/officer/aside.html",
    }
    register_case_kind(
        CaseKind(
            kind="certificate", label=gettext_noop("Certificate"), **shared,
            decide=import_string(f"{decisions}decide_certificate"),
            undo=import_string(f"{decisions}undo_certificate_decision"),
            is_unchanged=import_string(f"{officers}is_certificate_unchanged"),
            reopen=import_string("certifications.services.appeals.appeal_certificate_decision"),
            extra_form=import_string("certifications.forms.officers.ApprovalForm"),
        )
    )  # fmt: skip
    register_case_kind(
        CaseKind(
            kind="recheck", label=gettext_noop("Certificate to look at again"), **shared,
            decide=import_string(f"{decisions}decide_recheck"), undo=import_string(f"{decisions}undo_recheck"),
            is_unchanged=import_string(f"{officers}is_revocation_unchanged"),
            reopen=import_string("certifications.services.appeals.appeal_revocation"), appealable=frozenset({"reject"}),
            outcomes={"approve": gettext_noop("It still holds"), "reject": gettext_noop("Revoke it")},
        )
    )  # fmt: skip


def register_slots() -> None:
    """Storefronts show what was checked, and the exporter's dashboard how long it holds."""
    slots.register(
        "storefront.side", template="certificates/slots/storefront.html",
        select=import_string("certifications.selectors.storefront.select_storefront_certificates"), queries=1, order=10,
    )  # fmt: skip
    slots.register(
        "dashboard.side", template="certificates/slots/dashboard.html",
        select=import_string("certifications.selectors.dashboard.select_dashboard_certificates"), queries=2, order=10,
    )  # fmt: skip


def register_seller() -> None:
    """The exporter's menu entry, what waits for them on the dashboard, and what the team did."""
    register_nav(NavItem("certificates", gettext_noop("Certificates"), "certificates:list", "badge", 25))
    register_todos(import_string("certifications.selectors.dashboard.list_certificate_todos"))
    activity = "certifications.selectors.activity"
    list_ids, name = import_string(f"{activity}.list_subject_ids"), import_string(f"{activity}.name_subjects")
    register_subjects(Subjects("certifications.certificate", list_ids, name))
    register_acts(*ACTS)


class CertificationsConfig(AppConfig):
    name = "certifications"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        for planted in ("Scheme", "Issuer", "Accreditation", "Requirement"):
            register_planted(f"certifications.{planted}")
        register_files()
        for kind in NOTICES:
            register_kind(kind)
        register_nightly("certifications.look_at_certificates")
        register_nightly("certifications.sign_status_list")
        register_cases()
        register_slots()
        register_seller()
