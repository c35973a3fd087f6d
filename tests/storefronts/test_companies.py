"""A company is opened, written and sent by its own people."""

import pytest

from core.errors import NotAllowed, StaleEdit
from core.models import AuditEntry
from moderation.models import Case
from storefronts.exceptions import (
    BeingChecked,
    ChannelRefused,
    CompanyIncomplete,
    CompanyIsSuspended,
    NothingToCheck,
    UnknownFact,
)
from storefronts.models import Company, CompanyRevision, Member, Site
from storefronts.rules import ChannelDraft, SiteDraft
from storefronts.selectors import get_version
from storefronts.services import (
    open_company,
    save_company_facts,
    save_storefront,
    submit_company,
    suspend_company,
    withdraw_company_submission,
)
from tests.storefronts.conftest import make_company

OPENED = {
    "legal_name": "Adanu Growers Union",
    "kind": "maker",
    "country": "GH",
    "no_number_reason": "a group of farmers",
}


def test_who_opens_a_company_owns_it(people):
    company = open_company(user=people.owner, facts=OPENED)
    assert (company.slug, company.state, company.legal_name) == ("adanu-growers-union", "draft", "Adanu Growers Union")
    assert Member.objects.get(company=company).role == "owner"
    assert CompanyRevision.objects.get(company=company).facts["no_number_reason"] == "a group of farmers"
    assert AuditEntry.objects.filter(action="storefronts.company_opened", actor_id=people.owner.pk).count() == 1


def test_opening_twice_gives_one_company(people):
    first, second = (open_company(user=people.owner, facts=OPENED) for _ in range(2))
    assert first == second
    assert Company.objects.count() == 1


def test_the_same_name_of_another_person_gets_its_own_address(people):
    first = open_company(user=people.owner, facts=OPENED)
    second = open_company(user=people.stranger, facts=OPENED)
    assert second.slug.startswith("adanu-growers-union-")
    assert first != second


def test_a_name_without_latin_letters_gets_an_address(people):
    assert open_company(user=people.owner, facts={**OPENED, "legal_name": "تعاونية"}).slug.startswith("company-")


def test_an_officer_opens_no_company(people):
    with pytest.raises(NotAllowed):
        open_company(user=people.officer, facts=OPENED)
    assert Company.objects.count() == 0


def test_the_columns_of_a_draft_follow_each_save(draft, people, member):
    save_company_facts(
        member=member(draft, people.editor), facts={"city": "Kpando"}, version=get_version(company=draft)
    )
    draft.refresh_from_db()
    assert (draft.city, draft.state) == ("Kpando", "draft")


def test_a_verified_company_stays_as_it_was_until_an_officer_agrees(verified, people, member):
    revision = save_company_facts(member=member(verified, people.owner), facts={"city": "Kpando"}, version="2:0")
    verified.refresh_from_db()
    assert (verified.city, revision.number, revision.facts["city"]) == ("Ho", 2, "Kpando")


def test_a_second_tab_cannot_overwrite_the_first(draft, people, member):
    version = get_version(company=draft)
    save_company_facts(member=member(draft, people.owner), facts={"city": "Kpando"}, version=version)
    with pytest.raises(StaleEdit):
        save_company_facts(member=member(draft, people.editor), facts={"city": "Hohoe"}, version=version)
    draft.refresh_from_db()
    assert draft.city == "Kpando"


def test_a_viewer_writes_nothing(draft, people, member):
    with pytest.raises(NotAllowed):
        save_company_facts(
            member=member(draft, people.viewer), facts={"city": "Kpando"}, version=get_version(company=draft)
        )
    draft.refresh_from_db()
    assert draft.city == "Ho"


def test_a_role_that_was_taken_away_meanwhile_no_longer_writes(draft, people, member):
    editor = member(draft, people.editor)
    Member.objects.filter(pk=editor.pk).update(role="viewer")
    with pytest.raises(NotAllowed):
        save_company_facts(member=editor, facts={"city": "Kpando"}, version=get_version(company=draft))


def test_only_facts_can_be_written(draft, people, member):
    with pytest.raises(UnknownFact):
        save_company_facts(
            member=member(draft, people.owner), facts={"state": "verified"}, version=get_version(company=draft)
        )


def test_submitting_opens_one_case_however_often_it_is_clicked(draft, people, member, open_case):
    first = submit_company(member=member(draft, people.owner))
    second = submit_company(member=member(draft, people.owner))
    draft.refresh_from_db()
    assert (first.pk, draft.state, Case.objects.count()) == (second.pk, "submitted", 1)
    assert (open_case(draft).title, open_case(draft).changed_after_approval) == ("Adanu Growers Union", False)


def test_an_incomplete_company_is_not_sent(draft, people, member):
    save_company_facts(
        member=member(draft, people.owner),
        facts={"city": "", "registration_number": ""},
        version=get_version(company=draft),
    )
    draft.channels.all().delete()
    with pytest.raises(CompanyIncomplete) as refused:
        submit_company(member=member(draft, people.owner))
    draft.refresh_from_db()
    assert refused.value.missing == ("city", "registration_number", "channels")
    assert (draft.state, Case.objects.count()) == ("draft", 0)


def test_an_unchanged_verified_company_is_not_sent(verified, people, member):
    with pytest.raises(NothingToCheck):
        submit_company(member=member(verified, people.owner))
    assert CompanyRevision.objects.filter(company=verified).count() == 1


def test_nothing_changes_while_an_officer_reads(draft, people, member):
    submit_company(member=member(draft, people.owner))
    with pytest.raises(BeingChecked):
        save_company_facts(
            member=member(draft, people.owner), facts={"city": "Kpando"}, version=get_version(company=draft)
        )


def test_taking_back_closes_the_case(draft, people, member):
    submit_company(member=member(draft, people.owner))
    revision = withdraw_company_submission(member=member(draft, people.editor))
    draft.refresh_from_db()
    assert (revision.state, draft.state, Case.objects.get().state) == ("draft", "draft", "withdrawn")


def test_a_suspended_company_cannot_be_written(verified, people, member):
    suspend_company(company_id=verified.pk, officer=people.officer, reason="Copied story")
    with pytest.raises(CompanyIsSuspended):
        save_company_facts(
            member=member(verified, people.owner), facts={"city": "Kpando"}, version=get_version(company=verified)
        )


def test_places_and_contacts_are_saved_together_and_told(verified, people, member, changes):
    held = verified.sites.get()
    sites = [
        SiteDraft("Dry mill", "factory", "Ho", "Volta", "GH"),
        SiteDraft(held.name, held.kind, "Ho", "Volta", "GH", id=held.pk),
    ]
    channels = [ChannelDraft("phone", "+233 30 200 0101"), ChannelDraft("email", "", is_shown=True)]
    save_storefront(member=member(verified, people.owner), version="2:0", facts={}, sites=sites, channels=channels)
    assert list(verified.sites.values_list("name", "city")) == [("Washing station", "Ho"), ("Dry mill", "Ho")]
    assert list(verified.channels.values_list("kind", "value")) == [("phone", "+233302000101")]
    assert changes == [verified.pk]


def test_a_refused_contact_leaves_everything_as_it_was(verified, people, member, changes):
    with pytest.raises(ChannelRefused):
        save_storefront(
            member=member(verified, people.owner),
            version="2:0",
            facts={"city": "Kpando"},
            sites=[],
            channels=[ChannelDraft("phone", "0302000101")],
        )
    assert (CompanyRevision.objects.filter(company=verified).count(), verified.sites.count(), changes) == (1, 1, [])


def test_another_company_s_place_cannot_be_taken(verified, people, member):
    other = make_company("other", legal_name="Other")
    theirs = Site.objects.create(company=other, name="Mill", kind="factory", city="Ho", country="GH")
    with pytest.raises(UnknownFact):
        save_storefront(
            member=member(verified, people.owner),
            version="2:0",
            facts={},
            sites=[SiteDraft("Mine", "farm", "Ho", "", "GH", id=theirs.pk)],
            channels=[],
        )
    theirs.refresh_from_db()
    assert theirs.name == "Mill"
