"""A product is appealed and reported: in either order with a new version, and at the same instant, with one outcome."""

import pytest

from listings.services.appeals import appeal_revision_decision
from listings.services.availability import archive_listing
from listings.services.decisions import decide_revision, undo_revision_decision
from listings.services.drafts import save_basics
from listings.services.submission import submit_revision, withdraw_revision
from moderation.exceptions import (
    AlreadyAppealed,
    FirstOfficer,
    HarsherOnAppeal,
    NothingToAppeal,
    SubjectMovedOn,
    UndoTooLate,
)
from moderation.models import Appeal, Case
from moderation.rules import Ruling
from moderation.selectors import find_appeal_address
from storefronts.choices import Role
from storefronts.exceptions import CompanyIsSuspended
from storefronts.models import Company
from tests.listings.editor_input import version
from tests.listings.factories import make_member, make_officer
from tests.moderation.test_races import run_together

pytestmark = pytest.mark.django_db
APPROVE, CHANGES, REJECT = (
    Ruling("approve"),
    Ruling("changes", note="Show the back label."),
    Ruling("reject", note="Not allowed."),
)
WHY = "The back label is the second picture."


@pytest.fixture
def second():
    return make_officer()


def decide(ruling, officer):
    return decide_revision(case=Case.objects.open().get(kind="listing"), officer=officer, ruling=ruling)


def appeal(decision, member):
    return appeal_revision_decision(decision=decision, person=member.user, text=WHY)


@pytest.mark.parametrize("ruling", [CHANGES, REJECT])
def test_an_appeal_puts_the_same_revision_before_another_officer(submitted, member, officer, second, ruling):
    case = appeal(decide(ruling, officer), member)
    assert submitted.revisions.get().state == "in_review"
    with pytest.raises(FirstOfficer):
        decide(ruling, officer)
    decide_revision(case=case, officer=second, ruling=APPROVE)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.live_revision.number) == ("live", 1)


def test_on_appeal_a_request_for_changes_does_not_become_a_rejection(submitted, member, officer, second):
    appeal(decide(CHANGES, officer), member)
    with pytest.raises(HarsherOnAppeal):
        decide(REJECT, second)
    assert submitted.revisions.get().state == "in_review"


def test_after_an_upheld_appeal_a_new_version_gets_a_decision_of_its_own(submitted, member, officer, second):
    appeal(decide(CHANGES, officer), member)
    upheld = decide(CHANGES, second)
    assert find_appeal_address(decision=upheld) == ""
    save_basics(member=member, listing_id=submitted.pk, version=version(submitted), values={"title": "Newer"})
    submit_revision(member=member, listing_id=submitted.pk)
    fresh = decide(CHANGES, officer)
    assert find_appeal_address(decision=fresh) == f"/appeals/{fresh.pk}/"


def test_what_was_written_since_cannot_be_appealed(submitted, member, officer):
    decision = decide(CHANGES, officer)
    save_basics(member=member, listing_id=submitted.pk, version=version(submitted), values={"title": "Newer"})
    with pytest.raises(SubjectMovedOn):
        appeal(decision, member)
    assert (submitted.revisions.get().state, Appeal.objects.count()) == ("changes", 0)


def test_a_draft_begun_after_a_rejection_leaves_no_room_for_an_appeal(submitted, member, officer):
    decision = decide(REJECT, officer)
    save_basics(member=member, listing_id=submitted.pk, version=version(submitted), values={"title": "Newer"})
    with pytest.raises(SubjectMovedOn):
        appeal(decision, member)


def test_an_older_decision_cannot_be_appealed(submitted, member, officer):
    older = decide(CHANGES, officer)
    submit_revision(member=member, listing_id=submitted.pk)
    decide(REJECT, officer)
    with pytest.raises(SubjectMovedOn):
        appeal(older, member)


def test_taking_the_product_back_ends_the_appeal(submitted, member, officer):
    decision = decide(CHANGES, officer)
    case = appeal(decision, member)
    withdraw_revision(member=member, listing_id=submitted.pk)
    case.refresh_from_db()
    assert case.state == "withdrawn"
    submit_revision(member=member, listing_id=submitted.pk)
    with pytest.raises(AlreadyAppealed):
        appeal(decision, member)
    assert Case.objects.open().get().find_appeal() is None


def test_sending_what_is_under_appeal_changes_nothing(submitted, member, officer):
    case = appeal(decide(CHANGES, officer), member)
    submit_revision(member=member, listing_id=submitted.pk)
    assert Case.objects.open().get() == case


def test_an_archived_product_is_not_appealed(submitted, member, officer):
    decision = decide(REJECT, officer)
    archive_listing(member=member, listing_id=submitted.pk)
    with pytest.raises(SubjectMovedOn):
        appeal(decision, member)


def test_a_suspended_company_appeals_its_suspension_first(submitted, member, officer):
    decision = decide(REJECT, officer)
    Company.objects.update(state="suspended")
    with pytest.raises(CompanyIsSuspended):
        appeal(decision, member)


def test_an_appeal_ends_the_undo(submitted, member, officer):
    decision = decide(REJECT, officer)
    appeal(decision, member)
    with pytest.raises(UndoTooLate):
        undo_revision_decision(decision=decision, officer=officer)
    assert submitted.revisions.get().state == "in_review"


def test_the_editor_leads_to_the_appeal_and_tells_of_it(client, submitted, member, officer):
    decision = decide(CHANGES, officer)
    client.force_login(member.user)
    review = f"/sell/{member.company.slug}/products/{submitted.pk}/review/"
    assert f'href="/appeals/{decision.pk}/"' in client.get(review).content.decode()
    client.post(f"/appeals/{decision.pk}/", {"text": WHY})
    assert "A second officer looks at your appeal" in client.get(review).content.decode()


def test_a_viewer_reads_no_way_to_appeal_and_a_stranger_no_page(client, submitted, member, officer):
    decision = decide(CHANGES, officer)
    viewer = make_member(company=member.company, role=Role.VIEWER)
    client.force_login(viewer.user)
    review = f"/sell/{member.company.slug}/products/{submitted.pk}/review/"
    assert "/appeals/" not in client.get(review).content.decode()
    assert client.get(f"/appeals/{decision.pk}/").status_code == 403
    client.force_login(make_member().user)
    assert client.get(f"/appeals/{decision.pk}/").status_code == 404
    client.force_login(officer)
    assert client.get(f"/appeals/{decision.pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_members_who_appeal_at_once_one_does(planted_rows, member, submitted, officer):
    decision = decide(CHANGES, officer)
    other = make_member(company=member.company, role=Role.EDITOR)
    refusals = run_together(lambda: appeal(decision, member), lambda: appeal(decision, other))
    assert sorted(refusals, key=str) == [AlreadyAppealed, None]
    assert (Appeal.objects.count(), Case.objects.open().count(), submitted.revisions.get().state) == (1, 1, "in_review")


@pytest.mark.django_db(transaction=True)
def test_an_appeal_and_a_new_version_at_once_have_one_outcome(planted_rows, member, submitted, officer):
    decision = decide(CHANGES, officer)
    refusals = run_together(
        lambda: appeal(decision, member), lambda: submit_revision(member=member, listing_id=submitted.pk)
    )
    assert refusals in ([None, None], [SubjectMovedOn, None])
    assert Case.objects.open().count() == 1
    assert Appeal.objects.count() == (refusals[0] is None)


@pytest.mark.django_db(transaction=True)
def test_an_appeal_and_an_undo_at_once_have_one_outcome(planted_rows, member, submitted, officer):
    decision = decide(CHANGES, officer)
    refusals = run_together(
        lambda: appeal(decision, member), lambda: undo_revision_decision(decision=decision, officer=officer)
    )
    assert sorted(refusals, key=str) in ([UndoTooLate, None], [NothingToAppeal, None])
    assert (Case.objects.open().count(), submitted.revisions.get().state) == (1, "in_review")
