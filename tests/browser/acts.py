"""What people do on the pages. Each act ends on the page that follows it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import make_msgid

from playwright.sync_api import FilePayload, Locator, Page, expect

from demo.seed.people import PASSWORD
from tests.browser.stack import Site, read_plain, wait_until

COMPANY = "adanu-growers-union"
NEW_PASSWORD = "a-long-and-unlikely-phrase"
SLOW = 30_000  # milliseconds that a worker or the indexer may take on a busy machine


@dataclass(frozen=True)
class Product:
    """A product as Esinam describes it."""

    title: str
    summary: str = "Hulled fonio from the Togo hills, washed and dried, free of sand."
    category: str = "Grains and flours"
    unit: str = "kg"
    price: str = "2.40"
    lower_price: str = "2.10"


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in by e-mail and password."""
    page.goto("/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/account/login/" not in url)


def begin_product(page: Page, product: Product) -> None:
    """From the dashboard to the second step."""
    page.goto("/sell/")
    page.get_by_role("link", name="Add a product").first.click()
    page.get_by_label("Name of the product").fill(product.title)
    page.get_by_label("Summary").fill(product.summary)
    page.get_by_label("Category", exact=True).select_option(label=product.category)
    page.get_by_label("Sold by the").select_option(label=product.unit)
    page.get_by_role("textbox", name="Description").fill(
        "Grown without irrigation.\n\nCleaned twice, dried to 11% moisture."
    )
    go_on(page, "pictures")


def go_on(page: Page, step: str) -> None:
    """Press the save bar's button that leads to the next step, and arrive there."""
    page.get_by_role("button", name="Continue to").click()
    page.wait_for_url(re.compile(rf"/{step}/(#.*)?$"))


def choose_files(page: Page, files: Sequence[FilePayload]) -> None:
    """Choose pictures; with JavaScript they leave at once, without it a button sends them."""
    page.locator("input[type=file][name=pictures]").set_input_files(list(files))
    button = page.get_by_role("button", name="Send the chosen pictures")
    if button.is_visible():
        button.click()


def give_price(page: Page, product: Product) -> None:
    """Two price breaks and the terms; on to the third step."""
    page.get_by_label("Currency").select_option("USD")
    page.get_by_label("Price includes").select_option("FOB")
    page.get_by_label("Named place").fill("Tema")
    page.locator("#id_breaks-0-quantity").fill("500")
    page.locator("#id_breaks-0-price").fill(product.price)
    page.get_by_role("button", name="Add a break").click()
    page.locator("#id_breaks-1-quantity").fill("5000")
    page.locator("#id_breaks-1-price").fill(product.lower_price)
    go_on(page, "delivery")


def give_delivery(page: Page) -> None:
    """Origin, HS code, lead time; on to the fourth step."""
    page.get_by_label("Country of origin").select_option(label="Ghana")
    page.get_by_label("HS code").fill("1008.40")
    page.get_by_label("Days until ready to ship").fill("12")
    go_on(page, "packing")


def give_packing(page: Page) -> None:
    """Sacks of 25 kg; on to the last step."""
    page.get_by_role("combobox", name="Kind of package").select_option(label="Sack")
    page.get_by_label("Contents").fill("25")
    page.get_by_label("Net weight").fill("25")
    page.get_by_label("Gross weight").fill("25.2")
    go_on(page, "review")


def send_for_review(page: Page) -> None:
    """Send what the last step shows."""
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_text("Sent to the agency.")).to_be_visible()


def row_of(page: Page, title: str) -> Locator:
    """The line of a product in the exporter's list."""
    page.goto(f"/sell/{COMPANY}/products/")
    return page.get_by_role("row").filter(has_text=title)


def open_product(page: Page, title: str) -> None:
    """Open the first step of a product from the list."""
    row_of(page, title).get_by_role("link", name=title).first.click()
    expect(page.locator("[aria-current=step]")).to_be_visible()


def change_title(page: Page, old: str, new: str) -> None:
    """Give a product another name and send it for review."""
    open_product(page, old)
    page.get_by_label("Name of the product").fill(new)
    go_on(page, "pictures")
    page.get_by_role("link", name="Review").click()
    send_for_review(page)


def open_case(page: Page, title: str) -> None:
    """From the admin's door through the queue to a case."""
    page.goto("/admin/")
    page.get_by_role("navigation", name="Staff").get_by_role("link", name="Reviews").click()
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def ask_for_change(page: Page, reason: str, note: str) -> None:
    """Send a case back with a reason and a note."""
    page.get_by_label(reason).check()
    page.get_by_label("Note to the exporter").fill(note)
    page.get_by_role("button", name="Ask for changes").click()
    expect(page.locator(".toast")).to_contain_text("Changes asked for")


def approve(page: Page, *, by_key: bool = False) -> None:
    """Approve the open case, by its button or by its key."""
    if by_key:
        page.locator("body").press("a")
    else:
        page.get_by_role("button", name="Approve").click()
    expect(page.locator(".toast")).to_contain_text("Approved")


def find_in_search(page: Page, words: str, title: str) -> Locator:
    """Search until the index knows the product; its card."""
    card = page.get_by_role("article").filter(has_text=title)

    def look() -> bool:
        page.goto("/")
        box = page.get_by_role("searchbox", name="What are you looking for?")
        box.fill(words)
        box.press("Enter")
        page.wait_for_url(re.compile("/search/"))
        return card.count() > 0

    wait_until(look, f"{title} in the search")
    return card


def tick_facet(page: Page, group: str, value: str) -> None:
    """Choose a value of a filter; without JavaScript its button applies it."""
    choices = page.get_by_role("group", name=group, exact=True)
    if not choices.is_visible():
        page.locator("summary").filter(has_text=group).click()
    choices.get_by_role("checkbox", name=value).check()


def link_in_mail(site: Site, address: str, part: str, count: int = 1) -> str:
    """The first address in the newest mail that has this part."""
    return find_link(message_from_bytes(site.wait_for_mail(address, count).read_bytes(), policy=policy.default), part)


def find_link(mail: EmailMessage, part: str) -> str:
    """The first address in a mail that has this part."""
    found = re.search(rf"https?://\S*{part}\S*", read_plain(mail))
    assert found, f"No address with {part} in the mail to {mail['To']}"
    return found[0]


def write_reply(mail: EmailMessage, words: str) -> EmailMessage:
    """The answer to a mail as a mail program makes it: new words on top, then the line that introduces the quotation, and it."""
    reply = EmailMessage()
    reply["From"], reply["To"] = mail["To"], mail["Reply-To"]
    reply["Subject"], reply["Message-ID"] = f"Re: {mail['Subject']}", make_msgid(domain="buyer.example")
    reply["In-Reply-To"] = mail["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in read_plain(mail).splitlines())
    reply.set_content(f"{words}\n\nOn Tue, 24 Nov 2026 at 09:12, {mail['Reply-To']}\nwrote:\n\n{quoted}\n")
    return reply


def ask_exporter(page: Page, message: str, name: str, email: str) -> None:
    """Fill the form on a product page and send it; the page that says to look into one's mail."""
    form = page.locator("#ask")
    form.get_by_label("How much?").fill("450")
    form.get_by_label("To which country?").select_option(label="Germany")
    form.get_by_label("Town or port").fill("Bremen")
    form.get_by_label("Your message").fill(message)
    form.get_by_label("Your name").fill(name)
    form.get_by_label("E-mail").fill(email)
    form.get_by_role("button", name="Send the inquiry").click()
    page.wait_for_url("**/inquiries/look-into-mail/")


def reply_in_thread(page: Page, words: str) -> None:
    """Write in the open thread, and press the button twice as hasty people do."""
    page.locator("#id_text").fill(words)
    page.locator("#reply").get_by_role("button", name="Send").dblclick()
    page.wait_for_url(re.compile(r"#message-\d+$"))


def expect_product_page(page: Page, product: Product) -> None:
    """The page shows name, a loaded picture, and every price break."""
    expect(page.get_by_role("heading", level=1)).to_have_text(product.title)
    picture = page.locator(".main-shot img")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)  # noqa: FBT003  Playwright's signature
    assert picture.evaluate("image => image.naturalWidth") > 0
    breaks = page.locator("dl.breaks")
    expect(breaks).to_contain_text(product.price)
    expect(breaks).to_contain_text(product.lower_price)


def fill_account(page: Page, email: str, name: str) -> None:
    """Type who one is, and send the form."""
    page.get_by_label("Your name").fill(name)
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password1]").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Create an account").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()


def register_firm(site: Site, page: Page, email: str, name: str, firm: str) -> None:
    """An account with a confirmed address, and a firm in its name; ends on the dashboard."""
    page.goto("/account/signup/?as=exporter")
    fill_account(page, email, name)
    page.goto(link_in_mail(site, email, "/confirm-email/"))
    page.get_by_role("button", name="Yes, confirm it").click()
    page.goto("/sell/")
    page.get_by_label("Legal name").fill(firm)
    page.get_by_label("Maker").check()
    page.get_by_label("Country", exact=True).select_option(label="Ghana")
    page.get_by_label("Town").fill("Ho")
    page.get_by_label("Why there is no number").fill("registered as a farmers’ group")
    page.get_by_role("button", name="Register the company").click()
    expect(page.get_by_role("navigation", name="Seller menu")).to_be_visible()
