"""Impatient, careless and unlucky people: nothing is done twice, nothing typed is lost, nothing leaks."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from demo.seed.people import EXPORTER, OFFICER, STRANGER
from tests.browser import acts
from tests.browser.pictures import cut_off, notes, scan

DRAFT = "Peaberry Arabica, hand-sorted, 2026 crop"  # a draft of the demo country


def test_a_double_click_sends_a_product_once(complete_draft: acts.Product, sign_in: Callable[..., Page]):
    page, officer = sign_in(EXPORTER.email), sign_in(OFFICER.email)
    acts.open_product(page, complete_draft.title)
    page.get_by_role("link", name="Review").click()
    page.get_by_role("button", name="Send for review").dblclick()
    page.wait_for_url(re.compile(r"/products/$"))
    expect(acts.row_of(page, complete_draft.title)).to_contain_text("Waiting for review")
    officer.goto("/admin/moderation/queue/?kind=listing")
    expect(officer.get_by_role("link", name=complete_draft.title)).to_have_count(1)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_a_second_tab_is_told_that_the_first_one_saved(sign_in: Callable[..., Page], lot: str, *, javascript: bool):
    first = sign_in(EXPORTER.email, javascript=javascript)
    acts.open_product(first, DRAFT)
    second = first.context.new_page()
    second.goto(first.url)
    first.get_by_label("Summary").fill(f"What the first tab says of {lot}.")
    acts.go_on(first, "pictures")
    second.get_by_label("Summary").fill("What the second tab says.")
    with second.expect_response(lambda answer: answer.request.is_navigation_request()) as answer:
        second.get_by_role("button", name="Continue to").click()
    assert answer.value.status == 409
    expect(second.locator(".error-summary")).to_be_visible()
    expect(second.get_by_label("Summary")).to_have_value("What the second tab says.")
    assert second.title().startswith("Error:")


def test_a_button_pressed_during_a_slow_autosave_is_no_conflict(sign_in: Callable[..., Page]):
    page = sign_in(EXPORTER.email)
    acts.open_product(page, DRAFT)
    held: list[Route] = []
    page.route(
        "**/basics/", lambda route: held.append(route) if "x-autosave" in route.request.headers else route.continue_()
    )
    with page.expect_request(lambda request: "x-autosave" in request.headers):
        page.get_by_label("Summary").fill("Typed on a slow line.")
    page.get_by_role("button", name="Continue to").click(no_wait_after=True)
    held[0].continue_()
    page.wait_for_url(re.compile("/pictures/"))
    page.go_back()
    expect(page.get_by_label("Summary")).to_have_value("Typed on a slow line.")


def test_a_double_click_on_the_way_to_the_next_step_is_no_conflict(sign_in: Callable[..., Page]):
    page = sign_in(EXPORTER.email)
    acts.open_product(page, DRAFT)
    page.get_by_label("Summary").fill("Clicked twice.")
    page.get_by_role("button", name="Continue to").dblclick()
    page.wait_for_url(re.compile("/pictures/"))
    page.go_back()
    expect(page.get_by_label("Summary")).to_have_value("Clicked twice.")
    acts.go_on(page, "pictures")


def test_what_is_typed_is_saved_without_a_button(sign_in: Callable[..., Page]):
    page = sign_in(EXPORTER.email)
    acts.open_product(page, DRAFT)
    with page.expect_response(lambda answer: "x-autosave" in answer.request.headers) as answer:
        page.get_by_label("Summary").fill("Saved while I think.")
    assert answer.value.status == 200
    expect(page.locator("[data-save-status][data-state=saved]")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Summary")).to_have_value("Saved while I think.")


@pytest.mark.parametrize("step", ["basics", "pictures", "review", "shots"])
def test_a_stranger_learns_nothing_from_a_number(step: str, sign_in: Callable[..., Page]):
    owner, stranger = sign_in(EXPORTER.email), sign_in(STRANGER.email)
    acts.open_product(owner, DRAFT)
    real = owner.url.replace("basics", step)
    made_up = re.sub(r"/products/\d+/", "/products/999999/", real)
    assert read_refusal(stranger, real) == read_refusal(stranger, made_up)


def test_a_product_can_be_read_without_css_and_javascript(new_page: Callable[..., Page]):
    page = new_page(javascript=False)
    page.route("**/*.css", lambda route: route.abort())
    page.goto("/search/?q=coffee")
    name = page.get_by_role("article").first.get_by_role("heading").inner_text()
    page.get_by_role("article").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    text = page.get_by_role("main").inner_text()
    assert "Minimum order" in text
    assert "Specification" in text
    expect(page.locator(".main-shot img")).to_be_visible()


def test_a_broken_picture_says_why_and_can_be_sent_again(sign_in: Callable[..., Page]):
    reason = "The picture is damaged and cannot be read to its end. Send it again from the original."
    page = sign_in(EXPORTER.email)
    acts.open_product(page, DRAFT)
    page.get_by_role("link", name="Pictures and price").click()
    acts.choose_files(page, [cut_off()])
    failed = page.locator(".shot.bad")
    expect(failed).to_contain_text(reason, timeout=acts.SLOW)
    failed.get_by_role("button", name="Send again").click()
    expect(page.locator(".shot progress")).to_have_count(1)
    expect(failed).to_contain_text(reason, timeout=acts.SLOW)
    failed.get_by_role("button", name="Remove half.jpg").click()
    expect(failed).to_have_count(0)


def test_a_file_that_is_no_picture_is_refused_at_once(sign_in: Callable[..., Page]):
    page = sign_in(EXPORTER.email)
    acts.open_product(page, DRAFT)
    page.get_by_role("link", name="Pictures and price").click()
    page.get_by_label("Currency").select_option("USD")
    page.locator("#id_breaks-0-price").fill("3.15")
    count = page.locator(".shot").count()
    acts.choose_files(page, [notes()])
    refused = page.locator(".shot.bad", has_text="notes.jpg")
    expect(refused).to_contain_text("notes.jpg is no picture. Send JPEG, PNG, WebP or HEIC.")
    refused.get_by_role("button", name="Remove notes.jpg").click()
    expect(page.locator(".shot")).to_have_count(count)
    expect(page.locator("#id_breaks-0-price")).to_have_value("3.15")


def test_keys_of_officers_rest_inside_fields(sign_in: Callable[..., Page]):
    officer = sign_in(OFFICER.email)
    officer.goto("/admin/moderation/queue/?kind=listing")
    officer.locator("main th a").first.click()
    officer.wait_for_url(re.compile("/case/"))
    address = officer.url
    note = officer.get_by_label("Note to the exporter")
    note.press_sequentially("a c x j k A C X")
    expect(note).to_have_value("a c x j k A C X")
    assert officer.url == address
    note.fill("")
    officer.locator("h1").click()
    officer.keyboard.press("Control+a")
    assert officer.url == address
    officer.keyboard.press("x")
    expect(officer.locator(".error-summary")).to_be_visible()


def test_keys_of_officers_can_be_switched_off(sign_in: Callable[..., Page]):
    officer = sign_in(OFFICER.email)
    officer.goto("/admin/moderation/queue/?kind=listing")
    officer.locator("main th a").first.click()
    officer.get_by_role("button", name="Switch the keys off").click()
    address = officer.url
    officer.locator("body").press("x")
    expect(officer.locator(".error-summary")).to_have_count(0)
    assert officer.url == address
    officer.get_by_role("button", name="Switch the keys on").click()
    expect(officer.get_by_role("button", name="Switch the keys off")).to_be_visible()


@pytest.fixture
def complete_draft(sign_in: Callable[..., Page], lot: str) -> acts.Product:
    """A draft of Esinam's that may be sent."""
    product = acts.Product(f"Millet couscous, {lot}")
    page = sign_in(EXPORTER.email)
    acts.begin_product(page, product)
    acts.choose_files(page, [scan()])
    expect(page.locator(".shot .pill.ok")).to_have_count(1, timeout=acts.SLOW)
    acts.go_on(page, "delivery")
    page.get_by_label("Country of origin").select_option(label="Ghana")
    acts.go_on(page, "packing")
    return product


def read_refusal(page: Page, address: str) -> tuple[int, str]:
    """Status and text of a page, without what differs from one answer to the next."""
    answer = page.goto(address)
    assert answer is not None
    return answer.status, re.sub(r'/products/\d+|name="csrfmiddlewaretoken" value="\w+"', "", page.content())
