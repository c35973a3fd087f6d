"""A buyer asks, confirms by the mailed link, and has a new link sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import NotFound
from core.jobs import Run, enqueue
from core.limits import spend
from core.mail import queue_mail
from inquiries.choices import InquiryState, Side
from inquiries.exceptions import NothingToAskAbout, OwnCompanyAsked
from inquiries.models import Draft, Inquiry, Message
from inquiries.rules.clock import ANSWER_WITHIN, add_working_time
from inquiries.rules.messages import (
    LONGEST_MESSAGE,
    SAME_WITHIN,
    UNCONFIRMED_LASTS,
    BuyerWords,
    Question,
    Reader,
    clean_name,
    clean_text,
)
from inquiries.selectors.asking import find_owner, refuse_own_address
from inquiries.selectors.blocks import refuse_unwelcome
from inquiries.selectors.links import build_link
from inquiries.selectors.threads import get_work_calendar
from inquiries.services.clock import plan_watch
from inquiries.services.telling import NEW, name_conversation, tell_exporter
from listings.models import Listing
from storefronts.models import Company

FORGET_JOB = "inquiries.forget_unconfirmed"
LINKS_AN_HOUR = 5
HOUR_SECONDS = 3600

Outcome = Literal["sent", "confirm", "existing"]


@dataclass(frozen=True)
class Asked:
    """What came of asking: sent at once, waiting for the mailed link, or an existing thread of the same day."""

    inquiry: Inquiry
    outcome: Outcome


@transaction.atomic
def ask_inquiry(
    *, reader: Reader, company_id: int, listing_id: int | None, question: Question, buyer: BuyerWords, key: str
) -> Asked:
    """Ask a company about a listing, or about itself. A signed-in buyer's inquiry is sent; everybody else's waits for the mailed link.

    A signed-in buyer asking about the same thing within a day comes to the existing thread, the new words as a draft there; for
    everybody else that is found out when the link has proved the address, for anybody may type it. Raises NothingToAskAbout,
    OwnCompanyAsked, EmptyMessage, MessageTooLong, TooOften, BuyerBlocked, BuyerBarred, TooManyExporters.
    """
    company, listing = _lock_subject(company_id, listing_id)
    _refuse_own(reader, company)
    text = clean_text(question.text)
    user = reader.user if reader.user.is_authenticated else None
    email = (user.email if user else buyer.email).strip().lower()
    again = Inquiry.objects.filter(buyer_email=email, buyer=user, key=key).exclude(state=InquiryState.DECLINED).first()
    if again is not None:
        return Asked(again, "sent" if user else "confirm")
    if user:  # whoever types an address has not proved it: for them the mailed link is refused
        refuse_unwelcome(company=company, email=email, user=user)
    earlier = _find_thread(email, company.pk, listing) if user else None
    if earlier is not None:
        return _lead_to(earlier, user, text)
    inquiry = _write(company, listing, question, buyer, email=email, text=text, key=_make_free(email, key), user=user)
    if user:
        send_inquiry(inquiry=inquiry, actor=user)
        return Asked(inquiry, "sent")
    _mail_link(inquiry, "inquiry_confirm")
    enqueue(FORGET_JOB, key=str(inquiry.pk), due_at=timezone.now() + UNCONFIRMED_LASTS, inquiry_id=str(inquiry.pk))
    return Asked(inquiry, "confirm")


@transaction.atomic
def confirm_inquiry(*, inquiry_id: UUID) -> Asked:
    """Send an inquiry whose buyer came with the mailed link; a second time changes nothing.

    When the same buyer has a thread about the same thing from the last day, the words become a draft there. Raises NotFound,
    NothingToAskAbout, OwnAddress, BuyerBlocked, BuyerBarred, TooManyExporters; then it goes on waiting.
    """
    waiting = Inquiry.objects.filter(pk=inquiry_id).first()
    if waiting is None:
        raise NotFound
    if waiting.state != InquiryState.UNCONFIRMED:
        return Asked(waiting, "sent")
    company, listing = _lock_subject(waiting.company_id, waiting.listing_id)
    inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("company", "listing").get(pk=inquiry_id)
    if inquiry.state != InquiryState.UNCONFIRMED:  # the other click of two was first
        return Asked(inquiry, "sent")
    refuse_own_address(company=company, email=inquiry.buyer_email)
    refuse_unwelcome(company=company, email=inquiry.buyer_email)
    earlier = _find_thread(inquiry.buyer_email, inquiry.company_id, listing)
    if earlier is not None:
        return _lead_to(earlier, earlier.buyer, inquiry.messages.get(number=1).text)
    send_inquiry(inquiry=inquiry, actor=None)
    return Asked(inquiry, "sent")


@transaction.atomic
def mail_new_link(*, inquiry_id: UUID) -> Inquiry:
    """Mail a fresh link to the address that asked, whoever asks for it. Raises NotFound, TooOften."""
    inquiry = Inquiry.objects.select_related("company").filter(pk=inquiry_id).first()
    if inquiry is None:
        raise NotFound
    _mail_link(inquiry, "inquiry_confirm" if inquiry.state == InquiryState.UNCONFIRMED else "inquiry_link")
    return inquiry


def send_inquiry(*, inquiry: Inquiry, actor: Any) -> None:
    """It is the exporter's turn from now on, and they are told; called in the transaction that asks or confirms."""
    now = timezone.now()
    inquiry.buyer = inquiry.buyer or find_owner(email=inquiry.buyer_email)
    inquiry.state, inquiry.confirmed_at, inquiry.waits_since, inquiry.last_message_at = InquiryState.NEW, now, now, now
    inquiry.answer_due_at = _find_due_time(inquiry, now)
    inquiry.save()
    inquiry.messages.update(sent_at=now)
    audit.record("inquiries.sent", subject=inquiry, actor=actor or inquiry.buyer, fields=["state"])
    message = inquiry.messages.get(number=1)
    tell_exporter(
        inquiry=inquiry,
        kind=NEW,
        key=str(inquiry.pk),
        template="inquiry_new",
        context={"message": message, "due_at": inquiry.answer_due_at},
    )
    plan_watch(inquiry=inquiry)


def forget_unconfirmed(*, run: Run, inquiry_id: str) -> None:
    """Delete what nobody confirmed within seven days; called by a job, harmless to repeat."""
    with run.effect():
        Inquiry.objects.filter(pk=inquiry_id, state=InquiryState.UNCONFIRMED).delete()


def _lock_subject(company_id: int, listing_id: int | None) -> tuple[Company, Listing | None]:
    """The company, locked so that two inquiries of one buyer come one after the other, and its live listing."""
    company = Company.objects.public().select_for_update(no_key=True).filter(pk=company_id).first()
    if company is None:
        raise NothingToAskAbout
    if listing_id is None:
        return company, None
    listing = Listing.objects.live().select_related("live_revision").filter(pk=listing_id, company=company).first()
    if listing is None:
        raise NothingToAskAbout
    return company, listing


def _refuse_own(reader: Reader, company: Company) -> None:
    if reader.user.is_authenticated and company.members.filter(user=reader.user).exists():
        raise OwnCompanyAsked


def _find_thread(email: str, company_id: int, listing: Listing | None) -> Inquiry | None:
    """The buyer's thread about the same thing from the last day, unless it was declined."""
    mine = Inquiry.objects.confirmed().filter(buyer_email=email, company_id=company_id, listing=listing)
    lately = mine.filter(asked_at__gt=timezone.now() - SAME_WITHIN).exclude(state=InquiryState.DECLINED)
    return lately.order_by("-asked_at").first()


def _lead_to(earlier: Inquiry, user: Any, text: str) -> Asked:
    """Back to the thread that is there, the new words as a draft: nothing is lost, and nothing is sent twice."""
    if not earlier.messages.filter(text=text).exists():
        _keep_as_draft(earlier, user, text)
    return Asked(earlier, "existing")


def _make_free(email: str, key: str) -> str:
    """The form's key, or that with a number where an inquiry that was declined, or a stranger's with this address, has it."""
    taken = Inquiry.objects.filter(buyer_email=email, key__startswith=key[:58]).count()
    return f"{key[:58]}:{taken}" if taken else key


def _keep_as_draft(inquiry: Inquiry, user: Any, text: str) -> None:
    draft, is_new = Draft.objects.get_or_create(inquiry=inquiry, user=user, defaults={"text": text})
    if not is_new and text not in draft.text:
        draft.text = f"{draft.text}\n\n{text}"[:LONGEST_MESSAGE]
        draft.save(update_fields=["text", "updated_at"])


def _write(
    company: Company,
    listing: Listing | None,
    question: Question,
    buyer: BuyerWords,
    *,
    email: str,
    text: str,
    key: str,
    user: Any,
) -> Inquiry:
    now = timezone.now()
    name = clean_name(buyer.name)[:120] or email.partition("@")[0]
    inquiry = Inquiry.objects.create(
        company=company, listing=listing, key=key, buyer=user, buyer_email=email, buyer_name=name,
        buyer_organisation=clean_name(buyer.organisation)[:160], buyer_country=buyer.country, buyer_language=buyer.language,
        subject=(str(listing) if listing else company.legal_name)[:200], quantity=question.quantity,
        unit=question.unit if question.quantity else "", destination=question.destination, place=clean_name(question.place)[:80],
        wants_sample=question.wants_sample, asked_at=now, last_message_at=now,
    )  # fmt: skip
    Message.objects.create(
        inquiry=inquiry, number=1, key=key, side=Side.BUYER, author=user, author_name=name, text=text,
        language=buyer.language, sent_at=now,
    )  # fmt: skip
    return inquiry


def _find_due_time(inquiry: Inquiry, now: datetime) -> datetime:
    return add_working_time(now, ANSWER_WITHIN, get_work_calendar(company=inquiry.company))


def _mail_link(inquiry: Inquiry, template: str) -> None:
    """Mail the link; a few times an hour, for the address may be a stranger's."""
    spend(what="inquiry_link", who=inquiry.buyer_email, most=LINKS_AN_HOUR, seconds=HOUR_SECONDS)
    queue_mail(
        to=inquiry.buyer_email, template=template, language=inquiry.buyer_language, headers=name_conversation(inquiry=inquiry), is_asked_for=True,
        context={"inquiry": inquiry, "message": inquiry.messages.first(), "url": build_link(inquiry=inquiry)},
    )  # fmt: skip
