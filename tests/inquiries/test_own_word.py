"""What an exporter cannot say for its buyer: no address of its own asks, accepts or confirms, and a value far from the agreed one waits for a paper."""

from decimal import Decimal

import pytest
from django.urls import reverse

from inquiries.exceptions import OwnAddress
from inquiries.models import Deal, Inquiry, Request
from inquiries.rules.deals import is_like_agreed
from inquiries.rules.messages import BuyerWords, Reader
from inquiries.rules.requests import LineWords, RequestWords
from inquiries.selectors.deals import build_deal_link
from inquiries.selectors.links import build_quotation_link
from inquiries.services.asking import confirm_inquiry
from inquiries.services.deals import Confirmation, confirm_by_link, confirm_deal, note_paper
from inquiries.services.own_buyers import OwnBuyer, quote_own_buyer
from inquiries.services.requests import ask_quotation, confirm_request
from storefronts.models import Member
from tests.inquiries.conftest import NOBODY
from tests.inquiries.quoting import accept, get, quote

pytestmark = pytest.mark.django_db
NEED = RequestWords(
    title="Coffee", destination="DE", lines=[LineWords("Green coffee", Decimal(600), "kg", hs_code="090111")]
)


@pytest.fixture
def deal(guest_thread, guest, people):
    accept(quote(guest_thread, people.owner), guest)
    return Deal.objects.select_related("quotation__inquiry").get()


def confirm(deal, value="3700"):
    token = build_deal_link(deal=deal, was_mailed=True).rstrip("/").rpartition("/")[2]
    return confirm_by_link(token=token, said=Confirmation(Decimal(value), "yes", name="Big Importer"))


@pytest.mark.parametrize("email", ["owner@adanu.example", "Editor+buyer@adanu.example", "sales@adanu.example"])
def test_nobody_of_the_company_is_its_own_buyer(email, company, people):
    company.channels.create(kind="email", value="sales@adanu.example")
    buyer = OwnBuyer("Big Importer", email=email)
    with pytest.raises(OwnAddress):
        quote_own_buyer(member=Member.objects.get(user=people.owner), buyer=buyer, listing_id=None, key="k")
    assert not Inquiry.objects.exists()


def test_a_member_asks_the_own_company_by_no_mailed_link(company, ask):
    asked = ask(email="editor@adanu.example").inquiry
    with pytest.raises(OwnAddress):
        confirm_inquiry(inquiry_id=asked.pk)
    assert Inquiry.objects.get().state == "unconfirmed"


def test_a_member_requests_nothing_of_the_own_company_by_the_mailed_link(company):
    buyer = BuyerWords(email="viewer@adanu.example", name="Importer")
    request = ask_quotation(reader=NOBODY, company_id=company.pk, words=NEED, buyer=buyer, key="k").request
    with pytest.raises(OwnAddress):
        confirm_request(request_id=request.pk)
    assert Request.objects.get().state == "unconfirmed"


@pytest.mark.parametrize("act", ["accept", "decline"])
def test_a_signed_in_member_answers_nothing_by_the_shared_link(act, thread, people, client):
    sent = quote(thread, people.owner)
    client.force_login(people.viewer)
    token = build_quotation_link(quotation=sent).rstrip("/").rpartition("/")[2]
    url = reverse(f"inquiries:{act}_shared_quotation", args=[token])
    answer = client.post(url, {"name": "Lena Brandt", "version": 1, "key": "k", "reason": ""})
    assert (answer.status_code, get(sent).state) == (403, "sent")


def test_what_is_confirmed_from_the_firms_own_inbox_stays_declared(deal, people):
    Inquiry.objects.update(buyer_email="editor+importer@adanu.example")
    deal.quotation.inquiry.refresh_from_db()
    done = confirm(deal)
    assert (done.stage, done.level) == ("confirmed", "declared")


@pytest.mark.parametrize(
    ("paid", "level"), [("7589.20", "confirmed"), ("1897.30", "confirmed"), ("7590", "declared"), ("1897", "declared")]
)
def test_a_value_far_from_the_agreed_one_stays_declared(paid, level, deal):
    done = confirm(deal, paid)
    assert (done.stage, done.level, done.paid_value) == ("confirmed", level, Decimal(paid))
    assert done.value.amount == (Decimal(paid) if level == "confirmed" else Decimal("3794.6"))


def test_the_buyer_reads_that_a_far_value_waits_for_a_paper(deal, client):
    confirm(deal, "99999")
    token = build_deal_link(deal=deal, was_mailed=True).rstrip("/").rpartition("/")[2]
    page = client.get(f"/d/{token}/").text
    assert ("counted once the agency has seen a paper" in page, "$99,999.00" in page, "$3,794.60" in page) == (
        True, True, True,
    )  # fmt: skip


def test_a_paper_stands_for_a_value_far_from_the_agreed_one(thread, people):
    accept(quote(thread, people.owner), people.buyer)
    quotation_id = Deal.objects.get().quotation_id
    confirm_deal(reader=Reader(people.buyer), quotation_id=quotation_id, said=Confirmation(Decimal(90_000), "no"))
    assert note_paper(officer=people.officer, quotation_id=quotation_id, note="Invoice 117").level == "documented"


def test_half_to_twice_is_like_what_was_agreed():
    values = (Decimal("49.99"), Decimal(50), Decimal(200), Decimal("200.01"))
    assert [is_like_agreed(paid=paid, agreed=Decimal(100)) for paid in values] == [False, True, True, False]
