"""What a card asks for growing loads, lane by lane, as plots: an officer sees a step that is wrong before it prices anything."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from core.plots import draw_bars
from core.templatetags.ui import quantity
from listings.selectors.figures import Bar, Plot
from shipping.choices import PriceBasis
from shipping.exceptions import NoBreakFits
from shipping.models import TariffVersion
from shipping.rules.breaks import WeightBreak, rate_weight

WEIGHTS_KG = tuple(Decimal(kg) for kg in (1, 5, 20, 45, 100, 300, 1000))
REVENUE_TONS = tuple(Decimal(tons) for tons in (1, 2, 3, 5, 8, 12, 20))
MOST_LANES = 6
Lane = tuple[str, str, str]


def plot_prices(*, version: TariffVersion) -> list[Plot]:
    """Freight without surcharges of the first lanes by name, by weight or by revenue ton; containers have a price each and no curve. One query."""
    rows = version.prices.exclude(basis=PriceBasis.PER_CONTAINER).select_related("origin", "destination")
    lanes: defaultdict[Lane, list[WeightBreak]] = defaultdict(list)
    for row in rows.order_by("origin__name", "destination__name", "basis", "starts_at"):
        lane = (row.origin.name, row.destination.name, row.basis)
        lanes[lane].append(WeightBreak(row.starts_at, row.price, row.basis == PriceBasis.FLAT, row.ends_at))
    return [_plot(lane, breaks, version) for lane, breaks in list(lanes.items())[:MOST_LANES]]


def _plot(lane: Lane, breaks: Sequence[WeightBreak], version: TariffVersion) -> Plot:
    origin, destination, basis = lane
    measures = REVENUE_TONS if basis == PriceBasis.PER_WM else WEIGHTS_KG
    amounts = [_rate(measure, breaks, version.minimum_charge) for measure in measures]
    told = [quantity(round(amount)) if amount is not None else "–" for amount in amounts]
    heights = draw_bars([round(amount) if amount is not None else 0 for amount in amounts])
    unit = _("tonnes or cubic metres (W/M)") if basis == PriceBasis.PER_WM else _("kilograms")
    return Plot(
        _("%(origin)s to %(destination)s") % {"origin": origin, "destination": destination},
        _("Freight in %(currency)s for so many %(unit)s, without surcharges.") % {"currency": version.currency, "unit": unit},
        tuple(str(quantity(measure)) for measure in measures), bars=tuple(Bar(str(text), height) for text, height in zip(told, heights, strict=True)),
    )  # fmt: skip


def _rate(measure: Decimal, breaks: Sequence[WeightBreak], minimum: Decimal) -> Decimal | None:
    """None where the card has no price for so much."""
    try:
        return rate_weight(measure, breaks, minimum=minimum).amount
    except NoBreakFits:
        return None
