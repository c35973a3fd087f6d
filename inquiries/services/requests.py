"""A buyer requests quotations: of one exporter, or of those whom the agency chooses; confirms, closes, and time runs out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from certifications.selectors.certificates import list_schemes
from core import audit
from core.errors import NotFound
from core.jobs import Run, cancel, enqueue
from core.limits import spend
from core.mail import queue_mail
from inquiries.choices import InquiryState, RequestState
from inquiries.exceptions import NothingToAskAbout, OwnCompanyAsked, RequestOver, SchemeUnknown, TooManyFiles
from inquiries.models import Inquiry, Request, RequestFile, RequestLine, RequestScheme
from inquiries.rules.messages import MOST_FILES, UNCONFIRMED_LASTS, BuyerWords, Reader, clean_name, clean_text
from inquiries.rules.requests import (
    LONGEST_NOTE,
    LONGEST_SPECIFICATION,
    LineWords,
    RequestWords,
    check_request,
    find_last_day,
)
from inquiries.selectors.asking import find_owner, refuse_own_address
from inquiries.selectors.blocks import refuse_unwelcome
from inquiries.selectors.requests import build_request_link, get_own_request
from inquiries.services.request_threads import open_asked_thread
from inquiries.services.telling import tell_requester
from listings.models import Listing
from moderation.services import open_case, withdraw_case
from reference.selectors import list_currencies
from storefronts.models import Company
from uploads.services.files import receive_upload

CASE_KIND = "request"
FORGET_JOB, EXPIRE_JOB, INVITE_JOB = (
    "inquiries.forget_unconfirmed_request", "inquiries.expire_request", "inquiries.tell_matched",
)  # fmt: skip
LINKS_AN_HOUR, SOURCING_A_DAY = 5, 5
HOUR_SECONDS, DAY_SECONDS = 3600, 86_400
FILE_PROFILE = "attachment"

Outcome = Literal["sent", "confirm"]


@dataclass(frozen=True)
class Requested:
    """What came of it: sent at once, or waiting for the mailed link."""

    request: Request
    outcome: Outcome


@transaction.atomic
def ask_quotation(
    *,
    reader: Reader,
    company_id: int | None,
    words: RequestWords,
    buyer: BuyerWords,
    key: str,
    files: Sequence[File[bytes]] = (),
) -> Requested:
    """Request quotations of one exporter, or (None) of those whom an officer lets be matched; the same `key` again is the same request.

    A signed-in buyer's is sent; everybody else's waits for the mailed link. Raises NothingToAskAbout, OwnCompanyAsked, what
    `check_request` raises, SchemeUnknown, TooManyFiles, TooOften, BuyerBlocked, BuyerBarred, TooManyExporters, and what `receive_upload` refuses.
    """
    company = _lock_company(company_id)
    if company is not None and reader.user.is_authenticated and company.members.filter(user=reader.user).exists():
        raise OwnCompanyAsked
    currencies = frozenset(code for code, _name in list_currencies(language="en"))
    check_request(words, today=timezone.localdate(), currencies=currencies)
    user = reader.user if reader.user.is_authenticated else None
    email = (user.email if user else buyer.email).strip().lower()
    again = Request.objects.filter(buyer_email=email, buyer=user, key=key).first()
    if again is not None:
        return Requested(again, "sent" if user else "confirm")
    if user:  # whoever types an address has not proved it: for them the mailed link is refused
        refuse_unwelcome(company=company, email=email, user=user)
    request = _write(company, words, buyer, email=email, key=_make_free(email, key), user=user)
    _write_lines(request, words)
    _attach(request, files, user)
    if user:
        _send(request, actor=user)
        return Requested(request, "sent")
    _mail_link(request)
    enqueue(FORGET_JOB, key=str(request.pk), due_at=timezone.now() + UNCONFIRMED_LASTS, request_id=str(request.pk))
    return Requested(request, "confirm")


@transaction.atomic
def confirm_request(*, request_id: UUID, files: Sequence[File[bytes]] = ()) -> Request:
    """Send a request whose buyer came with the mailed link, with files where they add some; a second time changes nothing.

    Raises NotFound, NothingToAskAbout, OwnAddress, TooOften, BuyerBlocked, BuyerBarred, TooManyExporters, TooManyFiles, and what
    `receive_upload` refuses; then it goes on waiting.
    """
    request = Request.objects.select_for_update(of=("self",)).select_related("company").filter(pk=request_id).first()
    if request is None:
        raise NotFound
    if request.state != RequestState.UNCONFIRMED:
        return request
    company = _lock_company(request.company_id)
    if company is not None:
        refuse_own_address(company=company, email=request.buyer_email)
    refuse_unwelcome(company=company, email=request.buyer_email)
    request.buyer = find_owner(email=request.buyer_email)
    _attach(request, files, request.buyer)
    _send(request, actor=request.buyer)
    return request


@transaction.atomic
def mail_new_request_link(*, request_id: UUID) -> None:
    """Mail a fresh link to the address that asked, whoever asks for it. Raises NotFound, TooOften."""
    request = Request.objects.select_related("company").filter(pk=request_id).first()
    if request is None:
        raise NotFound
    _mail_link(request)


@transaction.atomic
def add_request_files(*, reader: Reader, request_id: UUID, files: Sequence[File[bytes]]) -> Request:
    """Add files to a sourcing request that no officer has decided yet. May: its buyer.

    Raises NotFound, RequestOver, TooManyFiles, and what `receive_upload` refuses.
    """
    request = get_own_request(reader=reader, request_id=request_id, for_update=True)
    if request.state != RequestState.WAITING:
        raise RequestOver
    _attach(request, files, reader.user if reader.user.is_authenticated else None)
    return request


@transaction.atomic
def close_request(*, reader: Reader, request_id: UUID) -> Request:
    """Nobody new can answer any more; threads that began go on. A second time changes nothing. May: its buyer. Raises NotFound, RequestOver."""
    request = get_own_request(reader=reader, request_id=request_id, for_update=True)
    if request.state == RequestState.CLOSED:
        return request
    if request.state not in {RequestState.OPEN, RequestState.WAITING}:
        raise RequestOver
    end_request(request=request, actor=reader.user if reader.user.is_authenticated else None)
    return request


def end_request(*, request: Request, actor: Any) -> None:
    """Close a locked request that waits or is open; called in the transaction of who may."""
    request.state = RequestState.CLOSED
    request.save(update_fields=["state"])
    withdraw_case(kind=CASE_KIND, subject_id=request.pk)
    cancel(EXPIRE_JOB, key=str(request.pk))
    cancel(INVITE_JOB, key=str(request.pk))
    audit.record("inquiries.request_closed", subject=request, actor=actor, fields=["state"])


def expire_request(*, run: Run, request_id: str) -> None:
    """Its last day is over: nobody new can answer, and the buyer is told how many did; called by a job, harmless to repeat."""
    with run.effect():
        request = (
            Request.objects.select_for_update(of=("self",)).select_related("buyer", "company")
            .filter(pk=request_id, state=RequestState.OPEN, closes_on__lt=timezone.localdate()).first()
        )  # fmt: skip
        if request is None:
            return
        request.state = RequestState.EXPIRED
        request.save(update_fields=["state"])
        audit.record("inquiries.request_expired", subject=request, actor=None, fields=["state"])
        threads = Inquiry.objects.filter(request=request, state=InquiryState.ANSWERED).count()
        tell_requester(
            request=request,
            template="request_ended",
            context={"answers": threads},
            url=build_request_link(request=request),
        )


def forget_unconfirmed_request(*, run: Run, request_id: str) -> None:
    """Delete what nobody confirmed within seven days, with its lines; called by a job, harmless to repeat."""
    with run.effect():
        Request.objects.filter(pk=request_id, state=RequestState.UNCONFIRMED).delete()


def plan_end(*, request: Request) -> None:
    """Look at an open request again on the day after its last one; called in its transaction."""
    assert request.closes_on is not None  # noqa: S101  open requests have one
    due_at = timezone.make_aware(datetime.combine(request.closes_on + timedelta(days=1), time.min))
    enqueue(EXPIRE_JOB, key=str(request.pk), due_at=due_at, request_id=str(request.pk))


def _lock_company(company_id: int | None) -> Company | None:
    if company_id is None:
        return None
    company = Company.objects.public().select_for_update(no_key=True).filter(pk=company_id).first()
    if company is None:
        raise NothingToAskAbout
    return company


def _make_free(email: str, key: str) -> str:
    """The form's key, or that with a number where a stranger's request with this address has it."""
    taken = Request.objects.filter(buyer_email=email, key__startswith=key[:58]).count()
    return f"{key[:58]}:{taken}" if taken else key


def _write(
    company: Company | None, words: RequestWords, buyer: BuyerWords, *, email: str, key: str, user: Any
) -> Request:
    return Request.objects.create(
        company=company, key=key, buyer=user, buyer_email=email, buyer_name=clean_name(buyer.name)[:120] or email.partition("@")[0],
        buyer_organisation=clean_name(buyer.organisation)[:160], buyer_country=buyer.country, buyer_language=buyer.language,
        title=clean_name(words.title)[:120] or clean_name(words.lines[0].description)[:120], destination=words.destination,
        place=clean_name(words.place)[:80], incoterm=words.incoterm, needed_by=words.needed_by,
        text=clean_text(words.text, has_files=True)[:LONGEST_NOTE], language=get_language() or buyer.language, asked_at=timezone.now(),
    )  # fmt: skip


def _write_lines(request: Request, words: RequestWords) -> None:
    """Lines and certificates; a product's name and HS code are those that it has today."""
    asked = set(words.scheme_ids)
    schemes = list(list_schemes().filter(pk__in=asked))
    if len(schemes) != len(asked):
        raise SchemeUnknown
    RequestScheme.objects.bulk_create(RequestScheme(request=request, scheme=scheme) for scheme in schemes)
    chosen = {line.listing_id for line in words.lines if line.listing_id is not None}
    rows = Listing.objects.live().filter(pk__in=chosen, company=request.company).select_related("live_revision")
    listings = {listing.pk: listing for listing in rows}
    if len(listings) != len(chosen):
        raise NothingToAskAbout
    RequestLine.objects.bulk_create(
        _make_line(request, place, line, listings.get(line.listing_id or 0), words.currency)
        for place, line in enumerate(words.lines, start=1)
    )


def _make_line(request: Request, place: int, line: LineWords, listing: Listing | None, currency: str) -> RequestLine:
    revision = listing.live_revision if listing else None
    return RequestLine(
        request=request, position=place, listing=listing, hs_code=line.hs_code or (revision.hs_code if revision else ""),
        description=clean_name(line.description)[:120], specification=clean_text(line.specification, has_files=True)[:LONGEST_SPECIFICATION],
        quantity=line.quantity, unit=line.unit, target_price=line.target_price, currency=currency if line.target_price is not None else "",
    )  # fmt: skip


def _attach(request: Request, files: Sequence[File[bytes]], user: Any) -> None:
    held = request.files.count()
    if held + len(files) > MOST_FILES:
        raise TooManyFiles(limit=MOST_FILES)
    for position, file in enumerate(files, start=held):
        upload = receive_upload(file=file, profile=FILE_PROFILE, user=user)
        RequestFile.objects.create(request=request, upload=upload, position=position)


def _send(request: Request, *, actor: Any) -> None:
    """To the exporter at once, or before an officer."""
    request.confirmed_at = timezone.now()
    if request.company is None:
        spend(what="sourcing_request", who=request.buyer_email, most=SOURCING_A_DAY, seconds=DAY_SECONDS)
        request.state = RequestState.WAITING
        open_case(
            kind=CASE_KIND, subject_id=request.pk, title=request.title, changed_after_approval=False,
            company_name=request.buyer_organisation or request.buyer_name,
        )  # fmt: skip
    else:
        request.state = RequestState.OPEN
        request.closes_on = find_last_day(today=timezone.localdate(), needed_by=request.needed_by)
    request.save(update_fields=["state", "confirmed_at", "closes_on", "buyer"])
    audit.record("inquiries.request_sent", subject=request, actor=actor, fields=["state"])
    if request.company is not None:
        open_asked_thread(request=request)
        plan_end(request=request)


def _mail_link(request: Request) -> None:
    """Mail the link; a few times an hour, for the address may be a stranger's."""
    spend(what="inquiry_link", who=request.buyer_email, most=LINKS_AN_HOUR, seconds=HOUR_SECONDS)
    template = "request_confirm" if request.state == RequestState.UNCONFIRMED else "request_link"
    queue_mail(
        to=request.buyer_email, template=template, language=request.buyer_language, is_asked_for=True,
        context={"rfq": request, "recipient_name": request.buyer_name, "url": build_request_link(request=request)},
    )  # fmt: skip
