"""The open revision: made as a copy of what stands, found and locked by whoever changes it."""

from typing import Any

from django.db.models import Max

from core.audit import record
from core.errors import NotAllowed, StaleEdit
from listings.choices import OPEN_STATES, RevisionState
from listings.exceptions import ListingNotFound
from listings.models import Listing, ListingPicture, ListingRevision, PackageType, PriceBreak
from listings.rules.states import make_version, require_editable
from listings.selectors.drafts import find_shown_revision
from reference.selectors import HS_EDITION
from storefronts.choices import CompanyState
from storefronts.exceptions import CompanyIsSuspended
from storefronts.models import Member

COPIED = (
    "title", "summary", "description", "language", "category_id", "unit", "currency", "price_visibility", "minimum_order",
    "incoterm", "incoterm_place", "hs_code", "hs_edition", "hs_ask_agency", "article_number", "gtin", "origin_country", "origin_region", "lead_time_days",
    "sample_offered", "sample_price", "sample_days", "sample_size",
)  # fmt: skip
"""What a new revision takes over from the one it is based on; prices, packing and pictures are copied row by row."""


def lock_listing(*, member: Member, listing_id: int) -> Listing:
    """The company's listing, locked until the transaction ends, for a member who may write.

    Raises NotAllowed for a viewer, ListingNotFound for another company's listing.
    """
    if not member.can_edit:
        raise NotAllowed
    if member.company.state == CompanyState.SUSPENDED:
        raise CompanyIsSuspended
    listing = Listing.objects.select_for_update().filter(pk=listing_id, company=member.company).first()
    if listing is None:
        raise ListingNotFound
    return listing


def require_version(*, listing: Listing, version: str) -> ListingRevision | None:
    """The revision that the editor shows, if it may be changed and is still what the page was based on; else StaleEdit."""
    shown = find_shown_revision(listing=listing)
    require_editable(listing_state=listing.state, revision_state=shown.state if shown else "")
    if version != make_version(shown.pk if shown else None, shown.edit_count if shown else 0):
        raise StaleEdit
    return shown


def open_revision(*, listing: Listing, member: Member) -> ListingRevision:
    """The one open revision of a locked listing; made as a copy of what the editor shows when there is none.

    Raises RevisionInReview or ListingArchived where nothing may be changed now.
    """
    shown = find_shown_revision(listing=listing)
    require_editable(listing_state=listing.state, revision_state=shown.state if shown else "")
    if shown and shown.state in OPEN_STATES:
        shown.save(update_fields=["updated_at"])  # a changed picture counts as a change too
        return shown
    values: dict[str, Any] = {name: getattr(shown, name) for name in COPIED} if shown else {}
    if listing.hs_lock:
        values |= {"hs_code": listing.hs_lock, "hs_edition": HS_EDITION, "hs_ask_agency": False}
    last = listing.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = ListingRevision.objects.create(
        listing=listing, number=last + 1, state=RevisionState.DRAFT, updated_by=member.user, **values
    )
    if shown:
        _copy_rows(shown, revision)
    record("listings.revision_opened", subject=revision, actor=member.user, fields=["state"])
    return revision


def _copy_rows(source: ListingRevision, target: ListingRevision) -> None:
    PriceBreak.objects.bulk_create(
        PriceBreak(revision=target, minimum_quantity=row.minimum_quantity, unit_price=row.unit_price)
        for row in source.price_breaks.all()
    )
    PackageType.objects.bulk_create(
        PackageType(
            revision=target,
            position=row.position,
            kind=row.kind,
            contents=row.contents,
            net_weight_g=row.net_weight_g,
            gross_weight_g=row.gross_weight_g,
            length_mm=row.length_mm,
            width_mm=row.width_mm,
            height_mm=row.height_mm,
            diameter_mm=row.diameter_mm,
        )
        for row in source.package_types.all()
    )
    ListingPicture.objects.bulk_create(
        ListingPicture(revision=target, upload_id=row.upload_id, position=row.position, alt=row.alt)
        for row in source.pictures.all()
    )
