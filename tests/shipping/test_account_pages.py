"""Pages of accounts at carriers: owners and officers enter and change them, colleagues look, credentials are never sent back."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shipping.models import CarrierAccount
from shipping.selectors.accounts import open_account
from shipping.services.accounts import pause_account
from storefronts.choices import Role
from tests.listings.factories import make_company, make_member, make_officer
from tests.shipping.accounts import TYPED, enter
from tests.shipping.carriers import NUMBER, SECRET, USER

pytestmark = pytest.mark.django_db
OFFICERS = "/admin/shipping/carriers/"


@pytest.fixture
def company():
    return make_company(slug="adanu")


@pytest.fixture
def owner(company):
    return make_member(company=company).user


@pytest.fixture
def seller(client, owner):
    client.force_login(owner)
    return client


@pytest.fixture
def account(owner, company):
    return enter(owner, company)


PAGE = "/sell/adanu/shipping/carriers/"


def at(account, act=""):
    return f"{PAGE}{account.pk}/{act}"


def change(**typed):
    kept = {"name": "Contract 2027", "environment": "production", "number": "", "user": "", "secret": ""}
    return {**kept, **typed}


def test_an_owner_adds_an_account_and_finds_it_in_the_list(seller, company):
    assert "No account yet" in seller.get(PAGE).text
    answer = seller.post(f"{PAGE}add/", {**TYPED, "is_for_buyers": "on"}, follow=True)
    assert "The account is kept, its credentials encrypted." in answer.text
    assert "Contract 2027" in answer.text
    assert "Buyers and exporters" in answer.text
    account = CarrierAccount.objects.get()
    assert (account.company, account.carrier, open_account(account=account).number) == (company, "ups", NUMBER)


def test_officers_add_an_account_of_the_agency(client):
    client.force_login(make_officer())
    answer = client.post(f"{OFFICERS}add/", TYPED, follow=True)
    assert "Contract 2027" in answer.text
    assert "Exporters only" in answer.text
    assert CarrierAccount.objects.get().company is None


def test_pages_say_in_plain_words_what_they_are(seller, account):
    page = seller.get(PAGE).text
    assert "nobody has called a carrier with them yet" in page
    assert "with prices that nobody will honour" in page
    assert "this account is asked too, and the buyer reads its prices" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"number": "", "name": ""}, ["id_number", "id_name"]),
        ({"user": "two words"}, ["Copy this from the carrier’s own pages"]),
        ({"carrier": "karrio"}, ["id_carrier"]),
        ({"environment": "sandbox", "is_for_buyers": "on"}, ["Prices of a test system are not real"]),
    ],
)
def test_what_is_wrong_is_said_and_no_credential_comes_back(seller, company, typed, said):
    answer = seller.post(f"{PAGE}add/", {**TYPED, **typed})
    assert answer.status_code == 422
    assert [words for words in said if words not in answer.text] == []
    assert "because no page ever sends them back" in answer.text
    assert [secret for secret in (NUMBER, USER, SECRET) if secret in answer.text] == []
    assert 'value="Contract 2027"' in answer.text or "name" in typed
    assert not CarrierAccount.objects.exists()


def test_a_name_that_is_taken_is_said_at_its_field(seller, account):
    answer = seller.post(f"{PAGE}add/", TYPED)
    assert (answer.status_code, "There is an account at UPS called “Contract 2027” already" in answer.text) == (409, True)  # fmt: skip


def test_an_empty_form_is_refused(seller, company):
    answer = seller.post(f"{PAGE}add/", {})
    assert (answer.status_code, "This field is required" in answer.text) == (422, True)


def test_a_change_without_credentials_keeps_them(seller, account):
    page = seller.get(at(account)).text
    assert "Leave it empty to keep the one that stands." in page
    assert [secret for secret in (NUMBER, USER, SECRET) if secret in page] == []
    answer = seller.post(at(account), change(name="Contract 2028", is_for_buyers="on"), follow=True)
    assert "The changes are kept." in answer.text
    account.refresh_from_db()
    assert (account.name, account.is_for_buyers, open_account(account=account).secret) == ("Contract 2028", True, SECRET)  # fmt: skip


def test_a_paused_account_is_made_active_by_typing_its_keys_again(seller, account):
    pause_account(account_id=account.pk, because="unauthorised")
    page = seller.get(PAGE).text
    assert "Type the keys again" in page
    assert "Account not accepted, since" in page
    assert "The carrier has refused it since" in seller.get(at(account)).text
    seller.post(at(account), change(number=NUMBER, user=USER, secret="another-secret"))
    account.refresh_from_db()
    assert account.state == "active"


def test_an_account_is_switched_off_and_on(seller, account):
    assert "Switched off: no lookup asks this account." in seller.post(at(account, "switch/"), {"to": "off"}, follow=True).text  # fmt: skip
    assert "This account is switched off already." in seller.post(at(account, "switch/"), {"to": "off"}, follow=True).text  # fmt: skip
    assert "Switched on: lookups ask this account again." in seller.post(at(account, "switch/"), {"to": "on"}, follow=True).text  # fmt: skip
    account.refresh_from_db()
    assert account.state == "active"


def test_an_account_is_removed_after_one_more_question(seller, account):
    page = seller.get(at(account, "remove/")).text
    assert "Remove UPS, Contract 2027?" in page
    assert CarrierAccount.objects.exists()
    assert "The account is gone" in seller.post(at(account, "remove/"), follow=True).text
    assert not CarrierAccount.objects.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER])
def test_colleagues_see_the_accounts_and_no_button(client, company, account, role):
    client.force_login(make_member(company=company, role=role).user)
    page = client.get(PAGE).text
    assert "Contract 2027" in page
    assert "Add an account" not in page
    assert "Switch off" not in page
    assert [client.get(f"{PAGE}{act}").status_code for act in ("add/", f"{account.pk}/", f"{account.pk}/remove/")] == [403] * 3  # fmt: skip
    assert client.post(at(account, "switch/"), {"to": "off"}).status_code == 403
    assert client.post(at(account), change(name="Mine")).status_code == 403
    account.refresh_from_db()
    assert (account.state, account.name) == ("active", "Contract 2027")


def test_strangers_find_nothing_and_change_nothing(client, account):
    other = make_member(company=make_company(slug="keta"))
    client.force_login(other.user)
    pages = (PAGE, at(account), f"/sell/keta/shipping/carriers/{account.pk}/", f"/sell/keta/shipping/carriers/{account.pk}/remove/")  # fmt: skip
    assert [client.get(page).status_code for page in pages] == [404] * 4
    assert client.post(f"/sell/keta/shipping/carriers/{account.pk}/remove/").status_code == 404
    assert client.post(f"/sell/keta/shipping/carriers/{account.pk}/switch/", {"to": "off"}).status_code == 404
    account.refresh_from_db()
    assert account.state == "active"


def test_officers_do_not_reach_a_firms_account_nor_a_firm_the_agencys(client, owner, account):
    officer = make_officer()
    client.force_login(officer)
    assert client.get(f"{OFFICERS}{account.pk}/").status_code == 404
    agencys = enter(officer, name="Agency")
    assert client.get(f"{OFFICERS}{agencys.pk}/").status_code == 200
    client.force_login(owner)
    assert client.get(f"{OFFICERS}{agencys.pk}/").status_code == 302
    assert client.get(at(agencys)).status_code == 404


def test_no_page_of_the_admin_shows_accounts_as_records():
    shown = [model.model for model in admin.site._registry.values()]
    shown += [inline.model for model in admin.site._registry.values() for inline in model.inlines]
    assert CarrierAccount not in shown


def test_the_list_takes_as_many_queries_for_many_as_for_one(seller, owner, company, account):
    seller.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        seller.get(PAGE)
    enter(owner, company, name="Two")
    enter(owner, company, name="Three")
    with CaptureQueriesContext(connection) as many:
        seller.get(PAGE)
    assert len(many) == len(one)
    assert not [query for query in many.captured_queries if "sealed_secret" in query["sql"]]
