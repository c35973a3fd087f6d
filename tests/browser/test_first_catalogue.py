"""A firm that is new here: from signing up to a product sent with pictures, variants, a laboratory report and two languages."""

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import acts
from tests.browser.pictures import as_file, three_photos
from tests.browser.stack import Site
from tests.browser.test_journey import send_and_watch

GTIN, OTHER_GTIN = "4006381333931", "5901234123457"


@pytest.mark.journey
def test_a_new_firm_sends_its_first_product_and_the_checklist_moves(
    site: Site, new_page: Callable[..., Page], lot: str
):
    page = new_page()
    slug = sign_up(site, page, lot)
    before = done_steps(page, slug)

    product = acts.Product(
        f"Baobab oil, {lot}", summary="Golden oil of baobab seeds.", category="Butters and carrier oils"
    )
    acts.begin_product(page, product)
    send_and_watch(page, three_photos())
    acts.give_price(page, product)
    acts.give_delivery(page)
    acts.give_packing(page)
    began = done_steps(page, slug)
    assert began > before

    page.go_back()
    give_variants(page)
    give_report(page)
    give_french(page)
    for said in ("500 ml bottle", "Laboratory report", "lot L-2026-11", "Français"):
        expect(page.get_by_role("main")).to_contain_text(said)
    acts.send_for_review(page)
    assert done_steps(page, slug) == began
    sent = page.get_by_role("listitem").filter(has_text="Complete the product and send it")
    expect(sent).to_contain_text("With the agency")


def sign_up(site: Site, page: Page, lot: str) -> str:
    """An account with a confirmed address and a registered company; the company's slug."""
    email = f"{lot.replace(' ', '-')}-first@newcomer.example"
    acts.register_firm(site, page, email, "Afi Agbo", f"Afi Oils, {lot}")
    found = re.search(r"/sell/([^/]+)/", page.url)
    assert found
    return found[1]


def done_steps(page: Page, slug: str) -> int:
    """How many of the seven steps the checklist of the dashboard shows as done."""
    page.goto(f"/sell/{slug}/")
    said = page.get_by_text(re.compile(r"\d of 7 (steps )?done")).first.inner_text()
    found = re.search(r"(\d) of 7", said)
    assert found
    return int(found[1])


def open_page(page: Page, name: str) -> None:
    """A page beside the steps."""
    page.get_by_role("navigation", name="More pages of this product").get_by_role("link", name=name).click()


def save(page: Page) -> None:
    """Keep the page by its bar, and be on the review."""
    acts.go_on(page, "review")


def give_variants(page: Page) -> None:
    """Two bottles, each with its numbers, one with prices of its own."""
    open_page(page, "Variants")
    page.locator("#id_variants-0-name").fill("500 ml bottle")
    page.locator("#id_variants-0-article_number").fill("BAO-05")
    page.locator("#id_variants-0-gtin").fill(GTIN)
    page.locator("#id_variants-0-price_1").fill("9.80")
    page.get_by_role("button", name="Add a variant").click()
    page.locator("#id_variants-1-name").fill("5 l can")
    page.locator("#id_variants-1-gtin").fill(OTHER_GTIN)
    save(page)


def report() -> FilePayload:
    """A laboratory's report as a PDF."""
    content, made = io.BytesIO(), pikepdf.new()
    made.add_blank_page()
    made.save(content)
    return as_file("Report baobab.pdf", "application/pdf", content.getvalue())


def give_report(page: Page) -> None:
    """A laboratory report that everybody may read."""
    open_page(page, "Documents")
    page.locator("#id_documents").set_input_files([report()])
    page.get_by_role("button", name="Send the chosen documents").click()
    section = page.get_by_role("region", name="Report baobab.pdf")
    section.get_by_label("Kind of document").select_option(label="Laboratory report")
    section.get_by_label("Who may read it").select_option(label="Everybody")
    section.get_by_label("Lot").fill("L-2026-11")
    section.get_by_label("Laboratory or authority").fill("Ho Food Laboratory")
    section.get_by_label("Date", exact=False).first.fill("2026-10-02")
    save(page)


def give_french(page: Page) -> None:
    """The texts in a second language."""
    open_page(page, "Languages")
    page.get_by_label("Add a language").select_option(label="Français")
    page.get_by_role("button", name="Add it").click()
    section = page.get_by_role("region", name="Français")
    section.get_by_label("Name of the product").fill("Huile de baobab")
    section.get_by_label("Summary").fill("Huile dorée des graines du baobab.")
    save(page)
