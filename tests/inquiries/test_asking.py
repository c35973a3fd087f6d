"""A buyer asks, confirms, and comes back to the same thread."""

import pytest
from django.utils import timezone

from core.errors import NotFound
from core.limits import TooOften
from core.mail import suppress_address
from core.models import Job, OutboxMail
from inquiries.exceptions import EmptyMessage, NothingToAskAbout, OwnCompanyAsked
from inquiries.models import Draft, Inquiry
from inquiries.rules.messages import Reader
from inquiries.selectors.threads import get_seat
from inquiries.services.asking import confirm_inquiry, mail_new_link
from inquiries.services.declining import decline_inquiry
from storefronts.models import Company

pytestmark = pytest.mark.django_db


def mails_to(address):
    return OutboxMail.objects.filter(recipient=address)


def test_a_guest_gets_a_link_and_the_exporter_hears_nothing_yet(ask, people):
    asked = ask()
    assert (asked.outcome, asked.inquiry.state) == ("confirm", "unconfirmed")
    assert "/inquiries/open/" in mails_to("jana@kontor.example").get().text
    assert not mails_to(people.owner.email).exists()


def test_nobody_of_the_company_sees_what_is_not_confirmed(ask, people):
    asked = ask()
    with pytest.raises(NotFound):
        get_seat(reader=Reader(people.owner), inquiry_id=asked.inquiry.pk)


def test_confirming_sends_the_inquiry_to_those_who_may_answer(ask, people, again):
    confirm_inquiry(inquiry_id=ask().inquiry.pk)
    found = again(Inquiry.objects.get())
    assert (found.state, found.waits_since == found.confirmed_at) == ("new", True)
    assert found.answer_due_at > timezone.now()
    assert mails_to(people.owner.email).count() == mails_to(people.editor.email).count() == 1
    assert not mails_to(people.viewer.email).exists()
    assert "because you may answer inquiries to your company" in mails_to(people.owner.email).get().text


def test_confirming_twice_sends_once(ask, people):
    inquiry = ask().inquiry
    first = confirm_inquiry(inquiry_id=inquiry.pk).inquiry
    assert confirm_inquiry(inquiry_id=inquiry.pk).inquiry.confirmed_at == first.confirmed_at
    assert mails_to(people.owner.email).count() == 1


def test_a_signed_in_buyer_needs_no_link(ask, people):
    asked = ask(user=people.buyer)
    assert (asked.outcome, asked.inquiry.state, asked.inquiry.buyer) == ("sent", "new", people.buyer)
    assert asked.inquiry.buyer_email == "lena@hanse.example"


def test_the_same_form_twice_is_one_inquiry(ask, people):
    first, second = ask(user=people.buyer, key="form"), ask(user=people.buyer, key="form")
    assert (first.inquiry, second.outcome) == (second.inquiry, "sent")
    assert Inquiry.objects.count() == first.inquiry.messages.count() == 1


def test_asking_again_within_a_day_leads_to_the_thread_and_keeps_the_words(ask, people):
    first, second = ask(user=people.buyer), ask(user=people.buyer, text="And 900 kg?")
    assert (second.inquiry, second.outcome) == (first.inquiry, "existing")
    assert Draft.objects.get(inquiry=first.inquiry, user=people.buyer).text == "And 900 kg?"


def test_a_guest_who_asks_again_finds_the_thread_once_the_link_has_proved_the_address(ask, guest_thread):
    again = ask(text="And 900 kg?")
    assert again.inquiry != guest_thread
    assert not Draft.objects.exists()
    confirmed = confirm_inquiry(inquiry_id=again.inquiry.pk)
    assert (confirmed.inquiry, confirmed.outcome) == (guest_thread, "existing")
    assert Draft.objects.get(inquiry=guest_thread, user=None).text == "And 900 kg?"


def test_a_stranger_who_types_somebody_s_address_changes_none_of_their_words(ask):
    mine = ask(key="mine").inquiry
    ask(text="Wire the money to me.", key="theirs")
    assert [message.text for message in mine.messages.all()] == ["Do you ship 600 kg to Hamburg?"]


def test_a_stranger_who_types_somebody_s_address_does_not_keep_them_from_asking(ask, people):
    ask(email=people.buyer.email, key="theirs")
    asked = ask(user=people.buyer, key="mine")
    assert (asked.outcome, asked.inquiry.state) == ("sent", "new")


def test_a_double_click_is_one_inquiry_and_one_mail(ask):
    ask(key="form")
    ask(key="form")
    assert mails_to("jana@kontor.example").count() == Inquiry.objects.count() == 1


def test_after_a_decline_the_same_words_are_a_new_inquiry(ask, people):
    first = ask(user=people.buyer, key="form").inquiry
    decline_inquiry(reader=Reader(people.owner), inquiry_id=first.pk, reason="price", note="", key="k")
    second = ask(user=people.buyer, key="form")
    assert (second.outcome, second.inquiry != first) == ("sent", True)


def test_a_day_later_it_is_a_new_inquiry(ask, people):
    first = ask(user=people.buyer).inquiry
    Inquiry.objects.update(asked_at=timezone.now() - timezone.timedelta(days=1, seconds=1))
    assert ask(user=people.buyer).inquiry != first


def test_an_empty_message_is_refused_and_nothing_is_written(ask):
    with pytest.raises(EmptyMessage):
        ask(text="  \n\t ")
    assert not Inquiry.objects.exists()


def test_nobody_asks_their_own_company(ask, people):
    with pytest.raises(OwnCompanyAsked):
        ask(user=people.viewer)


def test_a_suspended_company_cannot_be_asked(ask, company):
    Company.objects.filter(pk=company.pk).update(state="suspended")
    with pytest.raises(NothingToAskAbout):
        ask()


def test_a_listing_of_another_company_cannot_be_asked_about(ask, other_company):
    from_elsewhere = type("Listing", (), {"pk": 10**9})
    with pytest.raises(NothingToAskAbout):
        ask(about=from_elsewhere)


def test_an_inquiry_about_the_company_itself_carries_its_name(ask, people):
    assert ask(user=people.buyer, about=None).inquiry.subject == "Adanu Growers Union"


def test_line_breaks_in_names_reach_no_header(ask, company):
    Company.objects.filter(pk=company.pk).update(legal_name="Adanu\r\nBcc: all@example.org")
    asked = ask(about=None)
    assert "\n" not in mails_to("jana@kontor.example").get().subject
    assert asked.inquiry.buyer_name == "Jana Petersen"


def test_links_to_one_address_are_limited(ask):
    inquiry = ask().inquiry
    for _ in range(4):
        mail_new_link(inquiry_id=inquiry.pk)
    with pytest.raises(TooOften):
        mail_new_link(inquiry_id=inquiry.pk)


def test_what_nobody_confirms_is_forgotten_after_a_week(ask, run_jobs_of):
    ask()
    run_jobs_of("inquiries.forget_unconfirmed")
    assert not Inquiry.objects.exists()


def test_a_confirmed_inquiry_is_not_forgotten(guest_thread, run_jobs_of):
    run_jobs_of("inquiries.forget_unconfirmed")
    assert Inquiry.objects.filter(pk=guest_thread.pk).exists()
    assert Job.objects.get(name="inquiries.forget_unconfirmed").state == "done"


def test_a_buyer_whose_address_once_bounced_still_gets_the_link_that_they_ask_for(ask):
    suppress_address(address="jana@kontor.example", reason="bounce")
    ask()
    assert mails_to("jana@kontor.example").get().withheld_at is None
