"""Every page of the product: who opens it, and where it is. Addresses with numbers are found by following links as that person."""

import re
from datetime import timedelta
from time import time
from uuid import uuid4

from django.core import signing
from django.utils import timezone
from playwright.sync_api import Page, expect

from demo.seed.people import ADMINISTRATOR, BUYER, COLLEAGUE, EXPORTER, OFFICER, STRANGER
from inquiries.selectors.links import SALT
from listings.selectors.price_dates import SALT as PRICE_SALT
from tests.browser.acts import COMPANY, ask_exporter, link_in_mail
from tests.browser.certificate_places import CHECKED
from tests.browser.finding import Find, Place, link, submit
from tests.browser.freight_places import FREIGHT
from tests.browser.quotation_places import QUOTATIONS
from tests.browser.stack import Site, read_plain


def step(name: str) -> Find:
    """A step of the editor, of a product that still is a draft."""

    def find(page: Page, _site: Site) -> str:
        page.goto(f"/sell/{COMPANY}/products/?show=draft")
        href = page.get_by_role("row").get_by_role("link").first.get_attribute("href") or ""
        return re.sub(r"basics/$", f"{name}/", href)

    return find


def withdrawn_product(page: Page, _site: Site) -> str:
    """A live product of the stranger's, once she has paused it."""
    page.goto("/sell/")
    page.get_by_role("navigation", name="Seller menu").get_by_role("link", name="Products").click()
    page.goto(f"{page.url}?show=live")
    address = page.get_by_role("row").get_by_role("link", name="View").first.get_attribute("href") or ""
    page.get_by_role("button", name="Pause").first.click()
    expect(page.get_by_text("Paused. Buyers no longer find this product.")).to_be_visible()
    return address


def ask_page(start: str, selector: str) -> Find:
    """Where the form sends what is asked, on the page behind the first link that fits."""

    def find(page: Page, site: Site) -> str:
        page.goto(link(start, selector)(page, site))
        return page.locator("#ask form").get_attribute("action") or ""

    return find


def waiting_link(page: Page, site: Site) -> str:
    """The mailed link of an inquiry that waits for it."""
    page.goto(f"/exporters/{COMPANY}/")
    page.get_by_role("article").first.get_by_role("link").first.click()
    address = f"{uuid4().hex[:12]}@roaster.example"
    ask_exporter(page, f"What does {address} cost?", "Marta Nowak", address)
    return link_in_mail(site, address, "/inquiries/open/")


def sent_link(page: Page, site: Site) -> str:
    """The mailed link of an inquiry that was sent by it."""
    address = waiting_link(page, site)
    page.goto(address)
    page.get_by_role("button", name="Send my inquiry").click()
    page.wait_for_url(re.compile(r"/inquiries/[0-9a-f-]{36}/"))
    return address


def stop_link(email: str) -> Find:
    """The link at the end of a mail about an inquiry that stops such mails."""

    def find(page: Page, site: Site) -> str:
        sent_link(page, site)
        mail = site.wait_for_mail_with(email, "roaster.example cost?")
        found = re.search(r"http\S+/notifications/unsubscribe/\S+", read_plain(mail))
        return found[0] if found else ""

    return find


class OldSigner(signing.TimestampSigner):
    """Signs as the site did forty days ago."""

    def timestamp(self) -> str:
        return signing.b62_encode(int(time()) - 40 * 24 * 3600)


def old_link(_page: Page, _site: Site) -> str:
    """A mailed link that is too old."""
    return f"/inquiries/open/{OldSigner(salt=SALT).sign_object(str(uuid4()))}/"


def price_link(signer: signing.TimestampSigner) -> Find:
    """The link that was mailed to the persona, whose membership is the first, as of a year of questions."""

    def find(_page: Page, _site: Site) -> str:
        asked_on = timezone.now().date() - timedelta(days=365)
        return f"/prices/{signer.sign_object([1, asked_on.isoformat()], compress=False)}/"

    return find


def log_call(page: Page) -> None:
    """Log something else without words, at the first firm."""
    page.locator("main details summary").first.click()
    page.locator("main details select").first.select_option("other")
    submit("details .btn")(page)


def go_to_own_inquiries(page: Page) -> None:
    """From a thread to the list of what was asked in this browser."""
    page.get_by_role("link", name=re.compile("All inquiries|كل")).first.click()
    page.wait_for_url("**/inquiries/")


def stop_mails(page: Page) -> None:
    """Press the button, unless it was pressed before."""
    again = page.locator("main input[name=again]")
    if not again.count():
        page.locator("main form button").click()
    expect(again).to_be_attached()


def ask_agency(page: Page) -> None:
    """From a thread to the page that asks the agency in."""
    page.locator("a[href$='/agency/']").click()
    page.wait_for_url("**/agency/")


def block_buyer(page: Page) -> None:
    """From a thread to the page that asks what a buyer is blocked for."""
    page.locator("a[href$='/block/']").click()
    page.wait_for_url("**/block/")


def block_without_reason(page: Page) -> None:
    """Press the button with nothing written."""
    block_buyer(page)
    submit("form.panel .btn-bad")(page)


def open_firm(page: Page) -> None:
    """From the form to the dashboard of a firm that has just been registered; the same one each time."""
    page.fill("#id_legal_name", "Brandt Kaffee Export")
    page.check("input[name=kind][value=trader]")
    page.select_option("#id_country", "GH")
    page.click("form.stack .btn")
    page.wait_for_url(re.compile(r"/sell/brandt-kaffee-export[^/]*/$"))


def fill_wrong_exports(page: Page) -> None:
    """Exports that are no number."""
    page.fill("#id_exports_last_year", "many")
    page.click("form.panel .btn")
    expect(page.locator(".error-summary")).to_be_visible()


PUBLIC = [
    Place("home", "/"),
    Place("search", "/search/?q=coffee"),
    Place("search: chips and price", "/search/?category=green-coffee&currency=USD&price_max=20"),
    Place("search: nothing", "/search/?q=zzzzqqqq"),
    Place("category branch", "/categories/coffee-tea-and-cocoa/"),
    Place("category", "/categories/green-coffee/"),
    Place("product", link("/search/?q=coffee", "#results article a")),
    Place(
        "product: quantity",
        link("/search/?q=green+coffee+washed", "#results article a"),
        then=lambda page: page.fill("#id_quantity", "700"),
    ),
    Place("search: nothing with filters", "/search/?q=zzzzqqqq&country=GH&sample=yes"),
    Place("how we rank", "/search/how-we-rank/"),
    Place("compare", "/compare/?p=1&p=2&p=3"),
    Place("compare: nothing", "/compare/"),
    Place("save a search", "/saved/searches/save/?params=q%3Dhoney"),
    Place("save a search: errors", "/saved/searches/save/?params=q%3Dhoney", then=submit("form .btn")),
    Place("save a product", "/saved/add/?p=1", BUYER.email),
    Place("saved: signed out", "/saved/"),
    Place("saved lists", "/saved/", BUYER.email),
    Place("directory", "/exporters/"),
    Place("directory: nothing", "/exporters/?q=zzzzqqqq"),
    Place("storefront", f"/exporters/{COMPANY}/"),
    Place("help", "/help/"),
    Place("mailed prices", price_link(signing.TimestampSigner(salt=PRICE_SALT))),
    Place("mailed prices: too old", price_link(OldSigner(salt=PRICE_SALT)), status=410),
    Place("mailed prices: made up", "/prices/made-up/", status=404),
    *(Place(name, f"/{name}/") for name in ("about", "terms", "privacy", "contact")),
    Place("report an exporter", link(f"/exporters/{COMPANY}/", "main a[href*='/report/']")),
    Place("report: errors", link(f"/exporters/{COMPANY}/", "main a[href*='/report/']"), then=submit("form .btn")),
    Place("components", "/design/components/"),
    Place("not found", "/nowhere/", status=404),
    Place("no such product", "/products/nothing/999999/", status=404),
    Place("no such invitation", "/sell/invitations/used-up/", status=404),
    Place("withdrawn product", withdrawn_product, status=410, found_by=STRANGER.email),
]
DOOR = [
    Place("sign-in", "/account/login/"),
    Place("sign-in: errors", "/account/login/", then=submit("form button.btn")),
    Place("sign-up", "/account/signup/"),
    Place("sign-up: errors", "/account/signup/?as=buyer", then=submit("form button.btn")),
    Place("sign-in code", "/account/login/code/"),
    Place("password reset", "/account/password/reset/"),
    Place("password reset sent", "/account/password/reset/done/"),
    Place("reset link too old", "/account/password/reset/key/1-nothing/", status=410),
    Place("confirm: link too old", "/account/confirm-email/nothing/", status=410),
    Place("look into your mail", "/account/confirm-email/"),
    Place("account closed", "/account/inactive/"),
]
ACCOUNT = [
    Place("account", "/account/", BUYER.email),
    Place("profile", "/account/profile/", BUYER.email),
    Place("profile of an exporter", "/account/profile/", EXPORTER.email),
    Place("addresses", "/account/email/", BUYER.email),
    Place("password", "/account/password/change/", BUYER.email),
    Place("second factors", "/account/2fa/", BUYER.email),
    Place("authenticator app", "/account/2fa/totp/activate/", BUYER.email),
    Place("add a passkey", "/account/2fa/webauthn/add/", BUYER.email),
    Place("passkeys", "/account/2fa/webauthn/", BUYER.email),
    Place("sessions", "/account/sessions/", BUYER.email),
    Place("sign out", "/account/logout/", BUYER.email),
    Place("confirm it is you", "/account/reauthenticate/", BUYER.email),
]
WORKSPACE = [
    Place("dashboard", f"/sell/{COMPANY}/", EXPORTER.email),
    Place("dashboard of a new firm", "/sell/open/", BUYER.email, then=open_firm),
    Place("open a storefront", "/sell/open/", BUYER.email),
    Place("open a storefront: errors", "/sell/open/", BUYER.email, then=submit("form.stack .btn")),
    Place("take over a firm", "/sell/claim/", BUYER.email),
    Place("take over a firm: errors", "/sell/claim/", BUYER.email, then=submit("form.stack .btn")),
    Place("choose a company", "/sell/companies/", EXPORTER.email),
    Place("edit the storefront", f"/sell/{COMPANY}/storefront/", EXPORTER.email),
    Place("team", f"/sell/{COMPANY}/team/", EXPORTER.email),
    Place("what was done", f"/sell/{COMPANY}/team/activity/", EXPORTER.email),
    Place("for the agency alone", f"/sell/{COMPANY}/private/", EXPORTER.email),
    Place("for the agency alone: errors", f"/sell/{COMPANY}/private/", EXPORTER.email, then=fill_wrong_exports),
    Place("figures", f"/sell/{COMPANY}/figures/", EXPORTER.email),
    Place("products", f"/sell/{COMPANY}/products/", EXPORTER.email),
    Place("products: none in this state", f"/sell/{COMPANY}/products/?show=archived", EXPORTER.email),
    Place("prices to confirm", f"/sell/{COMPANY}/products/prices/", EXPORTER.email),
    Place("new product", f"/sell/{COMPANY}/products/new/", EXPORTER.email),
    Place(
        "new product: errors", f"/sell/{COMPANY}/products/new/", EXPORTER.email, then=submit(".savebar .btn >> nth=1")
    ),
    *(
        Place(f"editor: {name}", step(name), EXPORTER.email)
        for name in (
            "basics",
            "pictures",
            "delivery",
            "packing",
            "review",
            "details",
            "variants",
            "documents",
            "texts",
            "preview",
        )
    ),
    Place("editor: documents of a live product", f"/sell/{COMPANY}/products/1/documents/", EXPORTER.email),
    Place("product with variants and documents", "/products/coffee/1/"),
    Place("strangers see nothing", f"/sell/{COMPANY}/", STRANGER.email, status=404),
]
INBOX = f"/sell/{COMPANY}/inquiries/"
INQUIRIES = [
    Place("inbox", INBOX, EXPORTER.email),
    Place("inbox: all", f"{INBOX}?show=all", EXPORTER.email),
    Place("inbox: nothing", f"{INBOX}?show=mine", EXPORTER.email),
    Place("inbox of nobody", link("/sell/", "a[href$='/inquiries/']"), STRANGER.email),
    Place("thread: late", link(INBOX, ".inbox a"), EXPORTER.email),
    Place("thread: with a picture", link(f"{INBOX}?show=all", ".inbox a:has-text('600 kg')"), EXPORTER.email),
    Place("thread: declined", link(f"{INBOX}?show=declined", ".inbox a"), EXPORTER.email),
    Place("thread: errors", link(INBOX, ".inbox a"), EXPORTER.email, then=submit(".composer .btn")),
    Place(
        "thread of the buyer",
        link(f"{INBOX}?show=all", ".inbox a:has-text('600 kg')"),
        BUYER.email,
        found_by=EXPORTER.email,
    ),
    Place("thread of strangers", link(INBOX, ".inbox a"), STRANGER.email, status=404, found_by=EXPORTER.email),
    Place("ask the agency", link(INBOX, ".inbox a"), EXPORTER.email, then=ask_agency),
    Place("block a buyer", link(INBOX, ".inbox a"), EXPORTER.email, then=block_buyer),
    Place("block a buyer: errors", link(INBOX, ".inbox a"), EXPORTER.email, then=block_without_reason),
    Place("blocked buyers", f"{INBOX}blocked/", EXPORTER.email),
    Place("barred buyers", "/admin/barred/", OFFICER.email),
    Place("barred buyers: errors", "/admin/barred/", OFFICER.email, then=submit("#bar .btn-bad")),
    Place("reply templates", f"{INBOX}templates/", EXPORTER.email),
    Place("reply templates: errors", f"{INBOX}templates/", EXPORTER.email, then=submit("section form .btn")),
    Place("ask: product", ask_page("/search/?q=coffee", "#results article a")),
    Place("ask: storefront", ask_page("/exporters/", "main .seller")),
    Place(
        "ask: from a product with errors", link("/search/?q=coffee", "#results article a"), then=submit("#ask button")
    ),
    Place("ask: from a storefront with errors", f"/exporters/{COMPANY}/", then=submit("#ask button")),
    Place("ask: nobody", "/ask/999999/", status=410),
    Place("ask: look into your mail", "/inquiries/look-into-mail/"),
    Place("mailed link: send it", waiting_link),
    Place("mailed link: thread of a guest", sent_link),
    Place("mailed link: too old", old_link, status=410),
    Place("mailed link: made up", "/inquiries/open/made-up/", status=404),
    Place("my inquiries", "/inquiries/", BUYER.email),
    Place("my inquiries: nothing", "/inquiries/"),
    Place("my inquiries: of a guest", sent_link, then=go_to_own_inquiries),
    Place("who reads what", "/who-reads-what/"),
    Place("delete a template", link(f"{INBOX}templates/", "a[href$='/delete/']"), EXPORTER.email),
]
NOTICES = [
    Place("notices", "/notifications/", EXPORTER.email),
    Place("notices of a buyer", "/notifications/", BUYER.email),
    Place("notices: settings", "/notifications/settings/", EXPORTER.email),
    Place("notices: settings of an officer", "/notifications/settings/", OFFICER.email),
    Place("notices: stop mails", stop_link(EXPORTER.email)),
    Place("notices: mails are stopped", stop_link(COLLEAGUE.email), then=stop_mails),
    Place("notices: made-up link", "/notifications/unsubscribe/made-up/", status=404),
]
RECORDS = [
    "core/job", "core/outboxmail", "core/auditentry", "reference/category", "reference/fxrate", "reference/hscode", "accounts/user", "accounts/buyerprofile", "moderation/case",
    "moderation/decision", "moderation/reason", "uploads/upload", "storefronts/company", "storefronts/agencyfacts", "storefronts/companyrevision",
    "storefronts/invitation", "reporting/supportact", "listings/listing", "listings/listingrevision", "listings/certificatecoverage", "certifications/scheme",
    "certifications/issuer", "certifications/requirement", "certifications/certificate", "shipping/origingroup", "shipping/barreddestination",
]  # fmt: skip
WITH_ROWS = (
    "accounts/user",
    "moderation/case",
    "moderation/reason",
    "storefronts/company",
    "listings/listing",
    "uploads/upload",
    "core/auditentry",
)
QUEUE = "/admin/moderation/queue/"
STAFF = [
    Place("queue", QUEUE, OFFICER.email),
    Place("queue: decided", f"{QUEUE}?show=decided", OFFICER.email),
    Place("case of a product", link(f"{QUEUE}?kind=listing", "main th a"), OFFICER.email),
    Place("case of a company", link(f"{QUEUE}?kind=company", "main th a"), OFFICER.email),
    Place(
        "case: errors", link(f"{QUEUE}?kind=listing", "main th a"), OFFICER.email,
        then=submit("button[value=changes]"),
    ),
    Place("members come in", "/admin/members/import/", OFFICER.email),
    Place("members come in: errors", "/admin/members/import/", OFFICER.email, then=submit("form.panel .btn")),
    Place("members who have not confirmed", "/admin/members/unconfirmed/", OFFICER.email),
    Place("results of a period", "/admin/reporting/period/", OFFICER.email),
    Place("results: errors", "/admin/reporting/period/?first=2026-12-01&last=2026-01-01", OFFICER.email, status=422),
    Place("results: rows", "/admin/reporting/period/rows/?what=support&first=2020-01-01", OFFICER.email),
    Place("results: no rows", "/admin/reporting/period/rows/?what=joined&last=2020-01-01", OFFICER.email),
    Place("support for a firm", "/admin/reporting/firms/1/support/", OFFICER.email),
    Place("support for a firm: errors", "/admin/reporting/firms/1/support/", OFFICER.email, then=submit("#support .btn")),
    Place("strike out support", link("/admin/reporting/firms/1/support/", "a[href*='strike-out']"), OFFICER.email),
    Place("rules for texts", "/admin/catalogue/rules/", OFFICER.email),
    Place("set the HS code", "/admin/catalogue/hs-code/1/", OFFICER.email),
    Place("set the HS code: errors", "/admin/catalogue/hs-code/1/", OFFICER.email, then=submit("form.panel .btn")),
    Place("silent firms", "/admin/catalogue/silent-firms/", OFFICER.email),
    Place("silent firms: errors", "/admin/catalogue/silent-firms/", OFFICER.email, then=log_call),
    Place("search words", "/admin/catalogue/words/", OFFICER.email),
    Place("search words: errors", "/admin/catalogue/words/", OFFICER.email, then=submit("form.stack .btn")),
    Place("exchange rates come in", "/admin/rates/import/", OFFICER.email),
    Place("exchange rates come in: errors", "/admin/rates/import/", OFFICER.email, then=submit("form.panel .btn")),
    Place("agency's pages", "/admin/pages/", OFFICER.email),
    Place("agency's page", "/admin/pages/about/en/", OFFICER.email),
    Place("records", "/admin/", ADMINISTRATOR.email),
    *(Place(f"records: {name}", f"/admin/{name}/", ADMINISTRATOR.email) for name in RECORDS),
    *(Place(f"record: {name}", link(f"/admin/{name}/", "#result_list th a"), ADMINISTRATOR.email) for name in WITH_ROWS),
    Place("record's history", link("/admin/moderation/reason/", "#result_list th a"), ADMINISTRATOR.email),
    Place("new officer", "/admin/accounts/user/add/", ADMINISTRATOR.email),
    Place("new reason", "/admin/moderation/reason/add/", ADMINISTRATOR.email),
]  # fmt: skip
PLACES = [*PUBLIC, *DOOR, *ACCOUNT, *WORKSPACE, *FREIGHT, *CHECKED, *INQUIRIES, *QUOTATIONS, *NOTICES, *STAFF]
