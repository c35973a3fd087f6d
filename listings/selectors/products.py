"""The product page: everything a buyer reads of one listing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certifications.models import Certificate
from certifications.selectors.shown import ShownCertificate, describe_certificate, name_section
from core.errors import NotFound
from core.money import Money, format_money
from core.templatetags.ui import listed
from listings.exceptions import ListingWithdrawn
from listings.models import AttributeValue, Listing, ListingDocument, ListingPicture, ListingRevision, ListingText
from listings.rules.visibility import PriceAccess, find_price_access
from listings.selectors.cards import WIDEST_LIGHT_PX, WIDEST_PX, Card, get_reader, list_cards, name_place, narrow
from listings.selectors.certified import list_covering
from listings.selectors.depth import list_attribute_facts, list_detail_facts
from listings.selectors.documents import ShownDocument, list_shown_documents
from listings.selectors.offers import Offer, VariantRow, list_variant_rows, make_offer
from listings.selectors.packing import describe_danger, describe_package
from listings.selectors.words import (
    format_days,
    format_quantity,
    format_unit,
    list_article_numbers,
)
from reference.models import Category
from reference.selectors import get_country_name, get_hs_heading
from storefronts.models import Company
from uploads.rules import Picture
from uploads.selectors import build_picture

SHOT_SIZES = "(min-width: 60rem) 46rem, 92vw"
WIDEST_SHOT_PX = 1200
SIMILAR = 4


@dataclass(frozen=True)
class Shot:
    """A picture of the gallery: the whole one, its address and a thumbnail."""

    picture: Picture
    full: str
    thumb: str


@dataclass(frozen=True)
class Row:
    """A fact with its label; an empty value is shown as missing. A `code` is written left to right."""

    label: str
    value: str
    icon: str = ""
    code: bool = False


@dataclass(frozen=True)
class Seller:
    """The firm behind a listing, as components/seller.html shows it."""

    url: str
    name: str
    logo: str
    line: str
    more: str


@dataclass(frozen=True)
class Product:
    """A product page. `price_day` is the day of the prices that it shows; `price_hidden_on` since when buyers read no price of them."""

    listing: Listing
    revision: ListingRevision
    text: ListingRevision | ListingText
    text_language: str
    shots: tuple[Shot, ...]
    offer: Offer
    variants: tuple[VariantRow, ...]
    documents: tuple[ShownDocument, ...]
    facts: tuple[Row, ...]
    spec: tuple[Row, ...]
    certificates: tuple[Certificate, ...]
    papers: tuple[ShownCertificate, ...]
    papers_heading: str
    seller: Seller
    similar: list[Card]
    price_day: date | None = None
    price_hidden_on: date | None = None


def get_listing(*, pk: int, user: Any) -> Listing:
    """The listing that this person may see, with all that its page reads; NotFound for what never was public, ListingWithdrawn for
    what once was."""
    return _require(_with_page_facts(Listing.objects.visible_to(user)), pk)


def get_bare_listing(*, pk: int, user: Any) -> Listing:
    """The same with what an order is counted from alone: company, live revision, its prices and packing. Three queries."""
    rows = Listing.objects.visible_to(user).select_related("company", "live_revision")
    return _require(rows.prefetch_related("live_revision__price_breaks", "live_revision__package_types"), pk)


def _require(listings: QuerySet[Listing], pk: int) -> Listing:
    listing = listings.exclude(live_revision=None).filter(pk=pk).first()
    if listing is not None:
        return listing
    withdrawn = Listing.objects.filter(pk=pk).exclude(live_revision=None).exclude(first_live_at=None)
    if withdrawn.exists():
        raise ListingWithdrawn(listing_id=pk)
    raise NotFound


def get_product(
    *,
    listing: Listing,
    revision: ListingRevision,
    user: Any,
    language: str,
    quantity: Decimal | None = None,
    variant: int | None = None,
    widest_px: int = WIDEST_SHOT_PX,
) -> Product:
    """All that the page of a listing shows this person of a revision, mostly the live one (from `get_listing`); texts in the
    reader's language where there are any."""
    text = revision.text_in(language)
    reader = get_reader(user=user)
    visibility = listing.price_visibility_of(revision)
    access = find_price_access(visibility=visibility, company_id=listing.company_id, reader=reader)
    day, is_live = timezone.localdate(), revision.pk == listing.live_revision_id
    certificates = tuple(list_covering(listing_ids=[listing.pk], day=day).get(listing.pk, ()))
    papers = tuple(describe_certificate(certificate=certificate, day=day) for certificate in certificates)
    return Product(
        listing=listing,
        revision=revision,
        text=text,
        text_language="" if text.language == language else text.language,
        shots=_list_shots(revision, text.title, widest_px),
        offer=make_offer(revision=revision, access=access, language=language, quantity=quantity, variant=variant),
        variants=list_variant_rows(revision=revision, access=access, language=language),
        documents=list_shown_documents(revision=revision),
        facts=_list_facts(revision, access, language),
        spec=_list_spec(revision, language),
        certificates=certificates,
        papers=papers,
        papers_heading=name_section(shown=papers),
        seller=_make_seller(listing.company, language),
        similar=list_similar(listing_id=listing.pk, user=user, language=language, widest_px=min(widest_px, WIDEST_PX)),
        price_day=listing.prices_confirmed_on if is_live and access is PriceAccess.SHOWN else None,
        price_hidden_on=listing.prices_hidden_on if is_live and access is PriceAccess.SHOWN else None,
    )


def list_similar(*, listing_id: int, user: Any, language: str, widest_px: int = WIDEST_PX) -> list[Card]:
    """Live listings of the same category, then of its branch, newest first."""
    category = Category.objects.filter(
        pk__in=ListingRevision.objects.filter(live_for=listing_id).values("category")
    ).first()
    if category is None:
        return []
    branch = category.parent_id or category.pk
    near = Q(live_revision__category=branch) | Q(live_revision__category__parent=branch)
    same_first = Case(
        When(live_revision__category=category, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    found = Listing.objects.live().filter(near).exclude(pk=listing_id).order_by(same_first, "-first_live_at", "-pk")
    return list_cards(
        ids=list(found.values_list("pk", flat=True)[:SIMILAR]), user=user, language=language, widest_px=widest_px
    )


def _with_page_facts(listings: QuerySet[Listing]) -> QuerySet[Listing]:
    pictures = ListingPicture.objects.select_related("upload").prefetch_related("upload__renditions")
    return listings.select_related("company__logo", "live_revision__category__parent").prefetch_related(
        "company__logo__renditions", "live_revision__price_breaks", "live_revision__package_types", "live_revision__texts",
        "live_revision__variants__prices", Prefetch("live_revision__pictures", queryset=pictures),
        Prefetch("live_revision__attribute_values", queryset=AttributeValue.objects.select_related("attribute")),
        Prefetch("live_revision__documents", queryset=ListingDocument.objects.select_related("upload")),
    )  # fmt: skip


def _list_shots(revision: ListingRevision, title: str, widest_px: int) -> tuple[Shot, ...]:
    shots = []
    for shown in revision.pictures.all():
        picture = narrow(
            picture=build_picture(upload=shown.upload, alt=shown.alt or title, sizes=SHOT_SIZES),
            widest_px=widest_px,
        )
        if picture is not None:
            addresses = [entry.strip().rsplit(" ", 1)[0] for entry in picture.srcset.split(",") if entry.strip()] or [
                picture.src
            ]
            shots.append(Shot(picture=picture, full=addresses[-1], thumb=addresses[0]))
    return tuple(shots)


def _list_facts(revision: ListingRevision, access: PriceAccess, language: str) -> tuple[Row, ...]:
    minimum, lead = revision.minimum_order, revision.lead_time_days
    country = get_country_name(code=revision.origin_country, language=language) if revision.origin_country else ""
    return (
        Row(_("Minimum order"), format_quantity(number=minimum, unit=revision.unit) if minimum else "", icon="box"),
        Row(_("Ready to ship"), format_days(days=lead) if lead is not None else "", icon="clock"),
        Row(_("Sample"), _describe_sample(revision, access, language), icon="star"),
        Row(_("Made in"), listed((revision.origin_region, country)), icon="pin"),
    )


def _describe_sample(revision: ListingRevision, access: PriceAccess, language: str) -> str:
    if not revision.sample_offered:
        return _("Not offered")
    parts = [revision.sample_size]
    if revision.sample_price == 0:
        parts.append(_("free"))
    elif revision.sample_price and revision.currency and access is PriceAccess.SHOWN:
        parts.append(format_money(Money(revision.sample_price, revision.currency), language=language))
    if revision.sample_days is not None:
        parts.append(_("sent in %(days)s") % {"days": format_days(days=revision.sample_days)})
    return listed(parts) or _("Available")


def _list_spec(revision: ListingRevision, language: str) -> tuple[Row, ...]:
    code = revision.hs_code
    packages = [describe_package(package=package, unit=revision.unit) for package in revision.package_types.all()]
    packing = [Row(_("Packing"), text) for text in packages] or [Row(_("Packing"), "")]
    heading = [Row(_("HS heading"), get_hs_heading(code=code))] if code and get_hs_heading(code=code) else []
    danger = describe_danger(revision=revision)
    waiting = _("The agency is asked for it") if revision.hs_ask_agency and not code else ""
    return (
        Row(_("Category"), revision.category.label if revision.category else ""),
        Row(_("HS code"), f"{code[:4]}.{code[4:]}" if code else waiting, code=bool(code)),
        *heading,
        Row(
            _("Origin"),
            get_country_name(code=revision.origin_country, language=language) if revision.origin_country else "",
        ),
        Row(_("Region of origin"), revision.origin_region),
        *(Row(label, number, code=True) for label, number in list_article_numbers(revision=revision)),
        Row(_("Sold by the"), format_unit(unit=revision.unit)),
        *packing,
        *([Row(_("Dangerous goods"), danger)] if danger else []),
        *(Row(fact.label, fact.value) for fact in list_attribute_facts(revision=revision)),
        *(Row(label, value) for label, value in list_detail_facts(revision=revision)),
        Row(_("Price includes"), str(revision.get_incoterm_display()) if revision.incoterm else ""),
        Row(_("Named place"), revision.incoterm_place),
    )


def _make_seller(company: Company, language: str) -> Seller:
    logo = build_picture(upload=company.logo, alt="", sizes="96px") if company.logo else None
    more = []
    if company.exporting_since:
        more.append(_("Exporting since %(year)s.") % {"year": company.exporting_since})
    if company.verified_until and company.is_verified_on(timezone.localdate()):
        more.append(
            _("Checked by the agency, valid until %(day)s.") % {"day": date_format(company.verified_until, "j M Y")}
        )
    line = _("%(kind)s in %(place)s") % {
        "kind": company.get_kind_display(),
        "place": name_place(company=company, language=language),
    }
    narrowed = narrow(picture=logo, widest_px=WIDEST_LIGHT_PX)
    return Seller(
        company.get_absolute_url(), company.legal_name, narrowed.src if narrowed else "", line, " ".join(more)
    )
