"""Buyers keep products in lists, note what they think, and share a list by a link."""

import secrets
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from core.errors import NotFound
from listings.exceptions import ListingNotFound, ListNameTaken, TooManyLists
from listings.models import Listing, SavedItem, SavedList
from listings.rules.visibility import may_see_price
from listings.selectors.cards import get_reader

MOST_LISTS, MOST_ITEMS = 50, 500


@transaction.atomic
def create_list(*, owner: User, name: str) -> SavedList:
    """An empty list; one of the same name is answered as it is. Raises TooManyLists."""
    found = SavedList.objects.filter(owner=owner, name__iexact=name).first()
    if found is not None:
        return found
    if SavedList.objects.filter(owner=owner).count() >= MOST_LISTS:
        raise TooManyLists
    try:
        with transaction.atomic():
            return SavedList.objects.create(owner=owner, name=name)
    except IntegrityError:  # a double click was quicker
        return SavedList.objects.get(owner=owner, name__iexact=name)


@transaction.atomic
def save_product(*, owner: User, saved_list: SavedList, listing_id: int) -> SavedItem:
    """Put a live listing into a person's own list, with the price that they see today; a second time changes nothing.

    Raises ListingNotFound, TooManyLists.
    """
    listing = Listing.objects.live().select_related("live_revision").filter(pk=listing_id).first()
    if listing is None or listing.live_revision is None:
        raise ListingNotFound
    if not saved_list.items.filter(listing=listing).exists() and saved_list.items.count() >= MOST_ITEMS:
        raise TooManyLists
    price, currency = find_price(listing=listing, user=owner)
    kept = {"title": listing.live_revision.title, "price": price, "currency": currency}
    return SavedItem.objects.get_or_create(saved_list=saved_list, listing=listing, defaults=kept)[0]


def find_price(*, listing: Listing, user: Any) -> tuple[Decimal | None, str]:
    """The lowest unit price that the person may see, with its currency; None and "" where it is hidden."""
    revision = listing.live_revision
    if revision is None:
        return None, ""
    reader = get_reader(user=user)
    if not may_see_price(
        visibility=listing.price_visibility_of(revision), company_id=listing.company_id, reader=reader
    ):
        return None, ""
    lowest = min(revision.list_amounts(), default=None)
    return lowest, revision.currency if lowest is not None else ""


def remove_product(*, saved_list: SavedList, item_id: int) -> None:
    """Take a product out; one that is gone already is no error."""
    saved_list.items.filter(pk=item_id).delete()


def write_note(*, saved_list: SavedList, item_id: int, note: str) -> None:
    """What the person thinks of it. Raises NotFound for an item of another list."""
    if not saved_list.items.filter(pk=item_id).update(note=note):
        raise NotFound


def rename_list(*, saved_list: SavedList, name: str) -> None:
    """Raises ListNameTaken."""
    try:
        with transaction.atomic():
            saved_list.name = name
            saved_list.save(update_fields=["name"])
    except IntegrityError as error:
        raise ListNameTaken from error


def share_list(*, saved_list: SavedList, shows_notes: bool) -> None:
    """Give the list a link that nobody guesses, or say anew whether notes are shown; the link stays as it is."""
    saved_list.share_token = saved_list.share_token or secrets.token_urlsafe(18)
    saved_list.shows_notes = shows_notes
    saved_list.save(update_fields=["share_token", "shows_notes"])


def stop_sharing(*, saved_list: SavedList) -> None:
    """The link leads nowhere from now on; sharing again gives another."""
    saved_list.share_token = None
    saved_list.save(update_fields=["share_token"])


def delete_list(*, saved_list: SavedList) -> None:
    """With everything in it."""
    saved_list.delete()
