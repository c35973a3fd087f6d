"""Exporters whom a sourcing request fits: products near to its lines in a few queries, then the rules of `rules.matching`.

No query asks about one company: their number is the same for ten exporters and for fifty thousand.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from certifications.models import Certificate, Scheme
from inquiries.models import Request, RequestLine
from inquiries.rules.matching import (
    Call,
    Firm,
    Fit,
    Need,
    Offer,
    Sieve,
    Standing,
    choose_best,
    measure_price,
    sift_offers,
)
from inquiries.rules.reasons import Reason, list_reasons
from inquiries.rules.units import convert_quantity
from inquiries.selectors.blocks import list_blocking_companies
from inquiries.selectors.standing import list_doubted_companies
from listings.choices import PriceVisibility, RevisionState
from listings.models import CertificateCoverage, Listing, ListingRevision, PriceBreak
from reference.rules import Rates
from reference.selectors import get_rates, suggest_hs

HEADING, CHAPTER = 4, 2
"""Digits of the HS code that must be the same."""
READ_AT_ONCE = 200
"""So many firms are read again for prices and certificates before the next ones; a firm that cannot rise enough is never read."""
STOCK_KEEPS = timedelta(days=90)
OFFER_COLUMNS = (
    "pk", "company_id", "live_revision_id", "live_revision__hs_code", "live_revision__category_id", "live_revision__unit",
    "live_revision__lead_time_days", "live_revision__yearly_capacity", "live_revision__stock", "live_revision__stock_on",
    "months", "languages", "markets", "company__reply_record__median_minutes",
)  # fmt: skip
LISTS = {
    "months": "live_revision__harvest_months",
    "languages": "company__languages",
    "markets": "company__export_markets",
}


@dataclass(frozen=True)
class Found:
    """An exporter that fits, with points from 0 to 100 and why; `listing_id` is the product that fits best."""

    company_id: int
    listing_id: int
    score: int
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Matching:
    """The best exporters in order; how many had something near at all, and how many each filter left out.

    `guessed` are HS codes by line that were found by its words, `unread` the lines of which we cannot tell what they are.
    """

    found: Sequence[Found]
    looked_at: int
    left_out: Mapping[str, int]
    guessed: Mapping[int, str]
    unread: Sequence[int]


def find_exporters(*, request: Request, most: int) -> Matching:
    """The exporters that a sourcing request fits best, at most `most`; none that has blocked its buyer. Nine queries, one more where few are near, and three for each further two hundred firms that are read."""
    today = timezone.localdate()
    lines, schemes = list(request.lines.select_related("listing__live_revision")), list(request.schemes.all())
    call, guessed = _read_call(request, lines, today)
    known = replace(call, needs=tuple(need for need in call.needs if need.is_known))
    unread = [need.position for need in call.needs if not need.is_known]
    if not known.needs:
        return Matching([], 0, {}, guessed, unread)
    looked = _look(known, call, schemes, most, today, away=list_blocking_companies(email=request.buyer_email))
    reader = _SecondLook(lines, [scheme.pk for scheme in schemes], today)
    best = choose_best(call, looked.firms, looked.fits, most=most, chunk=READ_AT_ONCE, look_again=reader.read)
    left_out = {reason: len(companies) for reason, companies in looked.sieve.left_out.items() if companies}
    return Matching([_describe(call, one, len(schemes)) for one in best], len(looked.firms), left_out, guessed, unread)


@dataclass(frozen=True)
class _Looked:
    """What was found near: all firms that have something, the fitting products by company, and whom the filters left out."""

    firms: Mapping[int, Firm]
    fits: Mapping[int, list[Fit]]
    sieve: Sieve


def _look(
    known: Call, call: Call, schemes: Sequence[Scheme], most: int, today: date, *, away: AbstractSet[int]
) -> _Looked:
    """Products of the same headings and categories; of the whole chapters only where too few exporters have something nearer."""
    looked = _look_by(HEADING, known, call, schemes, today, away)
    return looked if len(looked.fits) >= most else _look_by(CHAPTER, known, call, schemes, today, away)


def _look_by(
    digits: int, known: Call, call: Call, schemes: Sequence[Scheme], today: date, away: AbstractSet[int]
) -> _Looked:
    offers, firms = _read_near(_list_near(known, digits, schemes, today), today)
    sieve = Sieve()
    for reason, companies in (("blocked", away), ("standing", list_doubted_companies())):
        for company_id in companies & firms.keys():
            sieve.drop(reason, company_id)
    dropped = set().union(*sieve.left_out.values())
    clear = {pk: firm for pk, firm in firms.items() if pk not in dropped}
    return _Looked(firms, sift_offers(call, offers, clear, sieve), sieve)


def _read_call(request: Request, lines: Sequence[RequestLine], today: date) -> tuple[Call, dict[int, str]]:
    """Lines with the codes that they name, else those that their words suggest, and the categories in which such goods stand."""
    guessed = {line.position: code for line in lines if not line.hs_code and (code := _guess(line, request.language))}
    codes = {line.position: line.hs_code or guessed.get(line.position, "") for line in lines}
    usual = _find_usual_categories(set(codes.values()) - {""})
    needs = tuple(
        Need(
            line.position, codes[line.position], _list_categories(line, usual.get(codes[line.position])), line.quantity, line.unit,
            line.target_price,
        )
        for line in lines
    )  # fmt: skip
    call = Call(needs, request.language.partition("-")[0], request.destination, today, request.needed_by)
    return call, guessed


def _guess(line: RequestLine, language: str) -> str:
    if line.listing_id is not None:
        return ""
    found = suggest_hs(text=line.description, language=language, most=1)
    return found[0].choices[0].code if found and found[0].choices else ""


def _find_usual_categories(codes: set[str]) -> dict[str, int]:
    """By HS code: the category in which most approved products of it stand."""
    rows = (
        ListingRevision.objects.filter(state=RevisionState.APPROVED, hs_code__in=codes).exclude(category=None)
        .order_by().values_list("hs_code", "category").annotate(number=Count("pk"))
    )  # fmt: skip
    counted = sorted(rows, key=lambda row: (row[2], -row[1]))
    return {code: category for code, category, _number in counted}


def _list_categories(line: RequestLine, usual: int | None) -> frozenset[int]:
    revision = line.listing.live_revision if line.listing else None
    return frozenset(pk for pk in (usual, revision.category_id if revision else None) if pk is not None)


def _list_near(call: Call, digits: int, schemes: Sequence[Scheme], today: date) -> QuerySet[Listing]:
    """Live products of the same category or first digits of the HS code, each with every certificate that is demanded: verified, valid, covering it."""
    near = Q(live_revision__category__in={pk for need in call.needs for pk in need.categories})
    for first in {need.hs_code[:digits] for need in call.needs if need.hs_code}:
        near |= Q(live_revision__hs_code__gte=first, live_revision__hs_code__lte=first.ljust(6, "9"))
    rows = Listing.objects.live().filter(near)
    shown = CertificateCoverage.objects.shown_on(today).filter(listing=OuterRef("pk"))
    held = Certificate.objects.public().valid_on(today).filter(company=OuterRef("company_id"))
    for scheme in schemes:
        holds = Exists(shown.filter(certificate__scheme=scheme))
        rows = rows.filter(holds | Exists(held.filter(scheme=scheme)) if scheme.covers_company else holds)
    return rows.order_by()


def _read_near(near: QuerySet[Listing], today: date) -> tuple[list[Offer], dict[int, Firm]]:
    """Products and their firms in one query. Lists come as text: there are few different ones, so each is read once."""
    lists = {name: Cast(path, TextField()) for name, path in LISTS.items()}
    offers: list[Offer] = []
    firms: dict[int, Firm] = {}
    known = _Lists()
    for row in near.annotate(**lists).values_list(*OFFER_COLUMNS):
        *facts, stock, stock_on, months, languages, markets, minutes = row
        company_id = facts[1]
        if company_id not in firms:
            firms[company_id] = Firm(company_id, known[languages], known[markets], minutes)
        fresh = stock_on is not None and today - stock_on <= STOCK_KEEPS
        offers.append(Offer._make([*facts, stock if fresh else None, known[months]]))
    return offers, firms


class _Lists(dict[str, tuple[Any, ...]]):
    """Lists by the text in which the database keeps them."""

    def __missing__(self, text: str) -> tuple[Any, ...]:
        self[text] = tuple(json.loads(text))
        return self[text]


def _describe(call: Call, standing: Standing, asked_schemes: int) -> Found:
    best = max(standing.fits, key=lambda fit: fit.points)
    reasons = list_reasons(call, standing, asked_schemes=asked_schemes)
    return Found(standing.firm.company_id, best.offer.listing_id, min(100, round(standing.total)), reasons)


class _SecondLook:
    """Prices at the quantity asked for and further certificates, of some firms at a time."""

    def __init__(self, lines: Sequence[RequestLine], asked: Sequence[int], today: date) -> None:
        self.currencies = {line.position: line.currency for line in lines if line.target_price is not None}
        self.asked, self.today = asked, today
        self.rates: Rates | None = get_rates(day=today) if self.currencies else None

    def read(self, fits: Sequence[Fit]) -> list[Fit]:
        revisions = {fit.offer.revision_id for fit in fits}
        further = self._count_certificates({fit.offer.listing_id for fit in fits})
        shown = _list_shown_currencies(revisions) if self.currencies else {}
        breaks = _list_breaks(shown.keys())
        return [
            fit._replace(price=self._measure(fit, shown, breaks), certificates=further.get(fit.offer.listing_id, 0))
            for fit in fits
        ]

    def _count_certificates(self, listing_ids: set[int]) -> dict[int, int]:
        rows = CertificateCoverage.objects.shown_on(self.today).filter(listing__in=listing_ids)
        others = rows.exclude(certificate__scheme__in=self.asked).order_by()
        return dict(others.values_list("listing").annotate(number=Count("certificate__scheme", distinct=True)))

    def _measure(
        self, fit: Fit, shown: Mapping[int, str], breaks: Mapping[int, Sequence[tuple[Decimal, Decimal]]]
    ) -> float | None:
        """The share of the price part; None where the exporter shows no price, units differ in kind, or a rate is missing."""
        asked = convert_quantity(fit.need.quantity, fit.need.unit, fit.offer.unit)
        per_unit = convert_quantity(Decimal(1), fit.need.unit, fit.offer.unit)
        prices = breaks.get(fit.offer.revision_id)
        if not prices or asked is None or per_unit is None or self.rates is None:
            return None
        reached = [price for least, price in prices if least <= asked]
        own = (reached[-1] if reached else prices[0][1]) * per_unit
        currency = self.currencies.get(fit.need.position, "")
        return measure_price(self.rates.convert(own, shown[fit.offer.revision_id], currency), fit.need.target_price)


def _list_shown_currencies(revisions: set[int]) -> dict[int, str]:
    """Currencies of the revisions whose prices buyers may see: matching never tells what an exporter keeps on request."""
    rows = ListingRevision.objects.filter(pk__in=revisions, live_for__prices_hidden_on=None).exclude(currency="")
    return dict(rows.exclude(price_visibility=PriceVisibility.ON_REQUEST).order_by().values_list("pk", "currency"))


def _list_breaks(revisions: Iterable[int]) -> dict[int, list[tuple[Decimal, Decimal]]]:
    """By revision: least quantity and price, in rising order."""
    found: dict[int, list[tuple[Decimal, Decimal]]] = {}
    rows = PriceBreak.objects.filter(revision__in=list(revisions)).order_by("revision", "minimum_quantity")
    for revision, least, price in rows.values_list("revision", "minimum_quantity", "unit_price"):
        found.setdefault(revision, []).append((least, price))
    return found
