"""Answers to a request side by side: one basis, what differs first, nothing invented."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from inquiries.models import Inquiry, Request, RequestLine
from inquiries.rules.messages import Reader
from inquiries.selectors.answers import compare_answers
from inquiries.selectors.quotations import find_draft_version, read_private_terms
from inquiries.services.quotations import begin_quotation, save_draft_terms, withdraw_quotation
from reference.models import FxRate
from tests.inquiries.conftest import make_listing
from tests.inquiries.quoting import COFFEE, FREIGHT, make_terms, quote, send, send_next

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


def open_thread(rfq, company, buyer):
    now = timezone.now()
    return Inquiry.objects.create(
        company=company, request=rfq, origin="request", state="answered", key=str(uuid4()), buyer=buyer, buyer_email=buyer.email,
        buyer_name="Lena", subject="Coffee", place="Hamburg", asked_at=now, confirmed_at=now, first_answered_at=now, last_message_at=now,
    )  # fmt: skip


@pytest.fixture
def answer(rfq, people):
    def do(company, seller, **terms):
        return quote(open_thread(rfq, company, people.buyer), seller, **terms)

    return do


@pytest.fixture
def reword(rfq, people):
    """The lines of the first draft, changed as the builder changes them, and sent: `reword(thread, [{...}, {...}])`."""

    def do(thread, changes):
        reader = Reader(people.owner)
        begun = begin_quotation(reader=reader, inquiry_id=thread.pk)
        terms = read_private_terms(version=find_draft_version(quotation=begun))
        lines = tuple(replace(line, **changed) for line, changed in zip(terms.lines, changes, strict=False))
        saved = save_draft_terms(
            reader=reader, quotation_id=begun.pk, terms=make_terms(lines=lines), edit_number=begun.edit_number
        )
        return send(saved, people.owner)

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
    answer(company, people.owner, lines=(replace(COFFEE, unit_price=Decimal(7)), TEA, FREIGHT))
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
    thread = open_thread(rfq, company, people.buyer)
    draft = find_draft_version(quotation=begin_quotation(reader=Reader(people.owner), inquiry_id=thread.pk))
    lines = [(line.description, line.quantity, line.unit_price) for line in draft.lines.all()]
    assert lines == [(COFFEE.description, Decimal(600), Decimal("6.2000")), ("Green tea", Decimal(50), None)]
    assert (draft.incoterm, draft.named_place) == ("CIF", "Hamburg")


PRICED = {"unit_price": Decimal(5)}


def test_a_line_answers_what_it_was_drafted_for_whatever_its_words(rfq, reword, company, people):
    reword(
        open_thread(rfq, company, people.buyer),
        [PRICED | {"description": "Grade 1, washed"}, PRICED | {"description": "Tea"}],
    )
    table = compare_answers(request=rfq)
    assert table.answers[0].answered == 2
    assert rows_of(table)[COFFEE.description] == ("600 kg at $5.00",)


def test_two_lines_of_the_same_words_are_told_apart(rfq, reword, company, people):
    rfq.lines.update(description="Green coffee")
    reword(open_thread(rfq, company, people.buyer), [PRICED, {"unit_price": Decimal(7)}])
    rows = rows_of(compare_answers(request=rfq))
    assert (rows["Green coffee (1)"], rows["Green coffee (2)"]) == (("600 kg at $5.00",), ("50 kg at $7.00",))


def test_one_quoted_line_answers_one_line(rfq, answer, company, people):
    rfq.lines.update(description=COFFEE.description)
    answer(company, people.owner, lines=(COFFEE,))
    assert compare_answers(request=rfq).answers[0].answered == 1


def test_the_next_version_answers_the_same_lines(rfq, reword, company, people):
    sent = reword(open_thread(rfq, company, people.buyer), [PRICED])
    lines = tuple(replace(line, description="Other words") for line in sent.current.read_terms().lines)
    send_next(sent, people.owner, lines=lines)
    assert compare_answers(request=rfq).answers[0].answered == 1


def test_lines_of_another_request_are_not_answered(rfq, answer, company, people):
    foreign = RequestLine.objects.create(
        request=Request.objects.create(key="o", buyer_email="x@y.example", buyer_name="X", title="Tea", destination="DE", asked_at=timezone.now()),
        position=1, description="Tea", quantity=Decimal(1), unit="kg",
    )  # fmt: skip
    sent = answer(company, people.owner, lines=(replace(COFFEE, request_line_id=foreign.pk),))
    assert sent.current.lines.get().request_line is None


def test_the_builder_carries_what_a_line_answers(client, rfq, company, people):
    draft = begin_quotation(reader=Reader(people.owner), inquiry_id=open_thread(rfq, company, people.buyer).pk)
    client.force_login(people.owner)
    page = client.get(reverse("inquiries:build_quotation", args=[draft.inquiry_id, draft.pk])).text
    first = rfq.lines.first()
    assert f'name="lines-0-request_line" value="{first.pk}"' in page


def test_what_can_be_accepted_stands_before_what_was_withdrawn(rfq, answer, company, other_company, people):
    cheap = answer(company, people.owner, incoterm="FOB", lines=(replace(COFFEE, unit_price=Decimal(1)), TEA))
    answer(other_company, people.stranger)
    withdraw_quotation(reader=Reader(people.owner), quotation_id=cheap.pk, reason="A slip.", key="w")
    answers = compare_answers(request=rfq).answers
    assert [(one.quotation.company.slug, one.stands) for one in answers] == [("keta", True), ("adanu", False)]


def test_goods_are_not_compared_where_carriage_is_in_their_price(rfq, answer, company, other_company, people):
    answer(company, people.owner, incoterm="CIF", lines=(COFFEE,))
    answer(other_company, people.stranger, incoterm="FOB", lines=(replace(COFFEE, unit_price=Decimal(9)),))
    table = compare_answers(request=rfq)
    rows = rows_of(table)
    assert [one.quotation.company.slug for one in table.answers] == ["keta", "adanu"]
    assert rows["Goods without carriage"] == ("$5,400.00", "")
    assert rows["Carriage in it"] == ("None", "In the price, not stated apart")
    assert "not stated apart" in table.note
