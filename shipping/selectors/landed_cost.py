"""What a product costs at the buyer's door: what rate cards ask for the order, and the ladder of Incoterms from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from core.money import Money
from listings.models import Listing, ListingRevision
from listings.rules.visibility import PriceAccess, find_price_access
from listings.selectors.cards import get_reader
from listings.selectors.offers import list_prices
from reference.rules import DOLLAR, Rates
from reference.selectors import get_rates
from shipping.models import Lookup, ShippingProfile
from shipping.rules.dangerous import find_askable
from shipping.rules.incoterms import Leg
from shipping.rules.ladder import Figure, Rung
from shipping.rules.loads import Load, Package, build_load
from shipping.rules.packing import PackedIn, pack_order
from shipping.rules.zones import Place
from shipping.selectors.card_offers import list_card_offers
from shipping.selectors.freights import Freight, tell_cards, tell_offers
from shipping.selectors.profiles import find_ship_day, find_usual_profile, list_own_figures
from shipping.selectors.sale_ladder import SoldGoods, count_ladder

ORDER_FACTS = (
    Prefetch("listing", Listing.objects.select_related("company", "live_revision")), "listing__live_revision__price_breaks",
    "listing__live_revision__package_types",
)  # fmt: skip
"""What an order of a lookup's product is counted from."""


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
    is_forwarders_alone: bool = False
    """Dangerous goods without a UN number: no card was asked."""


def estimate_landed_cost(
    *, listing: Listing, revision: ListingRevision, order: Order, user: Any, lookup: Lookup | None = None
) -> LandedCost:
    """Price an order from the exporter's door to the buyer's, by published rate cards, the exporter's own figures and the duties that are known.

    It leaves from the place of the usual shipping profile, else from the exporter's town. With a lookup its offers count, else the cards
    are asked here and now. Raises MeasureMissing where the exporter has not said how the product is packed. Thirteen queries at most.
    """
    packages = list_packages(revision=revision, quantity=order.quantity)
    askable = find_askable(is_dangerous=revision.is_dangerous, un_number=revision.un_number)
    if lookup is None and askable.is_forwarders_alone:
        return LandedCost(build_load(packages), packages, (), None, None, is_forwarders_alone=True)
    goods, why = price_goods(listing=listing, revision=revision, quantity=order.quantity, user=user)
    rates = get_rates(day=timezone.localdate())
    profile = find_usual_profile(company_id=listing.company_id)
    freights = _list_freights(listing, packages, order, lookup, (profile, rates))
    current = [freight for freight in freights if freight.is_current]
    chosen = next((freight for freight in current if freight.key == order.chosen), current[0] if current else None)
    found = LandedCost(build_load(packages), packages, freights, chosen, goods, obstacle=why)
    if goods is None or chosen is None:
        return found
    load = chosen.load or found.load
    own = list_own_figures(profile=profile, load=load, currency=goods.currency, rates=rates) if profile else {}
    counted = count_ladder(sold=_tell_sold(listing, revision, order, goods), freight=chosen, own=own, rates=rates)
    return replace(found, ladder=counted.rungs, figures=counted.figures, obstacle=counted.obstacle)


def count_lookup(*, lookup: Lookup, order: Order, user: Any) -> tuple[LandedCost | None, Sequence[Freight]]:
    """What the order of a lookup comes to with its prices, and these prices; the first is None for a lookup of no product, priced in dollars."""
    prefetch_related_objects([lookup], "attempts", *ORDER_FACTS)
    listing = lookup.listing
    revision = listing.live_revision if listing else None
    if listing and revision and lookup.request["quantity"]:
        found = estimate_landed_cost(listing=listing, revision=revision, order=order, user=user, lookup=lookup)
        return found, found.freights
    rates = get_rates(day=timezone.localdate())
    return None, tell_offers(lookup=lookup, currency=DOLLAR, rates=rates)


def list_packages(*, revision: ListingRevision, quantity: Decimal) -> tuple[Package, ...]:
    """The packages in which so much of a listing travels. Raises MeasureMissing."""
    return pack_order(quantity, [_read_package(row) for row in revision.package_types.all()])


def find_origin(*, listing: Listing, profile: ShippingProfile | None) -> Place:
    """Where the goods of a listing leave from."""
    return profile.origin if profile else Place(listing.company.country, city=listing.company.city)


def _list_freights(
    listing: Listing, packages: Sequence[Package], order: Order, lookup: Lookup | None, known: tuple[ShippingProfile | None, Rates]
) -> list[Freight]:  # fmt: skip
    profile, rates = known
    currency = listing.live_revision.currency if listing.live_revision else ""
    if lookup is not None:
        return tell_offers(lookup=lookup, currency=currency, rates=rates)
    offers = list_card_offers(
        packages=packages, origin=find_origin(listing=listing, profile=profile), destination=order.destination,
        day=find_ship_day(profile=profile, today=rates.day), company_id=listing.company_id,
    )  # fmt: skip
    return tell_cards(offers=offers, currency=currency, rates=rates)


def _tell_sold(listing: Listing, revision: ListingRevision, order: Order, goods: Money) -> SoldGoods:
    usual = next(iter(revision.package_types.all()), None)
    net_g = Decimal(usual.net_weight_g) / usual.contents if usual else Decimal(0)
    return SoldGoods(
        goods, order.quantity, revision.incoterm, revision.incoterm_place, revision.hs_code, revision.origin_country or listing.company.country,
        order.destination.country, net_g * order.quantity, order.premium_percent,
    )  # fmt: skip


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
