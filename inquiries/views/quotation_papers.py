"""The quotation and the pro forma as PDF, for both sides and for whoever holds the shared link."""

from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.errors import NotFound
from core.limits import spend
from core.money import Money, format_money
from core.secrets import SecretUnreadable
from core.templatetags.ui import isolate
from inquiries.adapters.paper_pdf import PaperNotMade, render_pdf
from inquiries.exceptions import PaperUnavailable
from inquiries.models import Quotation
from inquiries.rules.quotation_papers import Paper, PaperKind, PaperLine
from inquiries.selectors.quotation_papers import build_paper
from inquiries.selectors.quotations import get_quotation, get_shared_quotation
from inquiries.views.reading import get_reader, read_number
from listings.selectors.words import format_days, format_quantity
from reference.selectors import get_country_name
from storefronts.selectors.payment import find_bank_notice, read_payment_details

logger = structlog.get_logger(__name__)

PAPERS_AN_HOUR, HOUR_SECONDS = 120, 3600


@never_cache
@require_safe
def pdf(request: HttpRequest, inquiry_id: UUID, quotation_id: UUID, kind: PaperKind) -> HttpResponse:
    """For a party of the thread; `?version=1` is an older one, `?language=ar` another of the site's languages."""
    quotation = get_quotation(reader=get_reader(request), quotation_id=quotation_id).quotation
    if quotation.inquiry_id != inquiry_id:
        raise NotFound
    number = read_number(request.GET.get("version", ""))
    return _send(request, quotation, build_paper(quotation=quotation, kind=kind, number=number))


@never_cache
@require_safe
def shared_pdf(request: HttpRequest, token: str, kind: PaperKind) -> HttpResponse:
    """For whoever holds the shared link; a link that has ended is told as on its page."""
    quotation = get_shared_quotation(token=token)
    return _send(request, quotation, build_paper(quotation=quotation, kind=kind))


def _send(request: HttpRequest, quotation: Quotation, paper: Paper) -> HttpResponse:
    """Made when it is asked for: nothing is kept that could say something else later (ADR 0031)."""
    spend(what="quotation_pdf", who=paper.number + paper.seller.firm, most=PAPERS_AN_HOUR, seconds=HOUR_SECONDS)
    asked = request.GET.get("language", paper.language)
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    try:
        content = render_pdf(write_markup(paper, language, quotation=quotation))
    except PaperNotMade as fault:
        logger.warning("paper_not_made", number=paper.number, reason=str(fault))
        raise PaperUnavailable from fault
    name = f"{paper.number}-v{paper.version}{'-pro-forma' if paper.kind == 'pro_forma' else ''}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def write_markup(paper: Paper, language: str, *, quotation: Quotation | None = None) -> str:
    """The paper as a document in a language of the site. Of a quotation it also warns of a changed account; its pro forma says where to pay."""
    with translation.override(language):
        title = _("Pro forma invoice %(number)s") if paper.kind == "pro_forma" else _("Quotation %(number)s")
        heading = _("Total, %(incoterm)s %(place)s") % {"incoterm": paper.incoterm, "place": paper.named_place}
        context = {
            **_tell_payment(paper, quotation), "paper": paper, "title": title % {"number": paper.number}, "is_rtl": get_language_bidi(), "heading": heading,
            "terms": _("%(incoterm)s %(place)s (Incoterms 2020)") % {"incoterm": paper.incoterm, "place": paper.named_place},
            "lines": [_write_line(line, language) for line in paper.lines], "total": _write(paper.total, language),
            "accepted_by": isolate(paper.accepted_by), "seller_name": isolate(paper.seller.person),
            "footer": f"{paper.number} · {paper.seller.firm}", "brand_name": settings.BRAND_NAME, "agency_name": settings.AGENCY_NAME,
            "ready": _("%(days)s after the order") % {"days": format_days(days=paper.lead_time_days)} if paper.lead_time_days else _("At once"),
        }  # fmt: skip
        return render_to_string("inquiries/paper/paper.html", context)


def _tell_payment(paper: Paper, quotation: Quotation | None) -> dict[str, Any]:
    """What is said of the account: on a pro forma which one it is, unless it changes at this moment."""
    if quotation is None:
        return {}
    notice = find_bank_notice(company_id=quotation.company_id, now=timezone.now())
    is_changing = notice is not None and notice.is_waiting
    shows = paper.kind == "pro_forma" and not is_changing
    payment = None
    if shows:
        try:
            payment = read_payment_details(company_id=quotation.company_id)
        except SecretUnreadable:  # the doctor says which key is missing; the paper tells the buyer to ask
            logger.exception("account_not_readable", company=quotation.company_id)
    return {"notice": notice, "payment": payment, "is_pro_forma": paper.kind == "pro_forma"}


def _write_line(line: PaperLine, language: str) -> dict[str, Any]:
    facts = []
    if line.hs_code:
        facts.append(_("HS %(code)s") % {"code": line.hs_code})
    if line.origin:
        facts.append(_("Origin %(country)s") % {"country": get_country_name(code=line.origin, language=language)})
    return {
        "description": line.description, "detail": line.detail, "quantity": format_quantity(number=line.quantity, unit=line.unit),
        "unit_price": _write(line.unit_price, language), "amount": _write(line.amount, language), "facts": " · ".join(facts),
    }  # fmt: skip


def _write(money: Money, language: str) -> str:
    return format_money(money, language=language)
