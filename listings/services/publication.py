"""A revision goes on the market, at once or by an officer, and comes off it again."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.audit import record
from listings.choices import ListingState, RevisionState
from listings.exceptions import RevisionMovedOn
from listings.models import Listing, ListingRevision
from listings.rules.changes import SAMPLE_ONE_IN
from listings.rules.states import state_after_approval
from listings.selectors.changes import Verdict
from listings.selectors.fairness import get_editor_url
from listings.selectors.price_dates import read_price_terms
from listings.services.changes import note_change
from listings.services.coverage import follow_listing
from moderation.choices import Outcome
from moderation.models import Case, Decision
from moderation.rules import Ruling
from moderation.services import open_case, record_decision, record_undo
from storefronts.models import Company, Member
from storefronts.selectors.fairness import list_company_recipients
from uploads.services import publish_uploads, withdraw_uploads

SAMPLE_KIND = "listing_after"
PRICE_DAYS = {
    "prices_confirmed_on": "prices_confirmed_before", "prices_asked_on": "prices_asked_before", "prices_hidden_on": "prices_hidden_before",
}  # fmt: skip
"""Days of a listing's prices, and where the revision with other prices keeps them as they were before it."""
WRITTEN = ("live_revision", "state", "first_live_at", *PRICE_DAYS)


def publish_at_once(*, listing: Listing, revision: ListingRevision, member: Member, verdict: Verdict) -> None:
    """What the rule does not make wait; by chance one in five is put before an officer afterwards. Within the submission's transaction."""
    listing.company = Company.objects.select_for_update(no_key=True).get(pk=listing.company_id)
    make_live(listing=listing, revision=revision)
    revision.decided_at, revision.note, revision.seen_by_officer = timezone.now(), "", False
    revision.save(update_fields=["state", "decided_at", "note", "seen_by_officer"])
    kinds = sorted(change.kind for change in verdict.changes)
    record("listings.published_at_once", subject=revision, actor=member.user, fields=kinds)
    if secrets.randbelow(SAMPLE_ONE_IN) == 0:
        open_case(
            kind=SAMPLE_KIND, subject_id=listing.pk, title=revision.title, company_name=listing.company.legal_name,
            changed_after_approval=True,
        )  # fmt: skip


@transaction.atomic
def decide_published(*, case: Case, officer: User, ruling: Ruling) -> Decision:
    """An officer has looked at what was published at once: it stays, or the version before it comes back. Raises what `record_decision` raises, RevisionMovedOn."""
    listing = Listing.objects.select_for_update().get(pk=case.subject_id)
    listing.company = Company.objects.select_for_update(no_key=True).get(pk=listing.company_id)
    revision, stays = listing.live_revision, ruling.outcome == Outcome.APPROVE
    decision = record_decision(
        case=case, officer=officer, ruling=ruling, subject_title=str(listing), url=get_editor_url(listing=listing),
        recipients=() if stays else list_company_recipients(company=listing.company),
    )  # fmt: skip
    if stays:
        if revision is not None:
            listing.revisions.filter(pk=revision.pk).update(seen_by_officer=True)
        return decision
    has_before = listing.revisions.filter(state=RevisionState.SUPERSEDED).exists()
    if revision is None or not has_before or listing.revisions.filter(number__gt=revision.number).exists():
        raise RevisionMovedOn
    take_back(listing=listing, revision=revision)
    revision.state, revision.note, revision.decided_at = RevisionState.CHANGES_ASKED, decision.note, timezone.now()
    revision.save(update_fields=["state", "note", "decided_at"])
    record("listings.taken_back", subject=revision, actor=officer, fields=["state"])
    return decision


@transaction.atomic
def undo_published_decision(*, decision: Decision, officer: User) -> None:
    """As it was before the officer decided. Raises what `record_undo` raises, RevisionMovedOn when the exporter has gone on writing."""
    listing = Listing.objects.select_for_update().get(pk=decision.case.subject_id)
    record_undo(decision=decision, officer=officer)
    if decision.outcome == Outcome.APPROVE:
        return
    revision = (
        listing.revisions.filter(state=RevisionState.CHANGES_ASKED, decided_at__lte=decision.undo_until)
        .order_by("-number")
        .first()
    )
    if revision is None or revision.updated_at > decision.decided_at:
        raise RevisionMovedOn
    make_live(listing=listing, revision=revision)
    revision.note = ""
    revision.save(update_fields=["state", "note"])
    record("listings.decision_undone", subject=revision, actor=officer, fields=["state"])


def make_live(*, listing: Listing, revision: ListingRevision) -> None:
    """Put a revision of a locked listing on the market; the caller saves the revision."""
    before = listing.live_revision
    revision.state = RevisionState.APPROVED
    listing.live_revision = revision
    listing.state = ListingState(state_after_approval(listing.state))
    listing.first_live_at = listing.first_live_at or timezone.now()
    if before:
        before.state = RevisionState.SUPERSEDED
        before.save(update_fields=["state"])
    if before is None or read_price_terms(revision=before) != read_price_terms(revision=revision):
        _date_anew(listing, revision)
    listing.save(update_fields=WRITTEN)
    _change_pictures(listing, shown=revision, hidden=before)
    follow_listing(listing=listing)
    note_change(listing_id=listing.pk)


def take_back(*, listing: Listing, revision: ListingRevision) -> None:
    """Put the revision before it back on the market; the caller gives the revision its new state."""
    before = listing.revisions.filter(state=RevisionState.SUPERSEDED).order_by("-number").first()
    listing.live_revision = before
    if before:
        before.state = RevisionState.APPROVED
        before.save(update_fields=["state"])
    else:
        listing.first_live_at = None
        if listing.state in {ListingState.LIVE, ListingState.PAUSED}:
            listing.state = ListingState.DRAFT
    if before is None or read_price_terms(revision=before) != read_price_terms(revision=revision):
        _date_back(listing, revision, before)
    listing.save(update_fields=WRITTEN)
    _change_pictures(listing, shown=before, hidden=revision)
    follow_listing(listing=listing)
    note_change(listing_id=listing.pk)


def _date_anew(listing: Listing, revision: ListingRevision) -> None:
    """Other prices are of today; the revision keeps the days of those before, for the case that it is taken back."""
    for day, kept in PRICE_DAYS.items():
        setattr(revision, kept, getattr(listing, day))
    revision.save(update_fields=PRICE_DAYS.values())
    listing.prices_confirmed_on, listing.prices_hidden_on = timezone.localdate(), None


def _date_back(listing: Listing, revision: ListingRevision, before: ListingRevision | None) -> None:
    """The prices before have the days that they had. Where those were not kept they are as old as their version, and are asked about anew."""
    for day, kept in PRICE_DAYS.items():
        setattr(listing, day, getattr(revision, kept))
    if before and listing.prices_confirmed_on is None:
        since = before.decided_at or listing.first_live_at
        listing.prices_confirmed_on = timezone.localdate(since) if since else None


def _change_pictures(listing: Listing, *, shown: ListingRevision | None, hidden: ListingRevision | None) -> None:
    """Files of the revision on the market are public; those that only the other one shows are not."""
    now = set(shown.pictures.values_list("upload_id", flat=True)) if shown else set()
    gone = set(hidden.pictures.values_list("upload_id", flat=True)) - now if hidden else set()
    if listing.state != ListingState.SUSPENDED and listing.company.is_public:
        publish_uploads(upload_ids=list(now))
    withdraw_uploads(upload_ids=list(gone))
