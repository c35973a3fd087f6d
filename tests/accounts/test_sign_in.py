"""Sign-in by password and by code, the way back after a forgotten password, limits, sessions."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.accounts.conftest import PASSWORD, link_in, newest_mail, sign_in

pytestmark = pytest.mark.django_db

WRONG = "The email address or the password is wrong. Check both, or ask for a sign-in code by email."


def test_an_exporter_signs_in_with_the_address_in_any_case(client, exporter):
    assert sign_in(client, "AKOSUA@example.org")["Location"] == "/account/landing/"
    assert client.session["_auth_user_id"] == str(exporter.pk)


def test_sign_in_leads_to_the_page_that_was_asked_for(client, exporter):
    assert sign_in(client, exporter.email, next="/help/")["Location"] == "/help/"


def test_sign_in_never_leads_to_another_site(client, exporter):
    assert sign_in(client, exporter.email, next="https://evil.example/x")["Location"] == "/account/landing/"


def test_keep_me_signed_in_decides_whether_the_session_outlives_the_browser(client, exporter):
    sign_in(client, exporter.email, remember="on")
    assert not client.session.get_expire_at_browser_close()
    other = Client()
    sign_in(other, exporter.email)
    assert other.session.get_expire_at_browser_close()


@pytest.mark.parametrize("email", ["akosua@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(client, exporter, email):
    answer = sign_in(client, email, "wrong wrong wrong")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert WRONG in page
    assert f'value="{email}"' in page
    assert "<title>Error: Sign in" in page
    assert "wrong wrong wrong" not in page


def test_the_sixth_wrong_password_is_told_to_wait_even_when_right(client, exporter):
    answers = [sign_in(client, exporter.email, "wrong wrong wrong") for _ in range(5)]
    assert WRONG in answers[-1].content.decode()
    late = sign_in(client, exporter.email)
    assert late.status_code == 422
    assert "Too many tries. Your account is safe. Wait five minutes, then try again." in late.content.decode()
    assert "_auth_user_id" not in client.session


def test_too_many_requests_of_one_machine_get_the_friendly_page(client, db):
    answers = [client.post("/account/password/reset/", {"email": f"x{number}@example.org"}) for number in range(21)]
    assert [answer.status_code for answer in answers] == [302] * 20 + [429]
    assert "<h1>That was too often</h1>" in answers[-1].content.decode()


def test_a_code_by_mail_signs_in(client, buyer):
    asked = client.post("/account/login/code/", {"email": buyer.email})
    assert asked["Location"] == "/account/login/code/confirm/"
    mail = newest_mail(buyer.email)
    assert mail.subject == "Your sign-in code"
    code = re.search(r'class="code" dir="ltr">(\S+)<', mail.html)[1]
    assert f"\n{code}\n" in mail.text
    assert client.post("/account/login/code/confirm/", {"code": code})["Location"] == "/account/landing/"


def test_a_wrong_code_is_refused_and_may_be_tried_again(client, buyer):
    client.post("/account/login/code/", {"email": buyer.email})
    answer = client.post("/account/login/code/confirm/", {"code": "WRONG1"})
    assert answer.status_code == 422
    assert "This code is wrong. Type the newest code." in answer.content.decode()


def test_asking_a_code_for_an_unknown_address_looks_the_same(client, db):
    assert (
        client.post("/account/login/code/", {"email": "nobody@example.org"})["Location"]
        == "/account/login/code/confirm/"
    )
    assert newest_mail("nobody@example.org").subject == "There is no account with this address"


def test_a_forgotten_password_is_set_anew_by_mail(client, exporter):
    assert (
        client.post("/account/password/reset/", {"email": exporter.email})["Location"]
        == "/account/password/reset/done/"
    )
    link = link_in(newest_mail(exporter.email))
    form = client.get(link)["Location"]
    assert "<h1>Set a new password</h1>" in client.get(form).content.decode()
    assert client.post(form, {"password1": "palm wine at noon"})["Location"] == "/account/password/reset/key/done/"
    assert newest_mail(exporter.email).subject == "Your password was set anew"
    assert sign_in(client, exporter.email, "palm wine at noon").status_code == 302
    used = Client().get(link)
    assert used.status_code == 410
    assert "This link is no longer good" in used.content.decode()


def test_resetting_an_unknown_address_looks_the_same(client, db):
    assert (
        client.post("/account/password/reset/", {"email": "nobody@example.org"})["Location"]
        == "/account/password/reset/done/"
    )
    assert newest_mail("nobody@example.org").subject == "There is no account with this address"


def test_sign_out_needs_a_button(client, exporter):
    sign_in(client, exporter.email)
    assert client.get("/account/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/account/logout/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_another_session_can_be_ended(client, exporter):
    other = Client(headers={"user-agent": "An old phone"})
    sign_in(other, exporter.email)
    sign_in(client, exporter.email)
    client.get("/account/")
    page = client.get("/account/sessions/").content.decode()
    assert "An old phone" in page
    assert page.count("This one") == 1
    client.post("/account/sessions/")
    assert UserSession.objects.count() == 1
    assert other.get("/account/")["Location"] == "/account/login/?next=/account/"
    assert client.get("/account/").status_code == 200


def test_a_closed_account_is_told_so(client, exporter):
    exporter.is_active = False
    exporter.save(update_fields=["is_active"])
    answer = sign_in(client, exporter.email)
    assert "_auth_user_id" not in client.session
    assert answer["Location"] == "/account/inactive/"
    assert "<h1>This account is closed</h1>" in client.get("/account/inactive/").content.decode()


def test_the_password_is_changed_with_the_present_one(client, exporter):
    sign_in(client, exporter.email)
    wrong = client.post("/account/password/change/", {"oldpassword": "no", "password1": "palm wine at noon"})
    assert wrong.status_code == 422
    assert "This is not your present password." in wrong.content.decode()
    right = client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": "palm wine at noon"})
    assert right["Location"] == "/account/"
    exporter.refresh_from_db()
    assert exporter.check_password("palm wine at noon")
    assert newest_mail(exporter.email).subject == "Your password was changed"


def test_a_second_address_is_added_confirmed_and_made_the_first(client, exporter):
    sign_in(client, exporter.email)
    client.post("/account/email/", {"action_add": "", "email": "shop@example.org"})
    client.post(link_in(newest_mail("shop@example.org")))
    client.post("/account/email/", {"action_primary": "", "email": "shop@example.org"})
    exporter.refresh_from_db()
    assert exporter.email == "shop@example.org"
    client.post("/account/email/", {"action_remove": "", "email": "akosua@example.org"})
    assert exporter.emailaddress_set.count() == 1
