"""Officers decide, undo, suspend and reinstate."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import NotAllowed
from core.models import AuditEntry, OutboxMail
from moderation.exceptions import CaseAlreadyDecided, OwnCompany
from moderation.rules import Ruling
from storefronts.exceptions import (
    ChangedSinceDecision,
    NumberAlreadyVerified,
    ReasonNotGiven,
    VerificationPeriodWrong,
    WrongCompanyState,
)
from storefronts.models import Member
from storefronts.selectors import get_version
from storefronts.selectors.comparison import get_company_comparison
from storefronts.services import (
    decide_company,
    reinstate_company,
    save_company_facts,
    submit_company,
    suspend_company,
    undo_company_decision,
)
from tests.storefronts.conftest import make_company


@pytest.fixture
def sent(draft, people, member, open_case):
    """The draft, sent: its case."""
    submit_company(member=member(draft, people.owner))
    return open_case(draft)


@pytest.fixture
def changed(verified, people, member, open_case):
    """The verified company with a new town, sent: its case."""
    save_company_facts(
        member=member(verified, people.owner), facts={"city": "Kpando"}, version=get_version(company=verified)
    )
    submit_company(member=member(verified, people.owner))
    return open_case(verified)


def test_an_approval_says_who_how_and_until_when(sent, draft, people, changes):
    until = timezone.localdate() + timedelta(days=90)
    decide_company(
        case=sent,
        officer=people.officer,
        ruling=Ruling("approve", details={"evidence_level": 3, "verified_until": until}),
    )
    draft.refresh_from_db()
    assert (draft.state, draft.verified_by, draft.evidence_level, draft.verified_until) == (
        "verified",
        people.officer,
        3,
        until,
    )
    assert draft.revisions.get().state == "approved"
    assert changes == [draft.pk]


def test_an_approval_lasts_a_year_unless_the_officer_says_otherwise(sent, draft, people):
    decide_company(case=sent, officer=people.officer, ruling=Ruling("approve"))
    draft.refresh_from_db()
    assert (draft.verified_until, draft.evidence_level) == (timezone.localdate() + timedelta(days=365), 1)


def test_a_verification_cannot_end_today(sent, draft, people):
    with pytest.raises(VerificationPeriodWrong):
        decide_company(
            case=sent,
            officer=people.officer,
            ruling=Ruling("approve", details={"verified_until": timezone.localdate()}),
        )
    draft.refresh_from_db()
    sent.refresh_from_db()
    assert (draft.state, sent.state) == ("submitted", "open")


def test_owners_and_editors_get_the_statement_once_the_undo_time_is_over(sent, people):
    decision = decide_company(case=sent, officer=people.officer, ruling=Ruling("changes", note="Add the number."))
    mails = OutboxMail.objects.order_by("recipient")
    assert [mail.recipient for mail in mails] == ["esinam@adanu.example", "kwame@adanu.example"]
    assert "/sell/adanu/storefront/" in mails[0].text
    assert decision.undo_until > timezone.now()


def test_asking_for_changes_reopens_the_proposal(sent, draft, people, member, reason):
    decide_company(
        case=sent, officer=people.officer, ruling=Ruling("changes", reason_ids=(reason.pk,), note="Add the number.")
    )
    draft.refresh_from_db()
    revision = draft.revisions.get()
    assert (draft.state, revision.state, revision.note) == ("changes", "changes", "Add the number.")
    save_company_facts(member=member(draft, people.owner), facts={"city": "Kpando"}, version=get_version(company=draft))
    assert submit_company(member=member(draft, people.owner)).state == "in_review"


def test_a_rejected_company_may_try_again(sent, draft, people, member):
    decide_company(case=sent, officer=people.officer, ruling=Ruling("reject", note="Not an exporter."))
    draft.refresh_from_db()
    assert draft.state == "rejected"
    save_company_facts(member=member(draft, people.owner), facts={"story": "We do export."}, version="2:0")
    assert submit_company(member=member(draft, people.owner)).number == 2


def test_a_rejected_change_leaves_the_public_company_alone(changed, verified, people, changes):
    decide_company(case=changed, officer=people.officer, ruling=Ruling("reject", note="No such town."))
    verified.refresh_from_db()
    assert (verified.state, verified.city, changes) == ("verified", "Ho", [])


def test_an_approved_change_becomes_public(changed, verified, people, changes):
    decide_company(case=changed, officer=people.officer, ruling=Ruling("approve"))
    verified.refresh_from_db()
    assert (verified.city, changes) == ("Kpando", [verified.pk])


def test_a_case_is_decided_once(sent, draft, people):
    decide_company(case=sent, officer=people.officer, ruling=Ruling("approve"))
    with pytest.raises(CaseAlreadyDecided):
        decide_company(case=sent, officer=people.second_officer, ruling=Ruling("reject", note="No."))
    draft.refresh_from_db()
    assert draft.state == "verified"


def test_an_officer_does_not_decide_about_their_own_company(sent, draft, people):
    Member.objects.create(company=draft, user=people.officer, role="viewer")
    with pytest.raises(OwnCompany):
        decide_company(case=sent, officer=people.officer, ruling=Ruling("approve"))


def test_one_number_is_verified_once_per_country(sent, draft, people):
    make_company("twin", officer=people.officer, registration_number="cg012342014")
    with pytest.raises(NumberAlreadyVerified):
        decide_company(case=sent, officer=people.officer, ruling=Ruling("approve"))
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_undoing_an_approval_brings_everything_back(changed, verified, people, changes):
    before = (verified.city, verified.verified_until)
    until = timezone.localdate() + timedelta(days=9)
    decision = decide_company(
        case=changed, officer=people.officer, ruling=Ruling("approve", details={"verified_until": until})
    )
    undo_company_decision(decision=decision, officer=people.officer)
    verified.refresh_from_db()
    changed.refresh_from_db()
    assert (verified.city, verified.verified_until) == before
    assert (verified.revisions.first().state, changed.state) == ("in_review", "open")
    assert changes == [verified.pk, verified.pk]


def test_undoing_a_first_approval_takes_the_storefront_away_again(sent, draft, people):
    decision = decide_company(case=sent, officer=people.officer, ruling=Ruling("approve"))
    undo_company_decision(decision=decision, officer=people.officer)
    draft.refresh_from_db()
    assert (draft.state, draft.verified_by, draft.verified_until, draft.evidence_level) == ("submitted", None, None, 0)


def test_a_decision_stands_once_the_exporter_went_on(sent, draft, people, member):
    decision = decide_company(case=sent, officer=people.officer, ruling=Ruling("changes", note="Add the number."))
    save_company_facts(member=member(draft, people.owner), facts={"city": "Kpando"}, version=get_version(company=draft))
    with pytest.raises(ChangedSinceDecision):
        undo_company_decision(decision=decision, officer=people.officer)
    decision.refresh_from_db()
    assert decision.undone_at is None


def test_a_suspension_hides_the_company(verified, people, changes):
    suspend_company(company_id=verified.pk, officer=people.officer, reason="The story is copied.")
    verified.refresh_from_db()
    assert (verified.state, changes) == ("suspended", [verified.pk])
    assert AuditEntry.objects.filter(action="storefronts.company_suspended", actor_id=people.officer.pk).count() == 1


def test_a_suspension_withdraws_what_waits(changed, verified, people):
    suspend_company(company_id=verified.pk, officer=people.officer, reason="The story is copied.")
    changed.refresh_from_db()
    assert (changed.state, verified.revisions.first().state) == ("withdrawn", "draft")


def test_a_reinstated_company_is_public_again(verified, people, changes):
    suspend_company(company_id=verified.pk, officer=people.officer, reason="The story is copied.")
    reinstate_company(company_id=verified.pk, officer=people.officer, reason="The story is new.")
    verified.refresh_from_db()
    assert (verified.state, len(changes)) == ("verified", 2)


@pytest.mark.parametrize(
    ("who", "why", "refusal"), [("owner", "Because", NotAllowed), ("officer", "  ", ReasonNotGiven)]
)
def test_a_suspension_needs_an_officer_and_a_reason(verified, people, who, why, refusal):
    with pytest.raises(refusal):
        suspend_company(company_id=verified.pk, officer=getattr(people, who), reason=why)
    verified.refresh_from_db()
    assert verified.state == "verified"


def test_a_draft_cannot_be_suspended(draft, people):
    with pytest.raises(WrongCompanyState):
        suspend_company(company_id=draft.pk, officer=people.officer, reason="Because")


def test_a_first_case_shows_everything_as_new(sent):
    comparison = get_company_comparison(case=sent)
    assert {row.kind for row in comparison.rows} == {"added"}
    assert (comparison.public_url, comparison.preview_url) == ("", "/exporters/adanu/?proposed=1")


def test_a_later_case_shows_what_changed(changed):
    comparison = get_company_comparison(case=changed)
    assert [(row.label, row.before, row.after, row.kind) for row in comparison.rows] == [
        ("Town", "Ho", "Kpando", "text")
    ]
    assert "Ghana" in [row.after for row in comparison.unchanged]
    assert comparison.public_url == "/exporters/adanu/"


def test_the_checks_find_a_twin(sent, people):
    make_company("twin", officer=people.officer, legal_name="Adanu Twin")
    checks = {check.label: (check.state, check.text) for check in get_company_comparison(case=sent).checks}
    assert checks["Other companies like it"] == ("bad", "The same registration number: Adanu Twin")
    assert checks["Registration number"] == ("info", "We know no format for this country")
