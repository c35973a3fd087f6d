"""The main job with JavaScript: an exporter lists a product, an officer has it changed, then approves, a buyer finds it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from demo.seed.people import EXPORTER, OFFICER
from tests.browser import acts
from tests.browser.pictures import as_file, draw, save, scan, three_photos

NOTE = "Say in the summary from which harvest it is."


@pytest.mark.journey
def test_a_product_goes_from_its_exporter_through_an_officer_to_a_buyer(
    sign_in: Callable[..., Page], new_page: Callable[..., Page], lot: str
):
    product = acts.Product(f"Washed white fonio, {lot}")
    exporter, officer, buyer = sign_in(EXPORTER.email), sign_in(OFFICER.email), new_page()

    acts.begin_product(exporter, product)
    send_and_watch(exporter, three_photos())
    acts.give_price(exporter, product)
    acts.give_delivery(exporter)
    acts.give_packing(exporter)
    acts.send_for_review(exporter)
    expect(acts.row_of(exporter, product.title)).to_contain_text("Waiting for review")

    acts.open_case(officer, product.title)
    acts.ask_for_change(officer, "Text unclear or copied", NOTE)

    acts.open_product(exporter, product.title)
    expect(exporter.get_by_text(NOTE)).to_be_visible()
    expect(exporter.get_by_text("A buyer cannot learn from the text what is offered", exact=False)).to_be_visible()
    exporter.get_by_label("Summary").fill("Hulled fonio of the harvest of November, free of sand.")
    acts.go_on(exporter, "pictures")
    exporter.get_by_role("link", name="Review").click()
    acts.send_for_review(exporter)

    acts.open_case(officer, product.title)
    expect(officer.get_by_role("row").filter(has_text="Summary")).to_contain_text("of the harvest of November")
    acts.approve(officer, by_key=True)

    acts.find_in_search(buyer, f"fonio {lot}", product.title)
    acts.tick_facet(buyer, "Category", "Grains and flours")
    expect(buyer).to_have_url(re.compile(r"category=grains-and-flours"))
    buyer.get_by_role("article").filter(has_text=product.title).get_by_role("link").first.click()
    acts.expect_product_page(buyer, product)


def test_an_edit_of_a_live_product_waits_for_an_officer_and_can_be_taken_back(
    live_product: acts.Product, sign_in: Callable[..., Page], new_page: Callable[..., Page]
):
    old, new = live_product.title, live_product.title.replace("20 kg", "10 kg")
    exporter, officer, buyer = sign_in(EXPORTER.email), sign_in(OFFICER.email), new_page()
    acts.find_in_search(buyer, old, old).get_by_role("link").first.click()
    heading = buyer.get_by_role("heading", level=1)

    acts.change_title(exporter, old, new)
    buyer.reload()
    expect(heading).to_have_text(old)

    acts.open_case(officer, new)
    row = officer.get_by_role("row").filter(has_text="stone-milled")
    expect(row.get_by_role("cell").nth(0)).to_contain_text("20 kg sacks")
    expect(row.get_by_role("cell").nth(1)).to_contain_text("10 kg sacks")
    acts.approve(officer)
    buyer.reload()
    expect(heading).to_have_text(new)

    officer.locator(".toast").get_by_role("button", name="Undo").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text(new)
    buyer.reload()
    expect(heading).to_have_text(old)
    acts.approve(officer)
    buyer.reload()
    expect(heading).to_have_text(new)


@pytest.fixture
def live_product(sign_in: Callable[..., Page], lot: str) -> acts.Product:
    """A product of Esinam's that buyers see."""
    product = acts.Product(f"Red fonio flour, stone-milled, 20 kg sacks, {lot}")
    exporter, officer = sign_in(EXPORTER.email), sign_in(OFFICER.email)
    acts.begin_product(exporter, product)
    send_and_watch(exporter, [scan(), as_file("b.jpg", "image/jpeg", save(draw("#aa5544"), "JPEG"))])
    acts.give_price(exporter, product)
    acts.give_delivery(exporter)
    acts.give_packing(exporter)
    acts.send_for_review(exporter)
    acts.open_case(officer, product.title)
    acts.approve(officer)
    return product


def send_and_watch(page: Page, files: list[FilePayload]) -> None:
    """Send pictures, see them worked on, and see all of them ready without loading the page again."""
    acts.choose_files(page, files)
    expect(page.locator(".shot")).to_have_count(len(files))
    expect(page.locator(".shot progress").first).to_be_visible()
    page.evaluate("document.body.dataset.still = 'here'")
    expect(page.locator(".shot .pill.ok")).to_have_count(len(files), timeout=acts.SLOW)
    assert page.evaluate("document.body.dataset.still") == "here"
