"""A price of a lookup that is to be quoted: the ladder from it, and all of it as the plain values that a snapshot freezes."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from reference.rules import Rates
from reference.selectors import get_rates
from shipping.exceptions import OfferGone
from shipping.models import Lookup, Offer
from shipping.rules.duties.importing import Border
from shipping.rules.loads import build_load
from shipping.rules.lookups import read_request
from shipping.selectors.freights import Freight, tell_offers
from shipping.selectors.lookup_plain import describe_freight, describe_legs, describe_rung
from shipping.selectors.profiles import find_usual_profile, list_own_figures
from shipping.selectors.sale_ladder import SaleLadder, SoldGoods, count_ladder

FORMAT = "lateen-freight-1"


@dataclass(frozen=True)
class Quote:
    """All prices of a lookup in the currency of the sale, the one that counts, and the ladder from it. No ladder without a price."""

    lookup: Lookup
    sold: SoldGoods
    rates: Rates
    freights: Sequence[Freight]
    chosen: Freight | None
    ladder: SaleLadder


def find_quote(*, lookup: Lookup, sold: SoldGoods, chosen: int | None = None) -> Quote:
    """The ladder with the chosen price, else with the cheapest; prices that are no longer current do not count."""
    rates = get_rates(day=timezone.localdate())
    freights = tell_offers(lookup=lookup, currency=sold.price.currency, rates=rates)
    current = [freight for freight in freights if freight.is_current and freight.amount is not None]
    picked = next((freight for freight in current if freight.key == chosen), current[0] if current else None)
    if picked is None:
        return Quote(lookup, sold, rates, freights, None, SaleLadder())
    profile, load = find_usual_profile(company_id=lookup.company_id), build_load(read_request(lookup.request).packages)
    own = list_own_figures(profile=profile, load=load, currency=sold.price.currency, rates=rates) if profile else {}
    return Quote(lookup, sold, rates, freights, picked, count_ladder(sold=sold, freight=picked, own=own, rates=rates))


def get_quote(*, lookup: Lookup, sold: SoldGoods, chosen: int) -> Quote:
    """The same, for exactly this price. Raises OfferGone where it is not of the lookup or no longer current."""
    quote = find_quote(lookup=lookup, sold=sold, chosen=chosen)
    if quote.chosen is None or quote.chosen.key != chosen or not quote.ladder.rungs:
        raise OfferGone
    return quote


def describe_quote(*, quote: Quote, incoterm: str, place: str) -> dict[str, Any]:
    """Everything that the quote stands on, as plain values without a float. Two queries."""
    rows = Offer.objects.filter(attempt__lookup=quote.lookup).select_related("attempt", "version__tariff")
    offers = {offer.pk: offer for offer in rows}
    chosen = quote.chosen
    if chosen is None:
        raise OfferGone
    return {
        "format": FORMAT, "request": quote.lookup.request, "lookup": {"id": str(quote.lookup.pk), "asked_at": quote.lookup.asked_at.isoformat()},
        "offers": [describe_freight(freight=one) | _describe_offer(offers[one.key]) for one in quote.freights], "chosen": chosen.key,
        "incoterm": incoterm, "place": place, "sold": _write_all(asdict(quote.sold)), "rates": _describe_rates(quote),
        "versions": _describe_versions(offers.values()), "rules": describe_rules(border=quote.ladder.border),
        "legs": describe_legs(figures=quote.ladder.figures), "terms": [describe_rung(rung=one) for one in quote.ladder.rungs],
        "valid_until": find_last_day(freight=chosen, today=quote.rates.day).isoformat(),
    }  # fmt: skip


def find_last_day(*, freight: Freight, today: date) -> date:
    """The last day of a price; where its provider names none it is today's alone."""
    return freight.valid_until or today


def describe_rules(*, border: Border | None) -> dict[str, Any] | None:
    """The duty and the tax that were counted with, their sources, and how the country counts."""
    if border is None:
        return None
    duty, tax = border.duty, border.tax
    return {
        "formula": _write_all(asdict(border.formula)), "duty": _write_all({"why_unknown": duty.why_unknown, "rate": asdict(duty.rate) if duty.rate else None}),
        "duty_rule": _write_all({"id": duty.fact.id, "source": duty.fact.source, "read_on": duty.fact.read_on}) if duty.fact else None,
        "tax_rule": _write_all({"id": tax.id, "kind": tax.kind, "percent": tax.percent, "source": tax.source, "read_on": tax.read_on}) if tax else None,
    }  # fmt: skip


def _describe_offer(offer: Offer) -> dict[str, Any]:
    attempt = offer.attempt
    return {
        "lines": offer.lines, "notes": offer.notes, "tax": _write(offer.tax), "is_published": offer.is_published,
        "answered_at": _write(attempt.answered_at), "version": offer.version_id,
    }  # fmt: skip


def _describe_versions(offers: Iterable[Offer]) -> list[dict[str, Any]]:
    versions = {offer.version.pk: offer.version for offer in offers if offer.version}
    return [
        {
            "id": pk, "tariff": one.tariff.code, "number": one.number, "sha256": one.sha256, "valid_from": _write(one.valid_from),
            "valid_until": _write(one.valid_until), "currency": one.currency,
        }
        for pk, one in sorted(versions.items())
    ]  # fmt: skip


def _describe_rates(quote: Quote) -> dict[str, Any]:
    """The rates of the currencies that are in it, each with its day."""
    used = {quote.sold.price.currency, *(freight.price.currency for freight in quote.freights)}
    known = sorted(used & quote.rates.units_per_eur.keys())
    return {
        "day": quote.rates.day.isoformat(),
        "per_euro": {code: {"units": f"{quote.rates.units_per_eur[code]:f}", "day": _write(quote.rates.days.get(code, quote.rates.day))} for code in known},
    }  # fmt: skip


def _write_all(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _write(value) for name, value in values.items()}


def _write(value: Any) -> Any:
    """A plain value for JSON: numbers and days as texts, sets in order."""
    if isinstance(value, dict):
        return {str(key): _write(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [_write(item) for item in value]
        return sorted(items) if isinstance(value, set | frozenset) else items
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)
