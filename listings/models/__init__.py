"""Listings, their revisions, what certificates cover, answers to what markets ask, what the index has still to learn, what buyers keep, visits by week, calls about prices."""

from listings.models.answer import RequirementAnswer
from listings.models.coverage import CertificateCoverage, CoverageQuerySet
from listings.models.depth import AttributeValue, ListingDocument, ListingText, Variant, VariantPrice
from listings.models.lint import LintRules
from listings.models.listing import Listing, ListingQuerySet
from listings.models.presence import EditorPresence
from listings.models.prices import PriceCall, PriceCallQuerySet
from listings.models.revision import ListingPicture, ListingRevision, PackageType, PriceBreak
from listings.models.saved import SavedItem, SavedList, SavedSearch, SavedSearchHit
from listings.models.search import SearchChange
from listings.models.traffic import TrafficBatch, WeeklyCount, WeeklyCountQuerySet, WeeklyWords, WeeklyWordsQuerySet
from listings.models.words import SearchSynonym, ZeroSearch

__all__ = [
    "AttributeValue",
    "CertificateCoverage",
    "CoverageQuerySet",
    "EditorPresence",
    "LintRules",
    "Listing",
    "ListingDocument",
    "ListingPicture",
    "ListingQuerySet",
    "ListingRevision",
    "ListingText",
    "PackageType",
    "PriceBreak",
    "PriceCall",
    "PriceCallQuerySet",
    "RequirementAnswer",
    "SavedItem",
    "SavedList",
    "SavedSearch",
    "SavedSearchHit",
    "SearchChange",
    "SearchSynonym",
    "TrafficBatch",
    "Variant",
    "VariantPrice",
    "WeeklyCount",
    "WeeklyCountQuerySet",
    "WeeklyWords",
    "WeeklyWordsQuerySet",
    "ZeroSearch",
]
