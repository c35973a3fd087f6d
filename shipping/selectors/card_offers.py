"""What published rate cards ask for a load on a day, without any worker."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shipping.choices import CardMode, ZoneSide
from shipping.exceptions import NoBreakFits
from shipping.models import Area, CardPrice, CardSurcharge, TariffVersion
from shipping.rules.cards import CardPrice as LoadPrice
from shipping.rules.cards import Price, Terms, price_load
from shipping.rules.loads import Load, Package, build_load, load_loose
from shipping.rules.measures import parse_rounding
from shipping.rules.surcharges import Surcharge
from shipping.rules.weights import Compare, WeightRule
from shipping.rules.zones import Place, ZoneMember, find_zone, holds

LOOSE_ONLY = {CardMode.COURIER, CardMode.POST}
PALLETS_ONLY = {CardMode.ROAD}
"""Planes and ships take cartons either way: the cheaper counts, for a single carton needs no pallet."""

PRICE_COLUMNS = ("origin", "destination", "transit_days", "basis", "price", "starts_at", "ends_at", "container")
SURCHARGE_COLUMNS = (
    "version", "area", "applies_to", "code", "flat", "per_kg", "per_m3", "per_piece", "percent", "minimum", "maximum", "valid_from", "valid_until",
)  # fmt: skip


@dataclass(frozen=True)
class CardOffer:
    """A price by one version, in the card's own currency; days on the way are the longest that its prices name."""

    version: TariffVersion
    price: LoadPrice
    load: Load
    transit_days: int | None


@dataclass(frozen=True)
class _Lane:
    """The zones that a version puts the two places into, and the areas that the destination lies in."""

    origin: int
    destination: int
    areas: frozenset[int]


def list_card_offers(
    *, packages: Sequence[Package], origin: Place, destination: Place, day: date, company_id: int | None = None
) -> list[CardOffer]:  # fmt: skip
    """Price a load by every published card for origin and destination on the day, the cheapest of each currency first.

    Packages weigh grams and measure millimetres. `company_id` opens the exporter's own cards. Cards that have no price for so much are
    left out. Four queries however many cards there are.
    Raises MeasureMissing where a weight or size is not known.
    """
    versions = {version.pk: version for version in _find_versions(day, company_id)}
    lanes = _find_lanes(versions, origin, destination)
    prices, days = _find_prices(lanes)
    surcharges = _find_surcharges(lanes)
    loose, stacked = load_loose(packages), build_load(packages)
    offers = []
    for pk in prices:
        mode, terms = versions[pk].tariff.mode, _read_terms(versions[pk])
        loads = [loose] if mode in LOOSE_ONLY else [stacked] if mode in PALLETS_ONLY else [stacked, loose]
        priced = [_price(terms, load, prices[pk], surcharges[pk], day) for load in loads]
        found = [(price.total.amount, place, price) for place, price in enumerate(priced) if price]
        if found:
            _amount, place, price = min(found, key=lambda one: one[:2])
            offers.append(CardOffer(versions[pk], price, loads[place], days[pk]))
    return sorted(offers, key=lambda offer: (offer.price.total.currency, offer.price.total.amount, offer.version.pk))


def _price(
    terms: Terms, load: Load, prices: Sequence[Price], surcharges: Sequence[Surcharge], day: date
) -> LoadPrice | None:  # fmt: skip
    """None where the card ends below this weight, or has no container that the load passes into."""
    try:
        return price_load(load, terms=terms, prices=prices, surcharges=surcharges, day=day)
    except NoBreakFits:
        return None


def _find_versions(day: date, company_id: int | None) -> Iterable[TariffVersion]:
    return TariffVersion.objects.valid_on(day).open_to(company_id).select_related("tariff").order_by()


def _find_lanes(versions: Mapping[int, TariffVersion], origin: Place, destination: Place) -> dict[int, _Lane]:
    """For each version the most specific zone of either place; versions that lack one are left out."""
    members, lanes = _find_members(versions, origin, destination), {}
    for pk in versions:
        first = find_zone(members[pk, ZoneSide.ORIGIN], origin)
        last = find_zone(members[pk, ZoneSide.DESTINATION], destination)
        if first and last:
            areas = frozenset(int(one.zone) for one in members[pk, ZoneSide.AREA] if holds(one, destination))
            lanes[pk] = _Lane(int(first), int(last), areas)
    return lanes


def _find_members(
    versions: Mapping[int, TariffVersion], *places: Place
) -> defaultdict[tuple[int, str], list[ZoneMember]]:
    """Members that may hold one of the places, by version and side; their zones are keys of rows."""
    rows = Area.objects.around(*places).filter(zone__version__in=list(versions))
    found: defaultdict[tuple[int, str], list[ZoneMember]] = defaultdict(list)
    columns = ("zone__version", "zone__side", "zone", "kind", "country", "value", "value_until")
    for version, side, zone, kind, country, value, value_until in rows.values_list(*columns):
        found[version, side].append(ZoneMember(str(zone), kind, country, value, value_until))
    return found


def _find_prices(lanes: Mapping[int, _Lane]) -> tuple[dict[int, list[Price]], dict[int, int | None]]:
    wanted = {(lane.origin, lane.destination): pk for pk, lane in lanes.items()}
    starts, ends = [lane.origin for lane in lanes.values()], [lane.destination for lane in lanes.values()]
    rows = CardPrice.objects.filter(origin__in=starts, destination__in=ends).values_list(*PRICE_COLUMNS)
    prices: dict[int, list[Price]] = {}
    days: dict[int, int | None] = {}
    for origin, destination, transit_days, *price in rows:
        pk = wanted.get((origin, destination))
        if pk is not None:
            prices.setdefault(pk, []).append(Price(*price))
            days[pk] = max(days.get(pk) or 0, transit_days or 0) or None
    return prices, days


def _find_surcharges(lanes: Mapping[int, _Lane]) -> defaultdict[int, list[Surcharge]]:
    """Those of the whole card, and of the areas that the destination lies in; which of them the day has is the rule's to say."""
    rows = CardSurcharge.objects.filter(version__in=list(lanes)).values_list(*SURCHARGE_COLUMNS)
    found: defaultdict[int, list[Surcharge]] = defaultdict(list)
    for version, area, applies_to, code, flat, per_kg, per_m3, per_piece, percent, *bounds in rows:
        if area is None or area in lanes[version].areas:
            least, most, first, last = bounds
            amounts = (code, flat, per_kg, per_m3, per_piece, percent)
            found[version].append(
                Surcharge(*amounts, applies_to=tuple(applies_to), minimum=least, maximum=most, valid_from=first, valid_until=last)
            )  # fmt: skip
    return found


def _read_terms(version: TariffVersion) -> Terms:
    divisor, kg_per_m3 = version.divisor_cm3_per_kg, version.kg_per_m3
    rule = WeightRule(
        divisor=None if divisor is None else Decimal(divisor), kg_per_m3=None if kg_per_m3 is None else Decimal(kg_per_m3),
        size_rounding=parse_rounding(version.size_rounding), piece_rounding=parse_rounding(version.piece_rounding),
        shipment_rounding=parse_rounding(version.shipment_rounding), minimum=version.minimum_kg,
        compare=Compare(version.compare_by) if version.compare_by else None,
    )  # fmt: skip
    return Terms(version.currency, rule, version.minimum_charge)
