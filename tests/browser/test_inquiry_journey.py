"""The buyer's half of the main job: a question without an account, the mailed link, an answer on the site, a reply by mail."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from demo.seed.people import EXPORTER
from tests.browser import acts
from tests.browser.stack import Site

INBOX = f"/sell/{acts.COMPANY}/inquiries/"


@pytest.fixture
def newcomer(lot: str) -> str:
    """An address that nobody has yet."""
    return f"{lot.replace(' ', '-')}@roaster.example"


@pytest.mark.journey
@pytest.mark.parametrize("javascript", [True, False])
def test_a_question_becomes_a_conversation(
    site: Site,
    sign_in: Callable[..., Page],
    new_page: Callable[..., Page],
    lot: str,
    newcomer: str,
    *,
    javascript: bool,
):
    buyer, exporter = new_page(javascript=javascript), sign_in(EXPORTER.email, javascript=javascript)
    asked, answered, replied = f"Can you fill {lot}?", f"Yes, {lot} is in store.", f"Then we take {lot}.\n\nMarta"

    buyer.goto(f"/exporters/{acts.COMPANY}/")
    buyer.get_by_role("article").first.get_by_role("link").first.click()
    acts.ask_exporter(buyer, asked, "Marta Nowak", newcomer)

    buyer.goto(acts.link_in_mail(site, newcomer, "/inquiries/open/"))
    send = buyer.get_by_role("button", name="Send my inquiry")
    expect(send).to_be_visible()
    expect_nothing_came(exporter, site, lot)
    send.click()
    expect(bubbles(buyer, asked, own=True)).to_have_count(1)
    site.wait_for_mail_with(EXPORTER.email, asked)
    exporter.goto(INBOX)
    exporter.get_by_role("listitem").filter(has_text=lot).get_by_role("link").click()
    expect(bubbles(exporter, asked, own=False)).to_have_count(1)
    acts.reply_in_thread(exporter, answered)
    exporter.reload()
    expect(bubbles(exporter, answered, own=True)).to_have_count(1)

    mail = site.wait_for_mail_with(newcomer, answered)
    assert site.receive_mail(acts.write_reply(mail, replied)) == "message"
    exporter.reload()
    expect(bubbles(exporter, "Then we take", own=False)).to_have_text(f"Then we take {lot}. Marta")
    buyer.reload()
    expect(bubbles(buyer, answered, own=False)).to_have_count(1)
    expect(buyer.locator(".msg.me").filter(has_text="Then we take")).to_contain_text("by mail")


def expect_nothing_came(exporter: Page, site: Site, words: str) -> None:
    """Neither the inbox nor a mail tells the exporter of a question: looking at the mailed link's page has sent nothing."""
    exporter.goto(f"{INBOX}?show=all")
    expect(exporter.get_by_role("heading", level=1)).to_have_text("Inquiries")
    expect(exporter.get_by_text(words)).to_have_count(0)
    assert site.find_mails(EXPORTER.email, words) == []


def bubbles(page: Page, text: str, *, own: bool) -> Locator:
    """What one of the two sides has written in the open thread."""
    return page.locator(".msg.me .bubble" if own else ".msg:not(.me) .bubble").filter(has_text=text)
