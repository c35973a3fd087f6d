"""Visits are counted in memory, handed over as sums, and added up by a job; who it was is never written (ADR 0026)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import BuyerProfile, User
from core.jobs import Run, enqueue
from core.tally import Tally
from listings.exceptions import CountGone
from listings.models import Listing, TrafficBatch, WeeklyCount, WeeklyWords
from listings.rules.traffic import FEWEST, OTHER, SEARCH, WEEKS_KEPT, Seen, Sighting, Sum, get_week
from storefronts.models import Company, Member

COUNT_JOB, FORGET_JOB = "listings.count_traffic", "listings.forget_traffic"
WAIT = timedelta(seconds=30)
"""Batches of all processes that come in meanwhile are added up by one job."""
AT_ONCE = 100
COUNTED = ("company_id", "week", "kind", "listing_id", "country")


def note_sighting(*, sighting: Sighting, user: User | None, destination: str = "") -> None:
    """Count in memory, without a query. Officers are not counted; the company's own people are left out at the hand-over."""
    if user is None or not user.is_authenticated:
        _tally.add(Seen(sighting, destination=destination))
    elif not user.is_officer:
        _tally.add(Seen(sighting, user.pk, destination))


def note_visit(*, company_id: int, kind: str, user: User | None, destination: str) -> None:
    """A storefront was opened, or one of its contacts followed; `kind` is "storefront" or the channel's."""
    note_sighting(sighting=Sighting(kind, company_id=company_id), user=user, destination=destination)


def hand_over_counts() -> None:
    """Write what this process has counted as one batch, now; a timer does it every few seconds."""
    _tally.hand_over()


def _write_batch(counts: Mapping[Seen, int]) -> None:
    """Three reads, two writes. What was signed in becomes a country here, and the person's number ends with this function.

    A signed-in person counts once for each product, storefront, contact or words, however often they loaded it meanwhile.
    """
    people = {seen.user_id for seen in counts if seen.user_id is not None}
    wanted = {pk for seen in counts for pk in (*seen.sighting.found, seen.sighting.listing_id) if pk is not None}
    own = set(Member.objects.filter(user_id__in=people).values_list("user_id", "company_id"))
    countries = dict(BuyerProfile.objects.filter(user_id__in=people).values_list("user_id", "country"))
    makers = dict(Listing.objects.filter(pk__in=wanted).values_list("pk", "company_id"))
    chosen = {seen.user_id: seen.destination for seen in counts if seen.destination}
    sums: Counter[Sum] = Counter()
    known: set[tuple[int, Sum]] = set()
    week = get_week(timezone.localdate())
    for seen, times in counts.items():
        for company_id in _list_companies(seen.sighting, makers):
            if seen.user_id is None:
                sums[_make_sum(seen.sighting, company_id, week, seen.destination)] += times
            elif (seen.user_id, company_id) not in own:
                country = countries.get(seen.user_id) or chosen.get(seen.user_id, "")
                known.add((seen.user_id, _make_sum(seen.sighting, company_id, week, country)))
    sums.update(one for _user_id, one in known)
    if sums:
        with transaction.atomic():
            TrafficBatch.objects.create(sums=[_write_sum(one, times) for one, times in sorted(sums.items())])
            enqueue(COUNT_JOB, key="all", due_at=timezone.now() + WAIT)


_tally: Tally[Seen] = Tally(_write_batch)


def _list_companies(sighting: Sighting, makers: Mapping[int, int]) -> set[int]:
    listed = [pk for pk in (*sighting.found, sighting.listing_id) if pk is not None]
    found = {makers[pk] for pk in listed if pk in makers}
    return found if sighting.company_id is None else {sighting.company_id}


def _make_sum(sighting: Sighting, company_id: int, week: date, country: str) -> Sum:
    if sighting.kind == SEARCH:
        return Sum(SEARCH, company_id, week, words=sighting.words)
    return Sum(sighting.kind, company_id, week, sighting.listing_id, country)


def _write_sum(one: Sum, times: int) -> list[Any]:
    return [one.kind, one.company_id, one.week.isoformat(), one.listing_id, one.country, one.words, times]


def count_batches(*, run: Run) -> None:
    """Add up every batch that waits. A batch goes in the transaction that adds it, so a repeated job counts nothing twice."""
    while True:
        with run.effect():
            batches = list(TrafficBatch.objects.select_for_update().order_by("pk")[:AT_ONCE])
            if not batches:
                return
            sums: Counter[Sum] = Counter()
            for batch in batches:
                for kind, company_id, week, listing_id, country, words, times in batch.sums:
                    sums[Sum(kind, company_id, date.fromisoformat(week), listing_id, country, words)] += times
            add_counts(sums=sums)
            TrafficBatch.objects.filter(pk__in=[batch.pk for batch in batches]).delete()


@transaction.atomic
def add_counts(*, sums: Mapping[Sum, int]) -> None:
    """Add sums to the weeks' rows; those of a company or listing that is gone are dropped."""
    companies = set(Company.objects.filter(pk__in={one.company_id for one in sums}).values_list("pk", flat=True))
    named = {one.listing_id for one in sums if one.listing_id is not None}
    listings = {None, *Listing.objects.filter(pk__in=named).values_list("pk", flat=True)}
    kept = {
        one: times
        for one, times in sums.items()
        if times and one.company_id in companies and one.listing_id in listings
    }
    searches = {one: times for one, times in kept.items() if one.kind == SEARCH}
    others = {one: times for one, times in kept.items() if one.kind != SEARCH}
    _add(WeeklyWords, ("company_id", "week", "words"), searches)
    _add(WeeklyCount, COUNTED, others)


def _add(model: type[WeeklyCount] | type[WeeklyWords], fields: Sequence[str], sums: Mapping[Sum, int]) -> None:
    """Rows that are missing are made with 0 first, so that every sum is an addition of the database's own."""
    by_key = {tuple(getattr(one, name) for name in fields): times for one, times in sums.items()}
    if not by_key:
        return
    rows: Any = model._default_manager
    rows.bulk_create(
        [model(**dict(zip(fields, key, strict=True))) for key in by_key], ignore_conflicts=True, batch_size=500
    )
    known = rows.filter(company_id__in={one.company_id for one in sums}, week__in={one.week for one in sums})
    by_times: defaultdict[int, list[int]] = defaultdict(list)
    for pk, *key in known.order_by("pk").values_list("pk", *fields):
        if times := by_key.get(tuple(key)):
            by_times[times].append(pk)
    added = sum(rows.filter(pk__in=pks).update(count=F("count") + times) for times, pks in sorted(by_times.items()))
    if added != len(by_key):  # the night took a row away between these statements; the job tries again
        raise CountGone


def forget_old_counts(*, run: Run, day: str) -> None:
    """What is older than two years goes; of weeks that are over a rare word goes, for it may be a name, and a rare country joins the others."""
    this_week = get_week(date.fromisoformat(day))
    oldest = this_week - timedelta(weeks=WEEKS_KEPT)
    with run.effect():
        WeeklyCount.objects.filter(week__lt=oldest).delete()
        WeeklyWords.objects.filter(week__lt=oldest).delete()
        WeeklyWords.objects.filter(week__lt=this_week - timedelta(weeks=1), count__lt=FEWEST).delete()
    over = WeeklyCount.objects.filter(week__lt=this_week - timedelta(weeks=1))
    for week in sorted({week for week, *_cell in over.rare()}):
        with run.effect():
            _fold_week(week)


def _fold_week(week: date) -> None:
    """Rare countries of a week become OTHER, product by product, so that every total stays; nothing is left for a second time."""
    cells = {tuple(cell) for _week, *cell in WeeklyCount.objects.filter(week=week).rare()}
    rows = WeeklyCount.objects.filter(week=week, company_id__in={company_id for company_id, _kind, _country in cells})
    locked = rows.exclude(country__in=["", OTHER]).select_for_update().order_by("pk")
    folded = [row for row in locked if (row.company_id, row.kind, row.country) in cells]
    sums: Counter[Sum] = Counter()
    for row in folded:
        sums[Sum(row.kind, row.company_id, week, row.listing_id, OTHER)] += row.count
    _add(WeeklyCount, COUNTED, +sums)
    WeeklyCount.objects.filter(pk__in=[row.pk for row in folded]).delete()
