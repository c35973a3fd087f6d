"""Send a revision to the agency, or take it back."""

from django.db import transaction
from django.utils import timezone

from core.audit import record
from listings.choices import OPEN_STATES, ListingState, RevisionState
from listings.exceptions import (
    DocumentsNotReady,
    ListingArchived,
    ListingBlocked,
    ListingIncomplete,
    NothingToSubmit,
    RevisionNotInReview,
)
from listings.models import ListingRevision
from listings.selectors.changes import judge_revision
from listings.selectors.drafts import CASE_KIND, find_shown_revision, list_missing
from listings.selectors.lint import list_blocking
from listings.services.publication import publish_at_once
from listings.services.revisions import lock_listing
from moderation.services import open_case, withdraw_case
from storefronts.models import Member
from storefronts.services.agency import require_firm
from uploads.choices import UploadState


@transaction.atomic
def submit_revision(*, member: Member, listing_id: int) -> ListingRevision:
    """Send the open revision: what the rule of changes lets through is published at once, the rest waits for an officer.

    Owners and editors may. Twice is once: what waits already is answered as it is.

    A company that is not verified yet may submit too: buyers see a listing only when both are approved.
    Raises NothingToSubmit, ListingIncomplete (with what is missing), ListingBlocked (with the rules), ListingArchived, NotAllowed, ListingNotFound,
    FirmNotConfirmed, DocumentsNotReady.
    """
    require_firm(member=member)
    listing = lock_listing(member=member, listing_id=listing_id)
    if listing.state == ListingState.ARCHIVED:
        raise ListingArchived
    revision = find_shown_revision(listing=listing)
    if revision is None or revision.state not in OPEN_STATES:
        raise NothingToSubmit
    if revision.state == RevisionState.IN_REVIEW:
        return revision
    _require_whole(revision)
    verdict = judge_revision(revision=revision)
    revision.submitted_at = timezone.now()
    revision.submitted_by = member.user
    if not verdict.waits:
        revision.save(update_fields=["submitted_at", "submitted_by"])
        publish_at_once(listing=listing, revision=revision, member=member, verdict=verdict)
        return revision
    revision.state = RevisionState.IN_REVIEW
    revision.save(update_fields=["state", "submitted_at", "submitted_by"])
    open_case(
        kind=CASE_KIND,
        subject_id=listing.pk,
        title=revision.title,
        company_name=member.company.legal_name,
        changed_after_approval=listing.live_revision_id is not None,
    )
    record("listings.submitted", subject=revision, actor=member.user, fields=["state"])
    return revision


def _require_whole(revision: ListingRevision) -> None:
    if missing := list_missing(revision=revision):
        raise ListingIncomplete(missing=missing)
    if keys := list_blocking(revision=revision):
        raise ListingBlocked(keys=keys)
    if revision.documents.exclude(upload__state=UploadState.READY).exists():
        raise DocumentsNotReady


@transaction.atomic
def withdraw_revision(*, member: Member, listing_id: int) -> ListingRevision:
    """Take a revision back from the agency to change it; it is a draft again. Raises RevisionNotInReview when none waits."""
    listing = lock_listing(member=member, listing_id=listing_id)
    revision = find_shown_revision(listing=listing)
    if revision is None or revision.state != RevisionState.IN_REVIEW:
        raise RevisionNotInReview
    revision.state = RevisionState.DRAFT
    revision.save(update_fields=["state"])
    withdraw_case(kind=CASE_KIND, subject_id=listing.pk)
    record("listings.withdrawn", subject=revision, actor=member.user, fields=["state"])
    return revision
