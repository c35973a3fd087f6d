"""Who is told of what happens to a deal and to a sample, and the mail that asks the buyer whether the goods arrived."""

from core.bank_words import speaks_of_payment_change
from core.mail import queue_mail
from inquiries.choices import Side
from inquiries.models import Deal, Inquiry, Sample
from inquiries.selectors.deals import build_deal_link
from inquiries.services.telling import name_conversation, tell_buyer, tell_exporter

NEWS = "deal_news"


def tell_deal(*, deal: Deal, inquiry: Inquiry, step: str, by: str, name: str, text: str, key: str) -> None:
    """The other side hears of a step; the same `key` again is the same news."""
    context = {
        "number": deal.quotation.number,
        "step": step,
        "name": name,
        "text": text,
        "value": deal.value,
        "warns": speaks_of_payment_change(text),
    }
    url = deal.quotation.get_absolute_url()
    if by == Side.EXPORTER:
        tell_buyer(inquiry=inquiry, kind=NEWS, key=key, template=NEWS, context=context, url=url)
    else:
        tell_exporter(inquiry=inquiry, kind=NEWS, key=key, template=NEWS, context=context, url=url)


def tell_sample(*, sample: Sample, inquiry: Inquiry, by: str) -> None:
    """The other side hears of a sample's step."""
    context = {"sample": sample, "step": sample.state, "warns": sample.speaks_of_payment}
    key = f"sample:{sample.pk}:{sample.state}"
    if by == Side.EXPORTER:
        tell_buyer(inquiry=inquiry, kind=NEWS, key=key, template="sample_news", context=context)
    else:
        tell_exporter(inquiry=inquiry, kind=NEWS, key=key, template="sample_news", context=context)


def tell_did_it_arrive(*, deal: Deal, time: int) -> None:
    """Ask the buyer by mail, with a link that needs no account; who gave a phone only is asked by the exporter."""
    inquiry = deal.quotation.inquiry
    address = inquiry.buyer.email if inquiry.buyer else inquiry.buyer_email
    if not address or (inquiry.buyer is not None and not inquiry.buyer.is_active):
        return
    language = inquiry.buyer.language if inquiry.buyer else inquiry.buyer_language
    context = {
        "inquiry": inquiry, "number": deal.quotation.number, "recipient_name": inquiry.buyer_name, "is_last": time == 2,
        "url": build_deal_link(deal=deal, was_mailed=True),
    }  # fmt: skip
    queue_mail(
        to=address, template="deal_arrived", language=language or "en", context=context, is_asked_for=False,
        headers=name_conversation(inquiry=inquiry),
    )  # fmt: skip
