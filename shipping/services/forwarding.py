"""Forwarders are asked by mail and answer behind a signed link: once, for everybody who looks at the lookup."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from core import audit
from core.errors import NotAllowed
from core.jobs import Run, cancel, enqueue
from core.limits import spend
from notifications.services import notify_address, notify_person
from shipping.choices import AttemptState, ForwarderRequestState, OfferStanding, ProviderKind
from shipping.exceptions import (
    AddressUnconfirmed,
    ForwarderHasAnswered,
    ForwarderLinkExpired,
    ForwarderNotAskable,
    ForwarderUnreachable,
    NobodyAsked,
    ShipDayOver,
)
from shipping.models import Attempt, Forwarder, ForwarderRequest, Lookup, Offer
from shipping.models.forwarding import make_link_key
from shipping.rules.forwarding import (
    LONGEST_NOTE,
    LONGEST_REFUSAL,
    LOOKUPS_A_DAY,
    REMINDERS,
    REQUEST_LASTS,
    ForwarderOffer,
    check_offer,
    check_refusal,
    order_legs,
)
from shipping.rules.lookups import read_request
from shipping.selectors.card_plans import list_known_currencies
from shipping.selectors.cargo import describe_cargo, describe_route
from shipping.selectors.forwarders import ASKED_KIND, find_unreachable
from shipping.selectors.forwarding import (
    Right,
    build_link,
    describe_answer,
    find_right,
    get_linked_request,
    is_ship_day_over,
    list_askable,
)
from shipping.selectors.lookups import get_lookup
from shipping.services.destinations import refuse_destination

ANSWER_KIND = "forwarder_answer"
REMIND_JOB, EXPIRE_JOB = "shipping.remind_forwarder", "shipping.expire_forwarder_request"
DAY_SECONDS = 86_400


def ask_forwarders(*, user: Any, lookup_id: UUID, forwarder_ids: Collection[int]) -> list[ForwarderRequest]:
    """Mail a lookup to forwarders, each once; who was asked before is left alone. The new requests. Call it outside of a transaction.

    May: officers; owners and editors of the exporter; for a buyers' lookup whoever has a confirmed address, three lookups a day.
    Raises LookupGone, NotAllowed, AddressUnconfirmed, NobodyAsked, ShipDayOver, DestinationNotServed, DestinationReviewed,
    ForwarderNotAskable, ForwarderUnreachable, TooOften.
    """
    lookup = get_lookup(user=user, pk=lookup_id)
    _require_right(lookup, user)
    if not forwarder_ids:
        raise NobodyAsked
    if is_ship_day_over(lookup=lookup):
        raise ShipDayOver
    asked = read_request(lookup.request)
    refuse_destination(country=asked.destination.country, day=asked.ship_on, user=user)
    with transaction.atomic():
        Lookup.objects.select_for_update(no_key=True).get(pk=lookup.pk)  # two who ask at once ask one after the other
        before = set(lookup.forwarder_requests.values_list("forwarder_id", flat=True))
        chosen = _pick(lookup, set(forwarder_ids) - before)
        if chosen and _is_counted(lookup, user):
            spend(what="forwarder_lookup", who=str(user.pk), most=LOOKUPS_A_DAY, seconds=DAY_SECONDS)
        return [_send(lookup, forwarder, user) for forwarder in chosen]


@transaction.atomic
def answer_with_offer(*, token: str, offer: ForwarderOffer) -> ForwarderRequest:
    """Write a forwarder's firm offer into the lookup; whoever holds the link may, once. Who asked is told.

    Raises NotFound, OfferImpossible, OfferDayImpossible, AccountWritten, ForwarderHasAnswered, ForwarderLinkExpired.
    """
    request = get_linked_request(token=token)
    check_offer(offer, today=timezone.localdate(), currencies=list_known_currencies())
    note = offer.note.strip()[:LONGEST_NOTE]
    _take(request, state=ForwarderRequestState.ANSWERED, note=note)
    attempt = _write_attempt(request, AttemptState.OK)
    Offer.objects.create(
        attempt=attempt, position=1, mode=offer.mode, amount=offer.amount, currency=offer.currency, transit_days=offer.transit_days,
        lines=[{"code": "freight", "amount": str(offer.amount)}], covers=order_legs(offer.legs), notes=[note] if note else [],
        standing=OfferStanding.FIRM, valid_until=offer.valid_until,
    )  # fmt: skip
    _finish(request, attempt)
    return request


@transaction.atomic
def answer_with_refusal(*, token: str, reason: str) -> ForwarderRequest:
    """Write down that a forwarder cannot carry it, and why; whoever holds the link may, once. Who asked is told.

    Raises NotFound, RefusalUnexplained, AccountWritten, ForwarderHasAnswered, ForwarderLinkExpired.
    """
    request = get_linked_request(token=token)
    check_refusal(reason)
    kept = reason.strip()[:LONGEST_REFUSAL]
    _take(request, state=ForwarderRequestState.DECLINED, note=kept)
    _finish(request, _write_attempt(request, AttemptState.NONE, detail=kept))
    return request


@transaction.atomic
def renew_links(*, forwarder: Forwarder) -> None:
    """The forwarder's address was changed: open requests get another link, mailed to the new address; the old one opens nothing."""
    waiting = ForwarderRequest.objects.filter(
        forwarder=forwarder, state=ForwarderRequestState.ASKED, expires_at__gt=timezone.now()
    ).select_related("lookup")
    for request in waiting.select_for_update(of=("self",)):
        request.key, request.forwarder = make_link_key(), forwarder
        request.save(update_fields=["key"])
        _mail(request, key=f"{request.pk}:{request.key}", is_reminder=False)


def remind_forwarder(*, run: Run, request_id: int, number: int) -> None:
    """Bring an open request to mind for the first or second time; called by a job, harmless to repeat."""
    with run.effect():
        rows = ForwarderRequest.objects.filter(
            pk=request_id, state=ForwarderRequestState.ASKED, expires_at__gt=timezone.now(), reminders__lt=number
        )
        if rows.update(reminders=number):
            request = ForwarderRequest.objects.select_related("lookup", "forwarder").get(pk=request_id)
            if request.forwarder.is_active:
                _mail(request, key=f"{request.pk}:reminder:{number}", is_reminder=True)


def expire_request(*, run: Run, request_id: int) -> None:
    """Close a request whose days are over and tell who asked; called by a job, harmless to repeat."""
    with run.effect():
        rows = ForwarderRequest.objects.filter(
            pk=request_id, state=ForwarderRequestState.ASKED, expires_at__lte=timezone.now()
        )
        if rows.update(state=ForwarderRequestState.EXPIRED):
            request = ForwarderRequest.objects.select_related("lookup", "forwarder", "asked_by").get(pk=request_id)
            audit.record("shipping.forwarder_request_expired", subject=request, actor=None, fields=["state"])
            _tell_asker(request)


def _require_right(lookup: Lookup, user: Any) -> None:
    right = find_right(lookup=lookup, user=user)
    if right is Right.CONFIRM:
        raise AddressUnconfirmed
    if right is not Right.MAY:
        raise NotAllowed


def _pick(lookup: Lookup, ids: set[int]) -> list[Forwarder]:
    chosen = [one for one in list_askable(lookup=lookup) if one.pk in ids]
    if len(chosen) != len(ids):
        raise ForwarderNotAskable
    unreachable = find_unreachable(addresses=[one.email for one in chosen])
    if cut_off := next((one for one in chosen if one.email.lower() in unreachable), None):
        raise ForwarderUnreachable(name=cut_off.name)
    return chosen


def _is_counted(lookup: Lookup, user: Any) -> bool:
    """A buyer's lookup counts once, however many forwarders are asked about it."""
    if user.is_officer or lookup.company.members.filter(user=user).exists():
        return False
    return not lookup.forwarder_requests.filter(asked_by=user).exists()


def _send(lookup: Lookup, forwarder: Forwarder, user: Any) -> ForwarderRequest:
    now = timezone.now()
    request = ForwarderRequest.objects.create(
        lookup=lookup, forwarder=forwarder, asked_by=user, asked_at=now, expires_at=now + REQUEST_LASTS
    )
    audit.record("shipping.forwarder_asked", subject=request, actor=user, fields=["state"])
    _mail(request, key=str(request.pk), is_reminder=False)
    for number, after in enumerate(REMINDERS, start=1):
        enqueue(REMIND_JOB, key=f"{request.pk}:{number}", due_at=now + after, request_id=request.pk, number=number)
    enqueue(EXPIRE_JOB, key=str(request.pk), due_at=request.expires_at, request_id=request.pk)
    return request


def _mail(request: ForwarderRequest, *, key: str, is_reminder: bool) -> None:
    """What is to be carried, in the forwarder's language, and the link; nothing of who buys."""
    forwarder, asked = request.forwarder, request.lookup.request
    with translation.override(forwarder.language):
        told = {"facts": describe_cargo(request=asked), "route": describe_route(request=asked)}
    notify_address(
        address=forwarder.email, language=forwarder.language, kind=ASKED_KIND, key=key, template="forwarder_asked",
        context={
            **told, "url": build_link(request=request), "forwarder_name": forwarder.name, "expires_at": request.expires_at, "is_reminder": is_reminder,
        },
    )  # fmt: skip


def _take(request: ForwarderRequest, *, state: ForwarderRequestState, note: str) -> None:
    """The conditional update by which one of two answers wins."""
    now = timezone.now()
    rows = ForwarderRequest.objects.filter(
        pk=request.pk, key=request.key, state=ForwarderRequestState.ASKED, expires_at__gt=now
    )
    if not rows.update(state=state, answered_at=now, note=note):
        request.refresh_from_db(fields=["state"])
        answered = request.state in {ForwarderRequestState.ANSWERED, ForwarderRequestState.DECLINED}
        raise ForwarderHasAnswered if answered else ForwarderLinkExpired
    request.state, request.answered_at, request.note = state, now, note


def _write_attempt(request: ForwarderRequest, state: AttemptState, *, detail: str = "") -> Attempt:
    now: datetime | None = request.answered_at
    return Attempt.objects.create(
        lookup=request.lookup, kind=ProviderKind.FORWARDER, label=request.forwarder.name, ask_key=request.lookup.ask_key, state=state,
        detail=detail, started_at=request.asked_at, ended_at=now, answered_at=now,
    )  # fmt: skip


def _finish(request: ForwarderRequest, attempt: Attempt) -> None:
    request.attempt = attempt
    request.save(update_fields=["attempt"])
    for number in range(1, len(REMINDERS) + 1):
        cancel(REMIND_JOB, key=f"{request.pk}:{number}")
    cancel(EXPIRE_JOB, key=str(request.pk))
    audit.record("shipping.forwarder_answered", subject=request, actor=None, fields=["state"])
    _tell_asker(request)


def _tell_asker(request: ForwarderRequest) -> None:
    """Whoever asked hears of it once, in their language; an account that is gone hears nothing."""
    person, lookup = request.asked_by, request.lookup
    if person is None:
        return
    with translation.override(person.language):
        told = {"facts": describe_answer(request=request), "route": describe_route(request=lookup.request)}
    notify_person(
        person=person, kind=ANSWER_KIND, key=str(request.pk), url=lookup.get_absolute_url(), template="forwarder_answer",
        context={**told, "forwarder_name": request.forwarder.name, "state": request.state, "recipient_name": person.short_name},
    )  # fmt: skip
