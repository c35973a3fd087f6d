"""A company blocks a buyer, the agency bars one, and both can be taken back. A block ends nothing that was agreed."""

from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.selectors import find_person
from core import audit
from core.errors import NotAllowed, NotFound
from core.mail import queue_mail
from inquiries.choices import DeclineReason, RequestState
from inquiries.exceptions import BlockReasonMissing, BuyerWithoutAddress, CompanySuspendedNow, OfficerBarred
from inquiries.models import BuyerBlock, Inquiry, Request
from inquiries.models.block import identify
from inquiries.rules.buyers import LONGEST_REASON, name_mailbox
from inquiries.rules.messages import Reader, clean_text
from inquiries.selectors.asking import find_owner
from inquiries.selectors.blocks import has_agreement, list_sent_ids
from inquiries.selectors.inbox import is_waiting
from inquiries.selectors.threads import get_seat
from inquiries.services.declining import close_for_bar, end_by_declining
from inquiries.services.requests import end_request
from storefronts.choices import CompanyState
from storefronts.models import Company, Member


@transaction.atomic
def block_buyer(*, reader: Reader, inquiry_id: UUID, reason: str) -> BuyerBlock:
    """Take nothing more from the buyer of this thread; what waits from them is declined without giving the reason away.

    Threads in which something is agreed, and deals, go on. A second time changes nothing, not even the reason. The buyer learns it by
    trying. May: members who may answer, of a company that is not suspended. Raises NotFound for strangers, NotAllowed,
    CompanySuspendedNow, BuyerWithoutAddress, BlockReasonMissing, MessageTooLong.
    """
    seat = get_seat(reader=reader, inquiry_id=inquiry_id)
    if seat.member is None or not seat.can_write:
        raise NotAllowed
    company = Company.objects.select_for_update(no_key=True).get(
        pk=seat.inquiry.company_id
    )  # as where a buyer asks: one after the other
    if company.state == CompanyState.SUSPENDED:
        raise CompanySuspendedNow
    if not seat.inquiry.buyer_email:
        raise BuyerWithoutAddress
    block, is_new = BuyerBlock.objects.get_or_create(
        company=company, mailbox=name_mailbox(seat.inquiry.buyer_email),
        defaults={
            "email": seat.inquiry.buyer_email, "user": seat.inquiry.buyer or find_owner(email=seat.inquiry.buyer_email),
            "reason": _clean_reason(reason), "made_by": seat.writer, "made_at": timezone.now(),
        },
    )  # fmt: skip
    if is_new:
        audit.record("inquiries.buyer_blocked", subject=seat.inquiry, actor=seat.writer, fields=["reason"])
        for inquiry in _hold_waiting(block):
            end_by_declining(
                inquiry=inquiry, reader=reader, reason=DeclineReason.OTHER, text="", key=f"block:{block.pk}"
            )
    return block


@transaction.atomic
def unblock_buyer(*, member: Member, block_id: int) -> None:
    """Take messages from a buyer again; harmless when it was done already, or the block is another company's. May: members who may edit."""
    if not member.can_edit:
        raise NotAllowed
    block = BuyerBlock.objects.select_for_update().filter(pk=block_id, company_id=member.company_id).first()
    if block is None:
        return
    audit.record("inquiries.buyer_unblocked", subject=member.company, actor=member.user)
    block.delete()


@transaction.atomic
def bar_buyer(*, officer: User, email: str, reason: str) -> BuyerBlock:
    """Keep an address from asking anybody here: its open requests and what waits are closed, and it is mailed the reason, which it can answer.

    A second time changes nothing and mails nothing. May: officers. Raises NotFound for everybody else, BlockReasonMissing,
    MessageTooLong, OfficerBarred.
    """
    _require_officer(officer)
    address, kept = email.strip().lower(), _clean_reason(reason)
    owner = find_owner(email=address)
    known = [owner, find_person(email=address), find_person(email=name_mailbox(address))]
    if any(person is not None and person.is_officer for person in known):
        raise OfficerBarred
    bar, is_new = BuyerBlock.objects.get_or_create(
        company=None, mailbox=name_mailbox(address),
        defaults={"email": address, "user": owner, "reason": kept, "made_by": officer, "made_at": timezone.now()},
    )  # fmt: skip
    if is_new:
        audit.record("inquiries.buyer_barred", subject=bar, actor=officer, values={"email": address, "reason": kept})
        _close_requests(bar, officer)
        for inquiry in _hold_waiting(bar):
            close_for_bar(inquiry=inquiry, officer=officer, key=f"bar:{bar.pk}")
        _tell(address, "buyer_barred", kept)
    return bar


@transaction.atomic
def lift_bar(*, officer: User, bar_id: int, reason: str) -> None:
    """Let a barred address ask again, and mail it so, with the reason. Harmless when it is lifted already. May: officers; raises as above."""
    _require_officer(officer)
    kept = _clean_reason(reason)
    bar = BuyerBlock.objects.bars().select_for_update().filter(pk=bar_id).first()
    if bar is None:
        return
    audit.record("inquiries.buyer_bar_lifted", subject=bar, actor=officer, values={"email": bar.email, "reason": kept})
    _tell(bar.email, "buyer_bar_lifted", kept)
    bar.delete()


def _clean_reason(reason: str) -> str:
    if not reason.strip():
        raise BlockReasonMissing
    return clean_text(reason)[:LONGEST_REASON]


def _require_officer(officer: User) -> None:
    if not officer.is_officer:
        raise NotFound


def _hold_waiting(block: BuyerBlock) -> Iterator[Inquiry]:
    """Where the buyer has the last word, in the company's threads or (a bar) in all, and nothing is agreed; each thread is locked in turn, in the order of their ids."""
    waiting = Inquiry.objects.filter(is_waiting())
    if block.company_id is not None:
        waiting = waiting.filter(company_id=block.company_id)
    for inquiry_id in list_sent_ids(rows=waiting, buyer=identify(block.email, block.user)):
        rows = Inquiry.objects.select_for_update(of=("self",)).select_related("company", "buyer", "assigned_to__user")
        inquiry = rows.filter(is_waiting(), pk=inquiry_id).first()  # answered or declined since
        if inquiry is not None and not has_agreement(inquiry=inquiry):
            yield inquiry


def _close_requests(bar: BuyerBlock, officer: User) -> None:
    """Nobody new answers a barred buyer; sourcing requests that wait for an officer no longer do."""
    running = Request.objects.filter(state__in=[RequestState.WAITING, RequestState.OPEN])
    sent = list_sent_ids(rows=running, buyer=identify(bar.email, bar.user))
    for request in running.filter(pk__in=sent).select_for_update(of=("self",)).order_by("pk"):
        end_request(request=request, actor=officer)


def _tell(email: str, template: str, reason: str) -> None:
    """In the language that the address is known to read; the answer goes to the agency."""
    owner = find_owner(email=email)
    last = Inquiry.objects.filter(buyer_email=email).order_by("-asked_at").first()
    language = owner.language if owner else last.buyer_language if last else ""
    queue_mail(
        to=email, template=template, language=language or settings.LANGUAGE_CODE, reply_to=settings.AGENCY_EMAIL,
        context={"name": owner.short_name if owner else "", "reason": reason, "agency_email": settings.AGENCY_EMAIL},
    )  # fmt: skip
