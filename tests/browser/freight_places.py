"""Pages of freight: landed cost, lookups, rate cards, duties, accounts at carriers and how providers answer; who opens them, and where they are."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from demo.seed.people import EXPORTER, OFFICER
from tests.browser.acts import COMPANY
from tests.browser.finding import Find, Place, link, submit
from tests.browser.stack import Site

OWN, AGENCYS, HEALTH = f"/sell/{COMPANY}/shipping/carriers/", "/admin/shipping/carriers/", "/admin/shipping/health/"


def landed_cost(page: Page, site: Site) -> str:
    """What six hundred of the first coffee cost in Germany."""
    page.goto(link("/search/?q=coffee", "#results article a")(page, site))
    action = page.locator("form[action*='/landed/']").get_attribute("action") or ""
    return f"{action.partition('#')[0]}?to=DE&quantity=600"


def asked_lookup(page: Page, site: Site) -> str:
    """The lookup of the same order, asked by a stranger."""
    page.goto(landed_cost(page, site))
    page.get_by_role("button", name="Ask carriers and forwarders too").click()
    page.wait_for_url("**/lookups/**")
    return page.url


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


FREIGHT = [
    Place("product: landed cost", landed_cost),
    Place("lookup", asked_lookup),
    Place("shipping profiles", f"/sell/{COMPANY}/shipping/", EXPORTER.email),
    Place("new shipping profile", f"/sell/{COMPANY}/shipping/new/", EXPORTER.email),
    Place("own rate cards", f"/sell/{COMPANY}/shipping/cards/", EXPORTER.email),
    Place("own rate card comes in", f"/sell/{COMPANY}/shipping/cards/import/", EXPORTER.email),
    Place("rate cards", "/admin/shipping/cards/", OFFICER.email),
    Place("drafts of exporters", "/admin/shipping/cards/?show=waiting", OFFICER.email),
    Place("rate card", link("/admin/shipping/cards/", "main th a"), OFFICER.email),
    Place("a rate card comes in", "/admin/shipping/cards/import/", OFFICER.email),
    Place(
        "a rate card comes in: errors", "/admin/shipping/cards/import/", OFFICER.email, then=submit("form.panel .btn")
    ),
    Place("duties", "/admin/shipping/duties/", OFFICER.email),
    Place("duties of a destination", "/admin/shipping/duties/?to=DE", OFFICER.email),
    Place("duties: errors", "/admin/shipping/duties/?to=Ghana", OFFICER.email, status=422),
    Place("set of duty rules", "/admin/shipping/duties/sets/1/", OFFICER.email),
    Place("duties come in", "/admin/shipping/duties/import/", OFFICER.email),
    Place("duties come in: errors", "/admin/shipping/duties/import/", OFFICER.email, then=submit("form.panel .btn")),
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
