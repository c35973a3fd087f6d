"""Answers to a request side by side: one basis, what differs first, nothing invented."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from inquiries.models import Inquiry, Request, RequestLine
from inquiries.rules.messages import Reader
from inquiries.selectors.answers import compare_answers
from inquiries.selectors.quotations import find_draft_version
from inquiries.services.quotations import begin_quotation
from reference.models import FxRate
from tests.inquiries.conftest import make_listing
from tests.inquiries.quoting import COFFEE, FREIGHT, quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def rfq(people):
    now = timezone.now()
    made = Request.objects.create(
        key="k", buyer=people.buyer, buyer_email=people.buyer.email, buyer_name="Lena", title="Coffee", destination="DE", place="Hamburg",
        incoterm="CIF", state="open", asked_at=now, confirmed_at=now, decided_at=now, closes_on=timezone.localdate(),
    )  # fmt: skip
    RequestLine.objects.create(
        request=made, position=1, description=COFFEE.description, quantity=Decimal(600), unit="kg"
    )
    RequestLine.objects.create(request=made, position=2, description="Green tea", quantity=Decimal(50), unit="kg")
    return made


@pytest.fixture
def answer(rfq, people):
    def do(company, seller, **terms):
        now = timezone.now()
        thread = Inquiry.objects.create(
            company=company, request=rfq, origin="request", state="answered", key=str(uuid4()), buyer=people.buyer, buyer_email=people.buyer.email,
            buyer_name="Lena", subject="Coffee", place="Hamburg", asked_at=now, confirmed_at=now, first_answered_at=now, last_message_at=now,
        )  # fmt: skip
        return quote(thread, seller, **terms)

    return do


def rows_of(table):
    return {row.label: row.values for row in table.rows}


def test_the_cheapest_goods_stand_first_and_what_differs_on_top(rfq, answer, company, other_company, people):
    answer(company, people.owner)
    answer(
        other_company,
        people.stranger,
        incoterm="FOB",
        named_place="Tema",
        lines=(replace(COFFEE, unit_price=Decimal("5.40")),),
    )
    table = compare_answers(request=rfq)
    assert [one.quotation.company.slug for one in table.answers] == ["keta", "adanu"]
    rows = rows_of(table)
    assert rows["Goods without carriage"] == ("$3,240.00", "$3,360.00")
    assert rows["Carriage in it"] == ("None", "$434.60")
    assert rows[COFFEE.description] == ("600 kg at $5.40", "600 kg at $5.60")
    assert "Green tea" not in rows
    assert [row.is_same for row in table.rows] == sorted(row.is_same for row in table.rows)
    assert "different Incoterms" in table.note


TEA = replace(COFFEE, description="Green tea", quantity=Decimal(50), unit_price=Decimal(9))


def test_who_answers_every_line_stands_first_however_dear(rfq, answer, company, other_company, people):
    answer(company, people.owner, lines=(replace(COFFEE, unit_price=Decimal(7)), TEA))
    answer(other_company, people.stranger)
    table = compare_answers(request=rfq)
    assert [one.quotation.company.slug for one in table.answers] == ["adanu", "keta"]
    assert rows_of(table)["Lines answered"] == ("2 of 2", "1 of 2")
    assert "Not every quotation answers every line" in table.note


def test_where_all_answer_every_line_there_is_no_such_remark(rfq, answer, company, people):
    answer(company, people.owner, lines=(COFFEE, TEA))
    assert "every line" not in compare_answers(request=rfq).note


def test_another_currency_is_told_at_a_dated_rate_or_not_at_all(rfq, answer, company, other_company, people):
    answer(company, people.owner)
    answer(other_company, people.stranger, currency="EUR", lines=(COFFEE, FREIGHT))
    assert "" in rows_of(compare_answers(request=rfq))["Goods without carriage"]
    FxRate.objects.create(day=timezone.localdate(), base="EUR", quote="USD", units=Decimal("1.10"), source="ECB")
    told = rows_of(compare_answers(request=rfq))["Goods without carriage"]
    assert any(value.startswith("about") for value in told)


def test_the_buyer_alone_reads_the_page(client, rfq, answer, company, people):
    answer(company, people.owner)
    url = f"/requests/{rfq.pk}/answers/"
    client.force_login(people.buyer)
    assert "Adanu Growers Union" in client.get(url).text
    client.force_login(people.owner)
    assert client.get(url).status_code == 404


def test_a_first_draft_takes_the_lines_that_were_asked_for(rfq, company, people):
    listing = make_listing(company)
    listing.live_revision.price_breaks.create(minimum_quantity=1, unit_price="6.20")
    rfq.lines.filter(position=1).update(listing=listing)
    now = timezone.now()
    thread = Inquiry.objects.create(
        company=company, request=rfq, origin="request", state="answered", key="t", buyer=people.buyer, buyer_email=people.buyer.email,
        buyer_name="Lena", subject="Coffee", place="Hamburg", asked_at=now, confirmed_at=now, first_answered_at=now, last_message_at=now,
    )  # fmt: skip
    draft = find_draft_version(quotation=begin_quotation(reader=Reader(people.owner), inquiry_id=thread.pk))
    lines = [(line.description, line.quantity, line.unit_price) for line in draft.lines.all()]
    assert lines == [(COFFEE.description, Decimal(600), Decimal("6.2000")), ("Green tea", Decimal(50), None)]
    assert (draft.incoterm, draft.named_place) == ("CIF", "Hamburg")
