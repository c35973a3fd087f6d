"""Pages of certificates: the exporter's, the officers', and those that everybody opens."""

import re

from playwright.sync_api import FilePayload, Page, expect

from demo.drawings.paper import draw_certificate
from demo.seed.people import EXPORTER, OFFICER, STRANGER
from tests.browser.acts import COMPANY, SLOW
from tests.browser.finding import Find, Place, link, submit
from tests.browser.stack import Site

CERTIFICATES = f"/sell/{COMPANY}/certificates/"
CERTIFIED = "/search/?evidence=2"


def draft_certificate(page: Page, _site: Site) -> str:
    """A draft with a document, begun by the exporter."""
    page.goto(f"{CERTIFICATES}new/")
    page.locator("select[name=scheme]").select_option(index=1)
    paper = draw_certificate(
        scheme="Specimen", issuer="Nobody", facts=[("Number", "GH-77 12"), ("Valid until", "2030-08-14")]
    )
    page.locator("input[type=file]").set_input_files(
        FilePayload(name="paper.pdf", mimeType="application/pdf", buffer=paper)
    )
    page.get_by_role("button", name="Send and go on").click()
    page.wait_for_url(re.compile(r"/certificates/[A-Z0-9]{10}/"))
    expect(page.get_by_alt_text("Page 1 of 1")).to_be_visible(timeout=SLOW)
    return page.url.split("#")[0]


def product_page(name: str, query: str = "") -> Find:
    """A page beside the editor of a live product."""

    def find(page: Page, _site: Site) -> str:
        page.goto(f"/sell/{COMPANY}/products/?show=live")
        href = page.locator(f"main a[href$='/{name}/']").first.get_attribute("href") or ""
        return f"{href}{query}"

    return find


def public_page(page: Page, site: Site) -> str:
    """Where everybody checks a certificate of some product."""
    page.goto(link(CERTIFIED, "#results article a")(page, site))
    return page.locator("a[href*='/verify/']").first.get_attribute("href") or ""


def officers_case(page: Page, site: Site) -> str:
    """A certificate that waits."""
    return link("/admin/moderation/queue/?kind=certificate", "main th a")(page, site)


def capture_page(page: Page, site: Site) -> str:
    """Where an officer writes down what a register says about it."""
    page.goto(officers_case(page, site))
    return page.locator("a[href$='/check/']").first.get_attribute("href") or ""


def go_to_withdrawal(page: Page) -> None:
    page.locator("a[href$='/withdraw/']").first.click()
    page.wait_for_url("**/withdraw/")


CHECKED = [
    Place("certificates", CERTIFICATES, EXPORTER.email),
    Place("certificates: of nobody", link("/sell/", "a[href$='/certificates/']"), STRANGER.email),
    Place("certificates: new", f"{CERTIFICATES}new/", EXPORTER.email),
    Place(
        "certificates: new with errors", f"{CERTIFICATES}new/", EXPORTER.email, then=submit("form .btn[type=submit]")
    ),
    Place("certificates: verified", link(CERTIFICATES, "main tbody th a"), EXPORTER.email),
    Place("certificates: withdraw", link(CERTIFICATES, "main tbody th a"), EXPORTER.email, then=go_to_withdrawal),
    Place("certificates: draft", draft_certificate, EXPORTER.email),
    Place("certificates: draft with errors", draft_certificate, EXPORTER.email, then=submit(".savebar .btn >> nth=1")),
    Place(
        "certificates: of strangers",
        link(CERTIFICATES, "main tbody th a"),
        STRANGER.email,
        status=404,
        found_by=EXPORTER.email,
    ),
    Place("product: certificates", product_page("certificates"), EXPORTER.email),
    Place("product: markets", product_page("markets", "?market=EU&market=US&market=JP"), EXPORTER.email),
    Place("search: certified", CERTIFIED),
    Place("product: certified", link(CERTIFIED, "#results article a")),
    Place("check a certificate", "/verify/"),
    Place("check a certificate: unknown", "/verify/?number=NOPE", status=404),
    Place("check a certificate: valid", public_page),
    Place("check a certificate: sheet", lambda page, site: f"{public_page(page, site)}sheet/"),
    Place("officers: certificate", officers_case, OFFICER.email),
    Place("officers: capture a result", capture_page, OFFICER.email),
    Place("officers: capture with errors", capture_page, OFFICER.email, then=submit("form .btn")),
    Place("officers: import requirements", "/admin/certificates/requirements/import/", OFFICER.email),
    Place(
        "officers: import with errors",
        "/admin/certificates/requirements/import/",
        OFFICER.email,
        then=submit("form .btn"),
    ),
]
