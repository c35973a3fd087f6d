"""Two colleagues have the same product open: both see it, and what one has saved is not overwritten unseen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from demo.seed.people import COLLEAGUE, EXPORTER
from tests.browser import acts

THEIRS, MINE = "Milled the day before it ships.", "Milled on stone, sifted twice."


@pytest.fixture
def shared(sign_in: Callable[..., Page], lot: str) -> acts.Product:
    """A draft of Esinam's."""
    product = acts.Product(f"Fonio semolina, {lot}")
    acts.begin_product(sign_in(EXPORTER.email), product)
    return product


def test_both_see_one_another_and_end_with_what_they_were_told(shared: acts.Product, sign_in: Callable[..., Page]):
    esinam, yao = sign_in(EXPORTER.email), sign_in(COLLEAGUE.email)
    acts.open_product(esinam, shared.title)
    acts.open_product(yao, shared.title)
    expect(yao.get_by_text("Esinam Agbeko has this product open too")).to_be_visible()
    esinam.reload()
    expect(esinam.get_by_text("Yao Dzokoto has this product open too")).to_be_visible()

    esinam.get_by_label("Summary").fill(THEIRS)
    expect(esinam.locator("[data-save-status]")).to_contain_text("Saved")
    yao.get_by_label("Summary").fill(MINE)
    expect(yao.locator("[data-save-status]")).to_contain_text("Not saved: changed elsewhere")
    note = yao.get_by_role("alert").filter(has_text=THEIRS)
    expect(note).to_contain_text(MINE)
    summary_is(esinam, shared, THEIRS)

    note.get_by_role("button", name="Use mine").click()
    expect(yao.locator("[data-save-status]")).to_contain_text("Saved")
    summary_is(esinam, shared, MINE)


def test_without_javascript_the_second_one_is_told_too(shared: acts.Product, sign_in: Callable[..., Page]):
    esinam, yao = sign_in(EXPORTER.email, javascript=False), sign_in(COLLEAGUE.email, javascript=False)
    for page in (esinam, yao):
        acts.open_product(page, shared.title)
    esinam.get_by_label("Summary").fill(THEIRS)
    acts.go_on(esinam, "pictures")
    yao.get_by_label("Summary").fill(MINE)
    yao.get_by_role("button", name="Continue to").click()
    expect(yao.get_by_role("region", name=re.compile("Esinam Agbeko saved"))).to_contain_text(THEIRS)
    expect(yao.get_by_label("Summary")).to_have_value(MINE)
    summary_is(esinam, shared, THEIRS)


def summary_is(page: Page, product: acts.Product, words: str) -> None:
    """What a fresh look at the product says."""
    fresh = page.context.new_page()
    acts.open_product(fresh, product.title)
    expect(fresh.get_by_label("Summary")).to_have_value(words)
    fresh.close()
