"""The page of a quotation's freight: how far the lookup is, its prices, and what each term comes to for the exporter."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.templatetags.ui import listed
from inquiries.models import Quotation
from inquiries.rules.quotations import Terms
from inquiries.selectors.freight import Wish, require_fit, tell_sold
from listings.selectors.words import format_days
from shipping.models import Lookup
from shipping.selectors.landed_words import Option, TermRow, tell_options, tell_term
from shipping.selectors.lookups import Progress, describe_progress
from shipping.selectors.quoting import find_quote


@dataclass(frozen=True)
class FreightPage:
    """The lookup with its prices and the ladder from the one that counts; `chosen` is its key, None while there is none."""

    progress: Progress
    options: Sequence[Option]
    chosen: int | None
    counted: str
    terms: Sequence[TermRow]
    obstacle: str


def show_freight(*, quotation: Quotation, terms: Terms, lookup: Lookup, wish: Wish, chosen: int | None) -> FreightPage:
    """Prices in the quotation's currency, the cheapest first, and the eleven terms. Raises what `require_fit` does."""
    require_fit(lookup=lookup, quotation=quotation, terms=terms, destination=wish.destination)
    sold = tell_sold(quotation=quotation, terms=terms, wish=wish)
    quote = find_quote(lookup=lookup, sold=sold, chosen=chosen)
    picked, currency = quote.chosen, sold.price.currency
    counted = (
        listed([picked.by, picked.service, format_days(days=picked.transit_days) if picked.transit_days else ""])
        if picked
        else ""
    )
    return FreightPage(
        describe_progress(lookup=lookup), tell_options(freights=quote.freights, chosen=picked, currency=currency), picked.key if picked else None, counted,
        [tell_term(rung=rung, currency=currency) for rung in quote.ladder.rungs],
        quote.ladder.obstacle,
    )  # fmt: skip
