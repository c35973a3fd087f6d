"""What a decline ends: nothing stays to be accepted or quoted, and what was agreed before is still spoken of."""

import pytest

from inquiries.exceptions import InquiryDeclined, QuotationWithdrawn
from inquiries.models import Deal, Quotation
from inquiries.rules.messages import Reader
from inquiries.services.blocks import block_buyer, unblock_buyer
from inquiries.services.declining import decline_inquiry
from inquiries.services.quotations import begin_quotation, quote_again
from storefronts.models import Member
from tests.inquiries.quoting import accept, counter, get, quote, write_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def refuse(people):
    def do(thread):
        return decline_inquiry(
            reader=Reader(people.owner), inquiry_id=thread.pk, reason="capacity", note="Sorry.", key="d"
        )

    return do


def test_a_declined_thread_has_nothing_to_accept(thread, people, refuse):
    sent = quote(thread, people.owner)
    refuse(thread)
    with pytest.raises(QuotationWithdrawn):
        accept(sent, people.buyer)
    assert (get(sent).state, get(sent).outcome.by_name, Deal.objects.count()) == ("withdrawn", "Owner Adanu", 0)


def test_a_draft_that_nobody_has_seen_goes_with_the_thread(thread, people, refuse):
    write_draft(thread, people.owner)
    refuse(thread)
    assert not Quotation.objects.exists()


def test_what_a_block_declines_cannot_be_accepted_after_it(thread, people):
    sent = quote(thread, people.owner)
    counter(sent, people.buyer)
    block = block_buyer(reader=Reader(people.owner), inquiry_id=thread.pk, reason="Too many samples.")
    unblock_buyer(member=Member.objects.get(user=people.owner), block_id=block.pk)
    with pytest.raises(QuotationWithdrawn):
        accept(sent, people.buyer)


def test_nothing_is_quoted_in_a_declined_thread(thread, people, refuse):
    sent = quote(thread, people.owner)
    refuse(thread)
    with pytest.raises(InquiryDeclined):
        quote_again(reader=Reader(people.owner), quotation_id=sent.pk)
    with pytest.raises(InquiryDeclined):
        begin_quotation(reader=Reader(people.owner), inquiry_id=thread.pk)
    assert Quotation.objects.count() == 1


def test_what_was_agreed_is_spoken_of_after_a_decline(thread, people, refuse, write, again, client):
    accept(quote(thread, people.owner), people.buyer)
    refuse(thread)
    client.force_login(people.buyer)
    assert 'name="text"' in client.get(thread.get_absolute_url()).text
    write(thread, people.buyer, "When do you ship?")
    assert (again(thread).state, again(thread).decline_reason, again(thread).waits_since is None) == (
        "answered", "", False,
    )  # fmt: skip
    write(thread, people.owner, "On Friday.")
    assert again(thread).waits_since is None


def test_nobody_writes_where_nothing_was_agreed(thread, people, refuse, write):
    refuse(thread)
    for who in (people.buyer, people.owner):
        with pytest.raises(InquiryDeclined):
            write(thread, who, "But why?")
