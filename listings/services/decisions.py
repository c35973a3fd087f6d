"""What an officer decides about a revision, and taking it back within ten minutes."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.audit import record
from listings.choices import ListingState, RevisionState
from listings.exceptions import NoPictureReady, RevisionMovedOn, RevisionNotInReview
from listings.models import Listing, ListingRevision
from listings.rules.states import state_after_approval
from listings.selectors.fairness import find_decided_revision
from listings.services.changes import note_change
from listings.services.coverage import follow_listing
from moderation.choices import Outcome
from moderation.models import Case, Decision
from moderation.rules import Ruling
from moderation.services import record_decision, record_undo
from storefronts.models import Company
from storefronts.selectors.fairness import list_company_recipients
from uploads.choices import UploadState
from uploads.services import publish_uploads, withdraw_uploads

REFUSALS = {Outcome.CHANGES: RevisionState.CHANGES_ASKED, Outcome.REJECT: RevisionState.REJECTED}


@transaction.atomic
def decide_revision(*, case: Case, officer: User, ruling: Ruling) -> Decision:
    """Approve a revision, ask for changes, or reject it. Only approval changes what buyers see.

    Raises what `record_decision` raises, RevisionNotInReview, and NoPictureReady for an approval without a picture to show.
    """
    listing = Listing.objects.select_for_update().get(pk=case.subject_id)
    listing.company = Company.objects.select_for_update(no_key=True).get(
        pk=listing.company_id
    )  # it may be suspended right now
    revision = listing.revisions.filter(state=RevisionState.IN_REVIEW).first()
    decision = record_decision(
        case=case,
        officer=officer,
        ruling=ruling,
        recipients=list_company_recipients(company=listing.company),
        subject_title=revision.title if revision else str(listing),
        url=_editor_url(listing),
    )
    if revision is None:
        raise RevisionNotInReview
    if ruling.outcome == Outcome.APPROVE:
        if not revision.pictures.filter(upload__state=UploadState.READY).exists():
            raise NoPictureReady
        _make_live(listing, revision)
    else:
        revision.state = REFUSALS[Outcome(ruling.outcome)]
    revision.note = decision.note
    revision.decided_at = timezone.now()
    revision.save(update_fields=["state", "note", "decided_at"])
    record(f"listings.{revision.state}", subject=revision, actor=officer, fields=["state"])
    return decision


@transaction.atomic
def undo_revision_decision(*, decision: Decision, officer: User) -> None:
    """Put the revision back into review and, after an approval, the revision before it back on the market.

    Raises what `record_undo` raises, and RevisionMovedOn when the exporter has gone on writing since.
    """
    listing = Listing.objects.select_for_update().get(pk=decision.case.subject_id)
    record_undo(decision=decision, officer=officer)
    revision = find_decided_revision(listing=listing, decision=decision)
    if revision is None:
        raise RevisionMovedOn
    if decision.outcome == Outcome.APPROVE:
        _take_back(listing, revision)
    revision.state = RevisionState.IN_REVIEW
    revision.note = ""
    revision.decided_at = None
    revision.save(update_fields=["state", "note", "decided_at"])
    record("listings.decision_undone", subject=revision, actor=officer, fields=["state"])


def _make_live(listing: Listing, revision: ListingRevision) -> None:
    before = listing.live_revision
    revision.state = RevisionState.APPROVED
    listing.live_revision = revision
    listing.state = ListingState(state_after_approval(listing.state))
    listing.first_live_at = listing.first_live_at or timezone.now()
    if before:
        before.state = RevisionState.SUPERSEDED
        before.save(update_fields=["state"])
    listing.save(update_fields=["live_revision", "state", "first_live_at"])
    _change_pictures(listing, shown=revision, hidden=before)
    follow_listing(listing=listing)
    note_change(listing_id=listing.pk)


def _take_back(listing: Listing, revision: ListingRevision) -> None:
    before = listing.revisions.filter(state=RevisionState.SUPERSEDED).order_by("-number").first()
    listing.live_revision = before
    if before:
        before.state = RevisionState.APPROVED
        before.save(update_fields=["state"])
    else:
        listing.first_live_at = None
        if listing.state in {ListingState.LIVE, ListingState.PAUSED}:
            listing.state = ListingState.DRAFT
    listing.save(update_fields=["live_revision", "state", "first_live_at"])
    _change_pictures(listing, shown=before, hidden=revision)
    follow_listing(listing=listing)
    note_change(listing_id=listing.pk)


def _change_pictures(listing: Listing, *, shown: ListingRevision | None, hidden: ListingRevision | None) -> None:
    """Files of the revision on the market are public; those that only the other one shows are not."""
    now = set(shown.pictures.values_list("upload_id", flat=True)) if shown else set()
    gone = set(hidden.pictures.values_list("upload_id", flat=True)) - now if hidden else set()
    if listing.state != ListingState.SUSPENDED and listing.company.is_public:
        publish_uploads(upload_ids=list(now))
    withdraw_uploads(upload_ids=list(gone))


def _editor_url(listing: Listing) -> str:
    return settings.SITE_URL + reverse("products:edit", args=[listing.company.slug, listing.pk, "review"])
