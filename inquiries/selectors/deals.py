"""Deals for both sides, by the mailed link, and for officers; the steps that a thread has come."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.errors import NotFound
from inquiries.choices import DealStage, QuotationState
from inquiries.exceptions import DealLinkOver
from inquiries.models import Deal, Inquiry, Quotation
from inquiries.rules.deals import CONFIRM_LINK_LASTS
from inquiries.rules.messages import Reader

DEAL_SALT = "inquiries.deal"
ORDER = (DealStage.AGREED, DealStage.SHIPPED, DealStage.RECEIVED, DealStage.CONFIRMED)


@dataclass(frozen=True)
class LinkedDeal:
    """The deal that a link opens. `was_mailed`: it went to the buyer's own address; else the exporter handed it on."""

    deal: Deal
    was_mailed: bool


@dataclass(frozen=True)
class DealStep:
    """One step of a thread, as components/steps.html shows it."""

    label: str
    state: str
    url: str = ""


def find_deal(*, reader: Reader, quotation: Quotation) -> Deal | None:
    """The deal of a quotation that this reader may see; None while nothing is agreed."""
    deal = Deal.objects.visible_to(reader).filter(quotation=quotation).select_related("company").first()
    if deal is not None:
        deal.quotation = quotation
    return deal


def list_thread_deals(*, inquiry: Inquiry) -> list[Deal]:
    """The deals of a thread, the newest first. One query."""
    return list(Deal.objects.filter(quotation__inquiry=inquiry).select_related("quotation"))


def has_deal(*, inquiry: Inquiry) -> bool:
    """A deal was made in this thread, called off or not. One query."""
    return Deal.objects.filter(quotation__inquiry=inquiry).exists()


def build_deal_link(*, deal: Deal, was_mailed: bool) -> str:
    """The whole address by which the buyer confirms without an account, good for sixty days."""
    token = signing.dumps([str(deal.quotation_id), was_mailed], salt=DEAL_SALT)
    language = deal.quotation.inquiry.buyer_language
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse('inquiries:deal_link', args=[token])}"


def get_linked_deal(*, token: str) -> LinkedDeal:
    """The deal behind a link; raises NotFound for what we never signed, DealLinkOver after sixty days."""
    try:
        quotation_id, was_mailed = signing.loads(token, salt=DEAL_SALT, max_age=CONFIRM_LINK_LASTS)
        found = Deal.objects.select_related("quotation__inquiry__company", "quotation__current", "company")
        return LinkedDeal(found.get(quotation_id=UUID(quotation_id)), bool(was_mailed))
    except signing.SignatureExpired as error:
        raise DealLinkOver from error
    except (signing.BadSignature, ValueError, TypeError, Deal.DoesNotExist) as error:
        raise NotFound from error


def list_deals(*, officer: Any) -> QuerySet[Deal]:
    """Every deal for officers: number, firm, value, stage; nobody else gets one."""
    return (
        Deal.objects.for_officers(officer)
        .select_related("company", "quotation", "paper_seen_by")
        .order_by("-agreed_at")
    )


def list_thread_steps(*, inquiry: Inquiry) -> list[DealStep]:
    """How far the thread has come: asked, quoted, agreed, shipped, received. One query."""
    rows = (
        Quotation.objects.filter(inquiry=inquiry).exclude(current=None).select_related("deal").order_by("-changed_at")
    )
    quotations = list(rows)
    reached = 1
    for quotation in quotations:
        deal = getattr(quotation, "deal", None)
        if deal is not None and deal.stage != DealStage.CALLED_OFF:
            reached = max(reached, 3 + ORDER.index(DealStage(deal.stage)))
        elif quotation.state in {QuotationState.SENT, QuotationState.COUNTERED}:
            reached = max(reached, 2)
    if not quotations:
        return []
    labels = (_("Asked"), _("Quoted"), _("Agreed"), _("Shipped"), _("Received"))
    states = ["done" if place < reached else "current" if place == reached else "todo" for place in range(1, 6)]
    return [DealStep(label, state) for label, state in zip(labels, states, strict=True)]
