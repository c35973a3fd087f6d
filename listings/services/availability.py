"""Whether buyers find a listing: paused, resumed, archived, restored by its company; suspended and reinstated by an officer."""

from django.db import transaction

from accounts.models import User
from core.audit import record
from core.errors import NotAllowed
from listings.choices import ListingState, RevisionState
from listings.exceptions import ListingNotFound, ReasonNotGiven
from listings.models import Listing, ListingPicture
from listings.rules.states import follow_act
from listings.selectors.drafts import CASE_KIND
from listings.services.changes import note_change
from listings.services.revisions import lock_listing
from moderation.services import withdraw_case
from storefronts.models import Company, Member
from uploads.services import publish_uploads, withdraw_uploads

SHOWN_STATES = frozenset({ListingState.LIVE, ListingState.PAUSED})


@transaction.atomic
def pause_listing(*, member: Member, listing_id: int) -> Listing:
    """Take a live listing out of the catalogue for a while. Raises WrongListingState when it is not live."""
    return _follow(lock_listing(member=member, listing_id=listing_id), "pause", member.user)


@transaction.atomic
def resume_listing(*, member: Member, listing_id: int) -> Listing:
    """Show a paused listing again, as it was approved."""
    return _follow(lock_listing(member=member, listing_id=listing_id), "resume", member.user)


@transaction.atomic
def archive_listing(*, member: Member, listing_id: int) -> Listing:
    """Put a listing away; a revision that waits for an officer is taken back to draft. Nothing is deleted."""
    listing = lock_listing(member=member, listing_id=listing_id)
    archived = _follow(listing, "archive", member.user)
    if listing.revisions.filter(state=RevisionState.IN_REVIEW).update(state=RevisionState.DRAFT):
        withdraw_case(kind=CASE_KIND, subject_id=listing.pk)
    return archived


@transaction.atomic
def restore_listing(*, member: Member, listing_id: int) -> Listing:
    """Take a listing out of the archive: paused if it was ever approved, else a draft."""
    return _follow(lock_listing(member=member, listing_id=listing_id), "restore", member.user)


@transaction.atomic
def suspend_listing(*, officer: User, listing_id: int, reason: str) -> Listing:
    """Take a listing off the market; officers may. `reason` is audited. Raises NotAllowed, ReasonNotGiven, WrongListingState."""
    return _follow_officer(officer, listing_id, "suspend", reason)


@transaction.atomic
def reinstate_listing(*, officer: User, listing_id: int, reason: str) -> Listing:
    """End a suspension: the listing is paused, and its company shows it again."""
    return _follow_officer(officer, listing_id, "reinstate", reason)


@transaction.atomic
def take_listing_out(*, officer: User, subject_id: int, reason: str) -> str:
    """Suspend a listing because of a report; the state that it had. The statement of reasons tells its company."""
    before = Listing.objects.filter(pk=subject_id).values_list("state", flat=True).first() or ""
    suspend_listing(officer=officer, listing_id=subject_id, reason=reason)
    return before


@transaction.atomic
def put_listing_back(*, officer: User, subject_id: int, reason: str, state: str) -> None:
    """End a suspension: paused, as the room reinstates; live again only where an officer takes back what was just decided."""
    listing = reinstate_listing(officer=officer, listing_id=subject_id, reason=reason)
    if state == ListingState.LIVE:
        _follow(listing, "resume", officer)


def follow_company(*, company_id: int) -> None:
    """Pictures of a company's products are public only while its storefront is. Fills storefronts' change hook."""
    shown = ListingPicture.objects.filter(
        revision__live_for__company=company_id, revision__live_for__state__in=SHOWN_STATES
    )
    is_public = Company.objects.public().filter(pk=company_id).exists()
    (publish_uploads if is_public else withdraw_uploads)(upload_ids=list(shown.values_list("upload_id", flat=True)))


def _follow_officer(officer: User, listing_id: int, act: str, reason: str) -> Listing:
    if not officer.is_officer:
        raise NotAllowed
    if not reason.strip():
        raise ReasonNotGiven
    listing = Listing.objects.select_for_update().filter(pk=listing_id).first()
    if listing is None:
        raise ListingNotFound
    return _follow(listing, act, officer, reason=reason.strip())


def _follow(listing: Listing, act: str, actor: User, *, reason: str = "") -> Listing:
    listing.state = follow_act(act, state=listing.state, has_live_revision=listing.live_revision_id is not None)
    listing.save(update_fields=["state"])
    if listing.live_revision:
        uploads = list(listing.live_revision.pictures.values_list("upload_id", flat=True))
        is_shown = listing.state in SHOWN_STATES and listing.company.is_public
        (publish_uploads if is_shown else withdraw_uploads)(upload_ids=uploads)
    record(
        f"listings.{act}", subject=listing, actor=actor, fields=["state"], values={"reason": reason} if reason else None
    )
    note_change(listing_id=listing.pk)
    return listing
