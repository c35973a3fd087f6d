"""Every page of an account keeps the house rules: strict CSP, one h1, a title, in both directions."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.accounts.conftest import sign_in

pytestmark = pytest.mark.django_db

ENTRANCE = [
    "/account/login/", "/account/signup/", "/account/login/code/", "/account/password/reset/", "/account/password/reset/done/",
    "/account/password/reset/key/done/", "/account/password/reset/key/1-nonsense/", "/account/confirm-email/",
    "/account/confirm-email/nonsense/", "/account/inactive/", "/help/", "/ar/account/login/", "/ar/account/signup/",
]  # fmt: skip
SIGNED_IN = [
    "/account/", "/account/profile/", "/account/second-factor/", "/account/email/", "/account/password/change/", "/account/logout/",
    "/account/reauthenticate/", "/account/2fa/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/", "/account/2fa/webauthn/add/",
    "/account/sessions/", "/ar/account/", "/ar/account/2fa/",
]  # fmt: skip
WITH_A_PASSKEY = [
    "/account/2fa/", "/account/2fa/webauthn/", "/account/2fa/webauthn/keys/1/edit/",
    "/account/2fa/webauthn/keys/1/remove/", "/account/2fa/recovery-codes/generate/",
]  # fmt: skip
CREDENTIAL = {"clientExtensionResults": {"credProps": {"rk": True}}}
UNREACHED = ["account/signup_closed.html", "account/verified_email_required.html", "429.html"]


def assert_keeps_the_house_rules(page):
    assert re.findall(r"<h1[ >]", page) == ["<h1" + page[page.index("<h1") + 3]]
    assert re.search(r"<title>\s*[^<\s|][^<|]+ \| Lateen</title>", page)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert not re.search(r"<svg(?![^>]*\bwidth=)", page)


@pytest.mark.parametrize("path", ENTRANCE)
def test_an_entrance_page_keeps_the_house_rules(client, path):
    answer = client.get(path)
    assert answer.status_code in {200, 410}
    assert "script-src" not in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert_keeps_the_house_rules(answer.content.decode())


@pytest.mark.parametrize("path", SIGNED_IN)
def test_a_page_of_ones_account_keeps_the_house_rules(client, buyer, path):
    sign_in(client, buyer.email)
    answer = client.get(path)
    assert answer.status_code == 200
    assert_keeps_the_house_rules(answer.content.decode())


@pytest.mark.parametrize("path", WITH_A_PASSKEY)
def test_a_page_about_a_passkey_keeps_the_house_rules(client, buyer, path):
    sign_in(client, buyer.email)
    Authenticator.objects.create(
        pk=1, user=buyer, type=Authenticator.Type.WEBAUTHN, data={"name": "My <phone>", "credential": CREDENTIAL}
    )
    answer = client.get(path)
    assert answer.status_code == 200
    assert_keeps_the_house_rules(answer.content.decode())


def test_the_page_to_set_a_first_password_keeps_the_house_rules(client, buyer):
    buyer.set_unusable_password()
    buyer.save(update_fields=["password"])
    client.force_login(buyer)
    answer = client.get("/account/password/change/", follow=True)
    assert answer.redirect_chain == [("/account/password/set/", 302)]
    assert_keeps_the_house_rules(answer.content.decode())


@pytest.mark.parametrize("template", UNREACHED)
def test_a_page_that_few_ever_see_keeps_the_house_rules_too(template):
    request = RequestFactory().get("/account/")
    request.user = AnonymousUser()
    assert_keeps_the_house_rules(render_to_string(template, {"authenticator": {"pk": 1}}, request))


def test_sign_in_works_for_password_managers_and_without_javascript(client):
    page = client.get("/account/login/").content.decode()
    login = re.search(r'<input[^>]*name="login"[^>]*>', page)[0]
    password = re.search(r'<input[^>]*name="password"[^>]*>', page)[0]
    assert 'autocomplete="username"' in login
    assert 'inputmode="email"' in login
    assert 'autocomplete="current-password"' in password
    assert "placeholder" not in login + password
    assert re.search(r'<form[^>]*data-passkey="get"[^>]* hidden>', page)
    assert re.search(r'<button[^>]*data-reveal="id_password"[^>]* hidden>', page)
    assert 'href="/account/login/code/"' in page


def test_without_javascript_sign_up_asks_everything_with_a_hint(client):
    page = client.get("/account/signup/").content.decode()
    assert 'name="organisation"' in page
    assert "For buyers: exporters see it when you write to them. If you sell, leave it empty." in page
    assert 'autocomplete="new-password"' in page


def test_the_page_asked_for_stays_in_every_way_in(client):
    page = client.get("/account/login/?next=/help/").content.decode()
    assert page.count('name="next" value="/help/"') == 2
    assert 'href="/account/signup/?next=%2Fhelp%2F"' in page
    assert 'href="/account/login/code/?next=%2Fhelp%2F"' in page


def test_the_help_page_names_every_step_of_the_evidence_ladder(client):
    page = client.get("/help/").content.decode()
    assert re.findall(r"<dt class=\"b\">(\d)\. ", page) == ["0", "1", "2", "3", "4"]
    assert 'href="tel:+233302000000"' in page
    assert 'href="/account/signup/?as=exporter"' in page
