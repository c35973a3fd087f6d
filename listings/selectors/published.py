"""Listings as everybody may read them, for the API: whoever asks, a hidden price is not in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from certifications.selectors.published import PublishedCertificate, publish_certificate
from core.errors import NotFound
from core.structured import make_absolute
from listings.choices import PriceVisibility
from listings.exceptions import ListingWithdrawn
from listings.models import Listing, ListingRevision, PriceBreak
from listings.selectors.cards import WIDEST_PX, find_first_picture, with_card_facts
from listings.selectors.certified import list_covering
from listings.selectors.products import get_listing


@dataclass(frozen=True)
class PublishedPrice:
    """A price that everybody may see."""

    currency: str
    lowest: Decimal
    highest: Decimal
    incoterm: str
    incoterm_place: str
    breaks: tuple[PriceBreak, ...]


@dataclass(frozen=True)
class PublishedCompany:
    """Who offers it."""

    slug: str
    name: str
    country: str
    verified_until: date | None


@dataclass(frozen=True)
class PublishedListing:
    """A live listing in plain values; `price` is None unless everybody may see it."""

    id: int
    url: str
    title: str
    summary: str
    language: str
    category: str | None
    unit: str
    minimum_order: Decimal | None
    lead_time_days: int | None
    hs_code: str
    origin_country: str
    is_dangerous: bool
    un_number: str
    sample_offered: bool
    picture: str | None
    price_visibility: str
    price: PublishedPrice | None
    company: PublishedCompany
    certificates: tuple[PublishedCertificate, ...]


def list_published(*, ids: Sequence[int]) -> list[PublishedListing]:
    """The live ones among `ids`, in that order."""
    listings = with_card_facts(listings=Listing.objects.live().filter(pk__in=ids)).select_related(
        "live_revision__category"
    )
    found = {listing.pk: listing for listing in listings}
    day = timezone.localdate()
    covering = {
        pk: tuple(publish_certificate(certificate=certificate, day=day) for certificate in certificates)
        for pk, certificates in list_covering(listing_ids=list(found), day=day).items()
    }
    return [_publish(found[pk], found[pk].live_revision, covering.get(pk, ())) for pk in ids if pk in found]


def get_published(*, pk: int) -> PublishedListing:
    """One live listing; raises NotFound, or ListingWithdrawn for what was offered once."""
    ids = (
        Listing.objects.live().filter(pk=pk).values_list("pk", flat=True)
    )  # a number beyond every key finds nothing here
    found = list_published(ids=list(ids))
    if found:
        return found[0]
    get_listing(pk=pk, user=AnonymousUser())
    raise NotFound


def _publish(
    listing: Listing, revision: ListingRevision | None, certificates: tuple[PublishedCertificate, ...]
) -> PublishedListing:
    if revision is None:
        raise ListingWithdrawn(listing_id=listing.pk)
    picture = find_first_picture(revision=revision, widest_px=WIDEST_PX)
    company = listing.company
    return PublishedListing(
        id=listing.pk, url=make_absolute(listing.get_absolute_url()), title=revision.title, summary=revision.summary,
        language=revision.language, category=revision.category.slug if revision.category else None, unit=revision.unit,
        minimum_order=revision.minimum_order, lead_time_days=revision.lead_time_days, hs_code=revision.hs_code,
        origin_country=revision.origin_country, sample_offered=revision.sample_offered,
        is_dangerous=revision.is_dangerous, un_number=revision.un_number,
        picture=make_absolute(picture.src) if picture else None,
        price_visibility=listing.price_visibility_of(revision), price=_publish_price(listing, revision),
        company=PublishedCompany(company.slug, company.legal_name, company.country, company.verified_until),
        certificates=certificates,
    )  # fmt: skip


def _publish_price(listing: Listing, revision: ListingRevision) -> PublishedPrice | None:
    breaks = tuple(revision.price_breaks.all())
    amounts = revision.list_amounts()
    if listing.price_visibility_of(revision) != PriceVisibility.PUBLIC or not amounts:
        return None
    return PublishedPrice(
        revision.currency, min(amounts), max(amounts), revision.incoterm, revision.incoterm_place, breaks
    )
