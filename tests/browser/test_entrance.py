"""People come in: an exporter and a buyer sign up and confirm by mail, a colleague follows an invitation."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from demo.seed.people import EXPORTER
from tests.browser import acts
from tests.browser.stack import Site


@pytest.fixture
def newcomer(lot: str) -> str:
    """An address that nobody has yet."""
    return f"{lot.replace(' ', '-')}@newcomer.example"


def test_an_exporter_signs_up_opens_a_storefront_and_sends_it(
    site: Site, new_page: Callable[..., Page], newcomer: str, lot: str
):
    page = new_page()
    acts.register_firm(site, page, newcomer, "Akosua Darko", f"Akosua Preserves, {lot}")
    page.get_by_role("navigation", name="Seller menu").get_by_role("link", name="Storefront").click()
    page.get_by_label("Phone").fill("+233 30 200 0000")
    page.get_by_label("Your story").fill(
        "We cook mango and ginger preserves in small copper pots, from fruit of our own trees."
    )
    page.get_by_role("button", name="Save and send to the agency").click()
    expect(page.get_by_text("Sent to the agency. You get a mail when it is checked.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Being checked")


def test_a_buyer_signs_up_without_javascript(site: Site, new_page: Callable[..., Page], newcomer: str):
    page = new_page(javascript=False)
    page.goto("/account/signup/")
    page.get_by_label("I buy: find products and exporters").check()
    page.get_by_label("Organisation").fill("Nordic Grains AB")
    page.get_by_label("Country").select_option(label="Sweden")
    acts.fill_account(page, newcomer, "Maja Lindqvist")
    page.goto(acts.link_in_mail(site, newcomer, "/confirm-email/"))
    page.get_by_role("button", name="Yes, confirm it").click()
    page.goto("/account/")
    expect(page.get_by_text("Nordic Grains AB")).to_be_visible()


def test_a_colleague_follows_an_invitation_once(
    site: Site, sign_in: Callable[..., Page], new_page: Callable[..., Page], newcomer: str
):
    owner, colleague = sign_in(EXPORTER.email), new_page()
    owner.goto(f"/sell/{acts.COMPANY}/team/")
    owner.get_by_label("E-mail").fill(newcomer)
    owner.get_by_role("group", name="Role").get_by_label("Editor").check()
    owner.get_by_role("button", name="Send the invitation").click()
    expect(owner.get_by_text(f"The invitation to {newcomer} is on its way.")).to_be_visible()

    invitation = acts.link_in_mail(site, newcomer, "/invitations/")
    colleague.goto(invitation)
    colleague.get_by_role("link", name="Create an account").click()
    acts.fill_account(colleague, newcomer, "Kwesi Mensah")
    colleague.goto(acts.link_in_mail(site, newcomer, "/confirm-email/", count=2))
    colleague.get_by_role("button", name="Yes, confirm it").click()
    colleague.goto(invitation)
    colleague.get_by_role("button", name="Join the company").click()
    expect(colleague.get_by_role("navigation", name="Seller menu")).to_be_visible()
    assert f"/sell/{acts.COMPANY}/" in colleague.url

    answer = colleague.goto(invitation)
    assert answer is not None
    assert answer.status == 410
    expect(colleague.get_by_role("heading", name="This invitation no longer works")).to_be_visible()
