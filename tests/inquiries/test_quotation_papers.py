"""The quotation and the pro forma as PDF and as JSON: who gets them, what stands in them, in which letters."""

from dataclasses import replace
from decimal import Decimal
from unittest.mock import patch

import pypdfium2
import pytest

from inquiries.adapters.paper_pdf import PaperNotMade, render_pdf
from inquiries.models import Inquiry, Quotation
from inquiries.selectors.quotation_papers import build_paper
from inquiries.views.quotation_papers import write_markup
from listings.models import ListingRevision
from storefronts.models import Company
from tests.inquiries.quoting import COFFEE, FREIGHT, accept, get, quote, send_next

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(thread, people):
    return quote(thread, people.owner, lines=(replace(COFFEE, floor=Decimal("4.9876")), FREIGHT))


def read_text(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_quotation_says_what_the_page_says(client, sent, people):
    client.force_login(people.buyer)
    answer = client.get(f"{sent.get_absolute_url()}quotation.pdf")
    text = read_text(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    expected = [
        sent.number,
        "Washed Arabica, SCA 86",
        "600 kg",
        "$5.60",
        "$434.60",
        "$3,794.60",
        "CIF Hamburg",
        "30% now",
        "Jana Petersen",
    ]
    assert [words for words in expected if words not in text] == []
    assert "4.9876" not in text


def test_the_pro_forma_is_there_once_it_is_accepted(client, sent, people):
    client.force_login(people.buyer)
    url = f"{sent.get_absolute_url()}pro_forma.pdf"
    assert client.get(url).status_code == 404
    accept(sent, people.buyer)
    text = read_text(client.get(url).content)
    assert ("Pro forma invoice" in text, "accepted by" in text) == (True, True)


def test_an_older_version_can_be_read_again(client, sent, people):
    send_next(sent, people.owner, named_place="Bremen")
    client.force_login(people.owner)
    assert "CIF Hamburg" in read_text(client.get(f"{sent.get_absolute_url()}quotation.pdf?version=1").content)
    assert client.get(f"{sent.get_absolute_url()}quotation.pdf?version=7").status_code == 404


def test_strangers_get_no_paper(client, sent, people, other_company):
    client.force_login(people.stranger)
    urls = [f"{sent.get_absolute_url()}quotation.pdf", f"/api/v1/quotations/{sent.pk}/"]
    assert [client.get(url).status_code for url in urls] == [404, 404]


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("ar", "شركة الفهيم للأغذية", ["الكمية", "شركة الفهيم"]),
        ("en", "上海咖啡进口有限公司", ["上海咖啡进口有限公司"]),
    ],
)
def test_arabic_and_chinese_letters_come_out(language, name, words, thread, people):
    Inquiry.objects.update(buyer_organisation=name)
    paper = build_paper(quotation=get(quote(thread, people.owner)), kind="quotation")
    content = render_pdf(write_markup(paper, language))
    text = read_text(content)
    assert [word for word in words if not set(word) <= set(text) | {" "}] == []


def test_what_people_type_is_inert(thread, people):
    hostile = "<img src=file:///etc/passwd><script>1</script>"
    Inquiry.objects.update(buyer_organisation=hostile)
    paper = build_paper(quotation=get(quote(thread, people.owner)), kind="quotation")
    assert hostile in read_text(render_pdf(write_markup(paper, "en"))).replace("\r\n", "").replace("\n", "")


def test_nothing_is_fetched():
    markup = '<p>Words</p><img src="file:///etc/hostname"><link rel="stylesheet" href="http://127.0.0.1:9/x.css">'
    assert "Words" in read_text(render_pdf(markup))


def test_a_child_that_fails_is_told(monkeypatch):
    monkeypatch.setattr("inquiries.adapters.paper_pdf.DEADLINE_SECONDS", 0.01)
    with pytest.raises(PaperNotMade, match="too long"):
        render_pdf("<p>Words</p>")


def test_a_paper_that_cannot_be_made_is_told_on_a_page(client, sent, people, monkeypatch):
    monkeypatch.setattr("inquiries.adapters.paper_pdf.DEADLINE_SECONDS", 0.01)
    client.force_login(people.buyer)
    answer = client.get(f"{sent.get_absolute_url()}quotation.pdf")
    assert (answer.status_code, "could not be made" in answer.text) == (503, True)


def test_the_api_says_the_same_in_plain_values(client, sent, people):
    client.force_login(people.buyer)
    told = client.get(f"/api/v1/quotations/{sent.pk}/").json()
    assert (told["number"], told["total"], told["currency"], told["state"]) == (sent.number, "3794.60", "USD", "sent")
    assert [(line["quantity"], line["amount"]) for line in told["lines"]] == [("600", "3360.00"), ("1", "434.60")]
    assert "4.9876" not in str(told)
    assert [one["number"] for one in client.get("/api/v1/quotations/").json()] == [sent.number]
    client.logout()
    assert client.get("/api/v1/quotations/").status_code in {401, 403}


def test_the_amounts_of_a_paper_come_to_its_total(sent):
    paper = build_paper(quotation=get(sent), kind="quotation")
    assert sum(line.amount.amount for line in paper.lines) == paper.total.amount


@pytest.fixture
def product(listing):
    """The product as it was when the quotation went out."""
    ListingRevision.objects.filter(listing=listing).update(hs_code="090111", origin_country="GH")
    return listing


def change_everything(listing):
    ListingRevision.objects.filter(listing=listing).update(hs_code="090121", origin_country="VN")
    Company.objects.update(legal_name="Other Ltd", registration_number="X", city="Tema")
    Inquiry.objects.update(buyer_organisation="Another GmbH", buyer_name="Somebody", destination="FR")


@pytest.mark.parametrize("kind", ["quotation", "pro_forma"])
def test_a_paper_says_for_good_what_it_said_when_it_was_sent(kind, thread, people, product):
    sent = quote(thread, people.owner, lines=(replace(COFFEE, listing_id=product.pk), FREIGHT))
    accept(sent, people.buyer)
    before = build_paper(quotation=Quotation.objects.get(pk=sent.pk), kind=kind)
    change_everything(product)
    assert build_paper(quotation=Quotation.objects.get(pk=sent.pk), kind=kind) == before
    assert [(line.hs_code, line.origin) for line in before.lines] == [("090111", "GH"), ("", "")]
    assert (before.seller.firm, before.buyer.firm) == ("Adanu Growers Union", "Kontor")


def test_the_next_version_says_what_is_so_by_then(thread, people, product):
    lines = (replace(COFFEE, listing_id=product.pk),)
    sent = quote(thread, people.owner, lines=lines)
    change_everything(product)
    send_next(sent, people.owner, lines=lines)
    papers = [build_paper(quotation=Quotation.objects.get(pk=sent.pk), kind="quotation", number=n) for n in (1, 2)]
    assert [(paper.lines[0].hs_code, paper.seller.firm) for paper in papers] == [
        ("090111", "Adanu Growers Union"),
        ("090121", "Other Ltd"),
    ]


def test_a_version_of_before_they_were_kept_says_what_is_so_today(thread, people, product):
    with patch("inquiries.services.quotations.freeze_facts"):
        sent = quote(thread, people.owner, lines=(replace(COFFEE, listing_id=product.pk),))
    change_everything(product)
    paper = build_paper(quotation=Quotation.objects.get(pk=sent.pk), kind="quotation")
    assert (paper.lines[0].hs_code, paper.lines[0].origin) == ("090121", "VN")
    assert (paper.seller.firm, paper.buyer.firm, paper.destination) == ("Other Ltd", "Another GmbH", "FR")
