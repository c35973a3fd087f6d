"""What officers see of a thread: nothing, but while a party has let them in."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import find_person
from core.errors import NotFound
from core.templatetags.ui import money
from inquiries.choices import AccessCause
from inquiries.exceptions import AccessOver
from inquiries.models import Deal, OfficerAccess
from moderation.models import Case
from moderation.rules import Comparison, DiffRow


def get_access(*, officer: User, access_id: int, for_update: bool = False) -> OfficerAccess:
    """An access that runs now; raises NotFound for who is no officer or has a tie to a side, AccessOver after its end."""
    rows = OfficerAccess.objects.select_related("inquiry__company", "inquiry__listing", "inquiry__buyer", "asked_by")
    if for_update:
        rows = rows.select_for_update(of=("self",))
    access = rows.filter(pk=access_id).first() if officer.is_officer else None
    if access is None or _has_tie(access, officer):
        raise NotFound
    if not access.is_open_at(timezone.now()):
        raise AccessOver
    return access


def get_inquiry_comparison(*, case: Case) -> Comparison:
    """The case page: who asked the agency in, why, and until when; the thread itself is read on its own page, which is audited."""
    access = OfficerAccess.objects.select_related("inquiry__company").get(pk=case.subject_id)
    rows = [
        DiffRow(_("Who asks"), "", access.get_asked_side_display(), "added"),
        DiffRow(_("Why"), "", access.get_cause_display(), "added"),
        DiffRow(_("What they wrote"), "", access.text, "added"),
        DiffRow(_("Officers may read until"), "", date_format(timezone.localtime(access.until), "j M Y, H:i"), "added"),
        *(_describe_deal(deal) for deal in _list_disputed(access)),
    ]
    return Comparison(rows=tuple(rows), preview_url=reverse("admin:inquiries_reading", args=[access.pk]))


def is_own_inquiry(*, case: Case, officer: Any) -> bool:
    """Is the officer a member of the company, or the buyer?"""
    access = OfficerAccess.objects.select_related("inquiry").get(pk=case.subject_id)
    return _has_tie(access, officer)


def find_company_id(*, case: Case) -> int | None:
    """The company that was asked in the thread that a case is about."""
    return OfficerAccess.objects.filter(pk=case.subject_id).values_list("inquiry__company_id", flat=True).first()


def _list_disputed(access: OfficerAccess) -> QuerySet[Deal]:
    """What was agreed in the thread, where the parties disagree about it."""
    rows = Deal.objects.filter(quotation__inquiry=access.inquiry).select_related("quotation")
    return rows if access.cause == AccessCause.DISPUTE else rows.none()


def _describe_deal(deal: Deal) -> DiffRow:
    values = {
        "value": money(deal.value),
        "stage": deal.get_stage_display(),
        "day": date_format(deal.agreed_at, "j M Y"),
    }
    text = _("%(value)s, agreed on %(day)s, now: %(stage)s") % values
    return DiffRow(_("Deal %(number)s") % {"number": deal.quotation.number}, "", text, "added")


def _has_tie(access: OfficerAccess, officer: Any) -> bool:
    inquiry = access.inquiry
    is_buyer = inquiry.buyer_id == officer.pk or find_person(email=inquiry.buyer_email) == officer
    return is_buyer or inquiry.company.members.filter(user=officer).exists()
