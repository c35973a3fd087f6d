"""The open revision: made as a copy of what stands, found and locked by whoever changes it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from core.audit import record
from core.errors import NotAllowed, StaleEdit
from listings.choices import OPEN_STATES, RevisionState
from listings.exceptions import ListingNotFound
from listings.models import Listing, ListingRevision, VariantPrice
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
    "private_label_offered", "private_label_minimum", "customisation_offered", "customisation_note", "shelf_life", "shelf_life_unit",
    "harvest_months", "stock", "stock_on", "yearly_capacity", "is_dangerous", "un_number",
)  # fmt: skip
"""What a new revision takes over from the one it is based on."""
COPIED_ROWS = ("price_breaks", "package_types", "pictures", "texts", "attribute_values", "documents", "variants")
"""And what is copied row by row."""


@dataclass(frozen=True)
class Opened:
    """The open revision, and what a page that carries `version` is based on from now on."""

    revision: ListingRevision
    version: str


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


def open_for_page(*, listing: Listing, member: Member, version: str) -> Opened:
    """`open_revision` for a page that writes around a save, such as a picture; `version` is what it was based on.

    A page that was current stays so, also where a revision opens. One that somebody was faster than keeps its old version, so that
    its next save is refused as stale. Raises what `open_revision` raises.
    """
    shown = find_shown_revision(listing=listing)
    was_current = shown is not None and version == make_version(shown.pk, shown.edit_count)
    revision = open_revision(listing=listing, member=member)
    return Opened(revision, make_version(revision.pk, revision.edit_count) if was_current else version)


def _copy_rows(source: ListingRevision, target: ListingRevision) -> None:
    for name in COPIED_ROWS:
        rows = list(getattr(source, name).all())
        copies = [_copy(row, revision=target) for row in rows]
        getattr(target, name).bulk_create(copies)
        if name == "variants":
            prices = [
                _copy(price, variant=made) for row, made in zip(rows, copies, strict=True) for price in row.prices.all()
            ]
            VariantPrice.objects.bulk_create(prices)


def _copy(row: Any, **owner: Any) -> Any:
    """A new row with the same values, of another owner."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    made = type(row)(**values)
    for name, value in owner.items():
        setattr(made, name, value)
    return made
