"""A request becomes a thread: at once with the exporter whom it was put to, or when a matched exporter answers."""

from django.utils import timezone

from core import audit
from inquiries.choices import InquiryState, Origin, Side
from inquiries.models import Inquiry, Match, Message, Request
from inquiries.rules.messages import LONGEST_MESSAGE
from inquiries.selectors.request_words import write_first_message
from inquiries.services.asking import send_inquiry
from listings.models import Listing
from storefronts.models import Company


def open_asked_thread(*, request: Request) -> Inquiry:
    """The thread with the one exporter; the response clock runs as for every inquiry. Called in the transaction that sends the request."""
    line = request.lines.exclude(listing=None).select_related("listing").first()
    assert request.company is not None  # noqa: S101  sourcing requests have no thread of their own
    inquiry = _write(request, request.company, line.listing if line else None, Origin.ASKED)
    send_inquiry(inquiry=inquiry, actor=request.buyer)
    return inquiry


def open_answering_thread(*, match: Match) -> Inquiry:
    """The thread in which a matched exporter answers; it counts for no reply record, for the exporter itself began it."""
    now = timezone.now()
    inquiry = _write(match.request, match.company, match.listing, Origin.REQUEST)
    inquiry.state, inquiry.confirmed_at, inquiry.waits_since = InquiryState.NEW, now, now
    inquiry.save(update_fields=["state", "confirmed_at", "waits_since"])
    audit.record("inquiries.request_answered", subject=inquiry, actor=None, fields=["request"])
    return inquiry


def _write(request: Request, company: Company, listing: Listing | None, origin: Origin) -> Inquiry:
    now, key = timezone.now(), f"request:{request.pk}:{company.pk}"
    inquiry = Inquiry.objects.create(
        company=company, listing=listing, request=request, origin=origin, key=key, buyer=request.buyer, buyer_email=request.buyer_email,
        buyer_name=request.buyer_name, buyer_organisation=request.buyer_organisation, buyer_country=request.buyer_country,
        buyer_language=request.buyer_language, subject=request.title, destination=request.destination, place=request.place,
        asked_at=now, last_message_at=now,
    )  # fmt: skip
    Message.objects.create(
        inquiry=inquiry, number=1, key=key, side=Side.BUYER, author=request.buyer, author_name=request.buyer_name,
        text=write_first_message(request=request)[:LONGEST_MESSAGE], language=request.language, sent_at=now,
    )  # fmt: skip
    return inquiry
