"""Prices carry a date: each night firms are asked whether old ones are right; answers renew them, silence makes them prices on request."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from core import limits
from core.audit import record
from core.jobs import Run, enqueue
from listings.choices import ListingState
from listings.exceptions import PricesAnswered
from listings.models import Listing
from listings.rules.price_dates import MOST_ANSWERS_AN_HOUR, SOON_DAYS, find_last_answer_day
from listings.selectors.price_dates import (
    PriceLink,
    build_answer_path,
    list_asked_products,
    list_firms_to_look_at,
    list_writers,
)
from listings.services.availability import pause_listing
from listings.services.changes import note_change
from listings.services.revisions import lock_listing
from notifications.services import notify_person
from storefronts.models import Member

KIND = "price_dates"
NIGHT_JOB, FIRM_JOB = "listings.look_at_prices", "listings.ask_about_prices"
MOST_MAILED = 20
ANSWERABLE = (ListingState.LIVE, ListingState.PAUSED)


@transaction.atomic
def confirm_prices(*, member: Member, listing_ids: Collection[int]) -> int:
    """A signed-in owner or editor says that these prices are still right; how many were renewed. Prices on request come back at once.

    Raises PricesAnswered when all are of today already, and what `lock_listing` raises.
    """
    listings = [lock_listing(member=member, listing_id=pk) for pk in sorted(set(listing_ids))]
    today = timezone.localdate()
    old = [one for one in listings if one.prices_confirmed_on is not None and one.prices_confirmed_on < today]
    return _confirm([one for one in old if one.state in ANSWERABLE], member, {"way": "signed in"})


def confirm_prices_by_link(*, member: Member, link: PriceLink, listing_ids: Collection[int]) -> int:
    """The same by the mailed link, which answers open questions alone: a second tap raises PricesAnswered. Also raises TooOften."""
    _spend(link)
    with transaction.atomic():
        listings = [lock_listing(member=member, listing_id=pk) for pk in sorted(set(listing_ids))]
        return _confirm([one for one in listings if _is_asked(one)], member, _describe_link(member, link))


def pause_by_link(*, member: Member, link: PriceLink, listing_id: int) -> Listing:
    """Take a product that was asked about out of the catalogue, by the mailed link. Raises PricesAnswered, TooOften, what `lock_listing` raises."""
    _spend(link)
    with transaction.atomic():
        if not _is_asked(lock_listing(member=member, listing_id=listing_id)):
            raise PricesAnswered
        listing = pause_listing(member=member, listing_id=listing_id)
        values = _describe_link(member, link)
        record("listings.paused_by_link", subject=listing, actor=member.user, fields=["state"], values=values)
        return listing


def look_at_prices(*, run: Run, day: str) -> None:
    """Plan a look at each firm with old or unanswered prices. Safe to run twice."""
    with run.effect():
        for company_id in list_firms_to_look_at(day=date.fromisoformat(day)):
            enqueue(FIRM_JOB, key=f"{company_id}:{day}", company_id=company_id, day=day)


def ask_about_prices(*, run: Run, company_id: int, day: str) -> None:
    """Put on request what was not answered in time, and ask about what is old: one mail to each owner and editor.

    The day of the question is written in the transaction that puts the mails into the outbox: run twice, it mails once.
    """
    today = date.fromisoformat(day)
    with run.effect():
        shown = Listing.objects.with_shown_prices().without_waiting_change().filter(company=company_id)
        soon_on = today + timedelta(days=SOON_DAYS)
        looked_at = shown.unanswered_on(today).filter(prices_hidden_on=None) | shown.due_on(soon_on)
        locked = list(looked_at.select_for_update(of=("self",)).order_by("pk"))  # once: answers lock in this order too
        for listing in locked:
            if listing.prices_hidden_on is None and listing.price_dates.is_unanswered_on(today):
                _hide(listing, today)
        soon = [listing for listing in locked if listing.price_dates.is_due_on(soon_on)]
        if any(listing.price_dates.is_due_on(today) for listing in soon):
            _ask(company_id, soon, today)


def _hide(listing: Listing, day: date) -> None:
    listing.prices_hidden_on = day
    listing.save(update_fields=["prices_hidden_on"])
    record("listings.prices_hidden", subject=listing, actor=None, fields=["prices_hidden_on"])
    note_change(listing_id=listing.pk)


def _ask(company_id: int, listings: list[Listing], day: date) -> None:
    for listing in listings:
        listing.prices_asked_on = day
        listing.save(update_fields=["prices_asked_on"])
        record("listings.prices_asked", subject=listing, actor=None, fields=["prices_asked_on"])
    for member in list_writers(company_id=company_id):
        _mail(member, day)


def _mail(member: Member, day: date) -> None:
    person = member.user
    with translation.override(person.language):
        products = list_asked_products(member=member, since=day, language=person.language)
        url = build_answer_path(member=member, asked_on=day)
    context = {
        "recipient_name": person.short_name, "company": member.company.legal_name, "count": len(products),
        "products": products[:MOST_MAILED], "more": max(0, len(products) - MOST_MAILED), "until": find_last_answer_day(day),
    }  # fmt: skip
    notify_person(person=person, kind=KIND, key=f"{member.company_id}:{day}", url=url, template=KIND, context=context)


def _confirm(listings: list[Listing], member: Member, way: dict[str, Any]) -> int:
    if not listings:
        raise PricesAnswered
    for listing in listings:
        listing.prices_confirmed_on, listing.prices_hidden_on = timezone.localdate(), None
        listing.save(update_fields=["prices_confirmed_on", "prices_hidden_on"])
        fields = ["prices_confirmed_on", "prices_hidden_on"]
        record("listings.prices_confirmed", subject=listing, actor=member.user, fields=fields, values=way)
        note_change(listing_id=listing.pk)
    return len(listings)


def _is_asked(listing: Listing) -> bool:
    return listing.state == ListingState.LIVE and listing.price_dates.is_open


def _describe_link(member: Member, link: PriceLink) -> dict[str, str]:
    """Who holds the mail may answer: the entry says whose it was."""
    return {"way": "mailed link", "mailed_to": member.user.email, "asked_on": link.asked_on.isoformat()}


def _spend(link: PriceLink) -> None:
    """Before the transaction: counts stand in the database too, and a refused press would take its own back."""
    limits.spend(what="price_answer", who=str(link.member_id), most=MOST_ANSWERS_AN_HOUR, seconds=3600)
