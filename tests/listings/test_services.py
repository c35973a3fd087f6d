"""What an exporter can ask for: create, save, submit, withdraw, pause, archive; each refusal leaves everything as it was."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from core.errors import NotAllowed, StaleEdit
from core.models import AuditEntry
from listings.choices import ListingState, RevisionState
from listings.exceptions import (
    ListingArchived,
    ListingIncomplete,
    ListingNotFound,
    NothingToSubmit,
    ReasonNotGiven,
    RevisionInReview,
    RevisionNotInReview,
    WrongListingState,
)
from listings.models import Listing, ListingRevision, SearchChange
from listings.rules.packing import PackageFacts
from listings.rules.prices import Break
from listings.rules.states import make_version
from listings.selectors.drafts import find_shown_revision
from listings.services.availability import (
    archive_listing,
    pause_listing,
    reinstate_listing,
    restore_listing,
    resume_listing,
    suspend_listing,
)
from listings.services.drafts import create_listing, save_basics, save_delivery, save_offer, save_packing
from listings.services.submission import submit_revision, withdraw_revision
from moderation.models import Case
from storefronts.choices import CompanyState, Role
from storefronts.exceptions import CompanyIsSuspended
from tests.listings.factories import (
    make_category,
    make_company,
    make_listing,
    make_member,
    make_officer,
    make_revision,
)

pytestmark = pytest.mark.django_db
BREAKS = (Break(Decimal(60), Decimal("6.20")), Break(Decimal(300), Decimal("5.60")))


@pytest.fixture
def draft(member):
    return make_listing(company=member.company, state=ListingState.DRAFT)


@pytest.fixture
def live(member):
    return make_listing(company=member.company)


def version(listing):
    shown = find_shown_revision(listing=listing)
    return make_version(shown.pk, shown.edit_count)


def test_a_product_begins_as_a_draft(member):
    listing = create_listing(member=member, values={"title": "Shea butter", "category": make_category(), "unit": "kg"})
    revision = listing.revisions.get()
    assert (listing.state, revision.state, revision.number, revision.title, revision.unit) == (
        "draft",
        "draft",
        1,
        "Shea butter",
        "kg",
    )
    assert AuditEntry.objects.filter(action="listings.created", subject_id=str(listing.pk)).exists()


def test_a_viewer_creates_nothing():
    with pytest.raises(NotAllowed):
        create_listing(member=make_member(role=Role.VIEWER), values={"title": "Shea butter"})
    assert Listing.objects.count() == 0


def test_a_suspended_company_creates_nothing():
    member = make_member(company=make_company(verified=False, state=CompanyState.SUSPENDED))
    with pytest.raises(CompanyIsSuspended):
        create_listing(member=member, values={"title": "Shea butter"})
    assert Listing.objects.count() == 0


def test_a_save_changes_the_open_revision_and_counts(member, draft):
    revision = save_basics(
        member=member, listing_id=draft.pk, version=version(draft), values={"title": "Natural coffee"}
    )
    assert (revision.title, revision.edit_count, draft.revisions.count()) == ("Natural coffee", 2, 1)


def test_two_tabs_cannot_overwrite_one_another(member, draft):
    seen = version(draft)
    save_basics(member=member, listing_id=draft.pk, version=seen, values={"title": "First"})
    with pytest.raises(StaleEdit):
        save_basics(member=member, listing_id=draft.pk, version=seen, values={"title": "Second"})
    assert draft.revisions.get().title == "First"


def test_a_change_of_a_live_product_opens_a_full_copy(member, live):
    revision = save_basics(member=member, listing_id=live.pk, version=version(live), values={"title": "New name"})
    live.refresh_from_db()
    assert (revision.number, revision.state, revision.summary) == (2, "draft", "Grade 1, screen 15 and up")
    assert [row.unit_price for row in revision.price_breaks.all()] == [Decimal("6.20"), Decimal("5.60")]
    assert [row.gross_weight_g for row in revision.package_types.all()] == [60_700]
    assert list(revision.pictures.values_list("upload_id")) == list(
        live.live_revision.pictures.values_list("upload_id")
    )
    assert (live.live_revision.title, live.state) == ("Washed Arabica green coffee", "live")


def test_a_save_without_a_change_opens_nothing(member, live):
    save_basics(member=member, listing_id=live.pk, version=version(live), values={"title": live.live_revision.title})
    save_offer(member=member, listing_id=live.pk, version=version(live), values={"currency": "USD"}, breaks=BREAKS)
    assert live.revisions.count() == 1


def test_the_database_allows_one_open_revision(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        ListingRevision.objects.create(listing=draft, number=2, state=RevisionState.IN_REVIEW)
    assert draft.revisions.count() == 1


def test_the_first_break_sets_an_empty_minimum_order(member, draft):
    revision = save_offer(
        member=member,
        listing_id=draft.pk,
        version=version(draft),
        values={"currency": "EUR", "minimum_order": None},
        breaks=BREAKS[1:],
    )
    assert (revision.minimum_order, revision.currency) == (Decimal(300), "EUR")
    assert [(row.minimum_quantity, row.unit_price) for row in revision.price_breaks.all()] == [
        (Decimal(300), Decimal("5.60"))
    ]


def test_the_words_of_a_picture_are_saved_with_the_price(member, draft):
    upload_id = str(draft.revisions.get().pictures.get().upload_id)
    revision = save_offer(
        member=member,
        listing_id=draft.pk,
        version=version(draft),
        values={},
        breaks=BREAKS,
        alts={upload_id: "Two bags"},
    )
    assert revision.pictures.get().alt == "Two bags"


def test_delivery_and_packing_are_saved(member, draft):
    save_delivery(
        member=member, listing_id=draft.pk, version=version(draft), values={"hs_code": "", "hs_ask_agency": True}
    )
    drum = PackageFacts("drum", Decimal(200), 184_000, 200_000, diameter_mm=585, height_mm=880)
    revision = save_packing(member=member, listing_id=draft.pk, version=version(draft), packages=(drum,))
    assert (revision.hs_code, revision.hs_ask_agency) == ("", True)
    assert [(row.kind, row.diameter_mm) for row in revision.package_types.all()] == [("drum", 585)]


def test_a_strangers_listing_is_not_found(draft):
    with pytest.raises(ListingNotFound):
        save_basics(member=make_member(), listing_id=draft.pk, version=version(draft), values={"title": "Mine now"})
    assert draft.revisions.get().title == "Washed Arabica green coffee"


def test_a_viewer_saves_nothing(member, draft):
    viewer = make_member(company=member.company, role=Role.VIEWER)
    with pytest.raises(NotAllowed):
        save_basics(member=viewer, listing_id=draft.pk, version=version(draft), values={"title": "Changed"})
    assert draft.revisions.get().title == "Washed Arabica green coffee"


def test_a_submission_opens_one_case_however_often_it_is_sent(member, draft):
    submit_revision(member=member, listing_id=draft.pk)
    revision = submit_revision(member=member, listing_id=draft.pk)
    case = Case.objects.get()
    assert (revision.state, case.kind, case.subject_id) == ("in_review", "listing", str(draft.pk))
    assert (case.title, case.changed_after_approval) == ("Washed Arabica green coffee", False)
    assert AuditEntry.objects.filter(action="listings.submitted").count() == 1


def test_a_changed_live_product_is_submitted_as_changed(member, live):
    save_basics(member=member, listing_id=live.pk, version=version(live), values={"title": "New name"})
    submit_revision(member=member, listing_id=live.pk)
    assert Case.objects.get().changed_after_approval is True


def test_an_incomplete_product_is_not_submitted(member):
    listing = make_listing(
        company=member.company, state=ListingState.DRAFT, category=None, pictures=0, unit="", origin_country=""
    )
    with pytest.raises(ListingIncomplete) as refusal:
        submit_revision(member=member, listing_id=listing.pk)
    assert refusal.value.missing == ("category", "unit", "picture", "origin")
    assert (listing.revisions.get().state, Case.objects.count()) == ("draft", 0)


def test_a_product_whose_only_picture_failed_is_not_submitted(member):
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    upload = listing.revisions.get().pictures.get().upload
    upload.state, upload.failure = "failed", "The file is cut short."
    upload.save()
    with pytest.raises(ListingIncomplete) as refusal:
        submit_revision(member=member, listing_id=listing.pk)
    assert refusal.value.missing == ("picture",)


def test_a_price_a_code_and_a_packing_may_be_missing(member):
    listing = make_listing(
        company=member.company, state=ListingState.DRAFT, breaks=(), packed=False, hs_code="", minimum_order=None, incoterm="",
        incoterm_place="", lead_time_days=None, description="", summary="",
    )  # fmt: skip
    assert submit_revision(member=member, listing_id=listing.pk).state == "in_review"


def test_without_a_change_there_is_nothing_to_submit(member, live):
    with pytest.raises(NothingToSubmit):
        submit_revision(member=member, listing_id=live.pk)
    assert Case.objects.count() == 0


def test_what_is_in_review_is_not_edited(member, draft):
    submit_revision(member=member, listing_id=draft.pk)
    with pytest.raises(RevisionInReview):
        save_basics(member=member, listing_id=draft.pk, version=version(draft), values={"title": "Changed"})
    assert draft.revisions.get().title == "Washed Arabica green coffee"


def test_a_withdrawn_revision_is_a_draft_and_its_case_closed(member, draft):
    submit_revision(member=member, listing_id=draft.pk)
    assert withdraw_revision(member=member, listing_id=draft.pk).state == "draft"
    assert Case.objects.get().state == "withdrawn"


def test_only_what_is_in_review_is_withdrawn(member, draft):
    with pytest.raises(RevisionNotInReview):
        withdraw_revision(member=member, listing_id=draft.pk)
    assert draft.revisions.get().state == "draft"


def test_a_paused_product_leaves_the_market_and_comes_back(member, live):
    assert pause_listing(member=member, listing_id=live.pk).state == "paused"
    assert not Listing.objects.live().exists()
    assert resume_listing(member=member, listing_id=live.pk).state == "live"
    assert Listing.objects.live().get() == live
    assert SearchChange.objects.filter(listing_id=live.pk).count() == 2


def test_a_draft_cannot_be_paused(member, draft):
    with pytest.raises(WrongListingState):
        pause_listing(member=member, listing_id=draft.pk)
    draft.refresh_from_db()
    assert (draft.state, SearchChange.objects.count()) == ("draft", 0)


def test_an_archived_product_hides_its_pictures_and_takes_its_case_back(member, live):
    save_basics(member=member, listing_id=live.pk, version=version(live), values={"title": "New name"})
    submit_revision(member=member, listing_id=live.pk)
    assert archive_listing(member=member, listing_id=live.pk).state == "archived"
    assert Case.objects.get().state == "withdrawn"
    assert live.live_revision.pictures.get().upload.is_public is False
    with pytest.raises(ListingArchived):
        submit_revision(member=member, listing_id=live.pk)


def test_out_of_the_archive_a_product_is_paused(member, live):
    archive_listing(member=member, listing_id=live.pk)
    assert restore_listing(member=member, listing_id=live.pk).state == "paused"
    assert live.live_revision.pictures.get().upload.is_public is True


def test_an_officer_suspends_and_reinstates(live):
    officer = make_officer()
    assert suspend_listing(officer=officer, listing_id=live.pk, reason="Counterfeit").state == "suspended"
    assert live.live_revision.pictures.get().upload.is_public is False
    assert reinstate_listing(officer=officer, listing_id=live.pk, reason="Cleared").state == "paused"
    actions = AuditEntry.objects.filter(action__startswith="listings.").order_by("id").values_list("action", flat=True)
    assert list(actions) == ["listings.suspend", "listings.reinstate"]


def test_a_suspension_needs_an_officer_and_a_reason(member, live):
    with pytest.raises(NotAllowed):
        suspend_listing(officer=member.user, listing_id=live.pk, reason="Rival")
    with pytest.raises(ReasonNotGiven):
        suspend_listing(officer=make_officer(), listing_id=live.pk, reason="  ")
    live.refresh_from_db()
    assert live.state == "live"


def test_a_suspended_product_is_not_resumed_by_its_company(member):
    listing = make_listing(company=member.company, state=ListingState.SUSPENDED)
    with pytest.raises(WrongListingState):
        resume_listing(member=member, listing_id=listing.pk)
    listing.refresh_from_db()
    assert listing.state == "suspended"


def test_a_rejected_first_revision_is_the_ground_of_the_next(member):
    listing = Listing.objects.create(company=member.company)
    make_revision(listing, state=RevisionState.REJECTED)
    revision = save_basics(member=member, listing_id=listing.pk, version=version(listing), values={"title": "Better"})
    assert (revision.number, revision.state, revision.title, revision.unit) == (2, "draft", "Better", "kg")
