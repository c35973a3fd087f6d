"""Accounts at carriers: who keeps them, what is asked with them, how they are paused, switched and encrypted anew."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from core.errors import NotAllowed, NotFound
from core.models import AuditEntry, OutboxMail
from core.secrets import decrypt
from notifications.models import Notice
from shipping.choices import AccountState, Carrier, CarrierFailure
from shipping.exceptions import (
    AccountAlreadyOff,
    AccountAlreadyOn,
    AccountNameMissing,
    AccountNameTaken,
    AccountUnreadable,
    CredentialMissing,
    CredentialUnusable,
    SandboxForBuyers,
    TooManyAccounts,
)
from shipping.models import CarrierAccount
from shipping.rules.accounts import Credentials, clean_credentials
from shipping.selectors.accounts import (
    get_account,
    list_accounts,
    list_asked_accounts,
    look_at_carrier_accounts,
    open_account,
)
from shipping.services import accounts as service
from storefronts.choices import Role
from storefronts.selectors import list_activity, tell_activity
from tests.listings.factories import make_company, make_member, make_officer, make_user
from tests.shipping.accounts import CREDENTIALS, TEST, enter, terms
from tests.shipping.carriers import NUMBER, SECRET, USER

pytestmark = pytest.mark.django_db
NOTHING = Credentials()
REFUSED = CarrierFailure.UNAUTHORISED


@pytest.fixture
def company():
    return make_company()


@pytest.fixture
def owner(company):
    return make_member(company=company).user


@pytest.fixture
def account(company, owner):
    return enter(owner, company)


def change(account, actor, *, credentials=NOTHING, **said):
    return service.change_account(
        actor=actor, company_id=account.company_id, account_id=account.pk, terms=terms(**said), credentials=credentials
    )


def pause(account, **how):
    service.pause_account(account_id=account.pk, because=REFUSED, **how)
    account.refresh_from_db()
    return account


def here(account):
    return {"company_id": account.company_id, "account_id": account.pk}


def list_acts():
    return list(AuditEntry.objects.filter(action__startswith="shipping.account").order_by("pk").values_list("action", "fields"))  # fmt: skip


# --- entering ---


def test_an_owner_enters_an_account_and_it_is_opened_as_it_was_typed(account):
    opened = open_account(account=account)
    assert (opened.key, opened.environment) == (f"account-{account.pk}", "production")
    assert (opened.number, opened.user, opened.secret) == (NUMBER, USER, SECRET)
    assert decrypt(account.sealed_user) == USER
    assert list_acts() == [("shipping.account_added", ["credentials", "environment", "is_for_buyers", "name"])]


def test_officers_enter_accounts_of_the_agency(company):
    officer = make_officer()
    account = enter(officer)
    assert (account.company, account.created_by) == (None, officer)
    assert list_accounts(user=officer, company_id=None) == [account]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER])
def test_colleagues_look_and_change_nothing(company, account, role):
    colleague = make_member(company=company, role=role).user
    with pytest.raises(NotAllowed):
        change(account, colleague, name="Mine")
    with pytest.raises(NotAllowed):
        enter(colleague, company, name="Another")
    assert [one.name for one in list_accounts(user=colleague, company_id=company.pk)] == ["Contract 2027"]


def test_strangers_and_officers_do_not_know_of_a_firms_account(account):
    stranger, officer = make_member().user, make_officer()
    with pytest.raises(NotFound):
        service.remove_account(actor=stranger, **here(account))
    with pytest.raises(NotFound):
        change(account, officer, name="Mine")
    with pytest.raises(NotFound):
        list_accounts(user=officer, company_id=account.company_id)
    with pytest.raises(NotFound):
        list_accounts(user=stranger, company_id=None)
    assert CarrierAccount.objects.get().name == "Contract 2027"


def test_an_account_is_found_under_its_own_firm_alone(account):
    other = make_member()
    with pytest.raises(NotFound):
        service.switch_off(actor=other.user, company_id=other.company_id, account_id=account.pk)
    with pytest.raises(NotFound):
        get_account(user=other.user, company_id=other.company_id, account_id=account.pk)
    account.refresh_from_db()
    assert account.state == AccountState.ACTIVE


def test_exporters_do_not_enter_accounts_of_the_agency(owner):
    with pytest.raises(NotFound):
        enter(owner)
    assert not CarrierAccount.objects.exists()


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"credentials": Credentials("", USER, SECRET)}, CredentialMissing, "number"),
        ({"credentials": Credentials(NUMBER, USER, "")}, CredentialMissing, "secret"),
        ({"credentials": Credentials(NUMBER, "key with blanks", SECRET)}, CredentialUnusable, "user"),
        ({"credentials": Credentials("1234", USER, SECRET)}, CredentialUnusable, "number"),
        ({"credentials": Credentials(NUMBER, USER, "s\u200becret-4711")}, CredentialUnusable, "secret"),
        ({"credentials": Credentials(NUMBER, USER, "x" * 201)}, CredentialUnusable, "secret"),
        ({"name": "  "}, AccountNameMissing, "name"),
        ({"environment": TEST, "is_for_buyers": True}, SandboxForBuyers, "is_for_buyers"),
    ],
)
def test_what_no_carrier_could_be_asked_with_is_refused_at_its_field(company, owner, said, refusal, field):
    with pytest.raises(refusal) as refused:
        enter(owner, company, **said)
    assert refused.value.field == field
    assert not CarrierAccount.objects.exists()


def test_blanks_that_come_along_with_a_copy_are_taken_off():
    kept = clean_credentials(Credentials(" 123 456 789\n", f"\t{USER} ", f"{SECRET}\n"))
    assert (kept.number, kept.user, kept.secret) == ("123456789", USER, SECRET)


def test_a_name_stands_once_for_a_carrier_and_an_owner(company, owner, account):
    with pytest.raises(AccountNameTaken, match="an account at UPS called “Contract 2027” already"):
        enter(owner, company, name=" Contract  2027 ")
    enter(owner, company, carrier=Carrier.FEDEX)
    officer = make_officer()
    enter(officer)
    with pytest.raises(AccountNameTaken):
        enter(officer)
    assert CarrierAccount.objects.count() == 3


def test_an_eleventh_account_is_refused(company, owner, monkeypatch):
    monkeypatch.setattr(service, "MOST_ACCOUNTS", 2)
    enter(owner, company, name="One")
    enter(owner, company, name="Two")
    with pytest.raises(TooManyAccounts, match="There are 2 accounts already"):
        enter(owner, company, name="Three")
    enter(make_officer(), name="Another’s")
    assert CarrierAccount.objects.filter(company=company).count() == 2


# --- changing ---


def test_empty_credentials_keep_what_stands(account, owner):
    before = account.sealed_secret
    changed = change(account, owner, name="Contract 2028", is_for_buyers=True)
    assert (changed.name, changed.is_for_buyers, changed.sealed_secret) == ("Contract 2028", True, before)
    assert list_acts()[-1] == ("shipping.account_changed", ["is_for_buyers", "name"])


def test_a_part_is_changed_by_itself(account, owner):
    change(account, owner, credentials=Credentials(secret="another-secret"))
    account.refresh_from_db()
    opened = open_account(account=account)
    assert (opened.number, opened.user, opened.secret) == (NUMBER, USER, "another-secret")
    assert list_acts()[-1] == ("shipping.account_changed", ["credentials"])


def test_a_save_that_changes_nothing_is_no_act(account, owner):
    change(account, owner)
    assert [action for action, _fields in list_acts()] == ["shipping.account_added"]


def test_a_refused_change_leaves_everything(account, owner):
    with pytest.raises(CredentialUnusable):
        change(account, owner, name="Other", credentials=Credentials(secret="no"))
    account.refresh_from_db()
    assert (account.name, open_account(account=account).secret) == ("Contract 2027", SECRET)


def test_an_account_is_removed_with_its_credentials(account, owner, company):
    service.remove_account(actor=owner, **here(account))
    assert not CarrierAccount.objects.exists()
    entry = AuditEntry.objects.get(action="shipping.account_removed")
    assert (entry.subject_kind, entry.subject_id) == ("storefronts.company", str(company.pk))
    assert entry.values.values == {"account": "UPS, Contract 2027"}


def test_the_team_reads_what_was_done_with_accounts(account, owner, company):
    other = enter(owner, company, name="Old")
    change(account, owner, is_for_buyers=True)
    service.remove_account(actor=owner, **here(other))
    lines = tell_activity(company=company, entries=list(list_activity(company=company)))
    assert [line.sentence.replace("<b>", "").replace("</b>", "").replace("<bdi>", "").replace("</bdi>", "") for line in lines] == [
        "Esi Mensah removed an account at a carrier",
        "Esi Mensah changed the account UPS, Contract 2027",
        "Esi Mensah added the account UPS, Contract 2027",
    ]  # fmt: skip


# --- pausing ---


def test_a_refused_account_is_paused_once_and_its_owners_are_told(account, owner, company):
    make_member(company=company, role=Role.EDITOR)
    second = make_member(company=company).user
    paused = pause(account)
    pause(account)
    assert (paused.state, paused.paused_because, paused.is_active) == ("paused", "unauthorised", False)
    assert list_acts()[-1] == ("shipping.account_paused", ["state"])
    assert [action for action, _fields in list_acts()].count("shipping.account_paused") == 1
    assert {notice.person for notice in Notice.objects.all()} == {owner, second}
    notice = Notice.objects.filter(person=owner).get()
    assert (notice.kind, notice.url) == ("carrier_paused", f"/sell/{company.slug}/shipping/carriers/")
    assert notice.title == "UPS no longer accepts your account “Contract 2027”"
    mail = OutboxMail.objects.get(recipient=owner.email)
    assert f"UPS has refused the account “Contract 2027” of {company}: Account not accepted." in mail.text
    assert f"/sell/{company.slug}/shipping/carriers/" in mail.text


def test_officers_are_told_of_the_agencys_account_in_their_language():
    officer, other = make_officer(language="ar"), make_officer()
    pause(enter(officer))
    assert {notice.person for notice in Notice.objects.all()} == {officer, other}
    assert Notice.objects.get(person=officer).url == "/ar/admin/shipping/carriers/"
    assert "/ar/admin/shipping/carriers/" in OutboxMail.objects.get(recipient=officer.email).text
    with translation.override("ar"):
        assert str(REFUSED.label) in OutboxMail.objects.get(recipient=officer.email).text


def test_new_credentials_make_a_paused_account_active_again_and_a_new_name_does_not(account, owner):
    pause(account)
    assert change(account, owner, name="Renamed").state == AccountState.PAUSED
    again = change(account, owner, name="Renamed", credentials=Credentials(secret="another-secret"))
    assert (again.state, again.paused_at, again.paused_because) == ("active", None, "")
    assert pause(again).state == AccountState.PAUSED
    assert Notice.objects.filter(person=owner).count() == 2


def test_the_other_system_makes_it_active_again_too(account, owner):
    pause(account)
    assert change(account, owner, environment=TEST).state == AccountState.ACTIVE


def test_an_answer_to_credentials_of_before_pauses_nothing(account, owner):
    asked_at = timezone.now()
    CarrierAccount.objects.update(changed_at=asked_at + timedelta(seconds=1))
    assert pause(account, asked_at=asked_at).state == AccountState.ACTIVE
    assert pause(account, asked_at=asked_at + timedelta(seconds=2)).state == AccountState.PAUSED


def test_an_account_that_is_off_or_gone_is_not_paused(account, owner):
    service.switch_off(actor=owner, **here(account))
    assert pause(account).state == AccountState.OFF
    service.pause_account(account_id=987654, because=REFUSED)
    assert not Notice.objects.exists()


# --- switching ---


def test_an_account_is_switched_off_and_on(account, owner):
    assert service.switch_off(actor=owner, **here(account)).state == AccountState.OFF
    with pytest.raises(AccountAlreadyOff):
        service.switch_off(actor=owner, **here(account))
    assert service.switch_on(actor=owner, **here(account)).state == AccountState.ACTIVE
    with pytest.raises(AccountAlreadyOn):
        service.switch_on(actor=owner, **here(account))
    assert [action for action, _fields in list_acts()][1:] == ["shipping.account_switched_off", "shipping.account_switched_on"]  # fmt: skip


def test_switching_makes_no_refused_account_good(account, owner):
    pause(account)
    service.switch_off(actor=owner, **here(account))
    assert service.switch_on(actor=owner, **here(account)).state == AccountState.PAUSED


def test_new_credentials_of_one_that_is_off_are_good_once_it_is_on(account, owner):
    pause(account)
    service.switch_off(actor=owner, **here(account))
    assert change(account, owner, credentials=CREDENTIALS).state == AccountState.OFF
    assert service.switch_on(actor=owner, **here(account)).state == AccountState.ACTIVE


# --- asking and keys ---


def test_a_lookup_asks_the_agencys_and_the_exporters_own(company, owner, account, django_assert_num_queries):
    officer = make_officer()
    agencys = enter(officer, name="Agency", is_for_buyers=True)
    off = enter(owner, company, name="Off", is_for_buyers=True)
    service.switch_off(actor=owner, **here(off))
    other = make_member()
    enter(other.user, other.company, is_for_buyers=True)
    pause(account)
    with django_assert_num_queries(1):
        asked = list_asked_accounts(company_id=company.pk, by_buyers=False)
        names = [(one.name, one.state) for one in asked]
    assert names == [("Agency", "active"), ("Contract 2027", "paused")]
    assert list_asked_accounts(company_id=company.pk, by_buyers=True) == [agencys]


def test_credentials_lie_under_the_newest_key_after_a_rotation(account, capsys):
    before = account.sealed_number
    call_command("rotate_field_key")
    account.refresh_from_db()
    assert account.sealed_number != before
    assert (open_account(account=account).number, open_account(account=account).secret) == (NUMBER, SECRET)
    assert "accounts at carriers" in capsys.readouterr().out


def test_an_account_whose_key_is_lost_says_so(account, settings, tmp_path):
    settings.CREDENTIAL_KEY_DIR = tmp_path / "empty"
    with pytest.raises(AccountUnreadable, match="The credentials of “UPS, Contract 2027” cannot be read"):
        open_account(account=account)
    assert [finding.is_well for finding in look_at_carrier_accounts()] == [False]


def test_the_doctor_opens_every_account(account):
    assert [finding.words for finding in look_at_carrier_accounts()] == ["The credentials of 1 accounts can be read."]


def test_nobody_without_an_account_sees_any():
    with pytest.raises(NotFound):
        list_accounts(user=make_user(), company_id=None)
