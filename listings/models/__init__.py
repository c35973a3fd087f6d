"""Listings, their revisions, and what the search index has still to learn."""

from listings.models.listing import Listing, ListingQuerySet
from listings.models.revision import ListingPicture, ListingRevision, PackageType, PriceBreak
from listings.models.search import SearchChange

__all__ = [
    "Listing",
    "ListingPicture",
    "ListingQuerySet",
    "ListingRevision",
    "PackageType",
    "PriceBreak",
    "SearchChange",
]
