"""What a product costs at the buyer's door: what rate cards ask for the order, and the ladder of Incoterms from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.money import Money
from listings.models import Listing, ListingRevision
from listings.rules.visibility import PriceAccess, find_price_access
from listings.selectors.cards import get_reader
from listings.selectors.offers import list_prices
from reference.rules import Rates
from reference.selectors import get_rates
from shipping.models import Lookup
from shipping.rules.duties.importing import ImportedGoods, make_import
from shipping.rules.incoterms import Leg, Mode, holds_carriage, list_sellers_legs
from shipping.rules.insurance import LEAST_PERCENT, insure
from shipping.rules.ladder import Figure, Rung, Sale, Standing, build_ladder
from shipping.rules.landing import add_import_charges
from shipping.rules.loads import Load, Package, build_load
from shipping.rules.packing import PackedIn, pack_order
from shipping.rules.zones import Place
from shipping.selectors.border import find_border
from shipping.selectors.card_offers import list_card_offers
from shipping.selectors.freights import Freight, tell_cards, tell_offers
from shipping.selectors.lookups import list_offers


@dataclass(frozen=True)
class Order:
    """How much, in the listing's unit, and where to. `chosen` is the key of the price to count with, None the cheapest;
    `premium_percent` what insurance costs of 110% of goods and freight, None where the buyer takes none."""

    quantity: Decimal
    destination: Place
    chosen: int | None = None
    premium_percent: Decimal | None = None


@dataclass(frozen=True)
class LandedCost:
    """An order's load, what carries it, and what it comes to under each term; `obstacle` says why there is no ladder."""

    load: Load
    packages: Sequence[Package]
    freights: Sequence[Freight]
    chosen: Freight | None
    goods: Money | None
    ladder: Sequence[Rung] = ()
    figures: Mapping[Leg, Figure] | None = None
    obstacle: str = ""


def estimate_landed_cost(
    *, listing: Listing, revision: ListingRevision, order: Order, user: Any, lookup: Lookup | None = None
) -> LandedCost:
    """Price an order from the exporter's town to the buyer's door, by published rate cards and the duties that are known.

    With a lookup its offers count, else the cards are asked here and now. Raises MeasureMissing where the exporter has not said how the
    product is packed. Twelve queries at most.
    """
    today = timezone.localdate()
    packages = list_packages(revision=revision, quantity=order.quantity)
    goods, why = price_goods(listing=listing, revision=revision, quantity=order.quantity, user=user)
    rates = get_rates(day=today)
    freights = _list_freights(listing, packages, order, lookup, revision.currency, rates)
    current = [freight for freight in freights if freight.is_current]
    chosen = next((freight for freight in current if freight.key == order.chosen), current[0] if current else None)
    obstacle = why or _find_obstacle(chosen, revision)
    found = LandedCost(build_load(packages), packages, freights, chosen, goods, obstacle=obstacle)
    if obstacle or goods is None or chosen is None:
        return found
    paid = _insure(goods, _list_figures(revision, chosen, today), order, today)
    figures = _add_border(listing, revision, found, paid, order, rates)
    insured = LEAST_PERCENT if order.premium_percent is not None else Decimal(0)
    sale = Sale(goods, order.quantity, figures, Mode(chosen.mode), insured)
    return replace(found, ladder=build_ladder(sale), figures=figures)


def list_packages(*, revision: ListingRevision, quantity: Decimal) -> tuple[Package, ...]:
    """The packages in which so much of a listing travels. Raises MeasureMissing."""
    return pack_order(quantity, [_read_package(row) for row in revision.package_types.all()])


def find_origin(*, listing: Listing) -> Place:
    """Where the goods of a listing leave from."""
    return Place(listing.company.country, city=listing.company.city)


def _list_freights(
    listing: Listing, packages: Sequence[Package], order: Order, lookup: Lookup | None, currency: str, rates: Rates
) -> list[Freight]:  # fmt: skip
    if lookup is not None:
        return tell_offers(offers=list_offers(lookup=lookup), currency=currency, rates=rates)
    offers = list_card_offers(
        packages=packages, origin=find_origin(listing=listing), destination=order.destination, day=rates.day, company_id=listing.company_id
    )  # fmt: skip
    return tell_cards(offers=offers, currency=currency, rates=rates)


def _read_package(row: Any) -> PackedIn:
    sizes = (row.length_mm, row.width_mm, row.height_mm, row.diameter_mm)
    return PackedIn(row.contents, Package(row.kind, 1, row.gross_weight_g, *sizes))


def price_goods(
    *, listing: Listing, revision: ListingRevision, quantity: Decimal, user: Any
) -> tuple[Money | None, str]:  # fmt: skip
    """The goods at the price for this quantity, as far as this reader may know it; else why there is none."""
    access = find_price_access(
        visibility=listing.price_visibility_of(revision), company_id=listing.company_id, reader=get_reader(user=user)
    )
    prices = list_prices(revision=revision, variant=None) if access is PriceAccess.SHOWN else []
    if not prices:
        return None, _("The price of the goods is not shown to you, so only the freight can be told.")
    reached = [row for row in prices if row.minimum_quantity <= quantity]
    if not reached:
        return None, _("There is no price for so little, so only the freight can be told.")
    return Money(reached[-1].unit_price * quantity, revision.currency).round_minor(), ""


def _find_obstacle(chosen: Freight | None, revision: ListingRevision) -> str:
    if chosen is None:
        return ""
    if revision.incoterm and holds_carriage(revision.incoterm):
        values = {"incoterm": revision.incoterm, "place": revision.incoterm_place}
        return _("The price is %(incoterm)s %(place)s and holds carriage already. Ask for one without it.") % values
    if chosen.amount is None:
        values = {"source": chosen.price.currency, "target": revision.currency}
        return _("There is no exchange rate from %(source)s to %(target)s of the last seven days.") % values
    return ""


def _list_figures(revision: ListingRevision, chosen: Freight, today: date) -> dict[Leg, Figure]:
    """What the price holds already, what the card asks, and what goes with it; all else is unknown, and said so."""
    priced = _("in the price, %(incoterm)s %(place)s") % {
        "incoterm": revision.incoterm,
        "place": revision.incoterm_place,
    }
    figures = {
        leg: Figure(Decimal(0), Standing.FIRM, priced.strip(), today)
        for leg in (list_sellers_legs(revision.incoterm) if revision.incoterm else ())
    }
    figures |= {
        leg: Figure(Decimal(0), chosen.standing, chosen.source, chosen.as_of)
        for leg in chosen.covers
        if leg not in figures
    }
    return {**figures, Leg.MAIN_CARRIAGE: Figure(chosen.amount, chosen.standing, chosen.source, chosen.as_of)}


def _insure(goods: Money, figures: Mapping[Leg, Figure], order: Order, today: date) -> dict[Leg, Figure]:
    """The premium of 110% of goods and freight. Nobody but the seller under CIF and CIP must insure: none taken is none paid."""
    if order.premium_percent is None:
        return {**figures, Leg.INSURANCE: Figure(Decimal(0), Standing.FIRM, _("none taken"), today)}
    freight = figures[Leg.MAIN_CARRIAGE].counted
    cover = insure(base=goods.amount + freight, rate_percent=order.premium_percent)
    premium = Money(cover.premium, goods.currency).round_minor().amount
    source = _("your rate, of %(percent)s%% of goods and freight") % {"percent": LEAST_PERCENT}
    return {**figures, Leg.INSURANCE: Figure(premium, Standing.ESTIMATE, source, today)}


def _add_border(
    listing: Listing, revision: ListingRevision, found: LandedCost, figures: Mapping[Leg, Figure], order: Order, rates: Rates
) -> Mapping[Leg, Figure]:  # fmt: skip
    """Duty and tax as far as an officer has let rules in; without them both stay unknown."""
    goods, today = found.goods, timezone.localdate()
    assert goods is not None  # noqa: S101  there is no ladder without a price
    origin = revision.origin_country or listing.company.country
    border = find_border(
        destination=order.destination.country,
        hs_code=revision.hs_code,
        origin=origin,
        day=today,
        value=goods,
        rates=rates,
    )
    if border is None:
        return figures
    net_g = sum((Decimal(row.net_weight_g) / row.contents for row in revision.package_types.all()[:1]), Decimal(0))
    imported = ImportedGoods(net_g * order.quantity / 1000, order.quantity, (revision.hs_code,), origin)
    wanted = make_import(border, imported, currency=revision.currency, rates=rates)
    return add_import_charges(goods.amount, figures, wanted, currency=revision.currency)
