"""The work of a lookup's job: every account that is still open is asked at once, and each answer is written as it lands."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DataError, IntegrityError, connection
from django.db.models import Count
from django.utils import timezone

from core.errors import DomainError
from core.jobs import Run
from shipping.choices import AttemptState, CardMode, Carrier, CarrierFailure, OfferStanding
from shipping.models import Attempt, CarrierAccount, Lookup, Offer
from shipping.providers.base import Answer
from shipping.providers.base import Offer as Told
from shipping.providers.catalogue import find_provider
from shipping.providers.fanout import Asked, Landed, ask_all
from shipping.rules.breakers import is_resting
from shipping.rules.lookups import (
    CARRIER_FRESH,
    MARGIN_S,
    MOST_AT_ONCE,
    NO_SERVICE_FRESH,
    SETTLE_AFTER,
    SHORTEST_S,
    read_request,
)
from shipping.selectors.accounts import open_account
from shipping.selectors.freights import list_covered
from shipping.selectors.health import list_outcomes
from shipping.selectors.questions import make_ask
from shipping.services.accounts import pause_account
from shipping.services.settling import settle_lookup

logger = structlog.get_logger(__name__)


def ask_carriers(*, run: Run, lookup_id: UUID) -> None:
    """Ask what is open of a lookup and end it. Safe to run twice: what has ended is not asked again, and a lost lease writes nothing."""
    lookup = Lookup.objects.filter(pk=lookup_id).first()
    if lookup is None:
        return
    left_s = (lookup.settle_by - timezone.now()).total_seconds() - MARGIN_S
    if left_s >= SHORTEST_S:
        _ask_open(run, lookup, left_s)
    settle_lookup(lookup_id=lookup.pk)


def _ask_open(run: Run, lookup: Lookup, left_s: float) -> None:
    started = time.monotonic()
    asked = list(_list_asked(lookup, _begin(run, lookup)))
    for landed in _wait(asked, left_s - (time.monotonic() - started)):
        _keep(run, landed)


def _keep(run: Run, landed: Sequence[Landed]) -> None:
    """Write answers down. One that the database does not take is no answer, and silences nobody else."""
    try:
        with run.effect():
            _write(landed)
    except (DataError, IntegrityError):
        for one in landed:
            _keep_alone(run, one)


def _keep_alone(run: Run, landed: Landed) -> None:
    try:
        with run.effect():
            _write([landed])
    except (DataError, IntegrityError):
        logger.exception("carrier_answer_unwritable", attempt=landed.key)
        with run.effect():
            _end(landed.key, AttemptState.FAILED, CarrierFailure.GARBAGE, "", landed.elapsed_ms)


def _wait(asked: Sequence[Asked], total_s: float) -> Iterator[Sequence[Landed]]:
    """Answers as they land. While nobody answers the thread holds no connection to the database, of which there are few."""
    _give_back_connection()
    for landed in ask_all(asked, total_s=total_s) if asked else ():
        yield landed
        _give_back_connection()


def _give_back_connection() -> None:
    """To the pool. Inside a transaction, as a test may have one, it is kept."""
    if not connection.in_atomic_block:
        connection.close()


def _begin(run: Run, lookup: Lookup) -> list[Attempt]:
    """The attempts that are asked now; those of an account that is left alone at this moment end at once."""
    with run.effect():
        attempts = list(lookup.attempts.open().select_related("account").order_by("account"))
        queued = {one.account_id: one.pk for one in attempts if one.account_id and one.state == AttemptState.QUEUED}
        why = {queued[account_id]: code for account_id, code in _find_reasons(lookup, list(queued)).items()}
        now, mine = timezone.now(), Attempt.objects.filter(lookup=lookup)
        for code in set(why.values()):
            left = [pk for pk, found in why.items() if found == code]
            mine.filter(pk__in=left).update(state=AttemptState.SKIPPED, failure=code, ended_at=now)
        free = [attempt for attempt in attempts if attempt.pk not in why]
        mine.filter(pk__in=[attempt.pk for attempt in free]).update(state=AttemptState.RUNNING, started_at=now)
        return free


def _find_reasons(lookup: Lookup, account_ids: Sequence[int]) -> dict[int, CarrierFailure]:
    """Accounts that have too many questions already, or whose one try after a rest is under way in another lookup.

    Read under the accounts' locks, taken in one order, so that lookups of one instant do not all find the last free place. They wait for
    each other here, so it is three queries however many accounts there are; new attempts do not wait for these locks.
    """
    locked = CarrierAccount.objects.select_for_update(no_key=True).filter(pk__in=account_ids).order_by("pk")
    known, now = list(locked.values_list("pk", flat=True)), timezone.now()
    running = Attempt.objects.filter(account__in=known, state=AttemptState.RUNNING, started_at__gt=now - SETTLE_AFTER)
    numbers = dict(running.order_by().values_list("account").annotate(number=Count("pk")))
    outcomes = list_outcomes(account_ids=known, now=now, asking=lookup.pk)
    busy = {pk: CarrierFailure.BUSY for pk in known if numbers.get(pk, 0) >= MOST_AT_ONCE}
    resting = {pk: CarrierFailure.RESTING for pk in known if is_resting(outcomes[pk], now)}
    return resting | busy


def _list_asked(lookup: Lookup, attempts: Sequence[Attempt]) -> Iterator[Asked]:
    ask = make_ask(request=read_request(lookup.request))
    for attempt in attempts:
        account = attempt.account
        assert account is not None  # noqa: S101  the database knows carriers' attempts with an account alone
        try:
            opened = open_account(account=account)
        except DomainError:  # its key is gone from the machine: the doctor says so, and the others are asked
            _end(attempt.pk, AttemptState.FAILED, CarrierFailure.UNAUTHORISED, "")
            continue
        provider = find_provider(Carrier(account.carrier), loopback=settings.CARRIER_LOOPBACK)
        yield Asked(attempt.pk, provider, replace(ask, key=f"a{attempt.pk}"), opened)


def _write(landed: Sequence[Landed]) -> None:
    """Answers with their offers, each once: an attempt that has ended meanwhile keeps what it has.

    Accounts that their carrier no longer knows are paused. Rows are locked in the order of their keys: another lookup may hold the same.
    """
    ended = {one.key: one.answer for one in sorted(landed, key=lambda one: one.key) if _end_as_told(one)}
    Offer.objects.bulk_create(
        _write_offer(key, place, told) for key, answer in ended.items() for place, told in enumerate(answer.offers)
    )
    refused = [key for key, answer in ended.items() if _is_refused(answer)]
    for attempt in Attempt.objects.filter(pk__in=refused).order_by("account") if refused else ():
        assert attempt.account_id is not None  # noqa: S101  as above
        pause_account(account_id=attempt.account_id, because=CarrierFailure.UNAUTHORISED, asked_at=attempt.started_at)


def _end_as_told(landed: Landed) -> bool:
    """Whether it was still open."""
    answer, failure = landed.answer, landed.answer.failure
    if answer.offers:
        return _end(landed.key, AttemptState.OK, "", "", landed.elapsed_ms, CARRIER_FRESH)
    code, detail = (failure.code, failure.detail) if failure else (CarrierFailure.NO_SERVICE, "")
    if code == CarrierFailure.NO_SERVICE:
        return _end(landed.key, AttemptState.NONE, code, detail, landed.elapsed_ms, NO_SERVICE_FRESH)
    state = AttemptState.TIMEOUT if code == CarrierFailure.TIMEOUT else AttemptState.FAILED
    return _end(landed.key, state, code, detail, landed.elapsed_ms)


def _is_refused(answer: Answer) -> bool:
    return answer.failure is not None and answer.failure.code == CarrierFailure.UNAUTHORISED


def _end(
    attempt_id: int, state: str, failure: str, detail: str, elapsed_ms: int | None = None, fresh: timedelta | None = None
) -> bool:  # fmt: skip
    now = timezone.now()
    ended = Attempt.objects.open().filter(pk=attempt_id).update(
        state=state, failure=failure, detail=detail[:200], ended_at=now, elapsed_ms=elapsed_ms, fresh_until=now + fresh if fresh else None,
        answered_at=now if fresh else None,
    )  # fmt: skip
    return bool(ended)


def _write_offer(attempt_id: int, place: int, told: Told) -> Offer:
    return Offer(
        attempt_id=attempt_id, position=place, service_code=told.service_code[:60], service_name=told.service_name[:200], mode=CardMode.COURIER,
        amount=told.amount, currency=told.currency, tax=told.tax, covers=sorted(list_covered(mode=CardMode.COURIER)),
        transit_days=told.transit_days, arrives_on=told.arrives_on, billed_weight_g=told.billed_weight_g, is_published=told.is_published,
        standing=OfferStanding.ESTIMATE if told.is_published else OfferStanding.FIRM, valid_until=told.valid_until, notes=list(told.notes),
    )  # fmt: skip
