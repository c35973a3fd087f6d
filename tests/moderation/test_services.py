"""Cases are opened, claimed, decided and undone, by those who may, once."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from core.errors import NotFound
from core.jobs import run_due_jobs
from core.models import AuditEntry, Job, OutboxMail
from moderation.exceptions import (
    CaseAlreadyDecided,
    CaseHeldByAnother,
    CaseWithdrawn,
    NewerCaseOpen,
    NotYourDecision,
    OfficersOnly,
    OwnCompany,
    ReasonMissing,
    ReasonsWithApproval,
    ReasonUnknown,
    UndoTooLate,
)
from moderation.models import Case, Decision, Reason
from moderation.rules import Recipient, Ruling
from moderation.selectors import get_case
from moderation.services import claim_case, release_case, renew_claim, toggle_shortcuts, withdraw_case

APPROVE = Ruling("approve")


def let_time_pass(decision, minutes):
    """Set a decision and its waiting mails back by so many minutes."""
    delta = timedelta(minutes=minutes)
    Decision.objects.filter(pk=decision.pk).update(
        decided_at=decision.decided_at - delta, undo_until=decision.undo_until - delta
    )
    Job.objects.update(due_at=decision.undo_until - delta)
    decision.refresh_from_db()


def test_a_subject_sent_twice_is_one_case_with_the_new_words(open_stall):
    first = open_stall()
    again = open_stall(changed=True)

    assert (again.pk, again.opened_at, again.changed_after_approval) == (first.pk, first.opened_at, True)
    assert Case.objects.count() == 1


def test_a_claim_lasts_15_minutes(case, officer):
    held = claim_case(case_id=case.pk, officer=officer)

    assert held.claimed_by == officer
    assert timedelta(minutes=14) < held.claimed_until - timezone.now() <= timedelta(minutes=15)


def test_a_second_officer_cannot_claim_a_held_case(case, officer, other_officer):
    claim_case(case_id=case.pk, officer=officer)

    with pytest.raises(CaseHeldByAnother, match="Ama Kumi is looking at this"):
        claim_case(case_id=case.pk, officer=other_officer)

    case.refresh_from_db()
    assert case.claimed_by == officer


def test_a_claim_that_has_run_out_passes_to_the_next_officer(case, officer, other_officer):
    claim_case(case_id=case.pk, officer=officer)
    Case.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))

    assert claim_case(case_id=case.pk, officer=other_officer).claimed_by == other_officer
    assert renew_claim(case_id=case.pk, officer=officer).claimed_by == other_officer


def test_opening_the_next_case_gives_the_last_one_back(open_stall, officer):
    first, second = open_stall(1), open_stall(2)
    claim_case(case_id=first.pk, officer=officer)
    claim_case(case_id=second.pk, officer=officer)

    first.refresh_from_db()
    assert first.claimed_by is None


def test_only_the_holder_gives_a_case_back(case, officer, other_officer):
    claim_case(case_id=case.pk, officer=officer)

    release_case(case_id=case.pk, officer=other_officer)
    case.refresh_from_db()
    assert case.claimed_by == officer
    release_case(case_id=case.pk, officer=officer)
    case.refresh_from_db()
    assert case.claimed_by is None


def test_an_exporter_cannot_claim_or_decide(case, exporter, stall):
    with pytest.raises(OfficersOnly):
        claim_case(case_id=case.pk, officer=exporter)
    with pytest.raises(OfficersOnly):
        stall.decide(case=case, officer=exporter, ruling=APPROVE)
    assert Decision.objects.count() == 0


def test_an_officer_cannot_decide_about_their_own_company(case, officer, stall):
    stall.members = [officer]

    with pytest.raises(OwnCompany):
        stall.decide(case=case, officer=officer, ruling=APPROVE)
    assert Decision.objects.count() == 0


def test_a_decision_closes_the_case_and_is_audited(case, officer, stall, reason):
    decision = stall.decide(case=case, officer=officer, ruling=Ruling("changes", (reason.pk,), " Put up a sign. "))

    case.refresh_from_db()
    assert (case.state, case.claimed_by, decision.note, list(decision.reasons.all())) == (
        "decided",
        None,
        "Put up a sign.",
        [reason],
    )
    entry = AuditEntry.objects.get(action="moderation.decided")
    assert (entry.actor_id, entry.subject_id, entry.fields) == (
        officer.pk,
        str(case.pk),
        ["note", "outcome", "reasons"],
    )
    assert entry.values.values == {"outcome": "changes", "reasons": ["sign-missing"], "note": "Put up a sign."}


def test_a_case_is_decided_once(decided, other_officer, stall):
    with pytest.raises(CaseAlreadyDecided):
        stall.decide(case=decided.case, officer=other_officer, ruling=Ruling("reject", note="No."))

    assert (Decision.objects.count(), stall.state, OutboxMail.objects.count()) == (1, "approve", 1)


def test_a_case_that_another_officer_holds_cannot_be_decided(case, officer, other_officer, stall):
    claim_case(case_id=case.pk, officer=officer)

    with pytest.raises(CaseHeldByAnother):
        stall.decide(case=case, officer=other_officer, ruling=APPROVE)
    assert stall.state == "waiting"


def test_a_case_that_was_taken_back_cannot_be_decided(case, officer, stall):
    withdraw_case(kind="stall", subject_id=1)

    with pytest.raises(CaseWithdrawn):
        stall.decide(case=case, officer=officer, ruling=APPROVE)


@pytest.mark.parametrize("outcome", ["changes", "reject"])
def test_a_refusal_needs_a_reason_or_a_note(case, officer, stall, outcome):
    with pytest.raises(ReasonMissing):
        stall.decide(case=case, officer=officer, ruling=Ruling(outcome, note="  "))

    assert stall.decide(case=case, officer=officer, ruling=Ruling(outcome, note="No sign.")).outcome == outcome


def test_an_approval_with_reasons_is_refused(case, officer, stall, reason):
    with pytest.raises(ReasonsWithApproval):
        stall.decide(case=case, officer=officer, ruling=Ruling("approve", (reason.pk,)))


def test_a_reason_of_another_kind_is_refused(case, officer, stall):
    foreign = Reason.objects.create(code="x", label="x", statement="x", kind="boat")

    with pytest.raises(ReasonUnknown):
        stall.decide(case=case, officer=officer, ruling=Ruling("changes", (foreign.pk,)))


def test_the_statement_leaves_when_the_undo_time_is_over(case, officer, stall, reason, mail_folder):
    decision = stall.decide(case=case, officer=officer, ruling=Ruling("changes", (reason.pk,), "The sign <fell>."))
    run_due_jobs()
    assert not mail_folder.exists()

    let_time_pass(decision, 10)
    run_due_jobs()

    [file] = mail_folder.iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    text = mail.get_body(("plain",)).get_content()
    assert (mail["To"], mail["Subject"]) == ("esi@example.org", "Changes asked for: Stall 1")
    assert "Sign missing\n  Put up a sign." in text
    assert "The sign <fell>." in text
    assert f"name case {case.pk}" in text
    assert "/sell/adanu/1/" in text
    assert "The sign &lt;fell&gt;." in mail.get_body(("html",)).get_content()


def test_every_recipient_gets_a_mail(case, officer, stall):
    stall.recipients = [Recipient("esi@example.org", "Esi", "en"), Recipient("kwame@example.org", "", "ar")]

    decision = stall.decide(case=case, officer=officer, ruling=APPROVE)

    assert sorted(decision.mails.values_list("recipient", flat=True)) == ["esi@example.org", "kwame@example.org"]
    assert 'dir="rtl"' in decision.mails.get(recipient="kwame@example.org").html


def test_an_undo_withdraws_the_mail_and_opens_the_case_again(decided, officer, stall, mail_folder):
    stall.undo(decision=decided, officer=officer)
    decided.refresh_from_db()
    Job.objects.update(due_at=timezone.now())
    run_due_jobs()

    assert (decided.case.pk, Case.objects.get().state, Case.objects.get().claimed_by) == (
        decided.case_id,
        "open",
        officer,
    )
    assert decided.undone_at is not None
    assert decided.mails.get().withdrawn_at is not None
    assert not mail_folder.exists()
    assert AuditEntry.objects.filter(action="moderation.undone", actor_id=officer.pk).count() == 1


def test_a_case_that_was_undone_can_be_decided_again(decided, officer, stall):
    stall.undo(decision=decided, officer=officer)
    stall.decide(case=decided.case, officer=officer, ruling=Ruling("reject", note="No."))

    assert (stall.state, Decision.objects.filter(undone_at=None).count()) == ("reject", 1)


def test_after_ten_minutes_nothing_is_undone(decided, officer, stall):
    let_time_pass(decided, 10.1)

    with pytest.raises(UndoTooLate):
        stall.undo(decision=decided, officer=officer)
    assert (stall.state, Case.objects.get().state) == ("approve", "decided")


def test_nothing_is_undone_once_the_mail_has_left(decided, officer, stall):
    Job.objects.update(due_at=timezone.now())
    run_due_jobs()

    with pytest.raises(UndoTooLate):
        stall.undo(decision=decided, officer=officer)
    decided.refresh_from_db()
    assert (decided.undone_at, Case.objects.get().state) == (None, "decided")


def test_a_decision_is_undone_once(decided, officer, stall):
    stall.undo(decision=decided, officer=officer)

    with pytest.raises(UndoTooLate):
        stall.undo(decision=decided, officer=officer)


def test_another_officer_cannot_undo_but_an_administrator_can(decided, other_officer, administrator, stall):
    with pytest.raises(NotYourDecision):
        stall.undo(decision=decided, officer=other_officer)

    stall.undo(decision=decided, officer=administrator)
    assert stall.state == "waiting"


def test_nothing_is_undone_when_something_newer_waits(decided, open_stall, officer, stall):
    open_stall()

    with pytest.raises(NewerCaseOpen):
        stall.undo(decision=decided, officer=officer)


def test_a_stranger_learns_nothing_of_a_case(case, exporter):
    with pytest.raises(NotFound):
        get_case(officer=exporter, case_id=case.pk)


def test_keys_are_switched_off_and_on(officer):
    assert toggle_shortcuts(officer=officer) is False
    assert toggle_shortcuts(officer=officer) is True


def test_the_first_reasons_speak_to_both_kinds(db):
    assert Reason.objects.filter(kind="listing").count() == 10
    assert Reason.objects.filter(kind="company").count() == 6
