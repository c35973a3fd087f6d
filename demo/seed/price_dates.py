"""Prices of different days: most are fresh, the persona is asked about some, and a few firms have been silent."""

from datetime import timedelta

from django.db.models import F
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import User
from demo.seed.people import OFFICER
from demo.seed.scopes import Scope
from listings.choices import CallOutcome
from listings.models import Listing, PriceCall
from listings.rules.price_dates import ANSWER_DAYS, PRICE_DAYS
from listings.selectors.price_dates import build_answer_path
from listings.services.changes import note_change
from listings.services.price_calls import log_price_call
from storefronts.models import Company

PERSONA, SILENT_FIRMS = 0, (1, 9, 17)
"""Places of public firms in the order in which they were planted; products are the last that each has opened."""
PRODUCTS_OF_A_FIRM = 2
ASKED_LATELY, ASKED_LONG_AGO = 3, ANSWER_DAYS + 6
CALL_NOTE = "No answer at noon. The office opens at seven, so try early."


def plant_price_dates(*, people: dict[str, User]) -> int:
    """Date all prices by the day on which their product went live, then make some old; how many are on request now."""
    Listing.objects.exclude(first_live_at=None).update(prices_confirmed_on=TruncDate(F("first_live_at")))
    hidden, called = 0, None
    for place, company in enumerate(Company.objects.public().order_by("pk")):
        if place == PERSONA:
            _ask(company, ASKED_LATELY)
        if place in SILENT_FIRMS:
            hidden += _silence(company)
            called = called or company
    if called is not None:
        officer = people[OFFICER.email]
        log_price_call(officer=officer, company_id=called.pk, outcome=CallOutcome.NOT_REACHED, note=CALL_NOTE)
    return hidden


def plant_price_call_of(scope: Scope) -> None:
    """What an officer wrote of a call, which the firm does not read, and the link that was mailed to its owner."""
    note = scope.canary("pricecall")
    scope.canaries[note] = ["administrator", "officer"]
    now = timezone.now()
    PriceCall.objects.create(
        company=scope.company, outcome=CallOutcome.OTHER, note=note, officer=scope.people["officer"], called_at=now
    )
    member = scope.company.members.get(user=scope.owner)
    path = build_answer_path(member=member, asked_on=timezone.localdate(now))
    scope.objects["price_token"] = path.rstrip("/").rpartition("/")[2]


def _ask(company: Company, days_ago: int) -> list[Listing]:
    """The firm's newest products have old prices, and it was asked about them so many days ago."""
    shown = Listing.objects.with_shown_prices().without_waiting_change().filter(company=company)
    listings, asked_on = list(shown.order_by("-pk")[:PRODUCTS_OF_A_FIRM]), timezone.localdate() - timedelta(days_ago)
    for number, listing in enumerate(listings):
        listing.prices_confirmed_on = asked_on - timedelta(days=PRICE_DAYS + 4 * number)
        listing.prices_asked_on = asked_on
        listing.save(update_fields=["prices_confirmed_on", "prices_asked_on"])
    return listings


def _silence(company: Company) -> int:
    listings = _ask(company, ASKED_LONG_AGO)
    for listing in listings:
        listing.prices_hidden_on = timezone.localdate() - timedelta(days=ASKED_LONG_AGO - ANSWER_DAYS)
        listing.save(update_fields=["prices_hidden_on"])
        note_change(listing_id=listing.pk)
    return len(listings)
