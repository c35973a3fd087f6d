"""How far a block reaches: how long an agreement opens the thread, whom it holds whatever address they use, what a bar closes."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from core.models import Job
from inquiries.exceptions import BlockedByYou, BuyerBarred, BuyerBlocked, BuyerIsBarred, TooManyExporters
from inquiries.models import BuyerBlock, Deal, Inquiry, Quotation, QuotationOutcome, ReplyRecord, Sample
from inquiries.rules.messages import Reader
from inquiries.selectors.blocks import has_agreement, list_often_blocked, refuse_flood
from inquiries.services.asking import confirm_inquiry
from inquiries.services.blocks import bar_buyer, block_buyer, lift_bar
from inquiries.services.clock import WATCH_JOB, measure_replies
from inquiries.services.deals import Confirmation, confirm_deal
from inquiries.services.quotations import begin_quotation, begin_version, send_quotation
from inquiries.services.samples import Parcel, SampleWish, request_sample, send_sample
from tests.inquiries.conftest import make_company
from tests.inquiries.quoting import COFFEE, accept, counter, quote, write_draft

pytestmark = pytest.mark.django_db
WISH = SampleWish("Coffee", Decimal(5), "kg", "Speicher 1, +49 40 123", "exporter")


@pytest.fixture
def block(people):
    return lambda thread: block_buyer(reader=Reader(people.owner), inquiry_id=thread.pk, reason="Same words daily.")


@pytest.fixture
def bar(people):
    return lambda email="lena@hanse.example": bar_buyer(officer=people.officer, email=email, reason="Fraud.")


@pytest.fixture
def finished(thread, people):
    """A thread whose deal the buyer has confirmed."""
    sent = quote(thread, people.owner)
    accept(sent, people.buyer)
    confirm_deal(reader=Reader(people.buyer), quotation_id=sent.pk, said=Confirmation(Decimal(3794), "no"))
    return thread


def test_two_weeks_after_a_confirmed_deal_a_block_holds_in_its_thread(finished, block, write, people):
    block(finished)
    assert write(finished, people.buyer, "Two bags are wet.").side == "buyer"
    Deal.objects.update(confirmed_at=timezone.now() - timedelta(days=14, minutes=1))
    with pytest.raises(BuyerBlocked):
        write(finished, people.buyer, "Send me samples.")


def test_a_blocked_buyer_begins_nothing_new_where_something_is_agreed(thread, block, bar, people):
    accept(quote(thread, people.owner), people.buyer)
    second = quote(thread, people.owner)
    block(thread)
    for act in (
        lambda: request_sample(reader=Reader(people.buyer), inquiry_id=thread.pk, wish=WISH, key="s"),
        lambda: counter(second, people.buyer),
        lambda: accept(second, people.buyer),
    ):
        with pytest.raises(BuyerBlocked):
            act()
    assert (Sample.objects.count(), Deal.objects.count()) == (0, 1)


def test_an_order_of_samples_alone_is_an_agreement_for_ninety_days(thread, block, write, people):
    sample = replace(COFFEE, kind="sample", quantity=Decimal(2), unit_price=Decimal(50))
    accept(quote(thread, people.owner, lines=(sample,)), people.buyer)
    block(thread)
    assert (Deal.objects.count(), write(thread, people.buyer, "Where is it?").side) == (0, "buyer")
    QuotationOutcome.objects.update(at=timezone.now() - timedelta(days=91))
    with pytest.raises(BuyerBlocked):
        write(thread, people.buyer, "Another one?")


def test_a_sample_that_was_sent_is_an_agreement_and_one_that_was_only_asked_for_is_none(thread, people):
    asked = request_sample(reader=Reader(people.buyer), inquiry_id=thread.pk, wish=WISH, key="s")
    assert has_agreement(inquiry=thread) is False
    send_sample(reader=Reader(people.owner), sample_id=asked.pk, parcel=Parcel("DHL", "123", timezone.localdate()))
    assert has_agreement(inquiry=thread) is True
    Sample.objects.update(changed_at=timezone.now() - timedelta(days=91))
    assert has_agreement(inquiry=thread) is False


@pytest.mark.parametrize("by", ["company", "agency"])
def test_a_change_of_address_is_no_way_round(by, thread, block, bar, ask, people):
    block(thread) if by == "company" else bar()
    EmailAddress.objects.filter(user=people.buyer).delete()
    EmailAddress.objects.create(user=people.buyer, email="l.brandt@other.example", verified=True, primary=True)
    people.buyer.email = "l.brandt@other.example"
    people.buyer.save()
    with pytest.raises(BuyerBlocked if by == "company" else BuyerBarred):
        ask(user=people.buyer, text="Hello again")
    assert BuyerBlock.objects.get().user == people.buyer


@pytest.mark.parametrize("address", ["jana+2@kontor.example", "JANA@kontor.example", "jana+a+b@KONTOR.example"])
def test_a_tag_in_the_address_is_no_way_round(address, guest_thread, block, ask):
    block(guest_thread)
    asked = ask(email=address, text="Once more?").inquiry
    with pytest.raises(BuyerBlocked):
        confirm_inquiry(inquiry_id=asked.pk)


def test_one_mailbox_is_barred_and_let_go_once(bar, people):
    first = bar("jana.p+x@googlemail.com")
    assert bar("JanaP@gmail.com") == first
    lift_bar(officer=people.officer, bar_id=first.pk, reason="It was somebody else.")
    assert not BuyerBlock.objects.exists()


def test_firms_that_block_one_mailbox_are_counted_together(company, other_company, people):
    for firm, email in ((company, "kim@fraud.example"), (other_company, "kim+2@fraud.example")):
        BuyerBlock.objects.create(company=firm, email=email, reason="x", made_at=timezone.now())
    assert [one.firms for one in list_often_blocked(officer=people.officer)] == [2]


def test_tags_ask_no_more_exporters_than_one_address(people):
    firms = [make_company(f"firm{number}", people.officer) for number in range(11)]
    now = timezone.now()
    Inquiry.objects.bulk_create(
        Inquiry(
            company=firm, state="new", key="k", buyer_email=f"kim+{firm.slug}@import.example", buyer_name="K", subject="x", asked_at=now,
            confirmed_at=now, last_message_at=now,
        )
        for firm in firms[:10]
    )  # fmt: skip
    with pytest.raises(TooManyExporters):
        refuse_flood(company=firms[10], email="kim@import.example")
    refuse_flood(company=firms[3], email="kim@import.example")
    refuse_flood(company=firms[10], email="tim@import.example")


@pytest.mark.parametrize(("by", "refusal"), [("company", BlockedByYou), ("agency", BuyerIsBarred)])
def test_nothing_is_quoted_for_who_could_not_answer(by, refusal, thread, block, bar, people, write):
    write(thread, people.owner)
    draft = write_draft(thread, people.owner)
    block(thread) if by == "company" else bar()
    seller = Reader(people.owner)
    with pytest.raises(refusal):
        send_quotation(reader=seller, quotation_id=draft.pk, edit_number=draft.edit_number, key="s")
    with pytest.raises(refusal):
        begin_version(reader=seller, quotation_id=draft.pk)
    with pytest.raises(refusal):
        begin_quotation(reader=seller, inquiry_id=thread.pk)
    assert Quotation.objects.get().state == "draft"


def test_a_bar_closes_what_waits_and_counts_in_no_reply_record(thread, bar, people, again, company):
    bar()
    closed = again(thread)
    assert (closed.state, closed.waits_since, closed.answer_due_at, closed.first_answer_minutes) == (
        "declined", None, None, None,
    )  # fmt: skip
    assert not Job.objects.filter(name=WATCH_JOB, key=str(thread.pk), state="waiting").exists()
    measure_replies(company_id=company.pk)
    assert ReplyRecord.objects.get(company=company).answers == 0
    assert not Inquiry.objects.answered_in_time().exists()


def test_a_closed_thread_says_that_the_agency_closed_it(thread, bar, people, client):
    sent = quote(thread, people.owner)
    counter(sent, people.buyer)
    bar()
    client.force_login(people.owner)
    assert "has barred this buyer and closed the inquiry" in client.get(thread.get_absolute_url()).text
    assert Quotation.objects.get().state == "withdrawn"


def test_a_bar_leaves_open_what_was_agreed(thread, bar, people, write, again):
    accept(quote(thread, people.owner), people.buyer)
    write(thread, people.buyer, "When does it leave?")
    bar()
    assert (again(thread).state, again(thread).waits_since is None) == ("answered", False)
