"""What a quotation's goods weigh and are worth, and what a frozen quote says to each side."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from core.money import Money
from core.templatetags.ui import listed
from inquiries.choices import LineKind
from inquiries.exceptions import CurrencyUnknown, FreightOfOtherGoods, GoodsNotPacked, NothingQuoted
from inquiries.models import Quotation, QuotationVersion
from inquiries.rules.freight import CARRIED, GOODS, Leg, has_charges
from inquiries.rules.quotations import LineTerms, Terms, total_up
from listings.models import Listing, ListingRevision
from shipping.choices import CardMode
from shipping.exceptions import LookupGone, MeasureMissing
from shipping.models import Lookup, Snapshot
from shipping.rules.incoterms import LEG_NAMES, list_sellers_legs
from shipping.rules.incoterms import Leg as SaleLeg
from shipping.rules.ladder import UNKNOWN
from shipping.rules.loads import Package
from shipping.rules.lookups import FreightRequest, digest
from shipping.rules.zones import Place
from shipping.selectors.landed_cost import list_packages
from shipping.selectors.landed_words import name_measure
from shipping.selectors.profiles import find_ship_day, find_usual_profile
from shipping.selectors.quoting import Quote
from shipping.selectors.sale_ladder import SoldGoods

KINDS = {SaleLeg.MAIN_CARRIAGE: LineKind.FREIGHT, SaleLeg.INSURANCE: LineKind.INSURANCE}


@dataclass(frozen=True)
class Wish:
    """Where the goods shall go, under which term the prices of the lines are ("" at the exporter's door), and what insurance costs."""

    destination: Place
    price_term: str = ""
    premium_percent: Decimal | None = None


@dataclass(frozen=True)
class FrozenFreight:
    """A frozen quote in words, for both sides: how, by whom, until when, made when, and its digest.

    `missing` are the seller's legs that nobody had priced, for the seller; `is_over`: its last day has passed.
    """

    how: str
    by: str
    valid_until: date
    made_on: date
    sha256: str
    missing: str
    is_over: bool


def build_freight_request(*, quotation: Quotation, terms: Terms, destination: Place) -> FreightRequest:
    """All goods of a quotation as one lookup. Raises NothingQuoted, CurrencyUnknown, GoodsNotPacked with the line."""
    rows = _list_goods(quotation, terms)
    packages: list[Package] = []
    for row, (line, revision) in enumerate(rows, start=1):
        packages += _pack(line, revision, row)
    worth = _total(terms)
    revisions = [revision for _line, revision in rows if revision]
    codes, dangerous = (
        {one.hs_code for one in revisions},
        [one for one in revisions if one.is_dangerous or one.un_number],
    )
    profile = find_usual_profile(company_id=quotation.company_id)
    company = quotation.company
    return FreightRequest(
        profile.origin if profile else Place(company.country, city=company.city), destination, tuple(packages),
        find_ship_day(profile=profile, today=timezone.localdate()),
        goods=rows[0][0].description[:80], hs_code=codes.pop() if len(codes) == 1 else "", customs_value=worth,
        is_dangerous=bool(dangerous), un_number=_name_danger(dangerous),
    )  # fmt: skip


def require_fit(*, lookup: Lookup, quotation: Quotation, terms: Terms, destination: Place) -> None:
    """Nothing but a lookup of the same firm, of these very packages and this way may be quoted.

    Raises LookupGone, FreightOfOtherGoods, and what `build_freight_request` does.
    """
    if lookup.company_id != quotation.company_id:
        raise LookupGone
    request = build_freight_request(quotation=quotation, terms=terms, destination=destination)
    if digest(request.as_load()) != lookup.load_key:
        raise FreightOfOtherGoods


def tell_sold(*, quotation: Quotation, terms: Terms, wish: Wish) -> SoldGoods:
    """The goods of a quotation as the ladder counts them. Raises NothingQuoted, CurrencyUnknown."""
    rows = _list_goods(quotation, terms)
    revisions = [revision for _line, revision in rows if revision]
    codes, origins = (
        {one.hs_code for one in revisions},
        {one.origin_country or quotation.company.country for one in revisions},
    )
    units = {line.unit for line, _revision in rows}
    is_one = len(rows) == len(revisions) and len(codes) == len(origins) == len(units) == 1
    quantity = sum((line.quantity or Decimal(0) for line, _revision in rows), Decimal(0)) if len(units) == 1 else None
    return SoldGoods(
        _total(terms), quantity or Decimal(1), wish.price_term, "", codes.pop() if is_one else "", origins.pop() if is_one else quotation.company.country,
        wish.destination.country, sum((_weigh(line, revision) for line, revision in rows), Decimal(0)), wish.premium_percent,
    )  # fmt: skip


def list_seller_legs(*, quote: Quote, incoterm: str) -> list[Leg]:
    """The seller's legs under a term that cost something, as lines of a quotation."""
    sellers, chosen = list_sellers_legs(incoterm), quote.chosen
    figures = quote.ladder.figures
    return [
        Leg(
            KINDS.get(leg, LineKind.CHARGE),
            name_leg(leg=leg),
            figures[leg].source[:300] if chosen else "",
            _round(figures[leg].counted, quote.sold.price.currency),
        )
        for leg in SaleLeg
        if leg in sellers and figures.get(leg, UNKNOWN).amount
    ]


def name_leg(*, leg: SaleLeg) -> str:
    """A leg as the description of a line."""
    words = _(LEG_NAMES[leg])
    return words[:1].upper() + words[1:]


def still_stands(*, snapshot: Snapshot, quotation: Quotation, terms: Terms) -> bool:
    """Whether a draft still says what was frozen: the term, the goods with their price and packages, and each of the seller's legs."""
    frozen = snapshot.content
    sold, sellers = frozen["sold"]["price"], list_sellers_legs(frozen["incoterm"])
    legs = [one for one in frozen["legs"] if one["leg"] in sellers and one["amount"] is not None]
    amounts = [
        (str(KINDS.get(SaleLeg(one["leg"]), LineKind.CHARGE)), _round(Decimal(one["amount"]), sold["currency"])) for one in legs
    ]  # fmt: skip
    is_said = (terms.incoterm, terms.currency) == (frozen["incoterm"], sold["currency"])
    return (
        is_said
        and has_charges(terms, amounts)
        and _total(terms).amount == Decimal(sold["amount"])
        and _list_packed(quotation, terms) == frozen["request"]["packages"]
    )


def _round(amount: Decimal, currency: str) -> Decimal:
    return Money(amount, currency).round_minor().amount


def _list_packed(quotation: Quotation, terms: Terms) -> list[dict[str, object]] | None:
    """The packages of the goods as a lookup keeps them; None where nobody knows them any more."""
    try:
        rows = _list_goods(quotation, terms)
        packed = [_pack(line, revision, row) for row, (line, revision) in enumerate(rows, start=1)]
    except (NothingQuoted, GoodsNotPacked):
        return None
    return [asdict(package) for packages in packed for package in packages]


def tell_frozen(*, version: QuotationVersion) -> FrozenFreight | None:
    """What both sides read of a version's frozen quote; None where its freight was written by hand. No query where it is joined."""
    snapshot = version.freight
    if snapshot is None:
        return None
    frozen = snapshot.content
    chosen = next(one for one in frozen["offers"] if one["key"] == frozen["chosen"])
    sellers = list_sellers_legs(frozen["incoterm"])
    unpriced = [SaleLeg(one["leg"]) for one in frozen["legs"] if one["amount"] is None and one["leg"] in sellers]
    return FrozenFreight(
        str(CardMode(chosen["mode"]).label),
        chosen["provider"],
        snapshot.valid_until,
        timezone.localtime(snapshot.made_at).date(),
        snapshot.sha256,
        listed([name_leg(leg=leg) for leg in unpriced]),
        snapshot.valid_until < timezone.localdate(),
    )


def _list_goods(quotation: Quotation, terms: Terms) -> list[tuple[LineTerms, ListingRevision | None]]:
    lines = [line for line in terms.lines if line.kind in GOODS]
    if not lines:
        raise NothingQuoted
    wanted = [line.listing_id for line in lines if line.listing_id]
    listings: Mapping[int, Listing] = (
        Listing.objects.filter(company=quotation.company_id).select_related("live_revision").in_bulk(wanted)
    )
    return [(line, _find_revision(line, listings)) for line in lines]


def _find_revision(line: LineTerms, listings: Mapping[int, Listing]) -> ListingRevision | None:
    listing = listings.get(line.listing_id or 0)
    return listing.live_revision if listing else None


def _pack(line: LineTerms, revision: ListingRevision | None, row: int) -> Sequence[Package]:
    if revision is None or not line.quantity:
        raise GoodsNotPacked(row=row, missing=_("its product or its quantity"), field=f"lines-{row}")
    try:
        return list_packages(revision=revision, quantity=line.quantity)
    except MeasureMissing as missing:
        raise GoodsNotPacked(row=row, missing=name_measure(missing=missing), field=f"lines-{row}") from missing


def _name_danger(dangerous: Sequence[ListingRevision]) -> str:
    """A UN number for all of it; none where one of the goods lacks its own, for then forwarders alone can say what it costs."""
    return min((one.un_number for one in dangerous), default="")


def _weigh(line: LineTerms, revision: ListingRevision | None) -> Decimal:
    """Net weight in grams, 0 where nobody has said it."""
    kind = revision.package_types.first() if revision else None
    return Decimal(kind.net_weight_g) / kind.contents * line.quantity if kind and line.quantity else Decimal(0)


def _total(terms: Terms) -> Money:
    if not terms.currency:
        raise CurrencyUnknown
    goods = [line for line in terms.lines if line.kind not in CARRIED and line.kind != LineKind.CHARGE]
    return total_up(lines=goods, currency=terms.currency).total
