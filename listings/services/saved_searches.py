"""A search is kept, confirmed by its address, looked through each night, and stopped by one click."""

from dataclasses import replace
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts.models import User
from core import limits
from core.jobs import Run, enqueue
from core.mail import queue_mail
from listings.choices import AlertRhythm
from listings.exceptions import TooManySearches
from listings.models import Listing, SavedSearch, SavedSearchHit
from listings.rules.searching import Query, Sort, read_query, write_query
from listings.search.query import search
from listings.selectors.cards import list_cards
from listings.selectors.saved import build_confirm_url, build_search_url, build_stop_url
from notifications.services import notify_address, notify_person

KIND = "saved_search"
NIGHT_JOB, LOOK_JOB = "listings.look_for_alerts", "listings.look_at_search"
MOST_SEARCHES = 20
MOST_LOOKED_AT, MOST_MAILED = 240, 12
CONFIRM_DAYS = 7
CONFIRMATIONS_A_DAY = 3
WEEK = 7


@transaction.atomic
def save_search(
    *, owner: User | None, address: str, language: str, query: Query, params: str, label: str, rhythm: str
) -> SavedSearch:
    """Keep a search for a person, or for an address that has yet to confirm it by the mail that this sends.

    The same search again is answered as it is. Raises TooManySearches, TooOften.
    """
    address = "" if owner else address.lower()
    mine = SavedSearch.objects.filter(owner=owner, address=address, stopped_at=None)
    found = mine.filter(scope=query.scope, params=params).first()
    if found is None:
        if mine.count() >= MOST_SEARCHES:
            raise TooManySearches
        confirmed = timezone.now() if owner else None
        try:
            with transaction.atomic():
                found = SavedSearch.objects.create(
                    owner=owner, address=address, scope=query.scope, params=params, question=write_query(query), language=language,
                    label=label[:300], rhythm=rhythm, confirmed_at=confirmed,
                )  # fmt: skip
        except IntegrityError:  # a double click was quicker
            found = mine.get(scope=query.scope, params=params)
    if found.confirmed_at is None:
        _ask_to_confirm(found)
    return found


def confirm_search(*, search_id: int) -> SavedSearch | None:
    """The address says yes; None when the search was deleted or stopped meanwhile."""
    SavedSearch.objects.filter(pk=search_id, confirmed_at=None, stopped_at=None).update(confirmed_at=timezone.now())
    return SavedSearch.objects.filter(pk=search_id, stopped_at=None).first()


def stop_search(*, search_id: int, reason: str = "") -> None:
    """No more mails of this search; a reason may follow later. A second time changes nothing but the reason."""
    SavedSearch.objects.filter(pk=search_id, stopped_at=None).update(stopped_at=timezone.now())
    if reason:
        SavedSearch.objects.filter(pk=search_id).update(stop_reason=reason)


def look_for_alerts(*, run: Run, day: str) -> None:
    """Plan a look at each search that is due on the day, and drop what nobody confirmed in a week. Safe to run twice."""
    with run.effect():
        today = date.fromisoformat(day)
        SavedSearch.objects.filter(
            confirmed_at=None, created_at__lt=timezone.now() - timedelta(days=CONFIRM_DAYS)
        ).delete()
        due = SavedSearch.objects.running()
        if today.weekday():  # only Mondays are for the weekly ones
            due = due.filter(rhythm=AlertRhythm.DAILY)
        for pk in due.values_list("pk", flat=True):
            enqueue(LOOK_JOB, key=f"{pk}:{day}", search_id=pk, day=day)


def look_at_search(*, run: Run, search_id: int, day: str) -> None:
    """Mail what went live since the search was kept and was not mailed for it before; nothing when there is nothing.

    What was mailed is written in the transaction that puts the mail into the outbox: run twice, it mails once.
    """
    found = SavedSearch.objects.running().select_related("owner").filter(pk=search_id).first()
    if found is None:
        return
    ids = _find_ids(read_query(found.question))
    with run.effect():
        fresh = Listing.objects.live().filter(pk__in=ids, first_live_at__gt=found.created_at)
        known = found.hits.filter(listing_id__in=ids).values_list("listing_id", flat=True)
        new = [pk for pk in ids if pk in set(fresh.values_list("pk", flat=True)) - set(known)]
        SavedSearchHit.objects.bulk_create(SavedSearchHit(search=found, listing_id=pk, mailed_on=day) for pk in new)
        SavedSearch.objects.filter(pk=found.pk).update(looked_on=day)
        if new:
            _mail_finds(found, new, day)


def _find_ids(query: Query) -> list[int]:
    pages = -(-MOST_LOOKED_AT // query.page_size)
    found: list[int] = []
    for number in range(1, pages + 1):
        result = search(query=replace(query, sort=Sort.NEWEST, page=number))
        if result.page != number:
            break
        found += result.ids
    return found


def _mail_finds(found: SavedSearch, new: list[int], day: str) -> None:
    language = found.owner.language if found.owner else found.language
    with translation.override(language):
        cards = list_cards(ids=new[:MOST_MAILED], user=found.owner or AnonymousUser(), language=language)
        stop = build_stop_url(saved=found)
        context = {
            "label": found.label, "cards": cards, "more": len(new) - len(cards), "count": len(new), "stop_url": stop,
            "all_url": f"{settings.SITE_URL}{build_search_url(saved=found)}",
        }  # fmt: skip
        headers = {"List-Unsubscribe": f"<{stop}>"}
        key, url = f"{found.pk}:{day}", build_search_url(saved=found)
        if found.owner is not None:
            notify_person(
                person=found.owner, kind=KIND, key=key, url=url, template=KIND, context=context, headers=headers
            )
        else:
            notify_address(
                address=found.address,
                language=language,
                kind=KIND,
                key=key,
                template=KIND,
                context=context,
                headers=headers,
            )


def _ask_to_confirm(found: SavedSearch) -> None:
    limits.spend(what="saved_search", who=found.address, most=CONFIRMATIONS_A_DAY, seconds=24 * 3600)
    with translation.override(found.language):
        context = {"label": found.label, "url": build_confirm_url(saved=found)}
        queue_mail(to=found.address, template="saved_search_confirm", context=context, language=found.language)
