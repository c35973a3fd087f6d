"""The seller's pages: the right place, registration, dashboard, the storefront's form, and who may do what."""

import pytest
from django.urls import reverse

from moderation.models import Case
from storefronts.models import Company, CompanyRevision, Member
from storefronts.services import submit_company
from tests.storefronts.conftest import make_company

EDIT = "/sell/adanu/storefront/"


def test_an_exporter_without_a_company_is_led_to_registration(client, people):
    client.force_login(people.stranger)
    assert client.get("/sell/").url == "/sell/open/"


def test_an_exporter_with_one_company_lands_on_its_dashboard(client, verified, people):
    client.force_login(people.editor)
    assert client.get("/sell/").url == "/sell/adanu/"


def test_an_exporter_with_two_companies_chooses(client, verified, people):
    Member.objects.create(company=make_company("bolga", legal_name="Bolga Baskets"), user=people.owner, role="owner")
    client.force_login(people.owner)
    assert client.get("/sell/").url == "/sell/companies/"
    page = client.get("/sell/companies/").text
    assert ("/sell/adanu/" in page, "/sell/bolga/" in page) == (True, True)


def test_who_has_no_account_makes_one_first(client, db):
    assert client.get("/sell/open/").url == f"{reverse('account_signup')}?next=%2Fsell%2Fopen%2F"


def test_a_company_is_registered(client, people):
    client.force_login(people.stranger)
    answer = client.post("/sell/open/", {"legal_name": "Kofi  Mills", "kind": "maker", "country": "GH"})
    assert answer.url == "/sell/kofi-mills/"
    assert Member.objects.get(user=people.stranger).role == "owner"


def test_registration_keeps_what_was_typed(client, people):
    client.force_login(people.stranger)
    page = client.post(
        "/sell/open/", {"legal_name": "Kofi Mills", "kind": "shop", "country": "", "registration_number": "C1"}
    )
    assert (
        page.status_code,
        page.text.count('value="Kofi Mills"'),
        "Choose the country of your company." in page.text,
    ) == (422, 1, True)
    assert "<title>Error:" in page.text
    assert Company.objects.count() == 0


def test_a_mistyped_number_is_told_at_its_field(client, people):
    client.force_login(people.stranger)
    page = client.post(
        "/sell/open/",
        {"legal_name": "Kofi Mills", "kind": "maker", "country": "GH", "registration_number": "C0000803562"},
    )
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["registration_number"])


def test_the_dashboard_of_a_new_company_shows_the_way(client, draft, people):
    client.force_login(people.owner)
    page = client.get("/sell/adanu/")
    onboarding = page.context["dashboard"].onboarding
    assert (onboarding.done, onboarding.next_step.title) == (2, "Tell your story and show a picture")
    assert ", <bdi>Esinam</bdi></h1>" in page.text


def test_the_form_is_saved_and_sent(client, draft, people, typed):
    client.force_login(people.editor)
    saved = client.post(EDIT, typed(draft, city="Kpando"))
    draft.refresh_from_db()
    assert (saved.status_code, saved.url, draft.city) == (302, EDIT, "Kpando")
    sent = client.post(EDIT, typed(draft, then="send"))
    assert (sent.url, Case.objects.open().count()) == ("/sell/adanu/", 1)


def test_a_double_click_on_send_sends_once(client, draft, people, typed):
    client.force_login(people.owner)
    body = typed(draft, then="send")
    client.post(EDIT, body)
    second = client.post(EDIT, body)
    assert (second.status_code, Case.objects.count(), CompanyRevision.objects.count()) == (409, 1, 1)


def test_a_second_tab_keeps_its_text(client, draft, people, typed):
    client.force_login(people.owner)
    old = typed(draft, city="Hohoe")
    client.post(EDIT, typed(draft, city="Kpando"))
    page = client.post(EDIT, old)
    draft.refresh_from_db()
    assert (page.status_code, draft.city) == (409, "Kpando")
    assert 'value="Hohoe"' in page.text
    assert "changed in another window or by a colleague" in page.text
    assert 'name="version" value="1:1"' in page.text


def test_what_is_missing_is_told_at_the_fields(client, draft, people, typed):
    client.force_login(people.owner)
    page = client.post(
        EDIT, typed(draft, then="send", city="", registration_number="", email="", capacity="9 t a year")
    )
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["city", "registration_number", "phone"]
    assert 'value="9 t a year"' in page.text
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("phone", "0302000101", "Write the number with + and the country code"), ("website", "javascript:alert(1)", "Write a web address"),
        ("email", "sales", "Write an e-mail address"), ("founded_year", "2999", "This year has not come yet."), ("legal_name", "", "Give the legal name"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_at_its_field(client, draft, people, typed, field, value, words):
    client.force_login(people.owner)
    page = client.post(EDIT, typed(draft, **{field: value}))
    assert (page.status_code, list(page.context["form"].errors), words in page.text) == (422, [field], True)
    assert "<title>Error:" in page.text


def test_places_are_added_changed_and_removed(client, verified, people, typed):
    client.force_login(people.owner)
    held = verified.sites.get()
    rows = {
        "sites-TOTAL_FORMS": "2", "sites-INITIAL_FORMS": "1", "sites-0-id": held.pk, "sites-0-DELETE": "on",
        "sites-1-name": "Dry mill", "sites-1-kind": "factory", "sites-1-city": "Ho", "sites-1-country": "GH",
    }  # fmt: skip
    assert client.post(EDIT, typed(verified, **rows)).status_code == 302
    assert list(verified.sites.values_list("name", flat=True)) == ["Dry mill"]


def test_a_half_filled_place_is_told_and_nothing_is_lost(client, verified, people, typed):
    client.force_login(people.owner)
    rows = {
        "sites-TOTAL_FORMS": "2",
        "sites-INITIAL_FORMS": "1",
        "sites-0-id": verified.sites.get().pk,
        "sites-0-DELETE": "on",
        "sites-1-name": "Dry mill",
    }
    page = client.post(EDIT, typed(verified, **rows))
    assert (page.status_code, 'value="Dry mill"' in page.text, verified.sites.count()) == (422, True, 1)


def test_while_an_officer_reads_the_form_is_facts_and_a_button(client, draft, people, member):
    submit_company(member=member(draft, people.owner))
    client.force_login(people.owner)
    page = client.get(EDIT).text
    assert ("Take them back" in page, 'name="legal_name"' in page) == (True, False)
    assert client.post(f"{EDIT}take-back/").status_code == 302
    assert 'name="legal_name"' in client.get(EDIT).text


@pytest.mark.parametrize(
    ("who", "read", "write", "team"),
    [
        ("owner", 200, 302, 302),
        ("editor", 200, 302, 403),
        ("viewer", 200, 403, 403),
        ("stranger", 404, 404, 404),
        ("officer", 404, 404, 404),
    ],
)
def test_roles_decide_who_reads_and_writes(client, verified, people, typed, who, read, write, team):
    client.force_login(getattr(people, who))
    assert [client.get(f"/sell/adanu/{part}").status_code for part in ("", "storefront/", "team/")] == [read] * 3
    assert client.post(EDIT, typed(verified, city="Kpando")).status_code == write
    assert client.post("/sell/adanu/team/", {"email": "a@else.example", "role": "viewer"}).status_code == team


@pytest.mark.parametrize(
    "part", ["storefront/take-back/", "team/leave/", "team/1/role/", "team/1/remove/", "team/invitations/1/take-back/"]
)
def test_strangers_find_no_button_either(client, verified, people, part):
    client.force_login(people.stranger)
    assert client.post(f"/sell/adanu/{part}").status_code == 404


@pytest.mark.parametrize("part", ["", "storefront/", "team/", "storefront/pictures/"])
def test_without_signing_in_there_is_only_the_way_to_sign_in(client, verified, part):
    answer = client.get(f"/sell/adanu/{part}")
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))


def test_a_viewer_sees_no_controls(client, verified, people):
    client.force_login(people.viewer)
    assert "<form" not in client.get(EDIT).text.split('id="main"')[1]
    team = client.get("/sell/adanu/team/").text.split('id="main"')[1]
    assert ("Invite somebody" in team, team.count("<form")) == (False, 1)


def test_a_forged_number_of_places_makes_no_endless_page(client, verified, people, typed):
    client.force_login(people.owner)
    page = client.post(EDIT, typed(verified, **{"sites-TOTAL_FORMS": "10000"}))
    assert (page.status_code, len(page.context["sites"].forms), verified.sites.count()) == (422, 40, 1)
