"""What a firm tells the agency alone: asked at registration, corrected by its owner, read by nobody else."""

from decimal import Decimal

import pytest
from django.utils import timezone

from core.errors import NotAllowed
from core.models import AuditEntry, AuditValue
from storefronts.exceptions import UnknownFact
from storefronts.models import AgencyFacts, Company
from storefronts.services import tell_agency

URL = "/sell/adanu/private/"
LAST_YEAR = timezone.localdate().year - 1
TYPED = {
    "owner_sex": "women", "jobs_women": "12", "jobs_men": "0", "exports_last_year": "48,200.50", "exports_currency": "USD",
    "exports_year": str(LAST_YEAR),
}  # fmt: skip
TOLD = {
    "owner_sex": "women", "jobs_women": 12, "jobs_men": 0, "exports_last_year": Decimal("48200.50"), "exports_currency": "USD",
    "exports_year": LAST_YEAR,
}  # fmt: skip
FIRM = {"legal_name": "Kofi Mills", "kind": "maker", "country": "GH"}


def kept(**found):
    return AgencyFacts.objects.filter(**found).values(*TOLD).get()


def test_registration_asks_and_keeps_it(client, people):
    client.force_login(people.stranger)
    page = client.get("/sell/open/").text
    assert "and your owners read this" in page
    assert client.post("/sell/open/", {**FIRM, **TYPED}).status_code == 302
    assert kept(company__legal_name="Kofi Mills") == TOLD
    entry = AuditEntry.objects.get(action="storefronts.agency_facts_told")
    assert entry.fields == sorted(TOLD)
    assert not AuditValue.objects.filter(entry=entry).exists()


def test_who_tells_nothing_registers_all_the_same(client, people):
    client.force_login(people.stranger)
    assert client.post("/sell/open/", FIRM).status_code == 302
    assert (Company.objects.count(), AgencyFacts.objects.count()) == (1, 0)


def test_a_second_click_keeps_one_firm_and_one_row(client, people):
    client.force_login(people.stranger)
    client.post("/sell/open/", {**FIRM, **TYPED})
    told = kept()
    for again in (FIRM, {**FIRM, **TYPED, "jobs_women": "13"}):
        assert client.post("/sell/open/", again).status_code == 302
        assert (Company.objects.count(), kept()) == (1, told)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"jobs_women": "many"}, "jobs_women", "“many” is no number."),
        ({"jobs_men": "-3"}, "jobs_men", "“-3” is no number."),
        ({"jobs_men": "2.5"}, "jobs_men", "Write a whole number."),
        ({"jobs_men": "7000000"}, "jobs_men", "This number is too large to be meant."),
        ({"exports_last_year": "1" * 13}, "exports_last_year", "This number is too large to be meant."),
        ({"exports_currency": ""}, "exports_currency", "Choose the currency of the exports."),
        ({"exports_currency": "XYZ"}, "exports_currency", "XYZ is not one of the available choices."),
        ({"exports_year": ""}, "exports_year", "Choose the year of the exports."),
        ({"exports_year": "1066"}, "exports_year", "1066 is not one of the available choices."),
        ({"owner_sex": "men' OR 1"}, "owner_sex", "is not one of the available choices."),
    ],
)
def test_wrong_facts_are_told_at_the_field_and_nothing_typed_is_lost(client, people, typed, field, words):
    client.force_login(people.stranger)
    page = client.post("/sell/open/", {**FIRM, "city": "Kpando", **TYPED, **typed})
    assert (page.status_code, list(page.context["private"].errors)) == (422, [field])
    assert words in page.context["private"].errors[field][0]
    assert ('value="Kpando"' in page.text, 'value="Kofi Mills"' in page.text) == (True, True)
    assert "<title>Error:" in page.text
    assert (Company.objects.count(), AgencyFacts.objects.count()) == (0, 0)


def test_faults_of_both_parts_are_told_at_once(client, people):
    client.force_login(people.stranger)
    page = client.post("/sell/open/", {**FIRM, "country": "", "jobs_women": "many"})
    assert page.context["form"].errors.keys() | page.context["private"].errors.keys() == {"country", "jobs_women"}
    assert "2 things to fix" in page.text


def test_the_owner_reads_and_corrects_it(client, draft, people):
    AgencyFacts.objects.create(company=draft, member_number="M-77", contact_name="Efua Only", **TOLD)
    client.force_login(people.owner)
    page = client.get(URL)
    assert ('value="12"' in page.text, 'value="48200.50"' in page.text) == (True, True)
    assert ("M-77" in page.text, "Efua Only" in page.text, page["Cache-Control"].count("no-store")) == (False, False, 1)
    assert client.post(URL, {**TYPED, "owner_sex": "", "jobs_women": ""}).status_code == 302
    assert kept() == {**TOLD, "owner_sex": "", "jobs_women": None}
    assert AgencyFacts.objects.get().contact_name == "Efua Only"
    assert AuditEntry.objects.get().fields == ["jobs_women", "owner_sex"]


def test_a_correction_with_a_fault_changes_nothing(client, draft, people):
    AgencyFacts.objects.create(company=draft, **TOLD)
    client.force_login(people.owner)
    page = client.post(URL, {**TYPED, "jobs_women": "14", "exports_currency": ""})
    assert (page.status_code, 'value="14"' in page.text) == (422, True)
    assert kept() == TOLD


def test_without_a_value_currency_and_year_are_taken_back_too(client, draft, people):
    AgencyFacts.objects.create(company=draft, **TOLD)
    client.force_login(people.owner)
    client.post(URL, {**TYPED, "exports_last_year": ""})
    assert kept() == {**TOLD, "exports_last_year": None, "exports_currency": "", "exports_year": None}


@pytest.mark.parametrize(("who", "status"), [("editor", 403), ("viewer", 403), ("stranger", 404), ("officer", 404)])
def test_nobody_else_reads_or_writes_it(client, draft, people, who, status):
    AgencyFacts.objects.create(company=draft, **TOLD)
    client.force_login(getattr(people, who))
    assert (client.get(URL).status_code, client.post(URL, {}).status_code) == (status, status)
    assert kept() == TOLD


def test_only_owners_are_led_there(client, draft, people):
    client.force_login(people.owner)
    assert URL in client.get("/sell/adanu/storefront/").text
    client.force_login(people.editor)
    assert URL not in client.get("/sell/adanu/storefront/").text


def test_the_service_refuses_editors_and_facts_that_are_the_agencys(draft, people, member):
    with pytest.raises(NotAllowed):
        tell_agency(member=member(draft, people.editor), told=TOLD)
    with pytest.raises(UnknownFact):
        tell_agency(member=member(draft, people.owner), told={"member_number": "M-1"})
    assert AgencyFacts.objects.count() == 0
