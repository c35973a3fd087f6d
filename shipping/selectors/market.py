"""Which products freight is told of."""

from typing import Any

from core.errors import NotFound
from listings.choices import ListingState
from listings.models import Listing, ListingRevision
from listings.selectors.products import get_bare_listing


def is_on_the_market(*, listing: Listing) -> bool:
    """Buyers see the product."""
    return listing.company.is_public and listing.state == ListingState.LIVE


def get_offered(*, pk: int, user: Any) -> tuple[Listing, ListingRevision]:
    """A product that buyers see, with what it says. Raises NotFound, and ListingWithdrawn for what once was public."""
    listing = get_bare_listing(pk=pk, user=user)
    revision = listing.live_revision
    if revision is None or not is_on_the_market(listing=listing):
        raise NotFound
    return listing, revision
