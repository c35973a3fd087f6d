"""What the editor and the officers read of a listing's revisions."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from listings.choices import OPEN_STATES, PriceVisibility, RevisionState
from listings.exceptions import ListingNotFound
from listings.models import Listing, ListingPicture, ListingRevision
from listings.rules.completeness import Fact, list_facts, missing_for_submission
from listings.rules.packing import PackageFacts
from listings.rules.prices import Break
from moderation.models import Decision
from storefronts.models import Member
from uploads.choices import UploadState

CASE_KIND = "listing"
MANY_PICTURES = 3


@dataclass(frozen=True)
class Draft:
    """A listing in the editor: the revision shown, the open one if there is one, and what the agency said."""

    listing: Listing
    revision: ListingRevision
    live: ListingRevision | None
    decision: Decision | None

    @property
    def is_in_review(self) -> bool:
        return self.revision.state == RevisionState.IN_REVIEW

    @property
    def is_open(self) -> bool:
        return self.revision.state in OPEN_STATES


def list_revisions_with_content(*, listing: Listing | None = None) -> QuerySet[ListingRevision]:
    """Revisions with everything that an editor, a card or a comparison reads: one query for each kind of row."""
    pictures = (
        ListingPicture.objects.select_related("upload")
        .prefetch_related("upload__renditions")
        .order_by("position", "id")
    )
    revisions = ListingRevision.objects.select_related("category__parent", "updated_by").prefetch_related(
        "price_breaks", "package_types", Prefetch("pictures", queryset=pictures), "variants__prices", "texts",
        "attribute_values__attribute", "documents__upload",
    )  # fmt: skip
    return revisions.filter(listing=listing) if listing else revisions


def find_shown_revision(*, listing: Listing) -> ListingRevision | None:
    """What the editor shows, the newest: the open revision, one that was just rejected (its words go on), else the live one."""
    revisions = list_revisions_with_content(listing=listing)
    return revisions.exclude(state=RevisionState.SUPERSEDED).order_by("-number").first()


def get_draft(*, member: Member, listing_id: int) -> Draft:
    """A listing of the member's company for the editor; raises ListingNotFound for everything else."""
    listing = (
        Listing.objects.select_related("company", "live_revision").filter(pk=listing_id, company=member.company).first()
    )
    shown = find_shown_revision(listing=listing) if listing else None
    if listing is None or shown is None:
        raise ListingNotFound
    decision = (
        find_last_decision(listing=listing)
        if shown.state in {RevisionState.CHANGES_ASKED, RevisionState.REJECTED}
        else None
    )
    return Draft(listing, shown, listing.live_revision, decision)


def find_last_decision(*, listing: Listing) -> Decision | None:
    """What the agency decided last about a listing, with its reasons; undone decisions do not count."""
    decisions = Decision.objects.filter(case__kind=CASE_KIND, case__subject_id=str(listing.pk), undone_at=None)
    return decisions.prefetch_related("reasons").order_by("-decided_at", "-id").first()


def list_breaks(*, revision: ListingRevision) -> tuple[Break, ...]:
    """The price breaks as plain values, smallest quantity first; reads prefetched rows."""
    return tuple(Break(row.minimum_quantity, row.unit_price) for row in revision.price_breaks.all())


def list_packages(*, revision: ListingRevision) -> tuple[PackageFacts, ...]:
    """The package types as plain values, in order; reads prefetched rows."""
    return tuple(
        PackageFacts(
            row.kind,
            row.contents,
            row.net_weight_g,
            row.gross_weight_g,
            row.length_mm,
            row.width_mm,
            row.height_mm,
            row.diameter_mm,
        )
        for row in revision.package_types.all()
    )


def list_given(*, revision: ListingRevision) -> frozenset[str]:
    """The keys of the facts that a revision gives; reads prefetched rows."""
    pictures = [picture for picture in revision.pictures.all() if picture.upload.state != UploadState.FAILED]
    facts = list_given_facts(
        revision=revision,
        has_picture=bool(pictures),
        has_price=bool(revision.list_amounts()),
        has_packing=bool(revision.package_types.all()),
    )
    more = {
        "pictures": len(pictures) >= MANY_PICTURES, "attributes": revision.attribute_values.all(), "documents": revision.documents.all(),
        "availability": revision.yearly_capacity or revision.stock is not None or revision.harvest_months, "texts": revision.texts.all(),
    }  # fmt: skip
    return facts | {key for key, value in more.items() if value}


def list_given_facts(
    *, revision: ListingRevision, has_picture: bool, has_price: bool, has_packing: bool
) -> frozenset[str]:
    """The same of a revision whose pictures, prices and packing the caller knows."""
    given: dict[str, Any] = {
        "title": revision.title,
        "description": revision.description,
        "category": revision.category_id,
        "unit": revision.unit,
        "picture": has_picture,
        "price": revision.price_visibility == PriceVisibility.ON_REQUEST or has_price,
        "minimum_order": revision.minimum_order,
        "delivery_terms": revision.incoterm and revision.incoterm_place,
        "origin": revision.origin_country,
        "hs_code": revision.hs_code,
        "lead_time": revision.lead_time_days is not None,
        "packing": has_packing,
    }
    return frozenset(key for key, value in given.items() if value)


def list_revision_facts(*, revision: ListingRevision) -> list[Fact]:
    """Every fact with whether the revision gives it."""
    return list_facts(list_given(revision=revision))


def list_missing(*, revision: ListingRevision) -> tuple[str, ...]:
    """What a submission still needs."""
    return missing_for_submission(list_given(revision=revision))
