"""Cards: a listing in a grid, built in a fixed number of queries."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from core.kept import Kept
from listings.models import Listing, ListingPicture, ListingRevision
from listings.rules.visibility import PriceAccess, Reader, find_price_access
from listings.search.marking import Part
from listings.selectors.certified import Marks, list_marks
from listings.selectors.words import explain_hidden_price, format_days, format_price_range, format_quantity, format_unit
from reference.rules import Rates
from reference.selectors import get_country_name
from storefronts.models import Company
from uploads.models import Rendition
from uploads.rules import Picture
from uploads.selectors import build_picture

CARD_SIZES = "(min-width: 60rem) 18rem, (min-width: 36rem) 45vw, 92vw"
WIDEST_PX = 640
WIDEST_LIGHT_PX = 320
CENT = Decimal("0.01")
CARD_FIELDS = (
    "id", "prices_hidden_on", "company__legal_name", "company__city", "company__country",
    *(f"live_revision__{name}" for name in (
        "title", "language", "currency", "unit", "minimum_order", "lead_time_days", "price_visibility", "sample_offered",
    )),
)  # fmt: skip
_cards: Kept["Card"] = Kept(most=4000, seconds=300)


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
    price_about: str = ""
    title_parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class _View:
    """How a page shows cards: language, width of pictures, and the currency that the reader counts in."""

    language: str
    widest_px: int
    currency: str = ""
    rates: Rates | None = None

    @property
    def rates_day(self) -> date | None:
        return self.rates.day if self.rates and self.currency else None

    def convert(self, amounts: Sequence[Decimal], currency: str) -> str:
        """The range in the reader's currency; "" where it is the same one, or no rate is known."""
        if not self.rates or not amounts or not self.currency or self.currency == currency:
            return ""
        ends = [self.rates.convert(amount, currency, self.currency) for amount in (min(amounts), max(amounts))]
        known = [amount.quantize(CENT) for amount in ends if amount is not None]
        return format_price_range(amounts=known, currency=self.currency, language=self.language)


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


def list_cards(
    *,
    ids: Sequence[int],
    user: Any,
    language: str,
    widest_px: int = WIDEST_PX,
    currency: str = "",
    rates: Rates | None = None,
) -> list[Card]:
    """Cards of the live listings among `ids`, in the order of `ids`; what is no longer live is left out.

    A price in another currency is also told in `currency`, where `rates` know it. Cards are kept for some minutes by all that they
    depend on: two queries when every one is known, seven otherwise (eight with variants).
    """
    rows = Listing.objects.live().filter(pk__in=ids).select_related("company", "live_revision").only(*CARD_FIELDS)
    found = {listing.pk: listing for listing in rows}
    reader, marks = get_reader(user=user), list_marks(listing_ids=list(found), day=timezone.localdate())
    view = _View(language, widest_px, currency, rates)
    keys = {pk: _make_key(listing, reader, marks.get(pk), view) for pk, listing in found.items()}
    cards = {pk: _cards.find(key) for pk, key in keys.items()}
    missing = [found[pk] for pk, card in cards.items() if card is None]
    prefetch_related_objects(missing, *_card_rows())
    for listing in missing:
        if listing.live_revision is not None:
            made = _make_card(listing, listing.live_revision, reader, marks.get(listing.pk, Marks()), view)
            cards[listing.pk] = _cards.keep(keys[listing.pk], made)
    return [card for pk in ids if (card := cards.get(pk)) is not None]


def build_card(*, listing: Listing, revision: ListingRevision, user: Any, language: str) -> Card:
    """The card of any revision as this person would see it, for the editor's preview."""
    marks = list_marks(listing_ids=[listing.pk], day=timezone.localdate()).get(listing.pk, Marks())
    return _make_card(listing, revision, get_reader(user=user), marks, _View(language, WIDEST_PX))


def with_card_facts(*, listings: QuerySet[Listing]) -> QuerySet[Listing]:
    """What a card reads: a fixed number of queries for any number of listings, only the first picture of each."""
    rows = listings.select_related("company", "live_revision").defer("live_revision__description", "company__story")
    return rows.prefetch_related(*_card_rows())


def _card_rows() -> tuple[str | Prefetch[str], ...]:
    ready = ListingPicture.objects.filter(
        Exists(Rendition.objects.filter(upload=OuterRef("upload"))), revision=OuterRef("revision")
    )
    first = ListingPicture.objects.filter(pk=Subquery(ready.order_by("position", "id").values("pk")[:1]))
    pictures = first.select_related("upload").prefetch_related("upload__renditions")
    return (
        "live_revision__price_breaks", "live_revision__variants__prices", "live_revision__texts",
        Prefetch("live_revision__pictures", queryset=pictures),
    )  # fmt: skip


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


def _make_key(listing: Listing, reader: Reader, marks: Marks | None, view: "_View") -> Hashable:
    """All that a card depends on: an approved revision never changes, the rest is said."""
    company, revision = listing.company, listing.live_revision
    visibility = listing.price_visibility_of(revision) if revision else ""
    access = find_price_access(visibility=visibility, company_id=company.pk, reader=reader)
    maker = (company.legal_name, company.city, company.country)
    return (
        listing.live_revision_id,
        access,
        maker,
        marks,
        view.language,
        view.widest_px,
        view.currency,
        view.rates_day,
    )


def _make_card(listing: Listing, revision: ListingRevision, reader: Reader, marks: Marks, view: "_View") -> Card:
    amounts, text = revision.list_amounts(), revision.text_in(view.language)
    visibility = listing.price_visibility_of(revision)
    access = find_price_access(visibility=visibility, company_id=listing.company_id, reader=reader)
    told = amounts if access is PriceAccess.SHOWN else []
    price = format_price_range(amounts=told, currency=revision.currency, language=view.language)
    return Card(
        id=listing.pk,
        url=listing.get_absolute_url(),
        title=text.title,
        language="" if text.language == view.language else text.language,
        price=price,
        price_about=view.convert(amounts, revision.currency) if price else "",
        price_note="" if price else explain_hidden_price(access=access),
        unit=format_unit(unit=revision.unit),
        moq=format_quantity(number=revision.minimum_order, unit=revision.unit) if revision.minimum_order else "",
        lead_time=format_days(days=revision.lead_time_days) if revision.lead_time_days is not None else "",
        company=listing.company.legal_name,
        place=name_place(company=listing.company, language=view.language),
        picture=find_first_picture(revision=revision, widest_px=view.widest_px),
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
