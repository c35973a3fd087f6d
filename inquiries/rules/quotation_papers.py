"""A quotation or a pro forma as plain values: what the PDF and the API say. No private floor has a place in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from core.money import Money

PaperKind = Literal["quotation", "pro_forma"]


@dataclass(frozen=True)
class Party:
    """Seller or buyer: the firm, the person, and lines of address. `country` ISO 3166."""

    firm: str
    person: str
    lines: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True)
class PaperLine:
    """One line; `hs_code` and `origin` (ISO 3166) of a product, "" elsewhere. `amount` is below zero for a discount."""

    kind: str
    description: str
    detail: str
    quantity: Decimal
    unit: str
    unit_price: Money
    amount: Money
    hs_code: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Paper:
    """One version, complete. A pro forma says besides who accepted it and when."""

    kind: PaperKind
    number: str
    version: int
    language: str
    made_on: date
    valid_until: date
    seller: Party
    buyer: Party
    destination: str
    lines: tuple[PaperLine, ...]
    total: Money
    incoterm: str
    named_place: str
    payment_terms: str
    lead_time_days: int
    documents: str
    notes: str
    state: str
    accepted_by: str = ""
    accepted_at: datetime | None = None


def as_plain(paper: Paper) -> dict[str, Any]:
    """The paper for JSON: amounts as text in their currency's minor unit, days and moments as ISO 8601."""
    return {
        "kind": paper.kind, "number": paper.number, "version": paper.version, "state": paper.state, "language": paper.language,
        "made_on": paper.made_on.isoformat(), "valid_until": paper.valid_until.isoformat(), "seller": _plain_party(paper.seller),
        "buyer": _plain_party(paper.buyer), "destination": paper.destination, "lines": _plain_lines(paper.lines),
        "currency": paper.total.currency, "total": f"{paper.total.amount:f}", "incoterm": paper.incoterm, "named_place": paper.named_place,
        "payment_terms": paper.payment_terms, "lead_time_days": paper.lead_time_days, "documents": paper.documents, "notes": paper.notes,
        "accepted_by": paper.accepted_by, "accepted_at": paper.accepted_at.isoformat() if paper.accepted_at else None,
    }  # fmt: skip


def _plain_party(party: Party) -> dict[str, Any]:
    return {"firm": party.firm, "person": party.person, "address": list(party.lines), "country": party.country}


def _plain_lines(lines: Sequence[PaperLine]) -> list[dict[str, Any]]:
    return [
        {
            "kind": line.kind, "description": line.description, "detail": line.detail, "quantity": f"{line.quantity.normalize():f}",
            "unit": line.unit, "unit_price": f"{line.unit_price.amount:f}", "amount": f"{line.amount.amount:f}", "hs_code": line.hs_code,
            "origin": line.origin,
        }
        for line in lines
    ]  # fmt: skip
