"""The ladder of a sale: what each leg costs, who says so, and what each term comes to, from a price of the goods and one of the carriage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from core.money import Money
from reference.rules import Rates
from shipping.rules.duties.importing import Border, ImportedGoods, make_import
from shipping.rules.incoterms import ABROAD, Leg, Mode, holds_carriage, list_sellers_legs
from shipping.rules.insurance import LEAST_PERCENT, insure
from shipping.rules.ladder import UNKNOWN, Figure, Rung, Sale, Standing, build_ladder
from shipping.rules.landing import add_import_charges
from shipping.selectors.border import find_border
from shipping.selectors.freights import Freight


@dataclass(frozen=True)
class SoldGoods:
    """What is sold: its price under a term ("" at the exporter's door), how much of it, and what customs ask about.

    `hs_code` "" where it is not known or where there are several. `premium_percent` is what insurance costs of 110% of goods and freight,
    None where none is taken.
    """

    price: Money
    quantity: Decimal
    incoterm: str = ""
    place: str = ""
    hs_code: str = ""
    origin: str = ""
    destination: str = ""
    net_weight_g: Decimal = Decimal(0)
    premium_percent: Decimal | None = None


@dataclass(frozen=True)
class SaleLadder:
    """Each leg's figure, each term, and the rules of the border that were used; `obstacle` says why there is no ladder."""

    figures: Mapping[Leg, Figure] = field(default_factory=dict)
    rungs: Sequence[Rung] = ()
    border: Border | None = None
    obstacle: str = ""


def count_ladder(*, sold: SoldGoods, freight: Freight, own: Mapping[Leg, Figure], rates: Rates) -> SaleLadder:
    """The eleven terms with this freight; `own` are the exporter's own legs. What nobody knows stays unknown. Three queries at most."""
    if obstacle := _find_obstacle(sold, freight):
        return SaleLadder(obstacle=obstacle)
    paid = _insure(sold, {**own, **_list_figures(sold, freight, rates.day)}, rates.day)
    border = find_border(
        destination=sold.destination,
        hs_code=sold.hs_code,
        origin=sold.origin,
        day=rates.day,
        value=sold.price,
        rates=rates,
    )
    figures = _add_border(sold, paid, border, rates) if border else paid
    insured = LEAST_PERCENT if sold.premium_percent is not None else Decimal(0)
    sale = Sale(sold.price, sold.quantity, figures, Mode(freight.mode), insured)
    return SaleLadder(figures, build_ladder(sale), border)


def _find_obstacle(sold: SoldGoods, freight: Freight) -> str:
    if sold.incoterm and holds_carriage(sold.incoterm):
        values = {"incoterm": sold.incoterm, "place": sold.place}
        return _("The price is %(incoterm)s %(place)s and holds carriage already. Ask for one without it.") % values
    if freight.amount is None:
        values = {"source": freight.price.currency, "target": sold.price.currency}
        return _("There is no exchange rate from %(source)s to %(target)s of the last seven days.") % values
    return ""


def _list_figures(sold: SoldGoods, freight: Freight, today: date) -> dict[Leg, Figure]:
    """What the price holds already, what carries the goods, and what goes with it; all else is unknown, and said so."""
    priced = _("in the price, %(incoterm)s %(place)s") % {"incoterm": sold.incoterm, "place": sold.place}
    held = list_sellers_legs(sold.incoterm) if sold.incoterm else frozenset()
    figures = {leg: Figure(Decimal(0), Standing.FIRM, priced.strip(), today) for leg in held}
    figures |= {
        leg: Figure(Decimal(0), freight.standing, freight.source, freight.as_of)
        for leg in freight.covers
        if leg not in figures
    }
    return {**figures, Leg.MAIN_CARRIAGE: Figure(freight.amount, freight.standing, freight.source, freight.as_of)}


def _insure(sold: SoldGoods, figures: Mapping[Leg, Figure], today: date) -> dict[Leg, Figure]:
    """The premium of 110% of the price with carriage paid, which holds the seller's own legs too. Nobody but the seller under CIF and CIP
    must insure: none taken is none paid."""
    if sold.premium_percent is None:
        return {**figures, Leg.INSURANCE: Figure(Decimal(0), Standing.FIRM, _("none taken"), today)}
    carried = sum((figures.get(leg, UNKNOWN).counted for leg in ABROAD), Decimal(0))
    cover = insure(base=sold.price.amount + carried, rate_percent=sold.premium_percent)
    premium = Money(cover.premium, sold.price.currency).round_minor().amount
    source = _("your rate, of %(percent)s%% of goods and freight") % {"percent": LEAST_PERCENT}
    return {**figures, Leg.INSURANCE: Figure(premium, Standing.ESTIMATE, source, today)}


def _add_border(sold: SoldGoods, figures: Mapping[Leg, Figure], border: Border, rates: Rates) -> dict[Leg, Figure]:
    """Duty and tax as far as an officer has let rules in."""
    currency = sold.price.currency
    imported = ImportedGoods(sold.net_weight_g / 1000, sold.quantity, (sold.hs_code,), sold.origin)
    return add_import_charges(
        sold.price.amount, figures, make_import(border, imported, currency=currency, rates=rates), currency=currency
    )
