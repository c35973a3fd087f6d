"""Which exporters a sourcing request fits: hard filters, then a sum of named parts with reasons that both sides can read.

Nothing that is paid for counts. What is unknown excludes nobody and scores nothing, and the reasons say that it is unknown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from inquiries.rules.clock import MINUTES_OF_RANGES
from inquiries.rules.units import convert_quantity
from reference.rules import EUROPEAN_UNION

PRODUCT, PRICE, REPLIES, LANGUAGES, LEAD_TIME, MARKETS, CERTIFICATES = 35, 15, 15, 10, 10, 10, 5
"""The most points of each part; together 100."""
SAME_CODE, SAME_HEADING, SAME_CATEGORY, SAME_CHAPTER = 1.0, 0.7, 0.5, 0.25
REPLY_SHARES = {"8h": 1.0, "1d": 0.8, "2d": 0.6}
SLOW_REPLIES = 0.2
ONLY_ENGLISH, NEIGHBOUR_MARKET = 0.5, 0.6
QUICK_DAYS, SLOW_DAYS = 14, 90
DEAREST = Decimal("1.3")
"""A price this many times the target earns nothing more."""
MANY_CERTIFICATES = 2
MONTHS = 12

GULF_STATES = frozenset(["AE", "BH", "KW", "OM", "QA", "SA"])
"""With the European Union the customs unions: who exports to one of their countries knows the border of all."""


class Offer(NamedTuple):
    """A live product as it is read for matching; `hs_code`, numbers and months may be empty. `stock` only while it is fresh."""

    listing_id: int
    company_id: int
    revision_id: int
    hs_code: str
    category_id: int | None
    unit: str
    lead_time_days: int | None
    yearly_capacity: Decimal | None
    stock: Decimal | None
    harvest_months: tuple[int, ...]


class Firm(NamedTuple):
    """What counts of a company: languages and markets as codes, the public reply time in working minutes."""

    company_id: int
    languages: tuple[str, ...]
    markets: tuple[str, ...]
    reply_minutes: int | None


@dataclass(frozen=True)
class Need:
    """One line of a request; without an HS code nor categories nobody can be found for it."""

    position: int
    hs_code: str
    categories: frozenset[int]
    quantity: Decimal
    unit: str
    target_price: Decimal | None = None

    @property
    def is_known(self) -> bool:
        """We can tell what kind of product it is."""
        return bool(self.hs_code or self.categories)


@dataclass(frozen=True)
class Call:
    """A request as matching reads it."""

    needs: tuple[Need, ...]
    language: str
    destination: str
    today: date
    needed_by: date | None = None


class Fit(NamedTuple):
    """A product that fits a line: its shares from 0 to 1, None where unknown; `price` and `certificates` come with the second look."""

    need: Need
    offer: Offer
    closeness: float
    capacity: str
    lead: float | None
    price: float | None = None
    certificates: int = 0

    @property
    def points(self) -> float:
        """Of the parts that belong to a line."""
        extra = min(1.0, self.certificates / MANY_CERTIFICATES)
        return (
            PRODUCT * self.closeness + LEAD_TIME * (self.lead or 0) + PRICE * (self.price or 0) + CERTIFICATES * extra
        )


@dataclass(frozen=True)
class Standing:
    """A firm with the best product for each line that it can serve."""

    firm: Firm
    fits: tuple[Fit, ...]
    total: float


@dataclass
class Sieve:
    """Why firms were left out, each counted once for the first reason that held."""

    left_out: dict[str, set[int]] = field(default_factory=dict)

    def drop(self, reason: str, company_id: int) -> None:
        self.left_out.setdefault(reason, set()).add(company_id)


def get_area(country: str) -> frozenset[str]:
    """The customs union of a country, or the country alone."""
    return next((union for union in (EUROPEAN_UNION, GULF_STATES) if country in union), frozenset({country}))


def measure_closeness(need: Need, offer: Offer) -> float:
    """How near a product is to what is asked for: by HS code, else by category; 0 is another thing."""
    same_category = SAME_CATEGORY if offer.category_id in need.categories else 0.0
    if not need.hs_code or not offer.hs_code:
        return same_category
    if offer.hs_code == need.hs_code:
        return SAME_CODE
    if offer.hs_code[:4] == need.hs_code[:4]:
        return SAME_HEADING
    return same_category or (SAME_CHAPTER if offer.hs_code[:2] == need.hs_code[:2] else 0.0)


def judge_capacity(asked: Decimal | None, offer: Offer, call: Call) -> str:
    """`fits`, `small` or `unknown`: yearly capacity, what is there now, and whether a harvest comes before the goods are needed.

    `asked` is the line's quantity in the product's unit, None where the two do not convert.
    """
    if asked is None:
        return "unknown"
    if offer.stock is not None and offer.stock >= asked:
        return "fits"
    if offer.yearly_capacity is not None and offer.yearly_capacity < asked:
        return "small"
    if not has_harvest_before(offer.harvest_months, call):
        return "unknown" if offer.stock is None else "small"
    return "unknown" if offer.yearly_capacity is None else "fits"


def has_harvest_before(months: Sequence[int], call: Call) -> bool:
    """A month of harvest between today and the day on which the goods are needed; goods without seasons always have one."""
    if not months or call.needed_by is None:
        return True
    first = call.today.year * MONTHS + call.today.month - 1
    last = call.needed_by.year * MONTHS + call.needed_by.month - 1
    return any(month % MONTHS + 1 in months for month in range(first, min(last, first + MONTHS - 1) + 1))


def is_too_late(offer: Offer, call: Call) -> bool:
    """It cannot be ready to ship before it is needed."""
    if call.needed_by is None or offer.lead_time_days is None:
        return False
    return call.today + timedelta(days=offer.lead_time_days) > call.needed_by


def serves_market(markets: Sequence[str], call: Call) -> bool:
    """The firm names no markets, or the destination or a country behind the same border is among them."""
    return not markets or not get_area(call.destination).isdisjoint(markets)


def measure_lead(offer: Offer, call: Call) -> float | None:
    """1 when half of the time is enough, 0 when all of it is needed; without a day, 1 up to two weeks and 0 from three months on."""
    days = offer.lead_time_days
    if days is None:
        return None
    if call.needed_by is None:
        return _limit((SLOW_DAYS - days) / (SLOW_DAYS - QUICK_DAYS))
    return _limit(2 * (1 - days / (call.needed_by - call.today).days))


def measure_price(price: Decimal | None, target: Decimal | None) -> float | None:
    """1 up to the target, falling evenly to 0 at 1.3 times of it; both per unit of the line and in its currency."""
    if price is None or target is None:
        return None
    return _limit(float((DEAREST - price / target) / (DEAREST - 1)))


def measure_languages(firm: Firm, call: Call) -> float | None:
    """The buyer's language, else English."""
    if not firm.languages:
        return None
    return 1.0 if call.language in firm.languages else ONLY_ENGLISH if "en" in firm.languages else 0.0


def measure_replies(firm: Firm) -> float | None:
    """By the ranges that buyers filter by; None for a firm without a public record."""
    minutes = firm.reply_minutes
    if minutes is None:
        return None
    return next((REPLY_SHARES[name] for name, most in MINUTES_OF_RANGES.items() if minutes <= most), SLOW_REPLIES)


def measure_markets(firm: Firm, call: Call) -> float | None:
    """Exports to the country already, or to one behind the same border."""
    if not firm.markets:
        return None
    if call.destination in firm.markets:
        return 1.0
    return NEIGHBOUR_MARKET if serves_market(firm.markets, call) else 0.0


class _Asked(dict[tuple[Decimal, str, str], Decimal | None]):
    """Quantities in the units of products: few units, many products."""

    def __missing__(self, key: tuple[Decimal, str, str]) -> Decimal | None:
        self[key] = convert_quantity(*key)
        return self[key]


def sift_offers(call: Call, offers: Sequence[Offer], firms: Mapping[int, Firm], sieve: Sieve) -> dict[int, list[Fit]]:
    """By company: every product that fits a line and stands in no filter's way."""
    found: dict[int, list[Fit]] = {}
    served = {markets: serves_market(markets, call) for markets in {firm.markets for firm in firms.values()}}
    asked = _Asked()
    for offer in offers:
        firm = firms.get(offer.company_id)
        if firm is None:
            continue
        if not served[firm.markets]:
            sieve.drop("market", offer.company_id)
            continue
        for need in call.needs:
            closeness = measure_closeness(need, offer)
            if not closeness:
                continue
            capacity = judge_capacity(asked[need.quantity, need.unit, offer.unit], offer, call)
            if capacity == "small" or is_too_late(offer, call):
                sieve.drop("capacity" if capacity == "small" else "lead_time", offer.company_id)
                continue
            fit = Fit(need, offer, closeness, capacity, measure_lead(offer, call))
            found.setdefault(offer.company_id, []).append(fit)
    for dropped in sieve.left_out.values():
        dropped.difference_update(found)
    return found


def rank_firm(call: Call, firm: Firm, fits: Sequence[Fit]) -> Standing:
    """The best product for each line; a line that nobody of the firm serves counts as nothing.

    A product that serves several lines has to have enough for all of them together: the line that it fits worst gets the next best.
    """
    best: dict[int, Fit] = {}
    given: dict[int, Decimal] = {}
    for fit in sorted(fits, key=lambda fit: -fit.points):
        if fit.need.position in best:
            continue
        asked = convert_quantity(fit.need.quantity, fit.need.unit, fit.offer.unit)
        together = None if asked is None else asked + given.get(fit.offer.listing_id, Decimal(0))
        capacity = judge_capacity(together, fit.offer, call)
        if capacity != "small":
            best[fit.need.position] = fit._replace(capacity=capacity)
            given[fit.offer.listing_id] = together or given.get(fit.offer.listing_id, Decimal(0))
    return _stand(call, firm, best)


def bound_firm(call: Call, firm: Firm, fits: Sequence[Fit]) -> Standing:
    """What `rank_firm` never exceeds, and quicker: the best product for each line, as if it had enough for all of them."""
    best: dict[int, Fit] = {}
    for fit in fits:
        held = best.get(fit.need.position)
        if held is None or fit.points > held.points:
            best[fit.need.position] = fit
    return _stand(call, firm, best)


def _stand(call: Call, firm: Firm, best: Mapping[int, Fit]) -> Standing:
    of_lines = sum(fit.points for fit in best.values()) / len(call.needs)
    return Standing(firm, tuple(best[place] for place in sorted(best)), of_lines + measure_firm(firm, call))


def measure_firm(firm: Firm, call: Call) -> float:
    """Points of the parts that belong to the firm and not to one of its products."""
    return (
        LANGUAGES * (measure_languages(firm, call) or 0)
        + REPLIES * (measure_replies(firm) or 0)
        + MARKETS * (measure_markets(firm, call) or 0)
    )


def get_possible_gain(call: Call) -> float:
    """How many points a firm can still gain when its prices and certificates are read: prices count where a target was named."""
    targets = sum(need.target_price is not None for need in call.needs)
    return CERTIFICATES + PRICE * targets / len(call.needs)


def choose_best(
    call: Call,
    firms: Mapping[int, Firm],
    found: Mapping[int, list[Fit]],
    *,
    most: int,
    chunk: int,
    look_again: Callable[[Sequence[Fit]], Sequence[Fit]],
) -> list[Standing]:
    """The `most` highest; `look_again` adds prices and certificates, asked of as few firms as can still reach a place.

    Exact: a firm is left unread only when all the points that it could still gain would not lift it above the last place.
    """
    first = sorted((bound_firm(call, firms[pk], fits) for pk, fits in found.items()), key=_order)
    best: list[Standing] = []
    gain = get_possible_gain(call)
    for start in range(0, len(first), chunk):
        part = first[start : start + chunk]
        if len(best) == most and part[0].total + gain < best[-1].total:
            break
        read: dict[int, list[Fit]] = {}
        for fit in look_again([fit for standing in part for fit in found[standing.firm.company_id]]):
            read.setdefault(fit.offer.company_id, []).append(fit)
        again = [rank_firm(call, standing.firm, read[standing.firm.company_id]) for standing in part]
        best = sorted([*best, *again], key=_order)[:most]
    return best


def _order(standing: Standing) -> tuple[float, int]:
    return -standing.total, standing.firm.company_id


def _limit(share: float) -> float:
    return min(1.0, max(0.0, share))
