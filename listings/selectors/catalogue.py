"""The home page: branches with their products, what is new, and figures large enough to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse

from core.kept import Kept
from listings.models import Listing
from listings.selectors.cards import WIDEST_PX, Card, list_cards
from reference.models import Category
from reference.selectors import list_categories
from storefronts.models import Company
from uploads.choices import UploadState

NEWEST = 8
POPULAR = 4
ON_STOREFRONT = 48
IMPRESSIVE_LISTINGS = 30
IMPRESSIVE_COMPANIES = 10


@dataclass(frozen=True)
class Tile:
    """A branch with the number of its products and the picture of one of them."""

    label: str
    url: str
    count: int
    card: Card | None


@dataclass(frozen=True)
class Home:
    """What the home page shows. Figures are None where they are too small to say anything."""

    tiles: tuple[Tile, ...]
    empty_branches: tuple[Category, ...]
    newest: list[Card]
    popular: tuple[Category, ...]
    listing_count: int | None
    company_count: int | None
    category_count: int


@dataclass(frozen=True)
class _Figures:
    """What takes a look at every live listing: how many by category, one with a picture by branch, how many companies."""

    listings: Mapping[int, int]
    pictured: Mapping[int, int]
    companies: int


_figures: Kept[_Figures] = Kept(most=1, seconds=60)


def get_home(*, user: Any, language: str, widest_px: int = WIDEST_PX) -> Home:
    """The home page of any catalogue, from an empty one on, in a fixed number of queries; its figures may be a minute old."""
    figures = _figures.remember("all", _read_figures)
    counts, branches, categories = figures.listings, figures.pictured, list_categories()
    newest = list(Listing.objects.live().order_by("-first_live_at", "-pk").values_list("pk", flat=True)[:NEWEST])
    cards = {
        card.id: card
        for card in list_cards(ids=[*newest, *branches.values()], user=user, language=language, widest_px=widest_px)
    }
    tiles, empty = [], []
    for branch in (category for category in categories if category.parent_id is None):
        count = sum(counts.get(one.pk, 0) for one in categories if branch.pk in {one.pk, one.parent_id})
        if count:
            tiles.append(Tile(branch.label, branch.get_absolute_url(), count, cards.get(branches.get(branch.pk, 0))))
        else:
            empty.append(branch)
    total = sum(counts.values())
    return Home(
        tiles=tuple(tiles),
        empty_branches=tuple(empty),
        newest=[cards[pk] for pk in newest if pk in cards],
        popular=_list_popular(categories, counts),
        listing_count=total if total >= IMPRESSIVE_LISTINGS else None,
        company_count=figures.companies if figures.companies >= IMPRESSIVE_COMPANIES else None,
        category_count=len([category for category in categories if counts.get(category.pk)]),
    )


def select_storefront_products(*, company: Company, user: Any, language: str) -> dict[str, Any] | None:
    """Fill the storefront's slot "storefront.products" with the company's newest live listings; None without any."""
    live = Listing.objects.live().filter(company=company).order_by("-first_live_at", "-pk")
    ids = list(live.values_list("pk", flat=True))
    if not ids:
        return None
    cards = list_cards(ids=ids[:ON_STOREFRONT], user=user, language=language)
    words = urlencode({"q": '"{}"'.format(company.legal_name.replace('"', " "))})
    more_url = f"{reverse('catalogue:search')}?{words}"
    return {"cards": cards, "more": max(0, len(ids) - ON_STOREFRONT), "more_url": more_url, "total": len(ids)}


def _read_figures() -> _Figures:
    live = Listing.objects.live()
    companies = Company.objects.public().filter(Exists(live.filter(company=OuterRef("pk")))).count()
    return _Figures(_count_by_category(), _list_branches(), companies)


def _count_by_category() -> Mapping[int, int]:
    rows = Listing.objects.live().order_by().values_list("live_revision__category").annotate(number=Count("pk"))
    return {pk: number for pk, number in rows if pk is not None}


def _list_branches() -> Mapping[int, int]:
    """Branches with the listing that stands for each: its first one with a picture.

    One pass over the live listings: a look for each branch took minutes on tables that PostgreSQL had not yet counted.
    """
    pictured = Listing.objects.live().filter(live_revision__pictures__upload__state=UploadState.READY)
    firsts = pictured.order_by().values_list("live_revision__category__parent").annotate(first=Min("pk"))
    return {branch: first for branch, first in firsts if branch is not None}


def _list_popular(categories: Sequence[Category], counts: Mapping[int, int]) -> tuple[Category, ...]:
    """The sub-categories with the most products, once there are enough to speak of "most"."""
    leaves = [category for category in categories if category.parent_id is not None and counts.get(category.pk, 0) > 1]
    leaves.sort(key=lambda category: -counts[category.pk])
    return tuple(leaves[:POPULAR]) if len(leaves) >= POPULAR else ()
