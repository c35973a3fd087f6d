"""Words in a language that was only begun are not lost: neither by closing the page, nor by beginning another language."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from demo.seed.people import EXPORTER
from tests.browser import acts

WORDS = "Farine de fonio, moulue la veille."


def begin_language(page: Page, language: str) -> None:
    """Add a section for a language."""
    page.get_by_label("Add a language").select_option(label=language)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("region", name=language)).to_be_visible()


def test_words_of_a_language_without_a_name_come_back(sign_in: Callable[..., Page], lot: str):
    page = sign_in(EXPORTER.email)
    acts.begin_product(page, acts.Product(f"Fonio flour, {lot}"))
    page.get_by_role("navigation", name="More pages of this product").get_by_role("link", name="Languages").click()
    begin_language(page, "Français")
    page.get_by_role("region", name="Français").get_by_label("Description").fill(WORDS)
    expect(page.locator("[data-save-status]")).to_contain_text("Not saved yet")
    begin_language(page, "Deutsch")
    expect(page.get_by_role("region", name="Français").get_by_label("Description")).to_have_value(WORDS)

    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(page.url.split("#")[0].split("?")[0])
    expect(again.get_by_role("region", name="Français").get_by_label("Description")).to_have_value(WORDS)
    again.get_by_role("region", name="Français").get_by_label("Name of the product").fill("Farine de fonio")
    acts.go_on(again, "review")
    expect(again.get_by_role("main")).to_contain_text("Français")
