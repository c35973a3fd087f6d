"""Which products freight is told of."""

from listings.choices import ListingState
from listings.models import Listing


def is_on_the_market(*, listing: Listing) -> bool:
    """Buyers see the product."""
    return listing.company.is_public and listing.state == ListingState.LIVE
