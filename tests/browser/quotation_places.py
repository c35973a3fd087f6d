"""Pages of quotations, deals and samples: who opens them, and where they are."""

from playwright.sync_api import Page, expect

from demo.seed.people import BUYER, EXPORTER, OFFICER, PASSWORD, STRANGER
from tests.browser.acts import COMPANY
from tests.browser.finding import Place, link, submit
from tests.browser.stack import Site


def next_version(page: Page, _site: Site) -> str:
    """The builder of the next version of what the buyer has countered."""
    page.goto(f"/sell/{COMPANY}/quotations/")
    page.locator(".inbox li:has(.pill.warn) a").first.click()
    page.locator(".quote-act .btn").last.click()
    page.wait_for_url("**/edit/")
    return page.url


def quotation_freight(page: Page, site: Site) -> str:
    """The freight of that version's goods."""
    return f"{next_version(page, site).removesuffix('edit/')}freight/"


def ask_for_nowhere(page: Page) -> None:
    """Ask for prices to no country."""
    page.select_option("#id_to", "")
    page.locator("form.panel .btn").first.click()
    expect(page.locator(".error-summary")).to_be_visible()


def send_without_terms(page: Page) -> None:
    """Press send where the buyer would not know when to pay."""
    page.locator("[name=payment_terms]").fill("")
    page.locator(".savebar .btn").last.click()
    expect(page.locator(".error-summary")).to_be_visible()


def shared_link(page: Page, _site: Site) -> str:
    """The link of a quotation for a buyer whom the exporter knows."""
    page.goto("/account/login/")
    page.fill("input[name=login]", EXPORTER.email)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"/sell/{COMPANY}/quotations/")
    page.locator(".inbox li:has(.tag) a").first.click()
    return page.locator("#share-link").input_value().replace("/ar/q/", "/q/")


def deal_page(page: Page, _site: Site) -> str:
    """The deal of the accepted quotation."""
    page.goto(f"/sell/{COMPANY}/quotations/?show=accepted")
    return f"{page.locator('.inbox a').first.get_attribute('href')}deal/"


def sample_form(page: Page, _site: Site) -> str:
    """Where the buyer of a thread asks for a sample."""
    page.goto(f"/sell/{COMPANY}/quotations/")
    href = page.locator(".inbox li:has(.pill.warn) a").first.get_attribute("href") or ""
    return f"{href.partition('quotations/')[0]}samples/new/"


QUOTED = f"/sell/{COMPANY}/quotations/"
QUOTATIONS = [
    Place("quotations", QUOTED, EXPORTER.email),
    Place("quotations: accepted", f"{QUOTED}?show=accepted", EXPORTER.email),
    Place("quotations of nobody", link("/sell/", "a[href$='/quotations/']"), STRANGER.email),
    Place("quote a known buyer", f"{QUOTED}new/", EXPORTER.email),
    Place("quote a known buyer: errors", f"{QUOTED}new/", EXPORTER.email, then=submit("form.panel .btn")),
    Place("quotation: countered", link(QUOTED, ".inbox li:has(.pill.warn) a"), EXPORTER.email),
    Place("quotation: freight", quotation_freight, EXPORTER.email),
    Place("quotation: freight: errors", quotation_freight, EXPORTER.email, then=ask_for_nowhere),
    Place("quotation: accepted", link(f"{QUOTED}?show=accepted", ".inbox a"), EXPORTER.email),
    Place("quotation: with a link", link(QUOTED, ".inbox li:has(.tag) a"), EXPORTER.email),
    Place("quotation of the buyer", link(QUOTED, ".inbox li:has(.pill.warn) a"), BUYER.email, found_by=EXPORTER.email),
    Place("quotation of strangers", link(QUOTED, ".inbox a"), STRANGER.email, status=404, found_by=EXPORTER.email),
    Place("builder", next_version, EXPORTER.email),
    Place("builder: errors", next_version, EXPORTER.email, then=send_without_terms),
    Place("shared quotation", shared_link),
    Place("shared quotation: errors", shared_link, then=submit("#answer .btn")),
    Place("shared quotation: made up", "/q/made-up/", status=404),
    Place("deal", deal_page, EXPORTER.email),
    Place("mailed deal: made up", "/d/made-up/", status=404),
    Place("ask for a sample", sample_form, BUYER.email, found_by=EXPORTER.email),
    Place("deals", "/admin/deals/", OFFICER.email),
    Place("my requests", "/requests/", BUYER.email),
    Place("my requests: of nobody", "/requests/"),
    Place("sourcing request", "/requests/new/"),
    Place("sourcing request: errors", "/requests/new/", then=submit("form .btn-sail")),
    Place("request to an exporter", link(f"/exporters/{COMPANY}/", "a[href*='/requests/new/']"), BUYER.email),
    Place("request: made-up link", "/requests/open/made-up/", status=404),
    Place("requests that one is asked to answer", f"/sell/{COMPANY}/requests/", EXPORTER.email),
    Place("where buyers pay", f"/sell/{COMPANY}/payment/", EXPORTER.email),
    Place("accounts to call about", "/admin/payment/", OFFICER.email),
]
