"""A listing is written step by step by its company and decided by an officer, as its file says."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from demo.seed.companies import keep_quiet
from demo.seed.depth import plant_depth
from demo.seed.files import ListingFile
from demo.seed.pictures import Pictures
from listings.models import Listing, ListingPicture
from listings.rules.states import make_version
from listings.selectors.drafts import find_shown_revision
from listings.services.availability import pause_listing
from listings.services.decisions import decide_revision
from listings.services.drafts import create_listing, save_delivery, save_offer, save_packing
from listings.services.submission import submit_revision
from moderation.choices import Outcome
from moderation.models import Case
from moderation.rules import Ruling
from reference.models import Category
from storefronts.models import Member


def plant_listing(file: ListingFile, *, member: Member, pictures: Pictures, categories: dict[str, Category]) -> Listing:
    """Write every step of the editor."""
    told = file.told
    basics = {
        "title": told["title"], "summary": told["summary"], "description": told["description"], "language": told["language"],
        "category": categories[told["category"]], "unit": told["unit"],
    }  # fmt: skip
    listing = create_listing(member=member, values=basics)
    save_offer(member=member, listing_id=listing.pk, version=_version(listing), values=file.offer, breaks=file.breaks)
    save_delivery(member=member, listing_id=listing.pk, version=_version(listing), values=file.delivery)
    save_packing(member=member, listing_id=listing.pk, version=_version(listing), packages=file.packages)
    plant_depth(listing=listing, member=member, title=told["title"], category=basics["category"])
    revision = find_shown_revision(listing=listing)
    ListingPicture.objects.bulk_create(
        ListingPicture(revision=revision, upload=pictures["listing_picture", stem], position=position, alt=alt)
        for position, (stem, alt) in enumerate(told["pictures"])
    )
    return listing


def settle_listing(file: ListingFile, listing: Listing, *, member: Member, officer: User, age: timedelta) -> None:
    """Bring the listing to the state that its file names; live ones went live `age` ago."""
    state = file.told["state"]
    if state == "draft":
        return
    submit_revision(member=member, listing_id=listing.pk)
    case = Case.objects.open().get(kind="listing", subject_id=str(listing.pk))
    if state == "in_review":
        return
    if state == "changes_asked":
        keep_quiet(
            decide_revision(case=case, officer=officer, ruling=Ruling(Outcome.CHANGES, note=file.told["officer_note"]))
        )
        return
    keep_quiet(decide_revision(case=case, officer=officer, ruling=Ruling(Outcome.APPROVE)))
    Listing.objects.filter(pk=listing.pk).update(first_live_at=timezone.now() - age)
    if state == "paused":
        pause_listing(member=member, listing_id=listing.pk)


def _version(listing: Listing) -> str:
    shown = find_shown_revision(listing=listing)
    return make_version(shown.pk if shown else None, shown.edit_count if shown else 0)
