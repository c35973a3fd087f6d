"""Pages of accounts at carriers and of how providers answer: who opens them, and where they are."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from demo.seed.people import EXPORTER, OFFICER
from tests.browser.acts import COMPANY
from tests.browser.finding import Find, Place, submit
from tests.browser.stack import Site

OWN, AGENCYS, HEALTH = f"/sell/{COMPANY}/shipping/carriers/", "/admin/shipping/carriers/", "/admin/shipping/health/"


def add_account(page: Page) -> None:
    """Enter an account, and come back to the list."""
    page.select_option("#id_carrier", "ups")
    page.fill("#id_name", f"Contract {uuid4().hex[:6]}")
    for field in ("number", "user", "secret"):
        page.fill(f"#id_{field}", uuid4().hex)
    page.locator("main form.panel .btn").click()
    expect(page.locator("main table tbody tr").first).to_be_visible()


def first_account(start: str, *, act: str = "") -> Find:
    """The page of the first account of a list; where there is none, one is entered."""

    def find(page: Page, _site: Site) -> str:
        page.goto(start)
        if not page.locator("main td a").count():
            page.goto(f"{start}add/")
            add_account(page)
        return (page.locator("main td a").first.get_attribute("href") or "") + act

    return find


def ask_wrongly(page: Page) -> None:
    """A test system for buyers."""
    page.check("input[name=environment][value=sandbox]")
    page.check("#id_is_for_buyers")
    submit("form.panel .btn")(page)
    expect(page.locator(".error-summary")).to_be_visible()


def provider_of(start: str) -> Find:
    """How the first account of a list answers."""
    find_account = first_account(start)

    def find(page: Page, site: Site) -> str:
        return f"{HEALTH}{find_account(page, site).rstrip('/').rpartition('/')[2]}/?span=week"

    return find


CARRIERS = [
    Place("accounts at carriers", OWN, EXPORTER.email),
    Place("accounts at carriers: one is entered", f"{OWN}add/", EXPORTER.email, then=add_account),
    Place("account at a carrier: errors", f"{OWN}add/", EXPORTER.email, then=submit("form.panel .btn")),
    Place("account at a carrier", first_account(OWN), EXPORTER.email),
    Place("account at a carrier: test system for buyers", first_account(OWN), EXPORTER.email, then=ask_wrongly),
    Place("account at a carrier: removing", first_account(OWN, act="remove/"), EXPORTER.email),
    Place("agency's accounts at carriers", AGENCYS, OFFICER.email),
    Place("agency's account at a carrier: errors", f"{AGENCYS}add/", OFFICER.email, then=submit("form.panel .btn")),
    Place("freight providers", HEALTH, OFFICER.email),
    Place("freight providers: a week", f"{HEALTH}?span=week", OFFICER.email),
    Place("freight provider: rate cards", f"{HEALTH}cards/", OFFICER.email),
    Place("freight provider: a carrier", provider_of(AGENCYS), OFFICER.email),
]
