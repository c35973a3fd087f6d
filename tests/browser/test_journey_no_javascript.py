"""The same journey in a browser without JavaScript: every step is a form and a page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from demo.seed.people import EXPORTER, OFFICER
from tests.browser import acts
from tests.browser.pictures import three_photos
from tests.browser.stack import wait_until


@pytest.mark.journey
def test_a_product_goes_to_a_buyer_without_javascript(
    sign_in: Callable[..., Page], new_page: Callable[..., Page], lot: str
):
    product = acts.Product(f"Sun-dried fonio, {lot}")
    exporter, officer = sign_in(EXPORTER.email, javascript=False), sign_in(OFFICER.email, javascript=False)
    buyer = new_page(javascript=False)

    acts.begin_product(exporter, product)
    send_and_look_again(exporter)
    acts.give_price(exporter, product)
    acts.give_delivery(exporter)
    acts.give_packing(exporter)
    acts.send_for_review(exporter)

    acts.open_case(officer, product.title)
    acts.ask_for_change(officer, "Price or unit looks wrong", "Is that per kilogram?")

    acts.open_product(exporter, product.title)
    expect(exporter.get_by_text("Is that per kilogram?")).to_be_visible()
    exporter.get_by_role("link", name="Pictures and price").click()
    exporter.locator("#id_breaks-0-price").fill("2.60")
    acts.go_on(exporter, "delivery")
    exporter.get_by_role("link", name="Review").click()
    acts.send_for_review(exporter)

    acts.open_case(officer, product.title)
    expect(officer.get_by_role("table", name="Changes").or_(officer.locator("table.diff")).first).to_contain_text(
        "2.60"
    )
    acts.approve(officer)

    acts.find_in_search(buyer, f"fonio {lot}", product.title)
    acts.tick_facet(buyer, "Category", "Grains and flours")
    buyer.locator("#facet-groups .apply button").click()
    assert "category=grains-and-flours" in buyer.url
    buyer.get_by_role("article").filter(has_text=product.title).get_by_role("link").first.click()
    acts.expect_product_page(buyer, acts.Product(product.title, price="2.60"))


def send_and_look_again(page: Page) -> None:
    """Send three pictures by the button, then follow the link until all are ready."""
    acts.choose_files(page, three_photos())
    expect(page.locator(".shot")).to_have_count(3)

    def look() -> bool:
        again = page.get_by_role("link", name="Look again whether the pictures are ready")
        if again.count():
            page.goto(page.url.split("#")[0])
        return page.locator(".shot .pill.ok").count() == 3

    wait_until(look, "three ready pictures")
