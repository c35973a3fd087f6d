"""A lookup is asked for: rate cards are counted here and now, fresh answers of carriers stand again, what is left is a job's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.jobs import enqueue
from core.limits import TooOften, spend
from listings.models import Listing, ListingRevision
from shipping.choices import AttemptState, Audience, Carrier, CarrierFailure, LookupState, OfferStanding, ProviderKind
from shipping.models import Attempt, CarrierAccount, Lookup, Offer
from shipping.providers.base import Ask, Problem
from shipping.providers.catalogue import find_provider
from shipping.rules.dangerous import find_askable
from shipping.rules.lookups import SETTLE_AFTER, FreightRequest, digest
from shipping.selectors.accounts import list_asked_accounts
from shipping.selectors.card_offers import CardOffer, list_card_offers
from shipping.selectors.freights import list_covered
from shipping.selectors.landed_cost import Order
from shipping.selectors.questions import build_request, find_stamp, list_forwarded, make_ask
from shipping.services.destinations import refuse_destination
from shipping.services.settling import SETTLE_JOB, settle_lookup
from storefronts.models import Company

RUN_JOB = "shipping.run_lookup"
LOOKUPS_AN_HOUR, HOUR_SECONDS = 60, 3600
CARRIER_LOOKUPS_AN_HOUR = 300
"""Of buyers about the goods of one exporter, whoever asks: beyond it cards answer alone, and the carriers' own limits are not spent."""
ASKED_AGAIN = 3
ONE_RUNNING = "one_running_lookup_of_a_request"
"""PostgreSQL names the constraint, SQLite its column."""


@dataclass(frozen=True)
class Known:
    """Cards that were counted, forwarders' offers that still hold, accounts to ask; `is_crowded`: no more of them in this hour."""

    cards: Sequence[CardOffer]
    told: Sequence[Attempt]
    accounts: Sequence[CarrierAccount]
    is_crowded: bool


@dataclass(frozen=True)
class Asker:
    """Whose goods, for whom it is asked, and who asks: an account's or an address's name, for the limit of an hour."""

    company: Company
    audience: Audience
    who: str
    user: Any = None
    listing: Listing | None = None


def ask_for_freight(*, request: FreightRequest, asker: Asker) -> Lookup:
    """The lookup of a request: the one that runs or whose answers are all still fresh, else a new one.

    Rate cards have answered when this returns; carriers answer within 12 seconds, by a job. Anybody may ask for buyers; the caller has
    proved a member of the firm for `Audience.COMPANY`. Raises MeasureMissing, DestinationNotServed, DestinationReviewed, TooOften.
    """
    refuse_destination(country=request.destination.country, day=request.ship_on, user=asker.user)
    by_buyers = asker.audience == Audience.BUYERS
    accounts = list_asked_accounts(company_id=asker.company.pk, by_buyers=by_buyers)
    ask_key = digest(
        [request.as_plain(), asker.company.pk, asker.audience, asker.listing.pk if asker.listing else None]
    )
    load_key, by_company = digest(request.as_load()), not by_buyers
    told = list_forwarded(company_id=asker.company.pk, load_key=load_key, day=request.ship_on, by_company=by_company)
    stamp = find_stamp(day=request.ship_on, company_id=asker.company.pk, accounts=accounts, told=told)
    key = digest([ask_key, stamp])
    if found := _find_again(key):
        return found
    spend(what="lookup", who=asker.who, most=LOOKUPS_AN_HOUR, seconds=HOUR_SECONDS)
    askable = find_askable(is_dangerous=request.is_dangerous, un_number=request.un_number)
    cards = _price_cards(request, asker.company) if askable.cards else []
    asked = accounts if askable.carriers else []
    is_crowded = _is_crowded(asker, asked)  # before the transaction, until whose end the next asker would wait
    known = Known(cards, told, asked, is_crowded)
    for _round in range(ASKED_AGAIN):
        try:
            with transaction.atomic():
                return _open(request, asker, (key, ask_key, load_key), known)
        except IntegrityError as error:
            if ONE_RUNNING not in str(error) and "shipping_lookup.key" not in str(error):
                raise
            if found := _find_again(key):  # somebody asked the same at this instant: theirs is ours
                return found
    raise AssertionError(key)


def ask_as_buyer(*, listing: Listing, revision: ListingRevision, order: Order, user: Any, network: str) -> Lookup:
    """A buyer asks about an order of a product; whoever is not signed in counts for the limit by their network. Raises as `ask_for_freight`."""
    who = f"user {user.pk}" if user.is_authenticated else network
    request = build_request(listing=listing, revision=revision, order=order, user=user)
    return ask_for_freight(request=request, asker=Asker(listing.company, Audience.BUYERS, who, user, listing))


def _find_again(key: str) -> Lookup | None:
    """The newest lookup of the key, if it still runs or all that it says is fresh. One whose worker died is ended first."""
    now = timezone.now()
    newest = Lookup.objects.filter(key=key).order_by("-asked_at").first()
    if newest and newest.state == LookupState.RUNNING and newest.is_settled_at(now):
        newest = settle_lookup(lookup_id=newest.pk)
    if newest is None or newest.state == LookupState.RUNNING:
        return newest
    return newest if newest.state == LookupState.COMPLETE and newest.is_fresh_at(now) else None


def _price_cards(request: FreightRequest, company: Company) -> list[CardOffer]:
    return list_card_offers(
        packages=request.packages, origin=request.origin, destination=request.destination, day=request.ship_on, company_id=company.pk
    )  # fmt: skip


def _open(request: FreightRequest, asker: Asker, keys: tuple[str, str, str], known: Known) -> Lookup:
    now = timezone.now()
    key, ask_key, load_key = keys
    lookup = Lookup.objects.create(
        company=asker.company, listing=asker.listing, audience=asker.audience, key=key, ask_key=ask_key, load_key=load_key,
        request=request.as_plain(),
        asked_at=now, settle_by=now + SETTLE_AFTER,
    )  # fmt: skip
    if _write_attempts(lookup, request, known, now):
        enqueue(RUN_JOB, key=str(lookup.pk), lookup_id=str(lookup.pk))
        enqueue(SETTLE_JOB, key=str(lookup.pk), due_at=lookup.settle_by, lookup_id=str(lookup.pk))
        return lookup
    return settle_lookup(lookup_id=lookup.pk)


def _answer_by_cards(lookup: Lookup, cards: Sequence[CardOffer], now: datetime) -> Attempt:
    return Attempt(
        lookup=lookup, kind=ProviderKind.CARDS, label="", ask_key=lookup.ask_key, state=AttemptState.OK if cards else AttemptState.NONE,
        started_at=now, ended_at=now, answered_at=now, elapsed_ms=0, fresh_until=_find_midnight(now),
    )  # fmt: skip


def _write_card_offer(attempt: Attempt, place: int, card: CardOffer) -> Offer:
    tariff, price = card.version.tariff, card.price
    return Offer(
        attempt=attempt, position=place, service_code=tariff.code, service_name="", mode=tariff.mode, amount=price.total.amount,
        currency=price.total.currency, lines=[{"code": line.code, "amount": str(line.amount)} for line in price.lines],
        covers=sorted(list_covered(mode=tariff.mode)), transit_days=card.transit_days, valid_until=card.version.valid_until,
        standing=OfferStanding.ESTIMATE if card.load.is_estimate else OfferStanding.FIRM, version=card.version,
    )  # fmt: skip


def _is_crowded(asker: Asker, accounts: Sequence[CarrierAccount]) -> bool:
    """So many buyers have asked carriers about this exporter's goods in this hour that its accounts are left alone."""
    if asker.audience != Audience.BUYERS or not accounts:
        return False
    try:
        spend(
            what="carrier_lookup", who=f"company {asker.company.pk}", most=CARRIER_LOOKUPS_AN_HOUR, seconds=HOUR_SECONDS
        )
    except TooOften:
        return True
    return False


def _write_attempts(lookup: Lookup, request: FreightRequest, known: Known, now: datetime) -> int:
    """The cards' answer, answers that stand again, and one attempt for each other account; how many of these somebody has to be asked for."""
    fresh = _find_fresh(lookup, known.accounts, now)
    cards = _answer_by_cards(lookup, known.cards, now)
    copies = [_copy(lookup, source, now) for source in [*known.told, *fresh.values()]]
    unheard = [account for account in known.accounts if account.pk not in fresh]
    asked = list(_list_asked(lookup, request, unheard, now, is_crowded=known.is_crowded))
    Attempt.objects.bulk_create([cards, *copies, *asked])
    told = [_write_card_offer(cards, place, card) for place, card in enumerate(known.cards)]
    Offer.objects.bulk_create([*told, *(offer for copy in copies for offer in _copy_offers(copy))])
    return sum(not attempt.has_ended for attempt in asked)


def _list_asked(
    lookup: Lookup, request: FreightRequest, accounts: Sequence[CarrierAccount], now: datetime, *, is_crowded: bool
) -> Iterator[Attempt]:  # fmt: skip
    """An attempt for each account; where it is not asked, the attempt has ended and says why."""
    if not accounts:
        return
    ask = make_ask(request=request)
    for account in accounts:
        why, field = _find_reason(account, ask)
        why = CarrierFailure.BUSY if is_crowded and not why else why
        ended = {"state": AttemptState.SKIPPED, "failure": why, "detail": field, "ended_at": now} if why else {}
        label = account.get_carrier_display()
        yield Attempt(
            lookup=lookup, kind=ProviderKind.CARRIER, account=account, label=label, ask_key=lookup.ask_key, **ended
        )


def _find_reason(account: CarrierAccount, ask: Ask) -> tuple[str, str]:
    """Why an account is not asked, and about which field; empty where it may be: whether it rests or is busy shows when its turn comes."""
    if not account.is_active:
        return CarrierFailure.PAUSED, ""
    problems: list[Problem] = find_provider(Carrier(account.carrier)).validate(ask)
    return (CarrierFailure.BAD_REQUEST, f"{problems[0].field} {problems[0].why}") if problems else ("", "")


def _find_fresh(lookup: Lookup, accounts: Sequence[CarrierAccount], now: datetime) -> dict[int, Attempt]:
    """The newest attempt of each account at the same request that is still fresh, made since its credentials last changed."""
    changed = {account.pk: account.changed_at for account in accounts if account.is_active}
    rows = Attempt.objects.filter(account__in=changed, ask_key=lookup.ask_key, fresh_until__gt=now).order_by("pk")
    return {
        row.account_id: row for row in rows.prefetch_related("offers")
        if row.account_id and row.answered_at and row.answered_at >= changed[row.account_id]
    }  # fmt: skip


def _copy(lookup: Lookup, source: Attempt, now: datetime) -> Attempt:
    """The same answer once more, with the time at which it was given."""
    return Attempt(
        lookup=lookup, kind=source.kind, account_id=source.account_id, label=source.label, ask_key=source.ask_key, state=source.state,
        failure=source.failure, detail=source.detail, started_at=now, ended_at=now, elapsed_ms=0, fresh_until=source.fresh_until,
        copied_from=source, answered_at=source.answered_at,
    )  # fmt: skip


def _copy_offers(copy: Attempt) -> list[Offer]:
    offers = list(copy.copied_from.offers.all()) if copy.copied_from else []
    for offer in offers:
        offer.pk, offer.attempt = None, copy
    return offers


def _find_midnight(now: datetime) -> datetime:
    """The end of the agency's day: cards are counted for a day."""
    tomorrow = timezone.localtime(now) + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)
