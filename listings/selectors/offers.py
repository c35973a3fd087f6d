"""What a product costs on its page: prices by quantity, of the product or of one variant."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.money import Money, format_money
from core.templatetags.ui import quantity as write_number
from listings.models import ListingRevision, PriceBreak, Variant, VariantPrice
from listings.rules.visibility import PriceAccess
from listings.selectors.words import explain_hidden_price, format_price_range, format_quantity, format_unit


@dataclass(frozen=True)
class Break:
    """A price from a quantity on; `current` marks the one for the typed quantity."""

    quantity: str
    price: str
    current: bool


@dataclass(frozen=True)
class VariantChoice:
    """A variant in the list to choose from; `position` is its value in the address."""

    position: int
    name: str
    current: bool


@dataclass(frozen=True)
class VariantRow:
    """A variant in the table of all; `price` is "" where the product's prices hold or are hidden."""

    position: int
    name: str
    article_number: str
    gtin: str
    price: str


@dataclass(frozen=True)
class Offer:
    """What it costs: breaks, or why they are hidden; the sum for the typed quantity."""

    caption: str
    breaks: tuple[Break, ...]
    note: str
    access: PriceAccess
    unit: str
    minimum: str
    total: str
    below_minimum: bool
    variants: tuple[VariantChoice, ...] = ()


def make_offer(
    *, revision: ListingRevision, access: PriceAccess, language: str, quantity: Decimal | None, variant: int | None
) -> Offer:
    """The prices that this person may see, of the variant at that place where it has its own. Reads prefetched rows."""
    variants = list(revision.variants.all())
    chosen = next((one for one in variants if one.position == variant), None)
    prices = list_prices(revision=revision, variant=chosen) if access is PriceAccess.SHOWN else []
    reached = [price for price in prices if quantity is not None and price.minimum_quantity <= quantity]
    current = reached[-1] if reached else None
    total = Money(current.unit_price * quantity, revision.currency).round_minor() if current and quantity else None
    minimum = revision.minimum_order or (prices[0].minimum_quantity if prices else None)
    return Offer(
        caption=_caption(revision),
        breaks=_list_breaks(prices, current, revision, language),
        note="" if prices else _explain_missing(revision, access),
        access=access,
        unit=format_unit(unit=revision.unit),
        minimum=format_quantity(number=minimum, unit=revision.unit) if minimum else "",
        total=format_money(total, language=language) if total else "",
        below_minimum=bool(quantity is not None and minimum and quantity < minimum),
        variants=tuple(VariantChoice(one.position, one.name, one is chosen) for one in variants),
    )


def _explain_missing(revision: ListingRevision, access: PriceAccess) -> str:
    if access is PriceAccess.SHOWN and revision.list_amounts():
        return _("Choose a variant to see its price.")
    return explain_hidden_price(access=access)


def _caption(revision: ListingRevision) -> str:
    values = {"unit": format_unit(unit=revision.unit), "incoterm": revision.incoterm, "place": revision.incoterm_place}
    if revision.incoterm and revision.incoterm_place:
        return _("Price per %(unit)s, %(incoterm)s %(place)s") % values
    if revision.incoterm:
        return _("Price per %(unit)s, %(incoterm)s") % values
    return _("Price per %(unit)s") % values


def _list_breaks(
    prices: Sequence[PriceBreak | VariantPrice],
    current: PriceBreak | VariantPrice | None,
    revision: ListingRevision,
    language: str,
) -> tuple[Break, ...]:
    nexts = [*(price.minimum_quantity for price in prices[1:]), None]
    return tuple(
        Break(
            quantity=_span(price.minimum_quantity, upper, revision.unit),
            price=format_money(Money(price.unit_price, revision.currency), language=language),
            current=price is current,
        )
        for price, upper in zip(prices, nexts, strict=False)
    )


def _span(low: Decimal, upper: Decimal | None, unit: str) -> str:
    """60-299 kg where quantities are whole; else where the break begins."""
    whole = (
        upper is not None and low == low.to_integral_value() and upper == upper.to_integral_value() and upper - low > 1
    )
    if upper is not None and whole:
        return _("%(low)s–%(high)s") % {"low": write_number(low), "high": format_quantity(number=upper - 1, unit=unit)}
    return _("%(quantity)s +") % {"quantity": format_quantity(number=low, unit=unit)}


def list_prices(*, revision: ListingRevision, variant: Variant | None) -> list[PriceBreak | VariantPrice]:
    """The prices by quantity: the variant's own, else the product's. Reads prefetched rows."""
    own: list[PriceBreak | VariantPrice] = list(variant.prices.all()) if variant else []
    return own or list(revision.price_breaks.all())


def list_variant_rows(*, revision: ListingRevision, access: PriceAccess, language: str) -> tuple[VariantRow, ...]:
    """Every variant with its numbers and the range of its own prices. Reads prefetched rows."""
    rows = []
    for one in revision.variants.all():
        amounts = [price.unit_price for price in one.prices.all()] if access is PriceAccess.SHOWN else []
        price = format_price_range(amounts=amounts, currency=revision.currency, language=language)
        rows.append(VariantRow(one.position, one.name, one.article_number, one.gtin, price))
    return tuple(rows)
