"""What the pages of a quotation are made of: the document, the versions, the forms of each side."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inquiries.forms.quotations import AnswerForm, CounterForm, DeclineQuotationForm, QuotationEntry, ReasonForm
from inquiries.forms.thread import make_key
from inquiries.models import Quotation, QuotationLine, QuotationVersion
from inquiries.rules.quotations import total_up
from inquiries.selectors.freight import tell_frozen
from inquiries.selectors.links import build_quotation_link
from inquiries.selectors.quotation_pages import (
    compare_versions,
    describe_card,
    list_margins,
    tell_outcome,
    write_money,
)
from inquiries.selectors.quotations import Place, find_break_price, is_link_over, list_versions
from inquiries.views.frames import build_frame
from inquiries.views.reading import read_number
from listings.selectors.words import format_unit
from reference.selectors import list_currencies
from storefronts.selectors.payment import find_bank_notice

WHATSAPP = "https://wa.me/"


def build_page(place: Place, asked: Mapping[str, str]) -> dict[str, Any]:
    """The page of both sides: the exporter's share and acts, or the buyer's answer."""
    quotation = place.quotation
    context = build_frame(place.seat) | _build_document(quotation, asked) | {"can_write": place.seat.can_write}
    if place.seat.member is None:
        return context | {"answers_at": "party"} | _build_answers(quotation, name=_know_name(place))
    if not place.seat.can_write:
        return context
    return context | {
        "margins": list_margins(version=context["card"].version), "share": _build_share(quotation),
        "withdrawal": ReasonForm(initial={"key": make_key()}), "has_draft": quotation.versions.filter(sent_at=None).exists(),
    }  # fmt: skip


def build_shared(quotation: Quotation, token: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """The page that a shared link opens: the document and the answer, nothing of the thread."""
    context = _build_document(quotation, asked) | {"token": token, "answers_at": "link", "inquiry": quotation.inquiry}
    return context | _build_answers(quotation, name="")


def build_builder(place: Place, entry: QuotationEntry, draft: QuotationVersion | None) -> dict[str, Any]:
    """The builder: the form, what the lines come to so far, and what the price list says."""
    terms = entry.terms
    currency = terms.currency if terms else ""
    totals = total_up(lines=terms.lines, currency=currency) if terms and currency else None
    return build_frame(place.seat) | {
        "inquiry": place.seat.inquiry, "quotation": place.quotation, "form": entry.form, "lines": entry.rows, "line_rows": list(zip_longest(entry.rows.forms, _list_hints(entry), fillvalue="")),
        "currency": currency, "total": totals.total if totals else None, "is_next": place.quotation.current_id is not None, "draft_key": f"quotation-{place.quotation.pk}",
        "counter": _find_counter(place.quotation), "frozen": tell_frozen(version=draft) if draft else None,
    }  # fmt: skip


def list_current_lines(quotation: Quotation) -> list[QuotationLine]:
    """The lines that the buyer can counter."""
    return list(quotation.current.lines.all()) if quotation.current else []


def _build_document(quotation: Quotation, asked: Mapping[str, str]) -> dict[str, Any]:
    versions = list(list_versions(quotation=quotation))
    by_number = {version.number: version for version in versions}
    shown = by_number[max(by_number)]
    before, after = _choose_pair(by_number, asked)
    currencies = list_currencies(language=get_language() or "en")
    currency = next((code for code, _name in currencies if code == asked.get("currency")), "")
    outcome = getattr(quotation, "outcome", None)
    return {
        "quotation": quotation, "inquiry": quotation.inquiry, "company": quotation.company, "versions": versions,
        "card": describe_card(quotation=quotation, version=shown, currency=currency), "currencies": currencies, "shown_currency": currency, "frozen": tell_frozen(version=shown), "is_over": shown.is_over_at(timezone.now()),
        "differences": compare_versions(before=before, after=after) if before and after else [], "before": before, "after": after,
        "bank_notice": find_bank_notice(company_id=quotation.company_id, now=timezone.now()),
        "outcome": outcome, "outcome_text": tell_outcome(outcome=outcome) if outcome else "",
    }  # fmt: skip


def _choose_pair(
    versions: Mapping[int, QuotationVersion], asked: Mapping[str, str]
) -> tuple[QuotationVersion | None, QuotationVersion | None]:
    """The two versions to compare: those asked for, else the last two; none while there is one only."""
    last = max(versions)
    first, second = (read_number(asked.get(name, "")) for name in ("from", "to"))
    pair = (versions.get(first or last - 1), versions.get(second or last))
    return pair if pair[0] is not pair[1] else (None, None)


def _build_answers(quotation: Quotation, *, name: str) -> dict[str, Any]:
    version = quotation.current
    if version is None or not quotation.is_answerable or version.is_over_at(timezone.now()):
        return {"can_answer": False}
    initial = {"version": version.number, "key": make_key(), "name": name}
    rows = list_current_lines(quotation)
    return {
        "can_answer": True, "has_countered": hasattr(version, "counter"),
        "accept": AnswerForm(initial=initial, auto_id="id_accept_%s"),
        "counter": CounterForm(initial=initial, lines=rows, auto_id="id_counter_%s"),
        "decline": DeclineQuotationForm(initial=initial, auto_id="id_decline_%s"),
    }  # fmt: skip


def _know_name(place: Place) -> str:
    return str(place.seat.writer) if place.seat.writer else place.seat.inquiry.buyer_name


def _build_share(quotation: Quotation) -> dict[str, Any] | None:
    """The link for the buyer, and the same for WhatsApp; None when it would open nothing."""
    if is_link_over(quotation=quotation) or quotation.current is None:
        return None
    link = build_quotation_link(quotation=quotation)
    values = {"number": quotation.number, "company": quotation.company.legal_name, "link": link}
    text = _("Quotation %(number)s from %(company)s: %(link)s") % values
    phone = "".join(letter for letter in quotation.inquiry.buyer_phone if letter.isdigit())
    return {"link": link, "whatsapp": f"{WHATSAPP}{phone}?text={quote(text)}", "brand": settings.BRAND_NAME}


def _find_counter(quotation: Quotation) -> Any:
    """What the buyer would take instead of the version that holds."""
    return getattr(quotation.current, "counter", None) if quotation.current else None


def _list_hints(entry: QuotationEntry) -> list[str]:
    """For each row what the price list says, "" where it says nothing or the row is of something else."""
    terms = entry.terms
    hints = []
    for line in terms.lines if terms else ():
        listing = entry.prices.get(line.listing_id or 0)
        price = find_break_price(listing=listing, quantity=line.quantity) if listing and line.kind == "goods" else None
        listed = listing.live_revision.currency if listing and listing.live_revision else ""
        told = write_money(amount=price, currency=listed)
        values = {"price": told, "unit": format_unit(unit=line.unit)}
        hints.append(_("Your price list: %(price)s per %(unit)s for this quantity") % values if told else "")
    return hints
