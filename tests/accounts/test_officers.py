"""Administrators invite officers and close accounts; nobody else does."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.exceptions import AddressTaken, NotAnAdministrator, OwnAccount
from accounts.models import User
from accounts.services.officers import close_account, invite_officer, reopen_account
from accounts.services.people import add_person
from core.models import AuditEntry, OutboxMail
from tests.accounts.conftest import link_in, newest_mail, sign_in

pytestmark = pytest.mark.django_db


def test_an_invited_officer_sets_a_password_and_signs_in(administrator):
    invited = invite_officer(email="Efua@example.org", full_name="Efua Owusu", administrator=administrator)
    assert (invited.email, invited.is_staff, invited.is_superuser, invited.has_usable_password()) == (
        "efua@example.org",
        True,
        False,
        False,
    )
    mail = newest_mail("efua@example.org")
    assert mail.subject == "You are invited as an officer"
    assert "Yaa Boateng invites you" in mail.text
    client = Client()
    form = client.get(link_in(mail))["Location"]
    client.post(form, {"password1": "kente on a line"})
    assert sign_in(client, "efua@example.org", "kente on a line")["Location"] == "/account/landing/"
    assert AuditEntry.objects.get(action="accounts.officer_invited").actor_id == administrator.pk


def test_an_officer_may_not_invite(officer):
    with pytest.raises(NotAnAdministrator) as refused:
        invite_officer(email="efua@example.org", full_name="Efua", administrator=officer)
    assert str(refused.value) == "Only an administrator may do this."
    assert (User.objects.count(), OutboxMail.objects.count()) == (1, 0)


def test_a_known_address_is_not_invited(administrator, exporter):
    EmailAddress.objects.create(user=exporter, email="second@example.org", verified=True)
    with pytest.raises(AddressTaken):
        invite_officer(email="SECOND@example.org", full_name="Efua", administrator=administrator)
    exporter.refresh_from_db()
    assert exporter.is_staff is False


def test_a_person_is_added_once(exporter):
    with pytest.raises(AddressTaken):
        add_person(email="AKOSUA@example.org", password="x", full_name="Akosua")
    assert User.objects.count() == 1


def test_a_closed_account_loses_its_sessions(client, administrator, exporter):
    sign_in(client, exporter.email)
    client.get("/account/")
    close_account(person=exporter, administrator=administrator)
    assert client.get("/account/").status_code == 302
    reopen_account(person=exporter, administrator=administrator)
    assert sign_in(client, exporter.email)["Location"] == "/account/landing/"


def test_administrators_cannot_lock_themselves_out(administrator):
    with pytest.raises(OwnAccount):
        close_account(person=administrator, administrator=administrator)
    administrator.refresh_from_db()
    assert administrator.is_active is True
