"""Which products and revisions the audit of a company is about, and what they are called."""

from collections.abc import Sequence

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from listings.models import Listing, ListingRevision


def list_product_ids(*, company_id: int) -> QuerySet[Listing, str]:
    """The keys of the company's products, as text."""
    return Listing.objects.filter(company=company_id).order_by().values_list(Cast("pk", CharField()), flat=True)


def name_products(*, subject_ids: Sequence[str]) -> dict[str, str]:
    """Key to the name that buyers read, or to the newest one that was written."""
    newest = ListingRevision.objects.filter(listing=OuterRef("pk")).order_by("-number").values("title")[:1]
    title = Coalesce(F("live_revision__title"), Subquery(newest))
    rows = Listing.objects.filter(pk__in=subject_ids).order_by().values_list("pk", title)
    return {str(pk): name or "" for pk, name in rows}


def list_revision_ids(*, company_id: int) -> QuerySet[ListingRevision, str]:
    """The keys of all revisions of the company's products, as text."""
    rows = ListingRevision.objects.filter(listing__company=company_id).order_by()
    return rows.values_list(Cast("pk", CharField()), flat=True)


def name_revisions(*, subject_ids: Sequence[str]) -> dict[str, str]:
    """Key to the name that the product had in that revision."""
    rows = ListingRevision.objects.filter(pk__in=subject_ids).order_by().values_list("pk", "title")
    return {str(pk): title for pk, title in rows}
