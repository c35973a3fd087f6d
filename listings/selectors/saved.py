"""What buyers keep: their lists with today's prices, shared lists, saved searches and the signed links of their mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Count, QuerySet
from django.urls import reverse

from core.errors import NotFound
from core.money import Money, format_money
from listings.models import Listing, SavedItem, SavedList, SavedSearch
from listings.rules.visibility import may_see_price
from listings.selectors.cards import Card, get_reader, list_cards

CONFIRM_SALT, STOP_SALT = "listings.saved_search.confirm", "listings.saved_search.stop"


@dataclass(frozen=True)
class KeptProduct:
    """A line of a list; `card` is None when the product is no longer offered, `was` the other price that it had when it was saved."""

    item: SavedItem
    card: Card | None
    was: str = ""


def list_saved_lists(*, user: Any) -> QuerySet[SavedList]:
    """A person's lists with the number of products."""
    return SavedList.objects.visible_to(user).annotate(number=Count("items"))


def get_saved_list(*, user: Any, pk: int) -> SavedList:
    """One of the person's own; raises NotFound."""
    found = SavedList.objects.visible_to(user).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def get_shared_list(*, token: str) -> SavedList:
    """The list behind a link while it is shared; raises NotFound."""
    found = SavedList.objects.filter(share_token=token).first() if token else None
    if found is None:
        raise NotFound
    return found


def list_kept_products(*, saved_list: SavedList, user: Any, language: str) -> list[KeptProduct]:
    """The products with prices as this reader sees them today, in a fixed number of queries."""
    items = list(saved_list.items.all())
    cards = {
        card.id: card for card in list_cards(ids=[item.listing_id for item in items], user=user, language=language)
    }
    lowest = _list_lowest([item.listing_id for item in items], user)
    return [
        KeptProduct(item, cards.get(item.listing_id), _describe_old(item, lowest.get(item.listing_id), language))
        for item in items
    ]


def list_saved_searches(*, user: Any) -> QuerySet[SavedSearch]:
    """A person's running searches."""
    return SavedSearch.objects.visible_to(user).filter(stopped_at=None)


def get_saved_search(*, user: Any, pk: int) -> SavedSearch:
    """One of the person's own; raises NotFound."""
    found = SavedSearch.objects.visible_to(user).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def build_search_url(*, saved: SavedSearch) -> str:
    """The page of the search."""
    path = reverse("catalogue:category", args=[saved.scope]) if saved.scope else reverse("catalogue:search")
    return f"{path}?{saved.params}" if saved.params else path


def build_confirm_url(*, saved: SavedSearch) -> str:
    """The mailed address that asks to confirm; signed, not stored."""
    return settings.SITE_URL + reverse("saved:confirm", args=[signing.dumps(saved.pk, salt=CONFIRM_SALT)])


def build_stop_url(*, saved: SavedSearch) -> str:
    """The mailed address that stops the search by one click."""
    return settings.SITE_URL + reverse("saved:stop", args=[signing.dumps(saved.pk, salt=STOP_SALT)])


def read_token(*, token: str, salt: str) -> SavedSearch:
    """The search that a signed link speaks of; raises NotFound for a forged one, and for one that is gone."""
    try:
        pk = int(signing.loads(token, salt=salt))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    found = SavedSearch.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _list_lowest(ids: Sequence[int], user: Any) -> dict[int, Money]:
    """Today's lowest unit price of each live listing whose price the reader may see."""
    reader, found = get_reader(user=user), {}
    rows = Listing.objects.live().filter(pk__in=ids).select_related("live_revision")
    for listing in rows.prefetch_related("live_revision__price_breaks", "live_revision__variants__prices"):
        revision = listing.live_revision
        if revision and may_see_price(
            visibility=listing.price_visibility_of(revision), company_id=listing.company_id, reader=reader
        ):
            amounts = revision.list_amounts()
            if amounts:
                found[listing.pk] = Money(min(amounts), revision.currency)
    return found


def _describe_old(item: SavedItem, today: Money | None, language: str) -> str:
    if item.price is None or today is None:
        return ""
    then = Money(item.price, item.currency)
    return (
        "" if (then.amount, then.currency) == (today.amount, today.currency) else format_money(then, language=language)
    )
