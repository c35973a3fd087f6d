"""Messages of a thread: who may send, what happens once, what two members at once come to."""

from uuid import uuid4

import pytest

from core.errors import NotAllowed, NotFound
from core.models import OutboxMail
from inquiries.exceptions import AlreadyAnswered, ColleagueAnswered, CompanySuspendedNow, InquiryDeclined
from inquiries.models import Draft, Message
from inquiries.rules.messages import Reader
from inquiries.services.declining import decline_inquiry
from inquiries.services.messages import save_draft
from storefronts.models import Company, Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def decline(people, thread):
    def do(who="owner", reason="price", note="", key="no"):
        return decline_inquiry(
            reader=Reader(getattr(people, who)), inquiry_id=thread.pk, reason=reason, note=note, key=key
        )

    return do


def mails_to(person):
    return OutboxMail.objects.filter(recipient=person.email).count()


def test_an_answer_is_mailed_to_the_buyer_only(thread, write, people):
    before = mails_to(people.editor)
    write(thread, people.owner)
    assert (mails_to(people.buyer), mails_to(people.editor)) == (1, before)


def test_the_same_key_is_one_message_and_one_mail(thread, write, people):
    key = str(uuid4())
    first, second = write(thread, people.owner, key=key), write(thread, people.owner, "Other words", key=key)
    assert first == second
    assert mails_to(people.buyer) == 1


def test_the_second_of_two_members_reads_the_first(thread, write, people):
    write(thread, people.owner, "Yes.", seen=1)
    with pytest.raises(ColleagueAnswered, match="Owner Adanu has answered"):
        write(thread, people.editor, "No.", seen=1)
    assert list(Message.objects.filter(side="exporter").values_list("text", flat=True)) == ["Yes."]


def test_who_answers_twice_crosses_nobody(thread, write, people):
    write(thread, people.owner, "Yes.", seen=1)
    assert write(thread, people.owner, "In February.", seen=1).number == 3


def test_buyers_write_whatever_they_have_seen(thread, write, people):
    write(thread, people.owner, "Yes.")
    assert write(thread, people.buyer, "Thank you.", seen=1).number == 3


def test_a_buyer_who_writes_waits_again(thread, write, people, again):
    write(thread, people.owner)
    sent = write(thread, people.buyer, "And in March?")
    assert again(thread).waits_since == sent.sent_at
    write(thread, people.buyer, "Or in April?")
    assert again(thread).waits_since == sent.sent_at


def test_a_viewer_sends_nothing(thread, write, people, decline):
    with pytest.raises(NotAllowed):
        write(thread, people.viewer)
    with pytest.raises(NotAllowed):
        decline("viewer")
    with pytest.raises(NotAllowed):
        save_draft(reader=Reader(people.viewer), inquiry_id=thread.pk, text="Dear")
    assert thread.messages.count() == 1


def test_strangers_send_nothing(thread, write, people, other_company):
    for stranger in (people.stranger, people.other_buyer, people.officer):
        with pytest.raises(NotFound):
            write(thread, stranger)
    assert thread.messages.count() == 1


def test_an_ex_member_sends_nothing(thread, write, people):
    Member.objects.filter(user=people.editor).delete()
    with pytest.raises(NotFound):
        write(thread, people.editor)


def test_a_suspended_company_does_not_write_and_its_buyer_does(thread, write, people, company):
    Company.objects.filter(pk=company.pk).update(state="suspended")
    with pytest.raises(CompanySuspendedNow):
        write(thread, people.owner)
    assert write(thread, people.buyer, "Are you there?").number == 2


def test_nobody_writes_after_a_decline(thread, write, people, decline):
    decline(note="We sold out.")
    for person in (people.owner, people.buyer):
        with pytest.raises(InquiryDeclined):
            write(thread, person)
    assert [message.side for message in thread.messages.all()] == ["buyer", "event", "exporter"]


def test_the_second_decline_is_told_and_the_same_one_is_not(decline, thread):
    decline()
    decline()
    with pytest.raises(AlreadyAnswered):
        decline("editor", key="also no")
    assert thread.messages.filter(event="declined").count() == 1


def test_a_buyer_declines_nothing(people, thread, decline):
    with pytest.raises(NotAllowed):
        decline("buyer")


def test_sending_takes_the_draft_away(thread, write, people):
    save_draft(reader=Reader(people.owner), inquiry_id=thread.pk, text="Dear Lena")
    save_draft(reader=Reader(people.buyer), inquiry_id=thread.pk, text="Dear Esinam")
    write(thread, people.owner)
    assert [draft.user for draft in Draft.objects.all()] == [people.buyer]


def test_an_empty_draft_is_none(thread, people):
    save_draft(reader=Reader(people.owner), inquiry_id=thread.pk, text="Dear Lena")
    save_draft(reader=Reader(people.owner), inquiry_id=thread.pk, text=" \n")
    assert not Draft.objects.exists()


def test_a_guest_writes_in_the_opened_thread_only(guest_thread, guest, thread, write):
    assert write(guest_thread, guest, "Any news?").author_name == "Jana Petersen"
    with pytest.raises(NotFound):
        write(thread, guest)
