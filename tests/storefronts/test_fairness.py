"""A company appeals, is reported, is taken off the market and comes back."""

import pytest

from core.models import OutboxMail
from moderation.exceptions import FirstOfficer, SubjectMovedOn
from moderation.models import Appeal, Case
from moderation.registry import get_kind
from moderation.rules import Ruling
from moderation.services import take_off_market
from storefronts.exceptions import BeingChecked
from storefronts.selectors import get_version
from storefronts.services import (
    appeal_company_decision,
    decide_company,
    remove_company_picture,
    save_company_facts,
    submit_company,
    undo_company_decision,
    withdraw_company_submission,
)
from tests.storefronts.conftest import make_company, make_logo

CHANGES, REJECT = Ruling("changes", note="Add the number."), Ruling("reject", note="Not an exporter.")
WHY = "The number stands in field seven of the certificate."


@pytest.fixture
def refuse(draft, people, member, open_case):
    """Sends the draft and has it refused: the decision."""

    def act(ruling=REJECT):
        submit_company(member=member(draft, people.owner))
        return decide_company(case=open_case(draft), officer=people.officer, ruling=ruling)

    return act


@pytest.mark.parametrize("ruling", [CHANGES, REJECT])
def test_an_appeal_puts_the_same_facts_before_another_officer(refuse, draft, people, open_case, ruling):
    appeal_company_decision(decision=refuse(ruling), person=people.editor, text=WHY)
    draft.refresh_from_db()
    assert (draft.state, draft.revisions.get().state) == ("submitted", "in_review")
    with pytest.raises(FirstOfficer):
        decide_company(case=open_case(draft), officer=people.officer, ruling=ruling)
    decide_company(case=open_case(draft), officer=people.second_officer, ruling=Ruling("approve"))
    draft.refresh_from_db()
    assert (draft.state, draft.verified_by) == ("verified", people.second_officer)


def test_an_undone_decision_on_appeal_waits_again(refuse, draft, people, open_case):
    appeal_company_decision(decision=refuse(), person=people.owner, text=WHY)
    second = decide_company(case=open_case(draft), officer=people.second_officer, ruling=REJECT)
    undo_company_decision(decision=second, officer=people.second_officer)
    draft.refresh_from_db()
    assert (draft.state, open_case(draft).find_appeal().text) == ("submitted", WHY)


def test_changed_facts_cannot_be_appealed(refuse, draft, people, member):
    decision = refuse(CHANGES)
    save_company_facts(member=member(draft, people.owner), facts={"city": "Keta"}, version=get_version(company=draft))
    with pytest.raises(SubjectMovedOn):
        appeal_company_decision(decision=decision, person=people.owner, text=WHY)
    assert draft.revisions.get().state == "changes"


def test_a_changed_picture_cannot_be_appealed(draft, people, member, refuse):
    logo = str(make_logo().pk)
    draft.revisions.update(facts=draft.revisions.get().facts | {"logo": logo})
    decision = refuse(CHANGES)
    remove_company_picture(member=member(draft, people.owner), place="logo")
    with pytest.raises(SubjectMovedOn):
        appeal_company_decision(decision=decision, person=people.owner, text=WHY)


def test_a_new_version_that_was_sent_cannot_be_appealed_past(refuse, draft, people, member):
    decision = refuse(CHANGES)
    submit_company(member=member(draft, people.owner))
    with pytest.raises(SubjectMovedOn):
        appeal_company_decision(decision=decision, person=people.owner, text=WHY)
    assert Case.objects.open().count() == 1


def test_facts_under_appeal_are_not_written_and_taking_them_back_ends_it(refuse, draft, people, member):
    appeal_company_decision(decision=refuse(CHANGES), person=people.owner, text=WHY)
    with pytest.raises(BeingChecked):
        save_company_facts(member=member(draft, people.owner), facts={}, version=get_version(company=draft))
    withdraw_company_submission(member=member(draft, people.owner))
    assert (Appeal.objects.get().case.state, Case.objects.open().count()) == ("withdrawn", 0)


def test_the_storefronts_form_leads_to_the_appeal_and_back(client, refuse, draft, people):
    decision = refuse(CHANGES)
    client.force_login(people.owner)
    address = f"/appeals/{decision.pk}/"
    assert address in client.get("/sell/adanu/storefront/").content.decode()
    client.post(address, {"text": WHY})
    assert "A second officer looks at your appeal" in client.get("/sell/adanu/storefront/").content.decode()
    client.force_login(people.viewer)
    assert client.get(address).status_code == 403
    client.force_login(people.stranger)
    assert client.get(address).status_code == 404


@pytest.fixture
def suspended(verified, people):
    """Adanu, taken off the market: the decision."""
    return take_off_market(
        kind="exporter", subject_id=verified.pk, officer=people.officer, reason="The story is copied."
    )


def test_a_suspension_is_told_with_reasons_and_the_way_to_appeal(suspended, verified):
    verified.refresh_from_db()
    mail = OutboxMail.objects.get(recipient="esinam@adanu.example")
    assert (verified.state, mail.subject) == ("suspended", "Off the market: Adanu Growers Union")
    assert "The story is copied." in mail.text
    assert f"/appeals/{suspended.pk}/" in mail.text
    assert "Somebody told" not in mail.text


def test_a_suspension_is_undone(suspended, verified, people):
    get_kind("report").undo(decision=suspended, officer=people.officer)
    verified.refresh_from_db()
    suspended.refresh_from_db()
    assert (verified.state, suspended.undone_at is not None) == ("verified", True)


def test_a_suspension_is_overturned_by_another_officer(client, suspended, verified, people):
    client.force_login(people.owner)
    assert f"/appeals/{suspended.pk}/" in client.get("/sell/adanu/storefront/").content.decode()
    client.post(f"/appeals/{suspended.pk}/", {"text": WHY})
    kind, case = get_kind("report"), Case.objects.open().get()
    with pytest.raises(FirstOfficer):
        kind.decide(case=case, officer=people.officer, ruling=Ruling("approve"))
    decision = kind.decide(case=case, officer=people.second_officer, ruling=Ruling("approve"))
    verified.refresh_from_db()
    assert verified.state == "verified"
    assert "which is overturned" in decision.mails.first().text


def test_only_a_public_storefront_is_reported(client, verified, people):
    other = make_company("other")
    client.force_login(people.owner)
    assert client.get(f"/report/exporter/{verified.pk}/").status_code == 200
    assert client.get(f"/report/exporter/{other.pk}/").status_code == 404
    assert f'href="/report/exporter/{verified.pk}/"' in client.get("/exporters/adanu/").content.decode()
