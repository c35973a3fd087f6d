"""Officers set the HS code of a product where its exporter had it wrong; it stays until an officer lets it go."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.audit import record
from core.errors import NotAllowed
from listings.choices import OPEN_STATES
from listings.exceptions import HsCodeUnknown, ListingNotFound, ReasonNotGiven
from listings.models import Listing
from reference.selectors import HS_EDITION, is_known_hs_code


@transaction.atomic
def lock_hs_code(*, officer: User, listing_id: int, code: str, reason: str) -> Listing:
    """Set the code, in the open revision too; buyers see it once a revision is approved.

    Raises NotAllowed, ListingNotFound, ReasonNotGiven, HsCodeUnknown.
    """
    if not is_known_hs_code(code=code):
        raise HsCodeUnknown
    return _write(officer, listing_id, code, reason)


@transaction.atomic
def release_hs_code(*, officer: User, listing_id: int, reason: str) -> Listing:
    """The exporter may change the code again. Raises NotAllowed, ListingNotFound, ReasonNotGiven."""
    return _write(officer, listing_id, "", reason)


def _write(officer: User, listing_id: int, code: str, reason: str) -> Listing:
    if not officer.is_officer:
        raise NotAllowed
    if not reason.strip():
        raise ReasonNotGiven
    listing = Listing.objects.select_for_update().filter(pk=listing_id).first()
    if listing is None:
        raise ListingNotFound
    listing.hs_lock = code
    listing.hs_locked_by, listing.hs_locked_at = (officer, timezone.now()) if code else (None, None)
    listing.save(update_fields=["hs_lock", "hs_locked_by", "hs_locked_at"])
    for revision in listing.revisions.filter(state__in=OPEN_STATES) if code else ():
        revision.hs_code, revision.hs_edition, revision.hs_ask_agency = code, HS_EDITION, False
        revision.edit_count += 1  # an editor that is open elsewhere is told
        revision.save(update_fields=["hs_code", "hs_edition", "hs_ask_agency", "edit_count", "updated_at"])
    record(
        f"listings.hs_code_{'locked' if code else 'released'}", subject=listing, actor=officer, fields=["hs_lock"],
        values={"reason": reason.strip()},
    )  # fmt: skip
    return listing
