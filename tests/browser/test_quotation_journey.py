"""From a request to a deal: quotation, counter, second version, acceptance, pro forma, sample, confirmation by the mailed link;
and a quotation for a buyer whom the exporter knows, on a phone."""

from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from demo.seed.people import EXPORTER, OFFICER
from tests.browser import acts
from tests.browser.stack import Site

WEEK_LATER = (
    "from core.models import Job; from django.utils import timezone;"
    "Job.objects.filter(name='inquiries.ask_whether_arrived', state='waiting').update(due_at=timezone.now())"
)


@pytest.fixture
def newcomer(lot: str) -> str:
    """An address that nobody has yet."""
    return f"{lot.replace(' ', '-')}@roaster.example"


def request_two_lines(site: Site, page: Page, lot: str, address: str) -> None:
    """A request for quotation of two lines without an account, sent by the mailed link; its thread is open in this browser."""
    page.goto(f"/exporters/{acts.COMPANY}/")
    page.get_by_role("link", name="Several products, or a target price?").click()
    page.get_by_label("What is it about?").fill(f"Spring {lot}")
    rows = page.locator("[data-row]:visible")
    fill_request_line(rows.nth(0), "Washed Arabica, SCA 86", "600")
    if rows.count() < 2:
        page.get_by_role("button", name="Add a line").click()
    fill_request_line(rows.nth(1), "Forest honey in drums", "200")
    page.get_by_label("To which country?").select_option(label="Germany")
    page.get_by_label("Your name").fill("Marta Nowak")
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name="Send the request").click()
    page.goto(acts.link_in_mail(site, address, "/requests/open/"))
    page.get_by_role("button", name="Send my request").click()
    page.locator("main a[href*='/inquiries/']").first.click()
    expect(page.locator("#messages")).to_be_visible()


def fill_request_line(row: Locator, what: str, quantity: str) -> None:
    """What is needed, and how many kilograms."""
    row.get_by_label("What do you need?").fill(what)
    row.get_by_label("Quantity").fill(quantity)
    row.get_by_label("Unit").select_option("kg")


def build_quotation(page: Page, *, freight: str, second: str = "") -> None:
    """In the builder: the line asked for is there, and with `second` another one at that price; freight, terms, and send."""
    if second:
        page.locator("[data-row]").nth(1).get_by_label("Price of one").fill(second)
    page.get_by_role("button", name="Add a line").click()
    row = page.locator("[data-row]:visible").last
    row.get_by_label("What for").select_option("freight")
    row.get_by_label("Description").fill("Sea freight and insurance")
    row.get_by_label("Quantity").fill("1")
    row.get_by_label("Price of one").fill(freight)
    first = page.locator("[data-row]").first
    first.get_by_label("Quantity").fill("600")
    first.get_by_label("Price of one").fill("5.60")
    first.locator("summary").click()
    first.get_by_label("Your lowest price").fill("5.2345")
    page.get_by_label("Currency").select_option("USD")
    page.get_by_label("Incoterm 2020").select_option("CIF")
    page.get_by_label("Named place").fill("Hamburg")
    page.get_by_label("Ready in how many days?").fill("18")
    page.get_by_label("Payment").fill("30% now, 70% against documents")
    page.get_by_role("button", name="Send to the buyer").click()
    expect(page.locator(".quote")).to_contain_text("$4,794.60" if second else "$3,794.60")


def read_pdf(page: Page, address: str) -> str:
    """The text of a PDF that this browser may open."""
    answer = page.request.get(address)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(answer.body())
    try:
        return "\n".join(one.get_textpage().get_text_range() for one in document)
    finally:
        document.close()


@pytest.mark.journey
def test_from_a_request_to_a_confirmed_deal(
    site: Site, sign_in: Callable[..., Page], new_page: Callable[..., Page], lot: str, newcomer: str
):
    buyer, exporter = new_page(), sign_in(EXPORTER.email)
    request_two_lines(site, buyer, lot, newcomer)
    thread = buyer.url.partition("#")[0]

    exporter.goto(thread)
    exporter.get_by_role("button", name="Build a quotation").click()
    expect(exporter.get_by_label("Description").nth(1)).to_have_value("Forest honey in drums")
    build_quotation(exporter, freight="434.60", second="5")
    quotation = exporter.url

    counter_by_link(site, new_page(width=390), newcomer)
    exporter.goto(quotation)
    exporter.get_by_role("button", name="Take over the buyer’s figures").click()
    expect(exporter.locator("[data-row]").first.get_by_label("Price of one")).to_have_value("5.45")
    exporter.get_by_role("button", name="Send to the buyer").click()
    expect(exporter.locator(".quote")).to_contain_text("$4,704.60")

    accept_second_version(site, new_page(width=390), newcomer)
    buyer.goto(thread)
    expect(buyer.locator(".quote")).to_contain_text("Accepted")
    look_at_pro_forma(buyer, quotation)
    exchange_sample(buyer, exporter, thread)
    close_deal(site, exporter, new_page(), quotation, newcomer)

    officer = sign_in(OFFICER.email)
    officer.goto("/admin/deals/")
    expect(officer.get_by_role("row").filter(has_text="$4,700.00").first).to_contain_text("Confirmed by the buyer")
    assert lot not in officer.content()


def counter_by_link(site: Site, page: Page, address: str) -> None:
    """The buyer opens the mailed link, reads no floor, and says what they would pay."""
    mail = site.wait_for_mail_with(address, "has sent you quotation")
    page.goto(acts.find_link(mail, "/q/"))
    expect(page.locator(".quote")).to_contain_text("$4,794.60")
    assert "5.2345" not in page.content()
    page.locator("summary").filter(has_text="Say what you would agree to").click()
    page.locator("#id_counter_price_1").fill("5.45")
    page.locator("#id_counter_text").fill("If you do 5.45 we reserve more for the autumn.")
    page.locator("#id_counter_name").fill("Marta Nowak")
    page.get_by_role("button", name="Send to the exporter").click()
    expect(page.get_by_text("The buyer would pay $5.45").first).to_be_visible()


def accept_second_version(site: Site, page: Page, address: str) -> None:
    """By the link of the second version; pressed twice, it is accepted once."""
    mail = site.wait_for_mail_with(address, "version 2")
    page.goto(acts.find_link(mail, "/q/"))
    expect(page.get_by_text("From version 1 to version 2")).to_be_visible()
    page.locator("#id_accept_name").fill("Marta Nowak")
    page.get_by_role("button", name="Accept for").dblclick()
    expect(page.get_by_text("Accepted by Marta Nowak")).to_be_visible()


def look_at_pro_forma(buyer: Page, quotation: str) -> None:
    """The pro forma in English and in Arabic."""
    english = read_pdf(buyer, f"{quotation}pro_forma.pdf?language=en")
    assert ("Pro forma invoice" in english, "$4,704.60" in english, "5.2345" in english) == (True, True, False)
    assert set("البائع") <= set(read_pdf(buyer, f"{quotation}pro_forma.pdf?language=ar"))


def exchange_sample(buyer: Page, exporter: Page, thread: str) -> None:
    """Asked for, sent, approved."""
    buyer.goto(thread)
    buyer.get_by_role("link", name="Ask for a sample").click()
    buyer.get_by_label("Address, with a phone number").fill("Speicherstadt 1, Hamburg, +49 40 123456")
    buyer.get_by_role("button", name="Ask for the sample").click()
    expect(buyer.get_by_role("heading", name="Asked for")).to_be_visible()
    sample = buyer.url
    exporter.goto(sample)
    exporter.get_by_label("Courier").fill("DHL Express")
    exporter.get_by_label("Tracking number").fill("JD0141")
    exporter.get_by_role("button", name="Tell the buyer").click()
    expect(exporter.get_by_role("heading", name="Sent")).to_be_visible()
    buyer.goto(sample)
    buyer.get_by_role("button", name="Approve the sample").click()
    expect(buyer.get_by_role("heading", name="Approved")).to_be_visible()


def close_deal(site: Site, exporter: Page, stranger: Page, quotation: str, address: str) -> None:
    """Shipped, a week later asked by mail, and confirmed in a browser that has never been here."""
    exporter.goto(f"{quotation}deal/")
    exporter.get_by_role("button", name="The goods are on their way").click()
    expect(exporter.get_by_role("heading", name="Shipped")).to_be_visible()
    site.run(WEEK_LATER)
    mail = site.wait_for_mail_with(address, "needs no account")
    stranger.goto(acts.find_link(mail, "/d/"))
    stranger.get_by_label("What did you pay in all?").fill("4700")
    stranger.get_by_label("It helped").check()
    stranger.locator("#id_name").fill("Marta Nowak")
    stranger.get_by_role("button", name="Confirm the deal").click()
    expect(stranger.get_by_role("heading", name="Confirmed", exact=True)).to_be_visible()


@pytest.mark.journey
def test_a_quotation_for_a_buyer_one_knows_on_a_phone(
    sign_in: Callable[..., Page], new_page: Callable[..., Page], lot: str
):
    exporter, buyer = sign_in(EXPORTER.email, width=390), new_page(width=390)
    exporter.goto(f"/sell/{acts.COMPANY}/quotations/")
    exporter.get_by_role("link", name="Quote a buyer you know").click()
    exporter.get_by_label("Name of the buyer").fill(f"Omar {lot}")
    exporter.get_by_label("Phone with country code").fill("+971 50 1234567")
    exporter.get_by_label("Product").select_option(index=1)
    exporter.get_by_role("button", name="Continue to the quotation").click()
    build_quotation(exporter, freight="434.60")
    whatsapp = exporter.get_by_role("link", name="Send by WhatsApp").get_attribute("href") or ""
    assert whatsapp.startswith("https://wa.me/971501234567?text=")

    buyer.goto(exporter.get_by_label("Link to copy").input_value())
    buyer.locator("#id_accept_name").fill("Omar Al Fahim")
    buyer.get_by_role("button", name="Accept for").click()
    expect(buyer.get_by_text("Accepted by Omar Al Fahim")).to_be_visible()
    exporter.goto(f"/sell/{acts.COMPANY}/quotations/?show=accepted")
    expect(exporter.get_by_role("listitem").filter(has_text=lot)).to_contain_text("Own buyer")
