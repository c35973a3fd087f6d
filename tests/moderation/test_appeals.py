"""A decision is appealed once, within six months, to another officer, and never to the exporter's harm."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.models import AuditEntry, OutboxMail
from moderation.exceptions import (
    AlreadyAppealed,
    AppealTextMissing,
    AppealTooLate,
    DecidedOnAppeal,
    FirstOfficer,
    HarsherOnAppeal,
    NoOtherOfficer,
    NothingToAppeal,
    SubjectMovedOn,
    UndoTooLate,
)
from moderation.models import Appeal, Case, Decision
from moderation.rules import Ruling, is_overturned, name_network
from moderation.selectors import find_appeal_obstacle, get_place
from moderation.services import claim_case, withdraw_case

WHY = "The sign hangs over the door: see the second picture."
APPROVE, CHANGES, REJECT = Ruling("approve"), Ruling("changes", note="Sign."), Ruling("reject", note="No.")


@pytest.fixture
def appeal(refused, appealable, exporter):
    """Esi's appeal against the decision: its case."""
    return appealable.reopen(decision=refused, person=exporter, text=WHY)


def test_an_appeal_opens_a_case_for_another_officer_due_like_others(appeal, refused):
    assert (appeal.title, appeal.state, appeal.find_appeal().decision) == ("Stall 1", "open", refused)
    assert timedelta(days=2) <= appeal.due_at - appeal.opened_at <= timedelta(days=4)
    assert AuditEntry.objects.get(action="moderation.appealed").values.values == {"text": WHY}


def test_the_first_officer_neither_claims_nor_decides(appeal, officer, other_officer, appealable):
    with pytest.raises(FirstOfficer, match="Another officer decides"):
        claim_case(case_id=appeal.pk, officer=officer)
    with pytest.raises(FirstOfficer):
        appealable.decide(case=appeal, officer=officer, ruling=APPROVE)
    assert (Decision.objects.count(), appealable.state) == (1, "appealed")
    assert claim_case(case_id=appeal.pk, officer=other_officer).claimed_by == other_officer


def test_where_one_officer_works_an_administrator_decides(appeal, officer, administrator, appealable):
    with pytest.raises(FirstOfficer) as refusal:
        claim_case(case_id=appeal.pk, officer=officer)
    assert not isinstance(refusal.value, NoOtherOfficer)
    assert appealable.decide(case=appeal, officer=administrator, ruling=APPROVE).officer == administrator


def test_where_nobody_else_works_that_is_said(appeal, officer):
    with pytest.raises(NoOtherOfficer, match="no other officer"):
        claim_case(case_id=appeal.pk, officer=officer)


def test_an_officer_of_the_company_is_nobody_else(appeal, officer, other_officer, appealable):
    appealable.members = [other_officer]
    with pytest.raises(NoOtherOfficer):
        claim_case(case_id=appeal.pk, officer=officer)


def test_the_walk_of_the_first_officer_leaves_the_appeal_out(appeal, open_stall, officer, other_officer):
    case = open_stall(2)
    now = timezone.now()
    assert get_place(case=case, officer=officer, now=now).total == 1
    assert get_place(case=case, officer=other_officer, now=now).total == 2


def test_a_decision_is_appealed_once(appeal, refused, appealable, exporter):
    with pytest.raises(AlreadyAppealed):
        appealable.reopen(decision=refused, person=exporter, text="Again")
    assert (Appeal.objects.count(), Case.objects.count()) == (1, 2)


def test_the_database_holds_one_appeal_per_decision(appeal, refused, open_stall):
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(decision=refused, case=open_stall(2), text="Twice")


def test_an_appeal_ends_the_undo_but_the_statement_still_leaves(appeal, refused, appealable, officer):
    with pytest.raises(UndoTooLate):
        appealable.undo(decision=refused, officer=officer)
    assert OutboxMail.objects.get().withdrawn_at is None


def test_what_was_undone_cannot_be_appealed(refused, appealable, officer, exporter):
    appealable.undo(decision=refused, officer=officer)
    with pytest.raises(NothingToAppeal):
        appealable.reopen(decision=refused, person=exporter, text=WHY)
    assert Appeal.objects.count() == 0


def test_an_approval_cannot_be_appealed(case, officer, appealable, exporter):
    decision = appealable.decide(case=case, officer=officer, ruling=APPROVE)
    with pytest.raises(NothingToAppeal):
        appealable.reopen(decision=decision, person=exporter, text=WHY)


def test_an_appeal_needs_words(refused, appealable, exporter):
    with pytest.raises(AppealTextMissing):
        appealable.reopen(decision=refused, person=exporter, text=" \n ")
    assert Appeal.objects.count() == 0


@pytest.mark.parametrize(("days", "obstacle"), [(183, type(None)), (185, AppealTooLate)])
def test_an_appeal_is_open_for_six_months(refused, days, obstacle):
    now = refused.undo_until + timedelta(days=days)
    assert isinstance(find_appeal_obstacle(decision=refused, now=now), obstacle)


def test_what_has_moved_on_cannot_be_appealed(refused, appealable, exporter):
    appealable.moved_on = True
    with pytest.raises(SubjectMovedOn):
        appealable.reopen(decision=refused, person=exporter, text=WHY)


def test_a_newer_version_that_waits_leaves_no_room_for_an_appeal(refused, appealable, exporter, open_stall):
    open_stall()
    with pytest.raises(SubjectMovedOn):
        appealable.reopen(decision=refused, person=exporter, text=WHY)
    assert Case.objects.open().count() == 1


def test_an_appeal_cannot_make_it_worse(appeal, other_officer, appealable):
    with pytest.raises(HarsherOnAppeal):
        appealable.decide(case=appeal, officer=other_officer, ruling=REJECT)
    appeal.refresh_from_db()
    assert (appeal.state, appealable.state) == ("open", "appealed")


@pytest.mark.parametrize(("ruling", "word"), [(APPROVE, "overturned"), (CHANGES, "upheld")])
def test_what_a_second_officer_decides_is_final_and_mailed_as_such(
    appeal, other_officer, appealable, exporter, ruling, word
):
    decision = appealable.decide(case=appeal, officer=other_officer, ruling=ruling)
    mail = decision.mails.get()
    assert f"no part in the first decision, which is {word}. This is final." in mail.text
    assert f"no part in the first decision, which is {word}. This is final." in mail.html
    assert "/appeals/" not in mail.text
    assert isinstance(find_appeal_obstacle(decision=decision, now=timezone.now()), NothingToAppeal | DecidedOnAppeal)


def test_a_decision_on_appeal_is_undone_like_others(appeal, other_officer, appealable):
    decision = appealable.decide(case=appeal, officer=other_officer, ruling=APPROVE)
    appealable.undo(decision=decision, officer=other_officer)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.claimed_by) == ("open", other_officer)


def test_the_statement_of_reasons_leads_to_the_appeal(refused):
    mail = refused.mails.get()
    address = f"/appeals/{refused.pk}/"
    assert (address in mail.text, f'{address}"' in mail.html) == (True, True)
    assert "name case" not in mail.text


def test_a_milder_outcome_overturns():
    assert is_overturned("reject", "changes")
    assert not is_overturned("changes", "changes")


@pytest.mark.parametrize(
    ("address", "network"), [("198.51.100.77", "198.51.100.0/24"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("", "")]
)
def test_a_network_is_what_limits_count(address, network):
    assert name_network(address) == network


@pytest.fixture
def page_of(refused):
    return reverse("moderation:appeal", args=[refused.pk])


def test_an_editor_reads_the_reasons_and_appeals(client, exporter, refused, page_of, appealable):
    client.force_login(exporter)
    assert "Put up a sign." in client.get(page_of).content.decode()
    answer = client.post(page_of, {"text": WHY}, follow=True)
    html = answer.content.decode()
    assert (Appeal.objects.get().author, appealable.state) == (exporter, "appealed")
    assert "Your appeal is sent." in html
    assert "has no second officer at this time" in html


def test_a_double_click_appeals_once(client, exporter, refused, page_of):
    client.force_login(exporter)
    client.post(page_of, {"text": WHY})
    assert client.post(page_of, {"text": WHY}).status_code == 302
    assert Appeal.objects.count() == 1


def test_an_appeal_without_words_is_sent_back(client, exporter, page_of):
    client.force_login(exporter)
    answer = client.post(page_of, {"text": " "})
    assert (answer.status_code, "<title>Error:" in answer.content.decode(), Appeal.objects.count()) == (422, True, 0)


def test_strangers_get_404_and_viewers_403(client, page_of, people):
    viewer = User.objects.create_user("kwame@example.org", "x")
    stranger = User.objects.create_user("sena@example.org", "x")
    client.force_login(stranger)
    assert (client.get(page_of).status_code, client.post(page_of, {"text": WHY}).status_code) == (404, 404)
    client.force_login(viewer)
    assert (client.get(page_of).status_code, client.post(page_of, {"text": WHY}).status_code) == (403, 403)
    client.logout()
    assert client.get(page_of).status_code == 302
    assert Appeal.objects.count() == 0


def test_an_ended_appeal_is_told(client, exporter, appeal, page_of):
    withdraw_case(kind="stall", subject_id=1)
    client.force_login(exporter)
    assert "The appeal has ended" in client.get(page_of).content.decode()


def test_the_page_tells_what_came_of_it(client, exporter, appeal, other_officer, appealable, page_of):
    appealable.decide(case=appeal, officer=other_officer, ruling=CHANGES)
    client.force_login(exporter)
    assert "The first decision is upheld" in client.get(page_of).content.decode()


def test_officers_read_the_appeal_and_the_first_decision(client, appeal, other_officer, refused):
    client.force_login(other_officer)
    html = client.get(reverse("admin:moderation_case", args=[appeal.pk])).content.decode()
    assert html.index(WHY) < html.index('class="table diff')
    assert ("Ama Kumi" in html, 'value="reject"' in html) == (True, False)
    queue = client.get(reverse("admin:moderation_queue")).content.decode()
    assert '<span class="pill info">Appeal</span>' in queue


def test_the_first_officer_sees_why_the_buttons_are_missing(client, appeal, officer, other_officer):
    client.force_login(officer)
    html = client.get(reverse("admin:moderation_case", args=[appeal.pk])).content.decode()
    assert ("You made the decision that is appealed." in html, 'name="outcome"' in html) == (True, False)
