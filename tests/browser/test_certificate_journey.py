"""A certificate from its PDF to the seal and past its last day: exporter, officer, buyer, and a night."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import FilePayload, Page, expect

from demo.drawings.paper import draw_certificate
from demo.seed.people import EXPORTER, OFFICER, STRANGER
from tests.browser import acts
from tests.browser.stack import Site, read_plain, wait_until

LIST = f"/sell/{acts.COMPANY}/certificates/"
HOLDER, TOWN, ISSUER = "Adanu Growers Union", "Ho, Volta", "Harbour Certification (demo)"
FIRST, LAST = localdate() - timedelta(days=30), localdate() + timedelta(days=300)
PASS_THE_END = """
from datetime import timedelta
from django.utils import timezone
from certifications.models import Certificate
from certifications.services.nightly import NIGHT_JOB
from core.jobs import enqueue
today = timezone.localdate()
Certificate.objects.filter(number="{number}").update(valid_until=today - timedelta(1), looked_on=today - timedelta(2))
enqueue(NIGHT_JOB, key="{number}", day=today.isoformat())
"""


@pytest.mark.journey
@pytest.mark.parametrize(("javascript", "code", "scheme"), [(True, "kosher", "Kosher"), (False, "sqf", "SQF")])
def test_a_certificate_is_sent_checked_shown_and_leaves_on_its_day(
    site: Site,
    sign_in: Callable[..., Page],
    new_page: Callable[..., Page],
    lot: str,
    *,
    javascript: bool,
    code: str,
    scheme: str,
):
    exporter, officer, buyer = (
        sign_in(EXPORTER.email, javascript=javascript), sign_in(OFFICER.email, javascript=javascript), new_page(javascript=javascript),
    )  # fmt: skip
    number = f"{code.upper()}-{lot.split()[1]}"
    buyer.goto(f"/exporters/{acts.COMPANY}/")
    product = buyer.get_by_role("article").first.get_by_role("link").first.get_attribute("href") or ""
    listing_id = product.rstrip("/").rsplit("/", 1)[1]

    edit_url = send_document(exporter, code, scheme, number)
    complete(exporter, number)
    expect(exporter.get_by_text("Another company")).to_have_count(0)
    exporter.goto(f"/sell/{acts.COMPANY}/products/{listing_id}/certificates/")
    exporter.get_by_role("checkbox", name=re.compile(number)).check()
    exporter.get_by_role("button", name="Save").click()
    answer = sign_in(STRANGER.email).goto(edit_url)
    assert answer is not None
    assert answer.status == 404

    verify(officer, f"{scheme} {number}")

    public_page = expect_shown(buyer, code, product, number)
    site.run(PASS_THE_END.format(number=number))
    site.wait_for_mail_with(EXPORTER.email, number)
    expect_gone(buyer, code, product, number, public_page)
    told = [mail for mail in site.find_mails(EXPORTER.email, number) if "was valid until" in read_plain(mail)]
    assert len(told) == 1


def expect_shown(buyer: Page, code: str, product: str, number: str) -> str:
    """Facet, seal, and the page where everybody checks it, with its credential; that page's address."""
    wait_until(lambda: is_found(buyer, code, product), "the facet to know the product")
    buyer.goto(product)
    shown = buyer.locator(".cert").filter(has_text=number)
    expect(shown.locator(".cert-mark:not(.plain)")).to_have_count(1)
    shown.get_by_role("link", name="Verify it yourself").click()
    expect(buyer.get_by_text("Confirmed by the issuer or its register").first).to_be_visible()
    wait_until(lambda: buyer.reload() and has_credential(buyer), "the credential to be signed")
    return buyer.url


def expect_gone(buyer: Page, code: str, product: str, number: str, public_page: str) -> None:
    """All three have left; the public page says why."""
    wait_until(lambda: not is_found(buyer, code, product), "the facet to forget the product")
    buyer.goto(product)
    expect(buyer.locator(".cert").filter(has_text=number)).to_have_count(0)
    buyer.goto(public_page)
    expect(buyer.get_by_text("Expired")).to_be_visible()
    expect(buyer.locator(".cert-mark")).to_have_count(0)


def send_document(page: Page, code: str, scheme: str, number: str) -> str:
    """A new certificate with a PDF; the address of its page once the document was read."""
    facts = [
        ("Holder", HOLDER), ("Site", TOWN), ("Certificate number", number), ("Valid from", FIRST.isoformat()),
        ("Valid until", LAST.isoformat()),
    ]  # fmt: skip
    paper = draw_certificate(scheme=scheme, issuer=ISSUER, facts=facts)
    page.goto(LIST)
    page.get_by_role("link", name="Add a certificate").first.click()
    option = page.locator("select[name=scheme] option").filter(has_text=scheme).first.get_attribute("value")
    page.locator("select[name=scheme]").select_option(option)
    page.locator("input[type=file]").set_input_files(
        FilePayload(name=f"{code}.pdf", mimeType="application/pdf", buffer=paper)
    )
    page.get_by_role("button", name="Send and go on").click()
    page.wait_for_url(re.compile(r"/certificates/[A-Z0-9]{10}/"))
    url = page.url.split("#")[0]
    wait_until(lambda: was_read(page, url, number), "the document to be read")
    expect(page.get_by_text("Read from the document, please check.").first).to_be_visible()
    return url


def was_read(page: Page, url: str, number: str) -> bool:
    page.goto(url)
    return page.locator("input[name=number]").input_value() == number


def complete(page: Page, number: str) -> None:
    """Fill what the document did not tell, and send all to the agency."""
    expect(page.locator("input[name=valid_until]")).to_have_value(LAST.isoformat())
    page.locator("input[name=issuer_name]").fill(ISSUER)
    page.locator("input[name=holder]").fill(HOLDER)
    page.locator("input[name=holder_address]").fill(TOWN)
    page.locator("textarea[name=scope]").fill("Growing, processing and trade of coffee")
    page.locator("[name=hs_prefixes]").fill("0901")
    page.get_by_role("button", name="Save and send to the agency").click()
    expect(page.get_by_text("Sent to the agency.")).to_be_visible()


def verify(page: Page, title: str) -> None:
    """Look at the document and the ticks, write down what the register says, and verify."""
    acts.open_case(page, title)
    expect(page.get_by_alt_text("Page 1 of 1")).to_be_visible()
    expect(page.get_by_text(f"The holder is {HOLDER}.")).to_be_visible()
    expect(page.get_by_text("Nobody has looked beyond the document yet.")).to_be_visible()
    page.get_by_role("link", name="Capture the result").click()
    page.get_by_label("Where did you look?").select_option("register")
    page.get_by_label("Confirmed", exact=True).check()
    page.get_by_label("What stands there").fill("Adanu Growers Union, coffee, valid.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Adanu Growers Union, coffee, valid.")).to_be_visible()
    expect(page.get_by_label("How it was checked")).to_have_value("2")
    acts.approve(page)


def is_found(page: Page, code: str, product: str) -> bool:
    """Does the search by this certificate, confirmed by its issuer, show the product?"""
    page.goto(f"/search/?certificate={code}&evidence=2")
    return page.locator(f"main article a[href='{product}']").count() > 0


def has_credential(page: Page) -> bool:
    return page.get_by_role("link", name="Save the signed credential").count() > 0
