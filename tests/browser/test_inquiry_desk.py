"""The exporter's desk in a real browser: answers with and without JavaScript, kept drafts, two windows at once."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from demo.seed.people import BUYER, COLLEAGUE, EXPORTER
from tests.browser.acts import COMPANY

INBOX = f"/sell/{COMPANY}/inquiries/"
SignIn = Callable[..., Page]


@pytest.fixture
def address(sign_in: SignIn) -> str:
    """The thread that waits for an answer to Hamburg, wherever it stands in the inbox."""
    page = sign_in(EXPORTER.email)
    page.goto(f"{INBOX}?show=all")
    return page.locator(".inbox a", has_text=re.compile("600 kg.*Hamburg")).first.get_attribute("href") or ""


@pytest.fixture
def words() -> str:
    """A message that no other test writes."""
    return f"We can hold the price for lot {uuid4().hex[:8]}."


def write(page: Page, text: str) -> None:
    page.locator("#id_text").fill(text)


def bubbles(page: Page, text: str) -> int:
    return page.locator(".msg .bubble", has_text=text).count()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_exporter_answers_and_the_buyer_reads_it(sign_in: SignIn, address: str, words: str, *, javascript: bool):
    exporter = sign_in(EXPORTER.email, javascript=javascript)
    exporter.goto(INBOX)
    exporter.goto(address)
    write(exporter, words)
    exporter.get_by_role("button", name="Send reply").click()
    exporter.wait_for_url(re.compile(r"#message-\d+$"))
    expect(exporter.locator(".msg.me .bubble", has_text=words)).to_be_visible()
    expect(exporter.locator("#id_text")).to_have_value("")

    buyer = sign_in(BUYER.email, javascript=javascript)
    buyer.goto(address)
    expect(buyer.locator(".msg:not(.me) .bubble", has_text=words)).to_be_visible()


def test_a_double_click_shows_one_message(sign_in: SignIn, address: str, words: str):
    page = sign_in(EXPORTER.email)
    page.goto(address)
    write(page, words)
    page.get_by_role("button", name="Send reply").dblclick()
    page.wait_for_url(re.compile(r"#message-\d+$"))
    page.reload()
    assert bubbles(page, words) == 1


def test_a_draft_survives_a_reload(sign_in: SignIn, address: str, words: str):
    page = sign_in(EXPORTER.email)
    page.goto(address)
    write(page, words)
    expect(page.locator("[data-save-status]")).to_contain_text("Draft saved")
    page.reload()
    expect(page.locator("#id_text")).to_have_value(words)
    write(page, "")
    expect(page.locator("[data-save-status]")).to_contain_text("Draft saved")


def test_a_draft_is_saved_by_its_button_without_javascript(sign_in: SignIn, address: str, words: str):
    page = sign_in(COLLEAGUE.email, javascript=False)
    page.goto(address)
    write(page, words)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Your draft is saved. Nobody else sees it.")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value(words)
    write(page, "")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("#id_text")).to_have_value("")


def test_two_members_at_once_read_one_another(sign_in: SignIn, address: str, words: str):
    first, second = sign_in(EXPORTER.email), sign_in(COLLEAGUE.email)
    first.goto(address)
    second.goto(address)
    write(first, f"Yes. {words}")
    first.get_by_role("button", name="Send reply").click()
    first.wait_for_url(re.compile(r"#message-\d+$"))

    write(second, f"No. {words}")
    second.get_by_role("button", name="Send reply").click()
    expect(second.locator(".error-summary")).to_contain_text("has answered in the meantime")
    expect(second.locator(".msg .bubble", has_text=f"Yes. {words}")).to_be_visible()
    expect(second.locator("#id_text")).to_have_value(f"No. {words}")
    second.get_by_role("button", name="Send reply").click()
    second.wait_for_url(re.compile(r"#message-\d+$"))
    assert bubbles(second, words) == 2


def test_news_are_told_while_somebody_writes(sign_in: SignIn, address: str, words: str):
    reading, writing = sign_in(BUYER.email), sign_in(EXPORTER.email)
    reading.goto(address)
    write(reading, "I am still typing")
    writing.goto(address)
    write(writing, words)
    writing.get_by_role("button", name="Send reply").click()
    writing.wait_for_url(re.compile(r"#message-\d+$"))
    expect(reading.locator("#news")).to_contain_text("new message")
    expect(reading.locator("#id_text")).to_have_value("I am still typing")
    reading.get_by_role("link", name="Check for new messages").click()
    write(reading, "")
    expect(reading.locator("[data-save-status]")).to_contain_text("Draft saved")


def test_a_template_is_inserted_without_javascript(sign_in: SignIn, address: str):
    page = sign_in(EXPORTER.email, javascript=False)
    page.goto(address)
    page.get_by_label("Template").select_option(label="Sample on its way")
    page.get_by_role("button", name="Insert").click()
    expect(page.locator("#id_text")).to_have_value(re.compile("Dear Lena Brandt"))
