"""Authenticator apps, recovery codes, and officers who need one of them."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.accounts.conftest import PASSWORD, newest_mail, sign_in

pytestmark = pytest.mark.django_db


def digits_for(secret, *, steps_ahead=0):
    """What an authenticator app would show."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps_ahead))


@pytest.fixture
def enrolled(client, exporter):
    """An exporter who has just set up an app: her secret and her recovery codes."""
    sign_in(client, exporter.email)
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": digits_for(secret)})
    codes = client.get("/account/2fa/recovery-codes/").context["unused_codes"]
    return secret, codes


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_by_its_digits_and_the_owner_is_told(client, exporter):
    sign_in(client, exporter.email)
    page = client.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    done = client.post("/account/2fa/totp/activate/", {"code": digits_for(secret)})
    assert done["Location"] == "/account/2fa/recovery-codes/"
    assert newest_mail(exporter.email).subject == "The authenticator app is on"


def test_wrong_digits_set_nothing_up(client, exporter):
    sign_in(client, exporter.email)
    client.get("/account/2fa/totp/activate/")
    answer = client.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert answer.status_code == 422
    assert "This code is wrong. Wait until the app shows the next one and type that." in answer.content.decode()
    assert Authenticator.objects.count() == 0


def test_after_the_password_the_app_is_asked(enrolled, exporter):
    client = Client()
    assert sign_in(client, exporter.email)["Location"] == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 422
    right = client.post("/account/2fa/authenticate/", {"code": digits_for(enrolled[0], steps_ahead=1)})
    assert right["Location"] == "/account/landing/"
    assert client.session["_auth_user_id"] == str(exporter.pk)


def test_a_recovery_code_opens_once(enrolled, exporter):
    first, second = Client(), Client()
    sign_in(first, exporter.email)
    assert first.post("/account/2fa/authenticate/", {"code": enrolled[1][0]})["Location"] == "/account/landing/"
    sign_in(second, exporter.email)
    assert second.post("/account/2fa/authenticate/", {"code": enrolled[1][0]}).status_code == 422


def test_recovery_codes_can_be_downloaded(client, enrolled):
    answer = client.get("/account/2fa/recovery-codes/download/")
    assert answer["Content-Type"] == "text/plain"
    assert answer.content.decode().split() == enrolled[1]
    assert len(enrolled[1]) == 10


def test_the_app_is_turned_off_again(client, enrolled, exporter):
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert newest_mail(exporter.email).subject == "The authenticator app is off"


def test_setting_one_up_needs_a_fresh_proof_of_who_it_is(client, exporter, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    client.force_login(exporter)
    answer = client.get("/account/2fa/totp/activate/")
    assert answer["Location"] == "/account/reauthenticate/?next=%2Faccount%2F2fa%2Ftotp%2Factivate%2F"
    wrong = client.post(answer["Location"], {"password": "wrong"})
    assert wrong.status_code == 422
    assert "This password is wrong." in wrong.content.decode()


@pytest.fixture
def strict(settings):
    """As production sets it."""
    settings.STAFF_SECOND_FACTOR_REQUIRED = True


@pytest.mark.parametrize(
    "path", ["/admin/", "/", "/sell/", "/account/landing/", "/ar/admin/", "/account/profile/", "/api/v1/listings/"]
)
def test_an_officer_without_a_second_factor_is_sent_to_set_one_up(strict, client, officer, path):
    sign_in(client, officer.email)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"].removeprefix("/ar")) == (302, "/account/second-factor/")


@pytest.mark.parametrize(
    "path",
    [
        "/account/second-factor/",
        "/account/2fa/totp/activate/",
        "/account/2fa/webauthn/add/",
        "/account/logout/",
        "/help/",
    ],
)
def test_the_pages_to_set_it_up_and_to_leave_stay_open(strict, client, officer, path):
    sign_in(client, officer.email)
    assert client.get(path).status_code == 200


def test_the_officer_is_told_why(strict, client, officer):
    sign_in(client, officer.email)
    assert "<h1>Officers need a second factor</h1>" in client.get("/account/second-factor/").content.decode()


def test_with_an_app_the_officer_reaches_the_queue(strict, client, officer):
    sign_in(client, officer.email)
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": digits_for(secret)})
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(strict, client, officer):
    sign_in(client, officer.email)
    Authenticator.objects.create(
        user=officer, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0}
    )
    assert client.get("/admin/")["Location"] == "/account/second-factor/"


def test_exporters_are_not_asked_for_one(strict, client, exporter):
    sign_in(client, exporter.email)
    assert client.get("/account/").status_code == 200


def test_in_development_an_officer_goes_straight_in(client, officer, settings):
    assert settings.STAFF_SECOND_FACTOR_REQUIRED is False
    sign_in(client, officer.email)
    assert client.get("/admin/").status_code == 200


def test_the_login_of_the_admin_is_ours(client, officer):
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/account/login/?next=%2Fadmin%2F"


def test_the_login_of_the_admin_takes_no_password(client, officer):
    answer = client.post("/admin/login/?next=/admin/", {"username": officer.email, "password": PASSWORD})
    assert answer["Location"] == "/account/login/?next=%2Fadmin%2F"
    assert "_auth_user_id" not in client.session


def test_an_exporter_is_refused_at_the_login_of_the_admin(client, exporter):
    sign_in(client, exporter.email)
    assert client.get("/admin/login/?next=/admin/").status_code == 403
