"""Counts of filters beside those that are worked out listing by listing, for 2,000 random questions."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from random import Random

import pytest
from django.utils import timezone

from listings.models import Listing
from listings.rules.ranges import LEAD_TIME_RANGES, MINIMUM_ORDER_RANGES, list_price_bands, measure_minimum_order
from listings.rules.searching import EVIDENCE_LEVELS, FLAGS, GROUPS, Query
from listings.search.indexer import rebuild
from listings.search.query import search
from listings.selectors.certified import list_covering
from reference.models import FxRate
from reference.selectors import get_rates
from tests.listings.certified import make_covering
from tests.search.stock import plant_stock

QUESTIONS = 2000
CURRENCIES = ("USD", "EUR", "GBP", "")


@dataclass(frozen=True)
class Seen:
    """The values of one listing in every group, worked out from its rows."""

    values: dict[str, set[str]]
    schemes: dict[str, int]
    euros: Decimal | None


def see(listing, covering, rates):
    """By hand, not by the index's own functions."""
    revision, company = listing.live_revision, listing.company
    measured = measure_minimum_order(revision.minimum_order, revision.unit)
    public = revision.price_visibility == "public" and bool(revision.currency)
    lowest = min((row.unit_price for row in revision.price_breaks.all()), default=None) if public else None
    return Seen(
        values={
            "category": {revision.category.slug, revision.category.parent.slug},
            "country": {revision.origin_country or company.country},
            "verified": {"yes"} if company.verified_until and company.verified_until >= timezone.localdate() else set(),
            "company_kind": {company.kind},
            "moq": {name for name in MINIMUM_ORDER_RANGES if measured and measured[0] == name.split("-")[0] and measured[1] <= int(name.split("-")[1])},
            "lead": {name for name in LEAD_TIME_RANGES if revision.lead_time_days is not None and revision.lead_time_days <= int(name)},
            "incoterm": {revision.incoterm} - {""},
            "sample": {"yes"} if revision.sample_offered else set(),
            "language": set(company.languages),
            "women": {"yes"} if company.women_led else set(),
            "priced": {"yes"} if lowest is not None else set(),
        },
        schemes={certificate.scheme.code: certificate.evidence_level for certificate in covering},
        euros=rates.convert(lowest, revision.currency, "EUR") if lowest is not None else None,
    )  # fmt: skip


def find_bands(seen, currency, rates):
    """The bands that the listing's lowest price falls into, in the asked currency."""
    if seen.euros is None:
        return set()
    cut = int(seen.euros * 10_000)  # the index keeps ten-thousandths
    return {
        band.key
        for band in list_price_bands(rates.units_per_eur[currency or "EUR"])
        if (band.low is None or int(rates.convert(band.low, currency or "EUR", "EUR") * 10_000) <= cut)
        and (band.high is None or cut < int(rates.convert(band.high, currency or "EUR", "EUR") * 10_000))
    }


def find_values(seen, group, query, rates):
    """The values of a group that the listing counts for."""
    if group == "price":
        return find_bands(seen, query.currency, rates)
    if group == "certificate":
        return {code for code, level in seen.schemes.items() if level >= int(query.evidence or 1)}
    if group == "evidence":
        wanted = [level for code, level in seen.schemes.items() if not query.certificate or code in query.certificate]
        return {level for level in EVIDENCE_LEVELS if any(reached >= int(level) for reached in wanted)}
    return seen.values[group]


def choose(query, group):
    """What is chosen in a group, as a set of values."""
    value = getattr(query, group)
    if group in FLAGS:
        return {"yes"} if value else set()
    return {value} - {""} if isinstance(value, str) else set(value)


def count_by_hand(stock, query, group, rates):
    """Counts of a group among the listings that fit all other groups."""
    others = [name for name in GROUPS if name != group and choose(query, name)]
    return dict(
        Counter(
            value
            for seen in stock
            if all(find_values(seen, name, query.without(group), rates) & choose(query, name) for name in others)
            for value in find_values(seen, group, query, rates)
        )
    )


def ask(random, values):
    """A random question: up to five groups, up to three values each."""
    chosen = {}
    for group in random.sample(GROUPS, random.randrange(6)):
        several = random.sample(values[group], min(len(values[group]), random.randrange(1, 4)))
        chosen[group] = True if group in FLAGS else several[0] if group == "evidence" else tuple(several)
    currency = random.choice(CURRENCIES)
    if "price" in chosen:
        chosen["price"] = tuple(
            random.sample([band.key for band in list_price_bands(values["rates"].units_per_eur[currency or "EUR"])], 2)
        )
    return Query(currency=currency, **chosen)


@pytest.fixture
def seen_stock(db):
    """500 listings, every fifth covered by a certificate of some level, and the values to choose from."""
    FxRate.objects.bulk_create(
        FxRate(day=timezone.localdate(), base="EUR", quote=quote, units=Decimal(units), source="test")
        for quote, units in (("USD", "1.0705"), ("GBP", "0.84638"), ("ZAR", "19.4970"), ("INR", "89.2495"))
    )
    plant_stock(invented=300)
    listings = list(Listing.objects.live().select_related("company", "live_revision__category__parent").order_by("pk"))
    for number, listing in enumerate(listings[::5]):
        make_covering(listing, number)
    rebuild()
    rates = get_rates(day=timezone.localdate())
    covering = list_covering(listing_ids=[listing.pk for listing in listings], day=timezone.localdate())
    return [see(listing, covering.get(listing.pk, []), rates) for listing in listings], rates


def test_counts_equal_those_worked_out_by_hand_for_two_thousand_random_questions(seen_stock):
    stock, rates = seen_stock
    values = {
        group: sorted(set().union(*(find_values(seen, group, Query(), rates) for seen in stock))) for group in GROUPS
    }
    random = Random(20261125)

    for number in range(QUESTIONS):
        query = ask(random, {**values, "rates": rates})
        group = random.choice(GROUPS)
        counted = {value: count for value, count in search(query=query).facets[group].items() if count}
        assert counted == count_by_hand(stock, query, group, rates), (number, query, group)


def test_totals_equal_those_worked_out_by_hand(seen_stock):
    stock, rates = seen_stock
    values = {
        group: sorted(set().union(*(find_values(seen, group, Query(), rates) for seen in stock))) for group in GROUPS
    }
    random = Random(7)

    for _number in range(200):
        query = ask(random, {**values, "rates": rates})
        chosen = [name for name in GROUPS if choose(query, name)]
        fitting = [
            seen
            for seen in stock
            if all(find_values(seen, name, query, rates) & choose(query, name) for name in chosen)
        ]
        assert search(query=query).total == len(fitting), query
