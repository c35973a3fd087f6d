"""The thread's page for both sides: what it shows, what comes back after a mistake, who finds nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from inquiries.models import Draft, Inquiry, Message, ReplyTemplate
from inquiries.rules.messages import Reader
from inquiries.services.agency import ask_agency
from inquiries.services.declining import decline_inquiry
from storefronts.models import Company, Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client, people, thread):
    """Open the thread as somebody: `visit("owner")`."""

    def do(who, path="", inquiry=None, **query):
        if who:
            client.force_login(getattr(people, who))
        return client.get(f"/inquiries/{(inquiry or thread).pk}/{path}", query)

    return do


@pytest.fixture
def send(client, people, thread):
    """Send a form as somebody: `send("owner", "reply", text="Yes.")`."""

    def do(who, act="reply", **fields):
        client.force_login(getattr(people, who))
        return client.post(f"/inquiries/{thread.pk}/{act}/", {"key": str(uuid4()), "seen": 1, **fields})

    return do


def test_both_sides_read_the_thread_at_one_address(visit):
    exporter, buyer = visit("owner"), visit("buyer")
    assert exporter.status_code == buyer.status_code == 200
    assert "Seller menu" in exporter.text
    assert "Seller menu" not in buyer.text


def test_the_title_says_what_is_asked_where_to(ask, people, visit):
    asked = ask(user=people.other_buyer, quantity=600, unit="kg", destination="DE", place="Hamburg").inquiry
    assert "<bdi>600 kg Washed Arabica to Hamburg, Germany</bdi></h1>" in visit("owner", inquiry=asked).text


def test_the_exporter_reads_when_the_answer_is_due_and_the_buyer_too(visit):
    assert "Waiting for your answer, due until" in visit("owner").text
    assert "The answer is due until" in visit("buyer").text


def test_a_buyer_who_wrote_again_reads_that_the_exporter_is_next(visit, thread, write, people):
    write(thread, people.owner)
    assert "Waits for the exporter" not in visit("buyer").text
    write(thread, people.buyer, text="And in March?")
    assert "Waits for the exporter since" in visit("buyer").text


def test_a_late_answer_is_called_late(visit, thread):
    Inquiry.objects.update(answer_due_at=timezone.now() - timedelta(hours=1))
    assert "Late since" in visit("owner").text
    assert "The answer is late since" in visit("buyer").text


def test_a_suspended_exporter_is_not_late_but_gone(visit, thread, company):
    Inquiry.objects.update(answer_due_at=timezone.now() - timedelta(hours=1))
    Company.objects.filter(pk=company.pk).update(state="suspended")
    page = visit("owner").text
    assert "Late since" not in page
    assert "The agency has suspended this company." in page
    assert 'name="text"' not in page


def test_the_buyers_address_is_not_shown_to_the_exporter(visit, thread):
    page = visit("owner").text
    assert thread.buyer_email not in page
    assert "@hanse.example" in page


def test_a_message_says_its_language_and_its_direction(visit, thread):
    Message.objects.update(language="ar", text="مرحبا")
    page = visit("owner").text
    assert '<div class="stack gap-2" lang="ar" dir="auto"><p>مرحبا</p></div>' in page
    assert '<span class="tag">العربية</span>' in page


def test_words_of_strangers_are_never_markup(visit, thread):
    Message.objects.update(text="<script>alert(1)</script>")
    assert "<script>alert(1)" not in visit("owner").text


def test_an_answer_leads_to_itself(send, thread):
    response = send("owner", text="Yes, in February.")
    assert response.status_code == 302
    assert response.url == f"/inquiries/{thread.pk}/#message-2"


def test_the_same_form_twice_shows_one_message(send, visit, thread):
    key = str(uuid4())
    send("owner", text="Yes.", key=key)
    assert send("owner", text="Yes.", key=key).url.endswith("#message-2")
    assert thread.messages.count() == 2


def test_an_empty_message_comes_back_with_what_to_mend(send):
    response = send("owner", text="  ")
    assert response.status_code == 422
    assert "Write a message before you send it." in response.text
    assert "<title>Error:" in response.text


def test_a_long_message_comes_back_whole(send):
    response = send("owner", text="word " * 1001)
    assert response.status_code == 422
    assert "word word word" in response.text
    assert "At most 5000 can be sent" in response.text


def test_a_colleagues_answer_stands_above_the_kept_words(send, write, people, thread):
    write(thread, people.editor, "We ship on Fridays.")
    response = send("owner", text="Never on Fridays.", seen=1)
    assert response.status_code == 409
    assert "Editor Adanu has answered in the meantime." in response.text
    assert "We ship on Fridays." in response.text
    assert "Never on Fridays.</textarea>" in response.text
    assert 'name="seen" value="2"' in response.text
    assert send("owner", text="Never on Fridays.", seen=2).status_code == 302


def test_too_many_files_are_refused_and_the_words_stay(send, small_file):
    response = send("owner", text="See these.", files=[small_file(f"{n}.jpg") for n in range(6)])
    assert response.status_code == 422
    assert "at most 5 files" in response.text
    assert "See these.</textarea>" in response.text
    assert "Files cannot be: choose them again." in response.text


def test_a_file_that_is_no_picture_is_named_at_its_field(send, thread, small_file):
    response = send("owner", text="See this.", files=[small_file("evil.jpg", b"MZ not a picture")])
    assert response.status_code == 422
    assert 'href="#id_files"' in response.text
    assert thread.messages.count() == 1


def test_a_viewer_reads_and_cannot_send(visit, send, thread):
    page = visit("viewer").text
    assert "You read along." in page
    assert "<textarea" not in page
    assert send("viewer", text="Hello").status_code == 403
    assert thread.messages.count() == 1


def test_a_draft_comes_back_on_the_page(send, visit):
    assert send("owner", "draft", text="Dear Lena,").status_code == 302
    assert "Dear Lena,</textarea>" in visit("owner").text


def test_the_script_saves_without_a_page(client, people, thread):
    client.force_login(people.owner)
    response = client.post(f"/inquiries/{thread.pk}/draft/", {"text": "Dear"}, headers={"X-Autosave": "1"})
    assert (response.status_code, response.content) == (204, b"")
    assert Draft.objects.get().text == "Dear"


def test_nobody_sees_anothers_draft(send, visit):
    send("owner", "draft", text="Between us: no.")
    assert "Between us" not in visit("editor").text
    assert "Between us" not in visit("buyer").text


def test_a_template_fills_the_composer_without_a_script(visit, company):
    template = ReplyTemplate.objects.create(
        company=company, name="Thanks", text="Dear {buyer}, thank you for {product}."
    )
    assert "Dear Jana Petersen, thank you for Washed Arabica.</textarea>" in visit("owner", template=template.pk).text


def test_anothers_template_is_not_found(visit, other_company):
    template = ReplyTemplate.objects.create(company=other_company, name="Secret", text="Our floor price")
    assert visit("owner", template=template.pk).status_code == 404


def test_declining_needs_a_reason_and_other_needs_words(send, thread, again):
    assert send("owner", "decline").status_code == 422
    other = send("owner", "decline", reason="other")
    assert other.status_code == 422
    assert "Write a message before you send it." in other.text
    assert again(thread).state == "new"
    assert send("owner", "decline", reason="capacity").status_code == 302
    assert again(thread).state == "declined"


def test_a_declined_thread_offers_to_ask_anew(visit, people, thread):
    decline_inquiry(reader=Reader(people.owner), inquiry_id=thread.pk, reason="price", note="", key="no")
    page = visit("buyer").text
    assert "The exporter declined: We cannot meet the price" in page
    assert "Ask anew" in page
    assert "<textarea" not in page


def test_words_that_came_too_late_are_not_lost(send, people, thread):
    decline_inquiry(reader=Reader(people.owner), inquiry_id=thread.pk, reason="price", note="", key="no")
    response = send("buyer", text="And at 5.45?")
    assert response.status_code == 409
    assert "And at 5.45?</textarea>" in response.text


def test_an_inquiry_is_given_to_a_colleague(send, people, thread, again):
    editor = Member.objects.get(user=people.editor)
    assert send("owner", "assign", assigned_to=editor.pk).status_code == 302
    assert again(thread).assigned_to == editor
    send("owner", "assign", assigned_to="")
    assert again(thread).assigned_to is None


def test_an_inquiry_is_not_given_to_a_viewer(send, people, thread, again):
    response = send("owner", "assign", assigned_to=Member.objects.get(user=people.viewer).pk)
    assert response.status_code == 422
    assert "Choose a colleague who may write for the company." in response.text
    assert again(thread).assigned_to is None


def test_asking_the_agency_says_who_reads_until_when(send, visit, thread):
    assert "may then read this one thread for 14 days" in visit("buyer", "agency/").text
    assert send("buyer", "agency", cause="help", text="They do not understand us.").status_code == 302
    for who in ("buyer", "owner"):
        assert "may read this thread until" in visit(who).text
    assert "They do not understand us." not in visit("owner").text


def test_the_agency_is_asked_once_at_a_time(send, people, thread):
    ask_agency(reader=Reader(people.owner), inquiry_id=thread.pk, cause="help", text="Please look.")
    response = send("buyer", "agency", cause="report", text="They insult us.")
    assert response.status_code == 409
    assert "They insult us.</textarea>" in response.text


def test_news_are_told_without_the_page(visit, write, people, thread):
    write(thread, people.owner)
    page = visit("buyer", seen=1).text
    assert "One new message" in page
    assert "<html" not in page


def test_a_guest_reads_what_the_mailed_link_opened(client, guest_thread):
    assert client.get(f"/inquiries/{guest_thread.pk}/").status_code == 404
    session = client.session
    session["inquiries_opened"] = {str(guest_thread.pk): None}
    session.save()
    assert "Write to Adanu Growers Union" in client.get(f"/inquiries/{guest_thread.pk}/").text
    posted = client.post(f"/inquiries/{guest_thread.pk}/reply/", {"key": "one", "seen": 1, "text": "Any news?"})
    assert posted.status_code == 302
    assert client.post(f"/inquiries/{guest_thread.pk}/decline/", {"key": "x", "reason": "price"}).status_code == 403


ACTS = ("reply", "draft", "decline", "assign", "agency")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["stranger", "other_buyer", "officer"])
def test_strangers_find_nothing_anywhere(send, visit, other_company, thread, who, act):
    before = Message.objects.count()
    assert visit(who).status_code == 404
    assert visit(who, "agency/").status_code == 404
    assert send(who, act, text="Hello", cause="help", reason="price").status_code == 404
    assert Message.objects.count() == before


def test_an_ex_member_finds_nothing(send, visit, people, thread):
    Member.objects.filter(user=people.editor).delete()
    assert visit("editor").status_code == 404
    assert send("editor", text="Still here").status_code == 404


def test_a_made_up_thread_looks_like_a_strangers(client, people, thread):
    client.force_login(people.other_buyer)
    made_up = client.get(reverse("inquiries:thread", args=[uuid4()]))
    foreign = client.get(thread.get_absolute_url())
    assert made_up.status_code == foreign.status_code == 404


def test_the_page_costs_the_same_with_two_and_with_thirty_messages(
    client, write, people, thread, django_assert_num_queries
):
    write(thread, people.owner)
    client.force_login(people.owner)
    client.get(thread.get_absolute_url())
    with django_assert_num_queries(33):  # 7 of them are the session's, 6 are what is known of the buyer
        client.get(thread.get_absolute_url())
    for number in range(28):
        write(thread, people.buyer if number % 2 else people.owner, f"Message {number}")
    with django_assert_num_queries(33):
        client.get(thread.get_absolute_url())


def test_the_page_stands_in_arabic(client, people, thread):
    client.force_login(people.owner)
    page = client.get(f"/ar/inquiries/{thread.pk}/")
    assert page.status_code == 200
    assert 'dir="rtl"' in page.text
    assert "\u2068Washed Arabica\u2069" in page.text
