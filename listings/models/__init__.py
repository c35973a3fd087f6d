"""Listings, their revisions, what certificates cover, answers to what markets ask, and what the search index has still to learn."""

from listings.models.answer import RequirementAnswer
from listings.models.coverage import CertificateCoverage, CoverageQuerySet
from listings.models.listing import Listing, ListingQuerySet
from listings.models.revision import ListingPicture, ListingRevision, PackageType, PriceBreak
from listings.models.search import SearchChange

__all__ = [
    "CertificateCoverage",
    "CoverageQuerySet",
    "Listing",
    "ListingPicture",
    "ListingQuerySet",
    "ListingRevision",
    "PackageType",
    "PriceBreak",
    "RequirementAnswer",
    "SearchChange",
]
