"""Passkeys in a real Chromium, whose virtual authenticator stands for a phone with a fingerprint reader."""

import os
import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.accounts.conftest import PASSWORD

os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # playwright's loop runs in the thread that prepares the database

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox", "--disable-gpu"], "headless": True}


@pytest.fixture
def browser_context_args(live_server):
    return {"base_url": live_server.url, "locale": "en-GB"}


@pytest.fixture
def phone(page):
    """A phone with passkeys, without any yet; and every complaint of the browser fails the test."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    yield lambda command: session.send(f"WebAuthn.{command}", made)
    assert complaints == []


def enter_by_password(page, person):
    page.goto("/account/login/")
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page, name):
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Name of this passkey").fill(name)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def sign_out(page):
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("/")


def test_a_passkey_is_added_and_opens_the_account_without_a_password(page, phone, buyer):
    enter_by_password(page, buyer)
    add_passkey(page, "My phone")
    assert [credential["userName"] for credential in phone("getCredentials")["credentials"]] == [buyer.email]
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_text("My phone")).to_be_visible()
    sign_out(page)
    page.goto("/account/login/?next=/account/profile/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Profile")


def test_a_passkey_is_the_second_step_after_a_password(page, phone, buyer):
    enter_by_password(page, buyer)
    add_passkey(page, "My phone")
    sign_out(page)
    enter_by_password(page, buyer)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("/")
    page.goto("/account/2fa/webauthn/reauthenticate/?next=/account/2fa/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passkeys and second factor")


def test_a_device_without_the_passkey_says_what_to_do(page, phone, buyer):
    phone("clearCredentials")
    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("Try again, or sign in another way."))


def test_a_passkey_is_renamed_and_removed(page, phone, buyer):
    enter_by_password(page, buyer)
    add_passkey(page, "My phone")
    page.goto("/account/2fa/webauthn/")
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name of this passkey").fill("Old phone")
    page.get_by_role("button", name="Save the name").click()
    expect(page.get_by_text("Old phone")).to_be_visible()
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 0


def test_sign_up_asks_a_buyer_for_the_organisation_only(page, phone, db):
    page.goto("/account/signup/?as=exporter")
    expect(page.get_by_label("Organisation")).to_be_hidden()
    page.get_by_label("I buy: find products and exporters").check()
    expect(page.get_by_label("Organisation")).to_be_visible()


def test_the_password_can_be_shown_while_typing(page, phone, db):
    page.goto("/account/login/")
    page.get_by_label("Password", exact=True).fill("secret")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")


def test_without_javascript_a_password_opens_the_account(browser, live_server, buyer):
    page = browser.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    page.goto("/account/login/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    enter_by_password(page, buyer)
    page.goto("/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My account")
    page.context.close()
