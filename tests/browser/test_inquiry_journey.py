"""The buyer asks without an account, confirms by mail, the exporter replies by web, the buyer by mail, and the exporter reads it."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from demo.seed.people import EXPORTER
from tests.browser.acts import COMPANY, answer_mail, link_in_mail, read_mail
from tests.browser.stack import Site

INBOX = f"/sell/{COMPANY}/inquiries/"
NewPage = Callable[..., Page]
pytestmark = pytest.mark.journey


def ask(page: Page, *, address: str, question: str) -> None:
    """From the first coffee's page, as somebody whom the site does not know."""
    page.goto(f"/exporters/{COMPANY}/")
    page.locator("#products article a").first.click()
    form = page.locator("#ask form")
    form.get_by_label("How much?").fill("600")
    form.get_by_label("To which country?").select_option("DE")
    form.get_by_label("Your message").fill(question)
    form.get_by_label("Your name").fill("Jana Petersen")
    form.get_by_label("E-mail").fill(address)
    form.get_by_role("button", name="Send the inquiry").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_question_to_an_answer_by_mail(site: Site, new_page: NewPage, sign_in: NewPage, *, javascript: bool):
    lot = uuid4().hex[:8]
    address, question = f"jana-{lot}@kontor.example", f"Do you ship lot {lot} to Hamburg?"
    buyer = new_page(javascript=javascript)
    ask(buyer, address=address, question=question)

    link = link_in_mail(site, address, "/inquiries/open/")
    buyer.goto(link)
    exporter = sign_in(EXPORTER.email, javascript=javascript)
    exporter.goto(INBOX)
    expect(exporter.get_by_text(question)).to_have_count(0)  # nobody has pressed the button yet
    buyer.get_by_role("button", name="Send my inquiry").click()
    expect(buyer.locator(".msg .bubble", has_text=question)).to_be_visible()

    exporter.goto(INBOX)
    exporter.locator(".inbox li", has_text=lot).get_by_role("link").click()
    expect(exporter.locator(".msg .bubble", has_text=question)).to_be_visible()
    exporter.locator("#id_text").fill(f"Yes, lot {lot} is ready in February.")
    exporter.get_by_role("button", name="Send reply").click()
    expect(exporter.locator(".msg.me .bubble", has_text=f"lot {lot} is ready")).to_be_visible()

    mail = read_mail(site.wait_for_mail(address, 2))
    assert f"Yes, lot {lot} is ready in February." in mail.get_body(("plain",)).get_content()
    assert answer_mail(site, mail, sender=address, text=f"Good. We take lot {lot}.") == "message"
    assert answer_mail(site, mail, sender=address, text=f"Good. We take lot {lot}.") == "message"  # delivered twice

    exporter.reload()
    newest = exporter.locator(".msg:not(.me) .bubble", has_text=f"We take lot {lot}.")
    expect(newest).to_have_count(1)
    assert "##-" not in newest.inner_text()
    buyer.reload()
    expect(buyer.locator(".msg.me .bubble", has_text=f"We take lot {lot}.")).to_have_count(1)


def test_a_double_click_asks_once(site: Site, new_page: NewPage):
    lot = uuid4().hex[:8]
    page = new_page()
    page.goto(f"/exporters/{COMPANY}/")
    form = page.locator("#ask form")
    form.get_by_label("Your message").fill(f"Do you have lot {lot}?")
    form.get_by_label("Your name").fill("Jana Petersen")
    form.get_by_label("E-mail").fill(f"twice-{lot}@kontor.example")
    form.get_by_role("button", name="Send the inquiry").dblclick()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    site.wait_for_mail(f"twice-{lot}@kontor.example")
    page.wait_for_timeout(1500)
    assert len(site.mails(f"twice-{lot}@kontor.example")) == 1


def test_a_forged_answer_is_turned_away(site: Site, new_page: NewPage):
    lot = uuid4().hex[:8]
    address = f"real-{lot}@kontor.example"
    buyer = new_page(javascript=False)
    ask(buyer, address=address, question=f"Do you have lot {lot}?")
    forged = EmailMessage()
    forged["Reply-To"] = f"Lateen <reply+{'a' * 52}@market.example>"
    forged["Subject"] = "New message"
    forged.set_content("Hello")
    assert re.search("(?i)no such address", answer_mail(site, forged, sender=address, text="Pay here."))
