"""A buyer sees offers land while one carrier hangs, with and without JavaScript; the exporter quotes CIF from a lookup, frozen for both sides."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from demo.seed.people import EXPORTER
from shipping.rules.lookups import SETTLE_AFTER
from tests.browser import acts
from tests.browser.stack import Site
from tests.shipping.carriers import DHL_RATES, UPS_RATES, UPS_TOKEN, ups_rated, ups_rates, ups_token
from tests.shipping.loopback import Loopback, hang, wait

ENDED = SETTLE_AFTER.total_seconds() * 1000 + acts.SLOW
PLANT = (
    "from core.secrets import encrypt; from shipping.models import CarrierAccount as A;"
    "[A.objects.create(carrier=one, name='Journey', sealed_number=encrypt('77'), sealed_user=encrypt('user'), sealed_secret=encrypt('secret'),"
    " is_for_buyers=True) for one in ('mydhl', 'ups')]"
)
CLEAR = "from shipping.models import CarrierAccount as A; A.objects.all().delete()"


@pytest.fixture
def carriers(site: Site) -> Iterator[Loopback]:
    """The agency's accounts at UPS, which answers after a second, and at DHL, which hangs."""
    if site.carriers is None:
        pytest.skip("this site was started by hand: nothing stands in for its carriers")
    site.carriers.lay_out(DHL_RATES, hang)
    site.carriers.lay_out(UPS_TOKEN, ups_token())
    site.carriers.lay_out(UPS_RATES, wait(1.0, ups_rates([replace_price(ups_rated())])))
    site.run(PLANT)
    yield site.carriers
    site.run(CLEAR)


def replace_price(rated: dict[str, object]) -> dict[str, object]:
    """A price that no card has."""
    return rated | {"TotalCharges": {"MonetaryValue": "999.99", "CurrencyCode": "USD"}}


def open_product(page: Page) -> None:
    """The first coffee with a public price."""
    page.goto("/search/?q=washed+arabica")
    page.locator("#results article a").first.click()


def order(page: Page, country: str) -> None:
    """Six hundred kilograms to a town there."""
    form = page.locator("form[action*='/landed/']")
    form.get_by_label("Deliver to").select_option(country)
    form.get_by_label("Quantity").fill("600")
    form.get_by_label("Town or port").fill("Berlin")
    form.get_by_label("Postcode").fill("10115")
    form.get_by_role("button", name="Show the estimate").click()


@pytest.mark.journey
@pytest.mark.usefixtures("carriers")
def test_offers_land_on_the_product_page_and_who_is_silent_is_named(new_page: Callable[..., Page]) -> None:
    page = new_page()
    open_product(page)
    order(page, "DE")
    lookup = page.locator("#lookup")
    expect(lookup).to_contain_text("carriers have answered", timeout=acts.SLOW)
    expect(lookup).to_contain_text("Volta Cargo (demo)")
    expect(lookup).to_contain_text("$999.99", timeout=ENDED)
    expect(lookup).to_contain_text("Nothing was heard from DHL Express", timeout=ENDED)
    expect(lookup).to_contain_text("1 of 2 carriers have answered")
    lookup.get_by_role("link", name="All terms with these offers").click()
    page.locator("tr", has_text="UPS").get_by_role("link", name="Count with this").click()
    expect(page.locator("#landed")).to_contain_text("price told by UPS")
    expect(page.get_by_role("heading", name="The same order under every Incoterm")).to_be_visible()


@pytest.mark.usefixtures("carriers")
def test_without_javascript_the_page_refreshes_itself_until_all_has_ended(new_page: Callable[..., Page]) -> None:
    page = new_page(javascript=False)
    open_product(page)
    order(page, "NL")
    page.get_by_role("button", name="Ask carriers and forwarders too").click()
    expect(page.get_by_role("heading", name="Freight to Netherlands")).to_be_visible()
    expect(page.locator("#lookup")).to_contain_text("Nothing was heard from DHL Express", timeout=ENDED)
    expect(page.locator("#lookup")).to_contain_text("$999.99")
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(0)


@pytest.mark.journey
def test_the_exporter_quotes_cif_from_a_lookup_and_both_sides_read_what_is_frozen(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(EXPORTER.email)
    page.goto(f"/sell/{acts.COMPANY}/quotations/new/")
    page.get_by_label("Name of the buyer").fill("Omar Al Fahim")
    page.get_by_label("Phone with country code").fill("+971 50 1234567")
    page.get_by_label("Product").select_option(index=1)
    page.get_by_role("button", name="Continue to the quotation").click()
    row = page.locator("[data-row]").first
    row.get_by_label("Quantity").fill("600")
    row.get_by_label("Price of one").fill("5.60")
    page.get_by_label("Currency").select_option("USD")
    page.get_by_role("button", name="Freight and Incoterm").click()
    page.get_by_label("Deliver to").select_option("DE")
    page.get_by_label("Town or port").fill("Hamburg")
    page.get_by_label("Insurance premium").fill("0.5")
    page.get_by_role("button", name="Ask for prices").click()
    page.get_by_role("button", name="Quote CIF").click()
    expect(page.get_by_label("Named place")).to_have_value("Hamburg")
    expect(page.get_by_text(re.compile("Freight frozen from Volta Cargo"))).to_be_visible()
    page.get_by_label("Ready in how many days?").fill("18")
    page.get_by_label("Payment").fill("30% now, 70% against documents")
    page.get_by_role("button", name="Send to the buyer").click()
    expect(page.locator(".quote")).to_contain_text("Main carriage")
    digest = page.locator("section:has(#h-frozen) bdi").inner_text()
    page.goto(page.get_by_label("Link to copy").input_value())
    expect(page.locator("section:has(#h-frozen)")).to_contain_text(digest)
