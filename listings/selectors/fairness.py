"""What appeals and reports must know of a listing: whose it is, whether it is as it was decided, whether it is public."""

from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from listings.choices import OPEN_STATES, ListingState, RevisionState
from listings.models import Listing, ListingRevision
from listings.selectors.drafts import find_last_decision
from moderation.choices import Outcome
from moderation.models import Case, Decision
from moderation.rules import Party, Recipient, Reported
from storefronts.selectors.fairness import find_party_of, list_company_recipients


def find_decided_revision(*, listing: Listing, decision: Decision) -> ListingRevision | None:
    """The revision that a decision was about, while it is the newest and as it was decided; else None."""
    if decision.outcome == Outcome.CHANGES:
        untouched = listing.revisions.filter(updated_at__lte=F("decided_at"))
        return untouched.filter(state=RevisionState.CHANGES_ASKED).first()
    if listing.revisions.filter(state__in=OPEN_STATES).exists():
        return None
    if decision.outcome == Outcome.APPROVE:
        return listing.live_revision
    return listing.revisions.filter(state=RevisionState.REJECTED).order_by("-number").first()


def is_listing_unchanged(*, decision: Decision) -> bool:
    """The newest revision is the refused one, as it was decided, and the listing is not in the archive."""
    listing = Listing.objects.exclude(state=ListingState.ARCHIVED).filter(pk=decision.case.subject_id).first()
    if listing is None or find_last_decision(listing=listing) != decision:
        return False
    revision = find_decided_revision(listing=listing, decision=decision)
    return revision is not None and not listing.revisions.filter(number__gt=revision.number).exists()


def find_company_id(*, case: Case) -> int | None:
    """The company whose product a case is about."""
    return find_reported_company_id(subject_id=int(case.subject_id))


def find_reported_company_id(*, subject_id: int) -> int | None:
    """The company whose product was reported."""
    return Listing.objects.filter(pk=subject_id).values_list("company_id", flat=True).first()


def find_listing_party(*, case: Case, person: Any) -> Party | None:
    """What somebody is to the company whose listing a case is about."""
    return find_reported_listing_party(subject_id=int(case.subject_id), person=person)


def find_public_listing(*, subject_id: int) -> Reported | None:
    """A product that buyers find, as a report speaks of it."""
    listing = Listing.objects.live().select_related("company", "live_revision").filter(pk=subject_id).first()
    return _describe(listing) if listing else None


def describe_listing(*, subject_id: int) -> Reported:
    """A product in any state, as a report speaks of it."""
    return _describe(Listing.objects.select_related("company", "live_revision").get(pk=subject_id))


def find_reported_listing_party(*, subject_id: int, person: Any) -> Party | None:
    """What somebody is to the company whose product was reported."""
    company_id = find_reported_company_id(subject_id=subject_id)
    return find_party_of(company_id=company_id, person=person) if company_id else None


def list_listing_recipients(*, subject_id: int) -> list[Recipient]:
    """Who hears what the agency decided about a report."""
    return list_company_recipients(company=Listing.objects.select_related("company").get(pk=subject_id).company)


def is_listing_out(*, subject_id: int) -> bool:
    """The agency has suspended it."""
    return Listing.objects.filter(pk=subject_id, state=ListingState.SUSPENDED).exists()


def _describe(listing: Listing) -> Reported:
    return Reported(
        title=str(listing),
        company_name=listing.company.legal_name,
        url=listing.get_absolute_url(),
        record_url=reverse("admin:listings_listing_change", args=[listing.pk]),
        workspace_url=reverse("products:edit", args=[listing.company.slug, listing.pk, "review"]),
    )


def get_editor_url(*, listing: Listing) -> str:
    """Where the exporter goes on with it, absolute, for mails."""
    return settings.SITE_URL + reverse("products:edit", args=[listing.company.slug, listing.pk, "review"])
