"""How providers answer, counted by the database from the attempts of the last hours or days; and whether an account rests."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDay, TruncHour
from django.utils import timezone

from core.errors import NotFound
from shipping.choices import AttemptState, CarrierFailure, ProviderKind
from shipping.models import Attempt, CarrierAccount
from shipping.rules.breakers import PROBE_LASTS, READ_BACK, TRIES, Outcome
from shipping.selectors.accounts import SEALED

HOURS, DAYS = 24, 7
ANSWERS = (AttemptState.OK, AttemptState.NONE)
FAULTY = (AttemptState.FAILED, AttemptState.TIMEOUT)
OUR_OWN = (CarrierFailure.RESTING, CarrierFailure.BUSY, CarrierFailure.PAUSED)
REAL = Q(copied_from=None, state__in=(*ANSWERS, *FAULTY)) & ~Q(failure__in=OUR_OWN)
"""Tries in which somebody was asked and the asking has ended."""
COUNTS = {
    "attempts": Count("pk", filter=REAL),
    "answered": Count("pk", filter=REAL & Q(state__in=ANSWERS)),
    "timeouts": Count("pk", filter=REAL & Q(state=AttemptState.TIMEOUT)),
    "failures": Count("pk", filter=REAL & Q(state__in=FAULTY)),
    "from_cache": Count("pk", filter=Q(copied_from__isnull=False)),
    "not_asked": Count("pk", filter=Q(copied_from=None, state=AttemptState.SKIPPED)),
}
WHOLE = ("kind", "account_id")
"""Whose an attempt is: an account's, or all rate cards', or all forwarders'."""
Key = tuple[str, int | None]
CARDS: Key = (ProviderKind.CARDS, None)
FORWARDERS: Key = (ProviderKind.FORWARDER, None)


@dataclass(frozen=True)
class Span:
    """A stretch of time in pieces, the last of which is not over."""

    key: str
    starts: tuple[datetime, ...]

    @property
    def since(self) -> datetime:
        return self.starts[0]

    @property
    def is_hours(self) -> bool:
        return self.key == "day"


@dataclass(frozen=True)
class Tally:
    """What was counted. `failures` are timeouts and all others; from the cache and not asked are no attempts."""

    attempts: int = 0
    answered: int = 0
    timeouts: int = 0
    failures: int = 0
    from_cache: int = 0
    not_asked: int = 0


@dataclass(frozen=True)
class Fault:
    """The latest failure: when, its code, and the carrier's own words where it had any."""

    at: datetime
    code: str
    detail: str


@dataclass(frozen=True)
class Health:
    """How a provider answered. Times in milliseconds, of all attempts; None where there was none."""

    key: Key
    account: CarrierAccount | None
    tally: Tally
    last_answer_at: datetime | None = None
    median_ms: int | None = None
    p95_ms: int | None = None
    codes: Mapping[str, int] = field(default_factory=dict)
    last_fault: Fault | None = None
    outcomes: Sequence[Outcome] = ()


def build_span(*, key: str, now: datetime) -> Span:
    """ "day": 24 hours with the running one; anything else, "week": seven days with today."""
    local = timezone.localtime(now)
    if key == "day":
        hour = local.replace(minute=0, second=0, microsecond=0)
        return Span("day", tuple(timezone.localtime(hour - timedelta(hours=HOURS - 1 - n)) for n in range(HOURS)))
    today = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    days = (today - timedelta(days=DAYS - 1 - n) for n in range(DAYS))
    return Span("week", tuple(timezone.make_aware(day) for day in days))


def list_outcomes(*, account_ids: Collection[int], now: datetime, asking: UUID | None = None) -> dict[int, list[Outcome]]:  # fmt: skip
    """The last real tries of each account, newest first, at most five, for `rules.breakers`. One query.

    Skipped attempts and copies from the cache are left out, and what is older than ten minutes. With `asking`, the lookup that wants to
    ask, what other lookups are asking at this moment comes too, before them: then only one try goes through after a rest.
    """
    mine = Attempt.objects.filter(account__in=account_ids, copied_from=None)
    wanted = REAL & Q(ended_at__gt=now - READ_BACK)
    if asking is not None:
        begun = Q(state=AttemptState.RUNNING, started_at__gt=now - PROBE_LASTS)
        wanted |= begun & ~Q(lookup=asking)
    is_open = ExpressionWrapper(Q(ended_at=None), output_field=BooleanField())
    newest = [F("ended_at").desc(nulls_first=True), F("started_at").desc(), F("pk").desc()]
    place = Window(RowNumber(), partition_by=[F("account_id"), is_open], order_by=newest)
    rows = mine.filter(wanted).annotate(place=place).filter(place__lte=TRIES).order_by("account_id", *newest)
    found: dict[int, list[Outcome]] = {pk: [] for pk in account_ids}
    for pk, ended_at, state, failure, started_at in rows.values_list(
        "account_id", "ended_at", "state", "failure", "started_at"
    ):
        found[pk or 0].append(Outcome(ended_at, state, failure, started_at))
    return found


def list_health(*, user: Any, span: Span) -> list[Health]:
    """Every provider with what was counted of it, for officers. Two queries. `complete` adds what a page of them shows besides.

    Rate cards and forwarders first, then the agency's accounts, then exporters' with the most failures first. Raises NotFound.
    """
    _require_officer(user)
    accounts = CarrierAccount.objects.select_related("company").defer(*SEALED)
    tallies = _count(_during(span))
    own = [account for account in accounts if account.company_id is None]
    others = [account for account in accounts if account.company_id is not None]
    keys: list[tuple[Key, CarrierAccount | None]] = [
        (CARDS, None), (FORWARDERS, None), *((_key_of(account), account) for account in [*own, *others]),
    ]  # fmt: skip
    told = [Health(key, account, *tallies.get(key, (Tally(), None))) for key, account in keys]
    first = 2 + len(own)
    return told[:first] + sorted(told[first:], key=lambda one: (-one.tally.failures, -one.tally.attempts))


def find_health(*, user: Any, span: Span, provider: str) -> Health:
    """One provider: "cards", "forwarder" or the number of an account, for officers. Two queries. Raises NotFound."""
    _require_officer(user)
    account = None
    if provider.isdecimal():
        account = CarrierAccount.objects.select_related("company").defer(*SEALED).filter(pk=int(provider)).first()
    key = _key_of(account) if account else (provider, None)
    if account is None and key not in (CARDS, FORWARDERS):
        raise NotFound
    return Health(key, account, *_count(_during(span).filter(_of([key]))).get(key, (Tally(), None)))


def complete(*, told: Sequence[Health], span: Span, now: datetime) -> list[Health]:
    """The same with times, failures by code, the latest failure, and what the breaker reads. Four queries."""
    keys = [one.key for one in told]
    rows = _during(span).filter(_of(keys)).filter(REAL)
    times, codes, faults = _measure_times(rows), _count_codes(rows), _find_last_faults(rows)
    outcomes = list_outcomes(account_ids=[account_id for _kind, account_id in keys if account_id], now=now)
    return [
        replace(
            one, median_ms=times.get(one.key, (None, None))[0], p95_ms=times.get(one.key, (None, None))[1],
            codes=codes.get(one.key, {}), last_fault=faults.get(one.key), outcomes=outcomes.get(one.key[1] or 0, ()),
        )
        for one in told
    ]  # fmt: skip


def list_pieces(*, span: Span, key: Key | None = None) -> list[Tally]:
    """The counts of each piece of the time, of one provider or of all accounts together. One query."""
    rows = _during(span).filter(_of([key]) if key else Q(kind=ProviderKind.CARRIER))
    cut = TruncHour if span.is_hours else TruncDay
    found = rows.order_by().annotate(piece=cut("ended_at")).values("piece").annotate(**COUNTS)
    counted = {row["piece"]: _tally(row) for row in found}
    return [counted.get(start, Tally()) for start in span.starts]


def _require_officer(user: Any) -> None:
    if not (user.is_authenticated and user.is_officer):
        raise NotFound


def _key_of(account: CarrierAccount) -> Key:
    return (ProviderKind.CARRIER, account.pk)


def _during(span: Span) -> QuerySet[Attempt]:
    return Attempt.objects.filter(ended_at__gte=span.since)


def _of(keys: Iterable[Key]) -> Q:
    listed = list(keys)
    accounts = [account_id for _kind, account_id in listed if account_id]
    kinds = [kind for kind, account_id in listed if not account_id]
    return Q(account__in=accounts) | Q(kind__in=kinds)


def _count(rows: QuerySet[Attempt]) -> dict[Key, tuple[Tally, datetime | None]]:
    answer = Max("ended_at", filter=REAL & Q(state__in=ANSWERS))
    found = rows.order_by().values(*WHOLE).annotate(**COUNTS, last_answer_at=answer)
    return {(row["kind"], row["account_id"]): (_tally(row), row["last_answer_at"]) for row in found}


def _tally(row: Mapping[str, Any]) -> Tally:
    return Tally(**{name: row[name] for name in COUNTS})


def _measure_times(rows: QuerySet[Attempt]) -> dict[Key, tuple[int, int]]:
    """Median and 95th percentile by rank: the attempt that at least half, or 95 of 100, did not outlast. In the database, on any engine."""
    whole = [F(name) for name in WHOLE]
    ranked = rows.filter(elapsed_ms__isnull=False).annotate(
        place=Window(RowNumber(), partition_by=whole, order_by="elapsed_ms"),
        number=Window(Count("*"), partition_by=whole),
    )
    ranked = ranked.annotate(
        past_half=F("place") * 2 - F("number"), past_most=F("place") * 100 - F("number") * 95
    ).filter(Q(past_half__gte=0, past_half__lt=2) | Q(past_most__gte=0, past_most__lt=100))
    found: dict[Key, list[int]] = defaultdict(list)
    for kind, account_id, elapsed_ms in ranked.order_by("elapsed_ms").values_list(*WHOLE, "elapsed_ms"):
        found[kind, account_id].append(elapsed_ms)
    return {key: (times[0], times[-1]) for key, times in found.items()}


def _count_codes(rows: QuerySet[Attempt]) -> dict[Key, dict[str, int]]:
    """Failures by code, the most frequent first."""
    failed = rows.filter(state__in=FAULTY).order_by().values_list(*WHOLE, "state", "failure")
    found: dict[Key, dict[str, int]] = defaultdict(dict)
    for kind, account_id, state, failure, number in failed.annotate(number=Count("pk")).order_by("-number", "failure"):
        code = failure or state
        found[kind, account_id][code] = found[kind, account_id].get(code, 0) + number
    return found


def _find_last_faults(rows: QuerySet[Attempt]) -> dict[Key, Fault]:
    newest = Window(RowNumber(), partition_by=[F(name) for name in WHOLE], order_by=["-ended_at", "-pk"])
    last = rows.filter(state__in=FAULTY).annotate(place=newest).filter(place=1)
    return {
        (kind, account_id): Fault(at, failure or state, detail)
        for kind, account_id, at, failure, state, detail in last.values_list(
            *WHOLE, "ended_at", "failure", "state", "detail"
        )
    }
