"""Cards: a listing in a grid, built in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from listings.models import Listing, ListingPicture, ListingRevision
from listings.rules.visibility import Reader, find_price_access, may_see_price
from listings.selectors.certified import Marks, list_covering, list_marks
from listings.selectors.words import explain_hidden_price, format_days, format_price_range, format_quantity, format_unit
from reference.selectors import get_country_name
from storefronts.models import Company
from uploads.models import Rendition
from uploads.rules import Picture
from uploads.selectors import build_picture

CARD_SIZES = "(min-width: 60rem) 18rem, (min-width: 36rem) 45vw, 92vw"
WIDEST_PX = 640
WIDEST_LIGHT_PX = 320


@dataclass(frozen=True)
class Card:
    """What components/card.html shows of a listing, ready to print."""

    id: int
    url: str
    title: str
    language: str
    price: str
    price_note: str
    unit: str
    moq: str
    lead_time: str
    company: str
    place: str
    picture: Picture | None
    tags: tuple[str, ...]
    seals: tuple[str, ...]


def get_reader(*, user: Any) -> Reader:
    """What decides over prices for this person; two queries for a signed-in one who is no officer."""
    if not user.is_authenticated:
        return Reader()
    if user.is_officer:
        return Reader(is_known=True, is_officer=True)
    return Reader(
        is_known=True,
        is_confirmed=EmailAddress.objects.filter(user=user, verified=True).exists(),
        company_ids=frozenset(Company.objects.of_member(user).values_list("id", flat=True)),
    )


def list_cards(*, ids: Sequence[int], user: Any, language: str, widest_px: int = WIDEST_PX) -> list[Card]:
    """Cards of the live listings among `ids`, in the order of `ids`; what is no longer live is left out."""
    found = {listing.pk: listing for listing in with_card_facts(listings=Listing.objects.live().filter(pk__in=ids))}
    reader = get_reader(user=user)
    marks = _list_marks(list(found))
    listings = (found[pk] for pk in ids if pk in found)
    return [
        _make_card(listing, listing.live_revision, reader, language, widest_px, marks.get(listing.pk, Marks()))
        for listing in listings
        if listing.live_revision is not None
    ]


def build_card(*, listing: Listing, revision: ListingRevision, user: Any, language: str) -> Card:
    """The card of any revision as this person would see it, for the editor's preview."""
    marks = _list_marks([listing.pk]).get(listing.pk, Marks())
    return _make_card(listing, revision, get_reader(user=user), language, WIDEST_PX, marks)


def with_card_facts(*, listings: QuerySet[Listing]) -> QuerySet[Listing]:
    """What a card reads: four queries for any number of listings, only the first picture of each."""
    ready = ListingPicture.objects.filter(
        Exists(Rendition.objects.filter(upload=OuterRef("upload"))), revision=OuterRef("revision")
    )
    first = ListingPicture.objects.filter(pk=Subquery(ready.order_by("position", "id").values("pk")[:1]))
    pictures = first.select_related("upload").prefetch_related("upload__renditions")
    return (
        listings.select_related("company", "live_revision")
        .defer("live_revision__description", "company__story")
        .prefetch_related("live_revision__price_breaks", Prefetch("live_revision__pictures", queryset=pictures))
    )


def name_place(*, company: Company, language: str) -> str:
    """Town and country; the country alone where no town is given."""
    country = get_country_name(code=company.country, language=language)
    if not company.city:
        return country
    return _("%(town)s, %(country)s") % {"town": company.city, "country": country}


def narrow(*, picture: Picture | None, widest_px: int) -> Picture | None:
    """The picture without its renditions above a width, for slow lines."""
    if picture is None:
        return None
    entries = list_srcset(srcset=picture.srcset, widest_px=widest_px)
    return replace(
        picture,
        src=entries[-1].rsplit(" ", 1)[0] if entries and widest_px < WIDEST_PX else picture.src,
        srcset=", ".join(entries),
        avif_srcset=", ".join(list_srcset(srcset=picture.avif_srcset, widest_px=widest_px)),
    )


def list_srcset(*, srcset: str, widest_px: int) -> list[str]:
    """The entries of a srcset up to a width, narrowest first."""
    entries = [entry.strip() for entry in srcset.split(",") if entry.strip()]
    return [entry for entry in entries if int(entry.rsplit(" ", 1)[-1].rstrip("w")) <= widest_px]


def _list_marks(listing_ids: list[int]) -> dict[int, Marks]:
    day = timezone.localdate()
    covering = list_covering(listing_ids=listing_ids, day=day)
    return {pk: list_marks(certificates=found, day=day) for pk, found in covering.items()}


def _make_card(
    listing: Listing, revision: ListingRevision, reader: Reader, language: str, widest_px: int, marks: Marks
) -> Card:
    amounts = [price.unit_price for price in revision.price_breaks.all()]
    shown = may_see_price(visibility=revision.price_visibility, company_id=listing.company_id, reader=reader)
    access = find_price_access(visibility=revision.price_visibility, company_id=listing.company_id, reader=reader)
    price = format_price_range(amounts=amounts, currency=revision.currency, language=language) if shown else ""
    return Card(
        id=listing.pk,
        url=listing.get_absolute_url(),
        title=revision.title,
        language="" if revision.language == language else revision.language,
        price=price,
        price_note="" if price else explain_hidden_price(access=access),
        unit=format_unit(unit=revision.unit),
        moq=format_quantity(number=revision.minimum_order, unit=revision.unit) if revision.minimum_order else "",
        lead_time=format_days(days=revision.lead_time_days) if revision.lead_time_days is not None else "",
        company=listing.company.legal_name,
        place=name_place(company=listing.company, language=language),
        picture=find_first_picture(revision=revision, widest_px=widest_px),
        tags=(*marks.tags, *((_("Sample available"),) if revision.sample_offered else ())),
        seals=marks.seals,
    )


def find_first_picture(*, revision: ListingRevision, widest_px: int) -> Picture | None:
    """The first picture that can be shown already, or None."""
    for shown in revision.pictures.all():
        picture = build_picture(upload=shown.upload, alt=shown.alt, sizes=CARD_SIZES)
        if picture is not None:
            return narrow(picture=picture, widest_px=widest_px)
    return None
