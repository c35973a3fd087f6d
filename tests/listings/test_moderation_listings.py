"""What officers decide about a product, what it does to the market, and taking it back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from core.models import AuditEntry, OutboxMail
from listings.choices import ListingState
from listings.exceptions import NoPictureReady, RevisionMovedOn
from listings.models import Listing, PriceBreak, SearchChange
from listings.rules.states import make_version
from listings.selectors.comparison import build_comparison, is_own_listing
from listings.selectors.drafts import find_shown_revision, get_draft
from listings.selectors.editor import list_product_rows, list_products
from listings.services.availability import pause_listing
from listings.services.decisions import decide_revision, undo_revision_decision
from listings.services.drafts import save_basics
from listings.services.pictures import remove_picture
from listings.services.submission import submit_revision
from moderation.exceptions import CaseAlreadyDecided, ReasonMissing, UndoTooLate
from moderation.models import Case, Decision
from moderation.registry import get_kind
from moderation.rules import Ruling
from storefronts.choices import Role
from storefronts.services import reinstate_company, suspend_company
from tests.listings.factories import add_picture, make_company, make_listing, make_member, make_officer, make_upload
from uploads.models import Upload

pytestmark = pytest.mark.django_db
APPROVE, CHANGES, REJECT = (
    Ruling("approve"),
    Ruling("changes", note="Show the back label."),
    Ruling("reject", note="Not allowed."),
)


@pytest.fixture
def changed(member):
    """A live product with a new name that waits for an officer."""
    listing = make_listing(company=member.company)
    version = make_version(listing.live_revision.pk, listing.live_revision.edit_count)
    save_basics(member=member, listing_id=listing.pk, version=version, values={"title": "Honey processed coffee"})
    submit_revision(member=member, listing_id=listing.pk)
    return listing


def decide(ruling, officer):
    return decide_revision(case=Case.objects.get(), officer=officer, ruling=ruling)


def test_an_approved_product_goes_live(submitted, officer):
    decide(APPROVE, officer)
    submitted.refresh_from_db()
    assert (
        submitted.state,
        submitted.live_revision.state,
        submitted.live_revision.pictures.get().upload.is_public,
    ) == (
        "live",
        "approved",
        True,
    )
    assert submitted.first_live_at is not None
    assert SearchChange.objects.filter(listing_id=submitted.pk).count() == 1
    assert AuditEntry.objects.filter(action="listings.approved", actor_id=officer.pk).count() == 1


def test_an_approved_product_of_an_unverified_company_is_not_shown(officer):
    member = make_member(company=make_company(verified=False))
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    submit_revision(member=member, listing_id=listing.pk)
    decide(APPROVE, officer)
    listing.refresh_from_db()
    assert (listing.state, Listing.objects.live().count()) == ("live", 0)
    assert listing.live_revision.pictures.get().upload.is_public is False


def test_the_old_version_stays_live_until_the_new_one_is_approved(changed, officer):
    assert Listing.objects.live().get().live_revision.title == "Washed Arabica green coffee"
    decide(APPROVE, officer)
    changed.refresh_from_db()
    assert changed.live_revision.title == "Honey processed coffee"
    assert list(changed.revisions.values_list("number", "state")) == [(2, "approved"), (1, "superseded")]


@pytest.mark.parametrize(("ruling", "state"), [(CHANGES, "changes"), (REJECT, "rejected")])
def test_a_refusal_keeps_the_old_version_live(changed, officer, ruling, state):
    decide(ruling, officer)
    changed.refresh_from_db()
    revision = changed.revisions.first()
    assert (changed.state, changed.live_revision.title) == ("live", "Washed Arabica green coffee")
    assert (revision.state, revision.note) == (state, ruling.note)
    assert SearchChange.objects.count() == 0


def test_the_exporter_reads_what_the_agency_said(changed, member, officer):
    decide(CHANGES, officer)
    draft = get_draft(member=member, listing_id=changed.pk)
    assert (draft.revision.title, draft.decision.note) == ("Honey processed coffee", "Show the back label.")


def test_owners_and_editors_get_the_statement(submitted, member, officer):
    editor = make_member(company=member.company, role=Role.EDITOR)
    make_member(company=member.company, role=Role.VIEWER)
    decide(CHANGES, officer)
    assert set(OutboxMail.objects.values_list("recipient", flat=True)) == {member.user.email, editor.user.email}
    assert f"/sell/{member.company.slug}/products/{submitted.pk}/review/" in OutboxMail.objects.first().text


def test_a_refusal_without_a_reason_changes_nothing(submitted, officer):
    with pytest.raises(ReasonMissing):
        decide(Ruling("reject"), officer)
    assert (submitted.revisions.get().state, Decision.objects.count()) == ("in_review", 0)


def test_a_case_is_decided_once(submitted, officer):
    case = Case.objects.get()
    decide(APPROVE, officer)
    with pytest.raises(CaseAlreadyDecided):
        decide_revision(case=case, officer=make_officer(), ruling=REJECT)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.live_revision.state) == ("live", "approved")


def test_an_approval_of_a_paused_product_does_not_resume_it(changed, member, officer):
    pause_listing(member=member, listing_id=changed.pk)
    decide(APPROVE, officer)
    changed.refresh_from_db()
    assert (changed.state, changed.live_revision.title) == ("paused", "Honey processed coffee")


@pytest.mark.parametrize("state", ["sent", "processing"])
def test_a_product_without_a_ready_picture_is_not_approved(submitted, officer, state):
    Upload.objects.update(state=state)
    with pytest.raises(NoPictureReady):
        decide(APPROVE, officer)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.revisions.get().state, Case.objects.get().state) == (
        "draft",
        "in_review",
        "open",
    )


def test_an_undone_first_approval_takes_the_product_off_the_market(submitted, officer):
    undo_revision_decision(decision=decide(APPROVE, officer), officer=officer)
    submitted.refresh_from_db()
    revision = submitted.revisions.get()
    assert (submitted.state, submitted.live_revision, submitted.first_live_at, revision.state) == (
        "draft",
        None,
        None,
        "in_review",
    )
    assert revision.pictures.get().upload.is_public is False
    assert Case.objects.get().state == "open"


def test_an_undone_approval_brings_the_old_version_back(changed, officer):
    undo_revision_decision(decision=decide(APPROVE, officer), officer=officer)
    changed.refresh_from_db()
    assert (changed.state, changed.live_revision.title) == ("live", "Washed Arabica green coffee")
    assert list(changed.revisions.values_list("number", "state")) == [(2, "in_review"), (1, "approved")]


@pytest.mark.parametrize("ruling", [CHANGES, REJECT])
def test_an_undone_refusal_waits_again_without_its_note(changed, officer, ruling):
    undo_revision_decision(decision=decide(ruling, officer), officer=officer)
    revision = changed.revisions.first()
    assert (revision.state, revision.note, Case.objects.get().state) == ("in_review", "", "open")


def test_after_ten_minutes_nothing_is_undone(submitted, officer):
    decision = decide(APPROVE, officer)
    Decision.objects.update(undo_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(UndoTooLate):
        undo_revision_decision(decision=decision, officer=officer)
    submitted.refresh_from_db()
    assert submitted.state == "live"


def test_an_approval_is_not_undone_under_the_exporters_new_work(submitted, member, officer):
    decision = decide(APPROVE, officer)
    shown = find_shown_revision(listing=Listing.objects.get())
    version = make_version(shown.pk, shown.edit_count)
    save_basics(member=member, listing_id=submitted.pk, version=version, values={"title": "Newer"})
    with pytest.raises(RevisionMovedOn):
        undo_revision_decision(decision=decision, officer=officer)
    submitted.refresh_from_db()
    assert (submitted.state, Case.objects.get().state) == ("live", "decided")


def test_the_kind_is_registered():
    kind = get_kind("listing")
    assert (kind.decide, kind.undo, kind.compare) == (decide_revision, undo_revision_decision, build_comparison)


def test_a_first_review_shows_everything_as_new(submitted):
    comparison = build_comparison(case=Case.objects.get())
    kinds = {row.label: row.kind for row in comparison.rows}
    assert (kinds["Name of the product"], kinds["Price from 60 kg"], kinds["Pictures"]) == ("added", "price", "picture")
    assert (comparison.unchanged, comparison.public_url) == ((), "")


def test_a_change_shows_only_what_differs(changed):
    PriceBreak.objects.filter(revision__number=2, minimum_quantity=60).update(unit_price=Decimal("8.06"))
    add_picture(changed.revisions.first(), position=2)
    comparison = build_comparison(case=Case.objects.get())
    assert [(row.label, row.kind, row.note) for row in comparison.rows] == [
        ("Name of the product", "text", ""), ("Price from 60 kg", "price", "+30%"), ("Pictures", "picture", ""),
    ]  # fmt: skip
    assert (len(comparison.rows[2].before), len(comparison.rows[2].after)) == (1, 2)
    assert ("Price", "warn", "A price changes by +30%.") in [
        (check.label, check.state, check.text) for check in comparison.checks
    ]
    assert comparison.public_url == Listing.objects.get().get_absolute_url()


def test_the_comparison_of_a_decided_case_stays_the_same(changed, officer):
    before = build_comparison(case=Case.objects.get()).rows
    decide(APPROVE, officer)
    assert build_comparison(case=Case.objects.get()).rows == before


def test_a_picture_of_another_company_is_noticed(submitted):
    own = submitted.revisions.get().pictures.get().upload
    twin = make_listing(title="Stolen picture", pictures=0)
    add_picture(twin.live_revision, upload=make_upload(difference_hash=own.difference_hash))
    checks = {check.label: check for check in build_comparison(case=Case.objects.get()).checks}
    expected = f"{twin.company.legal_name} shows the same picture in “Stolen picture”."
    assert (checks["Picture used elsewhere"].state, checks["Picture used elsewhere"].text) == ("warn", expected)


def test_claims_in_the_text_are_noticed(submitted):
    submitted.revisions.update(description="Certified organic coffee.")
    checks = {check.label: check for check in build_comparison(case=Case.objects.get()).checks}
    assert checks["Claims in the text"].text == "These need a certificate: certified, organic."


def test_an_officer_of_the_company_is_known(submitted, officer):
    case = Case.objects.get()
    assert not is_own_listing(case=case, officer=officer)
    make_member(company=submitted.company, user=officer)
    assert is_own_listing(case=case, officer=officer)


def test_a_comparison_costs_a_fixed_number_of_queries(submitted, django_assert_num_queries):
    case = Case.objects.get()
    for position in range(2, 9):
        add_picture(submitted.revisions.get(), position=position)
    with django_assert_num_queries(17):
        build_comparison(case=case)


def test_a_refusal_is_not_undone_under_what_the_exporter_has_written_since(submitted, member, officer):
    decision = decide(CHANGES, officer)
    shown = find_shown_revision(listing=submitted)
    save_basics(
        member=member,
        listing_id=submitted.pk,
        version=make_version(shown.pk, shown.edit_count),
        values={"title": "Half wri"},
    )
    with pytest.raises(RevisionMovedOn):
        undo_revision_decision(decision=decision, officer=officer)
    assert (submitted.revisions.get().state, Case.objects.get().state) == ("changes", "decided")


def test_a_refusal_is_not_undone_under_changed_pictures(submitted, member, officer):
    decision = decide(CHANGES, officer)
    picture = submitted.revisions.get().pictures.get()
    remove_picture(member=member, listing_id=submitted.pk, upload_id=str(picture.upload_id))
    with pytest.raises(RevisionMovedOn):
        undo_revision_decision(decision=decision, officer=officer)
    assert submitted.revisions.get().state == "changes"


def test_a_rejected_change_stays_before_the_exporter_with_its_reason(changed, member, officer):
    decide(REJECT, officer)
    draft = get_draft(member=member, listing_id=changed.pk)
    row = list_product_rows(listings=list(list_products(member=member, show="")))[0]
    assert (draft.revision.title, draft.decision.note) == ("Honey processed coffee", REJECT.note)
    assert (row.revision.state, row.shows_revision) == ("rejected", True)


def test_pictures_are_public_only_while_the_company_is(submitted, officer):
    decide(APPROVE, officer)
    picture = submitted.revisions.get().pictures.get()
    suspend_company(company_id=submitted.company_id, officer=officer, reason="Forged papers")
    picture.upload.refresh_from_db()
    assert picture.upload.is_public is False
    reinstate_company(company_id=submitted.company_id, officer=officer, reason="Papers are right")
    picture.upload.refresh_from_db()
    assert picture.upload.is_public is True
