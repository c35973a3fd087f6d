"""What an officer decides about a revision, and taking it back within ten minutes."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.audit import record
from listings.choices import RevisionState
from listings.exceptions import NoPictureReady, RevisionMovedOn, RevisionNotInReview
from listings.models import Listing
from listings.selectors.fairness import find_decided_revision, get_editor_url
from listings.services.publication import make_live, take_back
from moderation.choices import Outcome
from moderation.models import Case, Decision
from moderation.rules import Ruling
from moderation.services import record_decision, record_undo
from storefronts.models import Company
from storefronts.selectors.fairness import list_company_recipients
from uploads.choices import UploadState

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
        url=get_editor_url(listing=listing),
    )
    if revision is None:
        raise RevisionNotInReview
    if ruling.outcome == Outcome.APPROVE:
        if not revision.pictures.filter(upload__state=UploadState.READY).exists():
            raise NoPictureReady
        make_live(listing=listing, revision=revision)
    else:
        revision.state = REFUSALS[Outcome(ruling.outcome)]
    revision.note = decision.note
    revision.decided_at = timezone.now()
    if ruling.outcome == Outcome.APPROVE:  # whoever approves has seen the papers
        revision.documents.filter(seen_at=None, upload__state=UploadState.READY).update(
            seen_at=revision.decided_at, seen_by=officer
        )
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
        take_back(listing=listing, revision=revision)
        revision.documents.filter(seen_at=revision.decided_at).update(seen_at=None, seen_by=None)
    revision.state = RevisionState.IN_REVIEW
    revision.note = ""
    revision.decided_at = None
    revision.save(update_fields=["state", "note", "decided_at"])
    record("listings.decision_undone", subject=revision, actor=officer, fields=["state"])
