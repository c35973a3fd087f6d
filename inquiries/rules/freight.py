"""Freight in a quotation: the lines that a quote becomes, and whether what is written still stands on it. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from inquiries.choices import LineKind
from inquiries.rules.quotations import LineTerms, Terms

GOODS = {LineKind.GOODS, LineKind.SAMPLE}
CARRIED = {LineKind.FREIGHT, LineKind.INSURANCE}


@dataclass(frozen=True)
class Leg:
    """One of the seller's legs: its kind of line, its name, who says so, what it costs."""

    kind: str
    name: str
    detail: str
    amount: Decimal


def put_in(terms: Terms, legs: Sequence[Leg], *, incoterm: str, named_place: str, names: Iterable[str]) -> Terms:
    """The terms with these legs as lines in place of the freight and insurance of before, and of charges by one of these names."""
    replaced = set(names)
    kept = [
        line
        for line in terms.lines
        if line.kind not in CARRIED and not (line.kind == LineKind.CHARGE and line.description in replaced)
    ]
    added = [LineTerms(leg.kind, leg.name, leg.detail, Decimal(1), "lot", leg.amount) for leg in legs if leg.amount]
    return replace(terms, incoterm=incoterm, named_place=named_place, lines=(*kept, *added))


def has_charges(terms: Terms, amounts: Sequence[tuple[str, Decimal]]) -> bool:
    """Whether the terms ask these amounts by kind of line to the cent: freight and insurance nothing else, other charges among others."""
    written = Counter(
        (line.kind, (line.quantity or Decimal(0)) * (line.unit_price or Decimal(0)))
        for line in terms.lines
        if line.kind in {*CARRIED, LineKind.CHARGE}
    )
    asked = Counter((kind, amount) for kind, amount in amounts if amount)
    return asked <= written and all(kind not in CARRIED for kind, _amount in written - asked)
