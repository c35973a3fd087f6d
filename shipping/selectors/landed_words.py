"""The landed cost in words and figures, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.errors import gettext_noop
from core.money import Money, format_money
from core.templatetags.ui import listed
from listings.models import ListingRevision
from listings.selectors.words import format_days, format_quantity, format_unit
from reference.selectors import get_country_name
from shipping.choices import CardMode
from shipping.exceptions import MeasureMissing
from shipping.rules.incoterms import LEG_NAMES, Leg
from shipping.rules.ladder import UNKNOWN, Figure, Rung, Standing
from shipping.rules.loads import Load, Package
from shipping.selectors.freights import Freight, list_outliers
from shipping.selectors.landed_cost import LandedCost, Order

MEASURES = {
    "packing": gettext_noop("the packages in which it is sold"),
    "gross weight": gettext_noop("the gross weight of a package"),
    "length": gettext_noop("the length of a package"),
    "width": gettext_noop("the width of a package"),
    "height": gettext_noop("the height of a package"),
    "diameter": gettext_noop("the diameter of a package"),
}


@dataclass(frozen=True)
class Line:
    """One cost: "" for an amount that nobody knows."""

    label: str
    note: str
    amount: str


@dataclass(frozen=True)
class Option:
    """One price for the order. `about` is the same in the listing's currency, "" where it is the price's own; a price that is over has no days left."""

    key: int
    mode: str
    by: str
    amount: str
    about: str
    days: str
    valid_until: date | None
    is_chosen: bool
    is_current: bool
    is_outlier: bool


@dataclass(frozen=True)
class TermRow:
    """One Incoterm: the price under it, what the buyer pays beside it, and what is to be said."""

    code: str
    price: str
    price_per_unit: str
    beside: str
    missing: str
    advice: Sequence[str]


@dataclass(frozen=True)
class Told:
    """All that the page says. `total` is the headline, without recoverable tax; `missing` names what is not in it."""

    place: str
    load: str
    lines: Sequence[Line]
    total: str
    per_unit: str
    is_at_least: bool
    missing: str
    recoverable: str
    options: Sequence[Option]
    terms: Sequence[TermRow]
    obstacle: str
    is_forwarders_alone: bool


def name_measure(*, missing: MeasureMissing) -> str:
    """What the exporter has not said, in the reader's language."""
    return _(MEASURES[missing.measure])


def tell_landed_cost(*, found: LandedCost, revision: ListingRevision, order: Order) -> Told:
    """The estimate in the reader's language. No query."""
    currency = revision.currency
    any_rung = found.ladder[-1] if found.ladder else None
    unit = format_unit(unit=revision.unit)
    return Told(
        place=get_country_name(code=order.destination.country, language=get_language() or "en"),
        load=tell_load(load=(found.chosen.load if found.chosen else None) or found.load, packages=found.packages),
        lines=_list_lines(found, revision, order.quantity) if any_rung else (),
        total=_money(any_rung.per_lot.headline, currency) if any_rung else "",
        per_unit=_("%(amount)s per %(unit)s") % {"amount": _money(any_rung.per_unit.headline, currency), "unit": unit} if any_rung else "",
        is_at_least=any_rung is not None and any_rung.is_at_least,
        missing=_name_legs(any_rung.missing) if any_rung else "",
        recoverable=_money(any_rung.per_lot.recoverable, currency) if any_rung and any_rung.per_lot.recoverable else "",
        options=tell_options(freights=found.freights, chosen=found.chosen, currency=currency),
        terms=[tell_term(rung=rung, currency=currency) for rung in found.ladder],
        obstacle=found.obstacle,
        is_forwarders_alone=found.is_forwarders_alone,
    )  # fmt: skip


def tell_load(*, load: Load, packages: Sequence[Package]) -> str:
    """20 packages, 1,230 kg, about 2.4 m³."""
    count = sum(package.count for package in packages)
    kilograms = format_quantity(number=Decimal(load.weight_g) / 1000, unit="kg")
    volume = load.volume_m3.quantize(Decimal("0.01"))
    parts = [ngettext("%(number)s package", "%(number)s packages", count) % {"number": count}, kilograms]
    pallets = sum(unit.count for unit in load.units if unit.on_pallet)
    if pallets:
        parts.append(ngettext("%(number)s pallet", "%(number)s pallets", pallets) % {"number": pallets})
    told = _("about %(volume)s m³") if load.is_estimate else _("%(volume)s m³")
    return listed([*parts, told % {"volume": volume}])


def _list_lines(found: LandedCost, revision: ListingRevision, quantity: Decimal) -> list[Line]:
    goods = found.goods
    assert goods is not None  # noqa: S101  there is no ladder without a price
    figures, currency = found.figures or {}, revision.currency
    words = format_quantity(number=quantity, unit=revision.unit)
    term = listed([revision.incoterm, revision.incoterm_place])
    lines = [Line(_("Goods, %(quantity)s") % {"quantity": words}, term, _money(goods.amount, currency))]
    for leg in Leg:
        figure = figures.get(leg, UNKNOWN)
        if leg in found.ladder[-1].missing or figure.amount:
            lines.append(_tell_leg(leg, figure, currency))
    return lines


def _tell_leg(leg: Leg, figure: Figure, currency: str) -> Line:
    label = _(LEG_NAMES[leg])
    label = label[:1].upper() + label[1:]
    if figure.amount is None:
        return Line(label, "", "")
    standing = _("estimate") if figure.standing is Standing.ESTIMATE else ""
    note = listed([figure.source, _("recoverable") if figure.is_recoverable else "", standing])
    return Line(label, note, _money(figure.amount, currency))


def tell_options(*, freights: Sequence[Freight], chosen: Freight | None, currency: str) -> list[Option]:
    """Prices as rows of a table; those that ask at least five times the median are marked."""
    outliers = list_outliers(freights=freights)
    return [
        _tell_option(freight, currency, is_chosen=freight is chosen, is_outlier=freight.key in outliers)
        for freight in freights
    ]


def _tell_option(freight: Freight, currency: str, *, is_chosen: bool, is_outlier: bool) -> Option:
    price, days = freight.price, freight.transit_days
    about = "" if price.currency == currency or freight.amount is None else _money(freight.amount, currency)
    return Option(
        freight.key, str(CardMode(freight.mode).label), listed([freight.by, freight.service]), _money(price.amount, price.currency), about,
        format_days(days=days) if days else "", freight.valid_until, is_chosen, freight.is_current, is_outlier,
    )  # fmt: skip


def tell_term(*, rung: Rung, currency: str) -> TermRow:
    """One term as a row; a sum in which a leg is missing reads “at least”, and one of which nothing is known “not known”."""
    sellers = rung.seller_missing
    buyers = [leg for leg in rung.missing if leg not in sellers]
    return TermRow(
        rung.term, _at_least(rung.per_lot.seller, currency, sellers), _at_least(rung.per_unit.seller, currency, sellers),
        _at_least(rung.per_lot.buyer, currency, buyers), _name_legs(sellers), [_(one.message) % one.values for one in rung.advice],
    )  # fmt: skip


def _at_least(amount: Decimal, currency: str, missing: Sequence[Leg]) -> str:
    if missing and not amount:
        return _("not known")
    told = _money(amount, currency)
    return _("at least %(amount)s") % {"amount": told} if missing else told


def _name_legs(legs: Sequence[Leg]) -> str:
    return listed([_(LEG_NAMES[leg]) for leg in legs])


def _money(amount: Decimal, currency: str) -> str:
    return format_money(Money(amount, currency), language=get_language() or "en")
