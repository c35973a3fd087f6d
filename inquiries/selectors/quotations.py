"""One quotation for those who may see it, what the exporter may fill in, and who answers it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from core.errors import NotAllowed, NotFound
from inquiries.choices import Door, LineKind, Side, Via
from inquiries.exceptions import NameMissing, QuotationLinkOver
from inquiries.models import Inquiry, Quotation, QuotationLine, QuotationVersion
from inquiries.rules.messages import Reader, clean_name, name_key
from inquiries.rules.quotations import LINK_OUTLASTS, USUAL_VALIDITY, LineTerms, Terms
from inquiries.selectors.links import read_quotation_link
from inquiries.selectors.threads import Seat, get_seat
from listings.models import Listing, ListingRevision
from listings.selectors.offers import list_prices
from storefronts.models import Company


@dataclass(frozen=True)
class Place:
    """A quotation, and a person's seat in its thread."""

    quotation: Quotation
    seat: Seat


@dataclass(frozen=True)
class Signatory:
    """The buyer's side of one quotation: who answers it, and how they came. `name` stands on the quotation for good."""

    quotation: Quotation
    name: str
    user: Any
    via: Door


def get_quotation(*, reader: Reader, quotation_id: UUID, for_update: bool = False) -> Place:
    """A quotation that this reader may see; raises NotFound. `for_update` locks the thread first, then the quotation."""
    row = Quotation.objects.visible_to(reader).filter(pk=quotation_id).values_list("inquiry_id", flat=True).first()
    if row is None:
        raise NotFound
    seat = get_seat(reader=reader, inquiry_id=row, for_update=for_update)
    rows = Quotation.objects.select_related("current", "company", "outcome")
    if for_update:
        rows = rows.select_for_update(of=("self",))
    quotation = rows.get(pk=quotation_id)
    quotation.inquiry = seat.inquiry
    return Place(quotation, seat)


def get_shared_quotation(*, token: str) -> Quotation:
    """The quotation that a shared link opens; raises NotFound for what was never signed, QuotationLinkOver for what no longer opens."""
    quotation_id, link_key = read_quotation_link(token=token)
    rows = Quotation.objects.select_related("current", "company", "outcome", "inquiry__company", "inquiry__buyer")
    quotation = rows.filter(pk=quotation_id).first()
    if quotation is None or quotation.current is None:
        raise NotFound
    if quotation.link_key != link_key or is_link_over(quotation=quotation):
        raise QuotationLinkOver
    return quotation


def is_link_over(*, quotation: Quotation) -> bool:
    """Thirty days after the last day of what was sent, links stop opening it."""
    last_day = quotation.current.valid_until if quotation.current else None
    return last_day is None or timezone.localdate() > last_day + LINK_OUTLASTS


def sign_as_party(*, reader: Reader, quotation_id: UUID, name: str = "") -> Signatory:
    """The buyer of the thread answers, signed in or by its mailed link. Raises NotFound for everybody else, members included."""
    place = get_quotation(reader=reader, quotation_id=quotation_id)
    if place.seat.side != Side.BUYER:
        raise NotFound
    known = str(place.seat.writer) if place.seat.writer else place.seat.inquiry.buyer_name
    return Signatory(place.quotation, clean_name(name)[:120] or known, place.seat.writer, Door.ACCOUNT)


def sign_by_link(*, token: str, name: str, person: Any = None) -> Signatory:
    """Whoever holds the shared link answers in their own name; not members of the company: `person` is who is signed in, if anybody.

    Raises what `get_shared_quotation` does, NotAllowed, and NameMissing.
    """
    quotation = get_shared_quotation(token=token)
    if person is not None and quotation.company.members.filter(user=person).exists():
        raise NotAllowed
    kept = clean_name(name)[:120]
    if not kept:
        raise NameMissing
    return Signatory(quotation, kept, None, Door.LINK)


def find_open_quotation(*, inquiry: Inquiry) -> Quotation | None:
    """The thread's quotation that has not ended; there is one at most."""
    return Quotation.objects.open().filter(inquiry=inquiry).first()


def list_versions(*, quotation: Quotation) -> QuerySet[QuotationVersion]:
    """What was sent, oldest first, with lines and the buyer's wishes. Four queries."""
    sent = QuotationVersion.objects.filter(quotation=quotation, sent_at__isnull=False)
    lines = QuotationLine.objects.select_related("listing__live_revision")
    return sent.select_related("counter", "freight").prefetch_related(
        Prefetch("lines", queryset=lines), "counter__lines"
    )


def was_sent_by(*, quotation: Quotation, key: str) -> bool:
    """A form with this key has sent a version already: it was pressed twice."""
    return bool(key) and quotation.versions.filter(key=name_key(kind=Via.WEB, key=key)).exists()


def find_draft_version(*, quotation: Quotation) -> QuotationVersion | None:
    """The version that is being written, with its lines and the private floors: for the company's members only."""
    drafts = QuotationVersion.objects.filter(quotation=quotation, sent_at=None)
    lines = QuotationLine.objects.select_related("floor", "listing__live_revision")
    return drafts.select_related("freight").prefetch_related(Prefetch("lines", queryset=lines)).first()


def read_private_terms(*, version: QuotationVersion) -> Terms:
    """What a version says with the exporter's own floors: for the company's members only. Reads lines with their floors."""
    terms = version.read_terms()
    rows = QuotationLine.objects.filter(version=version).values_list("position", "floor__unit_price")
    floors = dict(rows)
    places = [line.position for line in version.lines.all()]
    lines = tuple(replace(line, floor=floors.get(place)) for line, place in zip(terms.lines, places, strict=True))
    return replace(terms, lines=lines)


def list_quotable(*, company: Company) -> list[Listing]:
    """The company's approved products, by name, with their prices. Four queries."""
    revisions = ListingRevision.objects.prefetch_related("price_breaks", "variants__prices")
    rows = Listing.objects.filter(company=company, live_revision__isnull=False)
    found = rows.prefetch_related(Prefetch("live_revision", queryset=revisions))
    return sorted(found, key=lambda listing: str(listing).casefold())


def map_units(*, company: Company) -> dict[int, str]:
    """The unit that each approved product of the company is sold by."""
    rows = Listing.objects.filter(company=company, live_revision__isnull=False)
    return dict(rows.values_list("pk", "live_revision__unit"))


def find_break_price(*, listing: Listing, quantity: Decimal | None) -> Decimal | None:
    """The listing's own price at this quantity; below the first break that one. None where it names no price."""
    revision = listing.live_revision
    prices = list_prices(revision=revision, variant=None) if revision else []
    reached = [price for price in prices if quantity is not None and price.minimum_quantity <= quantity]
    if not prices:
        return None
    return (reached[-1] if reached else prices[0]).unit_price


def complete_line(*, line: LineTerms, listing: Listing) -> LineTerms:
    """A line of a product with what the listing knows and the line leaves open: its name, unit, and price for the quantity."""
    revision = listing.live_revision
    if revision is None or line.kind not in {LineKind.GOODS, LineKind.SAMPLE}:
        return line
    is_sample = line.kind == LineKind.SAMPLE
    listed = revision.sample_price if is_sample else find_break_price(listing=listing, quantity=line.quantity)
    return replace(
        line,
        description=line.description or str(listing)[:200],
        unit=line.unit or ("piece" if is_sample else revision.unit),
        unit_price=line.unit_price if line.unit_price is not None else listed,
    )


def propose_terms(*, inquiry: Inquiry) -> Terms:
    """What a first draft says: the product asked about at its price for the quantity, the listing's Incoterm, currency and lead time."""
    lines = _propose_lines(inquiry)
    revision = inquiry.listing.live_revision if inquiry.listing else None
    valid_until, wish = timezone.localdate() + USUAL_VALIDITY, inquiry.request.incoterm if inquiry.request else ""
    if revision is None:
        return Terms(valid_until=valid_until, incoterm=wish, named_place=inquiry.place if wish else "", lines=lines)
    return Terms(
        currency=revision.currency, incoterm=wish or revision.incoterm, named_place=inquiry.place if wish else revision.incoterm_place,
        lead_time_days=revision.lead_time_days, valid_until=valid_until, lines=lines,
    )  # fmt: skip


def _propose_requested(inquiry: Inquiry) -> tuple[LineTerms, ...]:
    """The lines of the request that this thread answers, each with the price of the company's own product where it names one."""
    lines = inquiry.request.lines.select_related("listing__live_revision") if inquiry.request else ()
    proposed = []
    for line in lines:
        own = line.listing if line.listing and line.listing.company_id == inquiry.company_id else None
        fits = own is not None and own.live_revision is not None and own.live_revision.unit == line.unit
        proposed.append(LineTerms(
            kind=LineKind.GOODS, description=line.description[:200], quantity=line.quantity, unit=line.unit, listing_id=own.pk if own and fits else None,
            request_line_id=line.pk,
            unit_price=find_break_price(listing=own, quantity=line.quantity) if own and fits else None,
        ))  # fmt: skip
    return tuple(proposed)


def _propose_lines(inquiry: Inquiry) -> tuple[LineTerms, ...]:
    if inquiry.request_id is not None:
        return _propose_requested(inquiry)
    listing = inquiry.listing
    revision = listing.live_revision if listing else None
    if listing is None or revision is None:
        return ()
    quantity = inquiry.quantity if inquiry.unit == revision.unit else revision.minimum_order
    goods = LineTerms(
        kind=LineKind.GOODS, description=str(listing)[:200], quantity=quantity, unit=revision.unit, listing_id=listing.pk,
        unit_price=find_break_price(listing=listing, quantity=quantity),
    )  # fmt: skip
    if not inquiry.wants_sample:
        return (goods,)
    sample = LineTerms(
        kind=LineKind.SAMPLE, description=str(listing)[:200], detail=revision.sample_size, quantity=Decimal(1), unit="piece",
        unit_price=revision.sample_price, listing_id=listing.pk,
    )  # fmt: skip
    return (goods, sample)
