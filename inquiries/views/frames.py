"""The frame round a thread: the exporter's workspace with its inbox beside it, or the public page."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from inquiries.forms.thread import AssignForm, DeclineForm, ReplyForm, make_key
from inquiries.selectors.buyers import get_buyer_facts
from inquiries.selectors.deals import list_thread_deals, list_thread_steps
from inquiries.selectors.inbox import (
    LISTED_BESIDE,
    describe_rows,
    list_colleagues,
    list_inbox,
    list_reply_templates,
)
from inquiries.selectors.pages import find_product_url, get_thread_page, list_facts
from inquiries.selectors.papers import list_papers
from inquiries.selectors.quotations import find_open_quotation
from inquiries.selectors.requests import find_thread_request
from inquiries.selectors.samples import list_samples
from inquiries.selectors.similar import SimilarExporter, list_similar_exporters
from inquiries.selectors.threads import Seat, is_overdue
from storefronts.models import Member
from storefronts.selectors import build_workspace
from storefronts.selectors.payment import find_bank_notice


def build_frame(seat: Seat) -> dict[str, Any]:
    """The name of the frame's template and what it needs."""
    if seat.member is None:
        return {"frame": "public.html", "is_exporter": False}
    return {
        "frame": "workspace.html",
        "is_exporter": True,
        "workspace": build_workspace(member=seat.member, current="inquiries"),
    }


def build_thread(seat: Seat, *, reply: ReplyForm | None = None, decline: DeclineForm | None = None) -> dict[str, Any]:
    """Everything on the thread's page; a form that is given comes back with its errors."""
    context = {
        **build_frame(seat), "page": get_thread_page(seat=seat), "inquiry": seat.inquiry, "can_write": seat.can_write,
        "reply": reply, "similar": _find_similar(seat), "facts": list_facts(inquiry=seat.inquiry), "product_url": find_product_url(inquiry=seat.inquiry),
        "bank_notice": find_bank_notice(company_id=seat.inquiry.company_id, now=timezone.now()), "papers": list_papers(seat=seat), "rfq": find_thread_request(inquiry=seat.inquiry), "steps": list_thread_steps(inquiry=seat.inquiry), "samples": list_samples(inquiry=seat.inquiry),
        "deals": list_thread_deals(inquiry=seat.inquiry), "can_ask_sample": seat.member is None and seat.inquiry.is_open,
        "draft_key": f"inquiry-{seat.inquiry.pk}-{seat.reader.user.pk or 'guest'}",
    }  # fmt: skip
    if seat.member is not None:
        context["waiting"] = next((link.count or 0 for link in context["workspace"].nav if link.current), 0)
        context |= _build_desk(seat, seat.member, decline)
    return context


def _find_similar(seat: Seat) -> list[SimilarExporter]:
    """Others are offered to the buyer only, and only once the first answer is late."""
    if seat.member is not None or not is_overdue(inquiry=seat.inquiry, now=timezone.now()):
        return []
    return list_similar_exporters(inquiry=seat.inquiry, user=seat.reader.user, language=get_language() or "en")


def _build_desk(seat: Seat, member: Member, decline: DeclineForm | None) -> dict[str, Any]:
    beside = list_inbox(member=member, show="all")[:LISTED_BESIDE]
    desk: dict[str, Any] = {
        "buyer": get_buyer_facts(inquiry=seat.inquiry),
        "rows": describe_rows(inquiries=list(beside)),
        "domain": seat.inquiry.buyer_email.rpartition("@")[2],
    }
    if not seat.can_write:
        return desk
    colleagues = list(list_colleagues(company=member.company))
    return desk | {
        "open_quotation": find_open_quotation(inquiry=seat.inquiry),
        "assign": AssignForm(colleagues=colleagues, initial={"assigned_to": seat.inquiry.assigned_to_id}),
        "templates": list(list_reply_templates(company=member.company)),
        "decline": decline or DeclineForm(initial={"key": make_key()}),
        "may_decline": seat.inquiry.is_open and member.company.is_public,
    }  # fmt: skip
