"""Who is told of what happens to a quotation: the other side, on the site and by mail."""

from typing import Any

from core.bank_words import speaks_of_payment_change
from inquiries.models import Quotation
from inquiries.selectors.links import build_quotation_link
from inquiries.services.telling import tell_buyer, tell_exporter

NEWS = "quotation_news"
"""The kind of notice; a version that was sent has a mail of its own."""


def tell_quoted(*, quotation: Quotation) -> None:
    """A version was sent: the buyer reads what it comes to and opens it."""
    version = quotation.current
    if version is not None:
        context = {"quotation": quotation, "version": version, "total": version.total_money}
        _tell_buyer(quotation, "quotation_sent", f"{quotation.pk}:{version.number}", context)


def tell_new_link(*, quotation: Quotation) -> None:
    """The shared link is another one now; who opens the quotation by it alone gets the new one."""
    if quotation.inquiry.buyer is None and quotation.current is not None:
        context = {"quotation": quotation, "event": "new_link"}
        _tell_buyer(quotation, NEWS, f"{quotation.pk}:link:{quotation.link_key}", context)


def tell_countered(*, quotation: Quotation, name: str, text: str) -> None:
    """The buyer would agree to something else: the exporter reads it."""
    version = quotation.current
    if version is not None:
        context = {
            "quotation": quotation,
            "event": "countered",
            "name": name,
            "text": text,
            "warns": speaks_of_payment_change(text),
        }
        _tell_exporter(quotation, f"{quotation.pk}:{version.number}:countered", context)


def tell_settled(*, quotation: Quotation, by_user: Any) -> None:
    """It ended: both sides hear of it, but for the exporter's member who did it."""
    outcome = quotation.outcome
    context = {
        "quotation": quotation, "event": outcome.kind, "name": outcome.by_name, "text": outcome.reason, "at": outcome.at,
        "by_link": outcome.via == "link", "total": outcome.version.total_money, "warns": outcome.speaks_of_payment,
    }  # fmt: skip
    key = f"{quotation.pk}:{outcome.kind}"
    _tell_exporter(quotation, key, context, but=by_user)
    _tell_buyer(quotation, NEWS, key, context)


def _tell_exporter(quotation: Quotation, key: str, context: dict[str, Any], but: Any = None) -> None:
    tell_exporter(
        inquiry=quotation.inquiry, kind=NEWS, key=key, template=NEWS, context=context, but=but, url=quotation.get_absolute_url()
    )  # fmt: skip


def _tell_buyer(quotation: Quotation, template: str, key: str, context: dict[str, Any]) -> None:
    tell_buyer(
        inquiry=quotation.inquiry, kind=NEWS, key=key, template=template, context=context, url=quotation.get_absolute_url(),
        link=build_quotation_link(quotation=quotation),
    )  # fmt: skip
