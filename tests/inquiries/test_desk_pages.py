"""The exporter's desk: inbox, absence, templates, dashboard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import slots
from inquiries.models import Absence, Inquiry, ReplyRecord, ReplyTemplate
from inquiries.selectors.dashboard import describe_reply_time, list_inquiry_numbers, list_inquiry_todos
from inquiries.selectors.inbox import count_inbox, list_inbox
from storefronts.models import Member
from tests.inquiries.conftest import make_listing

pytestmark = pytest.mark.django_db
INBOX = "/sell/adanu/inquiries/"


@pytest.fixture
def owner(people, company):
    return Member.objects.select_related("company", "user").get(user=people.owner)


@pytest.fixture
def desk(client, people):
    """Open a page of the desk as somebody: `desk("owner", "templates/")`."""

    def do(who="owner", path="", **query):
        client.force_login(getattr(people, who))
        return client.get(f"{INBOX}{path}", query)

    return do


@pytest.fixture
def post(client, people):
    def do(path, who="owner", **fields):
        client.force_login(getattr(people, who))
        return client.post(f"{INBOX}{path}", fields)

    return do


@pytest.fixture
def crowd(ask, people, company):
    """Three inquiries: one that waits since yesterday, one answered, one that waits since an hour."""
    listings = [make_listing(company, f"Lot {number}") for number in range(3)]
    asked = [ask(user=people.buyer, about=listing).inquiry for listing in listings]
    for inquiry, hours in zip(asked, (25, 10, 1), strict=True):
        Inquiry.objects.filter(pk=inquiry.pk).update(waits_since=timezone.now() - timedelta(hours=hours))
    return asked


def test_who_waits_longest_stands_on_top(owner, crowd, write, people):
    write(crowd[1], people.owner)
    assert list(list_inbox(member=owner, show="")) == [crowd[0], crowd[2]]
    assert list(list_inbox(member=owner, show="all")) == [crowd[0], crowd[2], crowd[1]]


def test_every_filter_counts_what_it_shows(owner, crowd, write, people):
    write(crowd[1], people.owner)
    Inquiry.objects.filter(pk=crowd[2].pk).update(assigned_to=owner)
    counts = count_inbox(member=owner)
    assert counts == {"waiting": 2, "mine": 1, "answered": 1, "declined": 0, "all": 3}
    assert counts == {show: list_inbox(member=owner, show=show).count() for show in counts}


def test_a_row_says_who_asks_from_where_and_the_first_words(desk, thread):
    page = desk().text
    assert "Kontor" in page
    assert "Do you ship 600 kg to Hamburg?" in page
    assert "Waiting for your answer, due until" in page


def test_the_menu_says_how_many_wait(desk, crowd):
    assert 'Inquiries<span class="count">3</span>' in desk().text


def test_what_is_not_confirmed_is_in_no_inbox(desk, ask):
    ask()
    assert "No inquiries yet" in desk().text


def test_an_empty_inbox_says_how_to_get_the_first_one(desk, company):
    assert "Share the link of your storefront" in desk().text


def test_a_viewer_reads_the_inbox_and_changes_nothing(desk, post, thread):
    assert "We are away" not in desk("viewer").text
    assert post("absence/", "viewer", back_on="2030-01-01").status_code == 403
    assert post("templates/", "viewer", name="Thanks", text="Thank you").status_code == 403


@pytest.mark.parametrize("path", ["", "templates/", "templates/1/", "templates/1/delete/"])
def test_strangers_find_no_desk(desk, other_company, company, path):
    assert desk("stranger", path).status_code == 404


@pytest.mark.parametrize("path", ["absence/", "templates/", "templates/1/", "templates/1/delete/"])
def test_strangers_change_no_desk(post, other_company, company, path):
    assert post(path, "stranger", name="x", text="y", back_on="2030-01-01").status_code == 404


def test_away_until_a_day_and_back(desk, post, company):
    back = timezone.localdate() + timedelta(days=5)
    assert post("absence/", back_on=back.isoformat()).status_code == 302
    assert Absence.objects.get().back_on == back
    assert "We are back" in desk().text
    post("absence/", act="end")
    assert not Absence.objects.exists()


@pytest.mark.parametrize("days", [0, 61])
def test_an_impossible_return_comes_back_with_the_day_kept(post, company, days):
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    response = post("absence/", back_on=day)
    assert response.status_code == 422
    assert "Choose a day of return between tomorrow" in response.text
    assert f'value="{day}"' in response.text


def test_templates_are_kept_changed_and_deleted_after_a_question(desk, post, company):
    post("templates/", name="Thanks", text="Dear {buyer}")
    template = ReplyTemplate.objects.get()
    post(f"templates/{template.pk}/", name="Thank you", text="Dear {buyer},")
    assert "Thank you" in desk(path="templates/").text
    assert "Delete “Thank you”?" in desk(path=f"templates/{template.pk}/delete/").text
    assert ReplyTemplate.objects.exists()
    post(f"templates/{template.pk}/delete/")
    assert not ReplyTemplate.objects.exists()


def test_a_taken_name_comes_back_with_the_words(post, company):
    post("templates/", name="Thanks", text="One")
    response = post("templates/", name="THANKS", text="Another text")
    assert response.status_code == 422
    assert "You have a template of this name." in response.text
    assert "Another text</textarea>" in response.text


def test_anothers_template_is_not_found(post, company, other_company):
    theirs = ReplyTemplate.objects.create(company=other_company, name="Thanks", text="Theirs")
    assert post(f"templates/{theirs.pk}/", name="Mine", text="Mine").status_code == 404
    post(f"templates/{theirs.pk}/delete/")
    assert ReplyTemplate.objects.get().text == "Theirs"


def test_the_inbox_costs_the_same_with_three_and_with_twenty(
    client, ask, people, crowd, company, django_assert_num_queries
):
    client.force_login(people.owner)
    client.get(INBOX)
    with django_assert_num_queries(15):  # 7 of them are the session's
        client.get(INBOX)
    for number in range(17):
        ask(user=people.buyer, about=make_listing(company, f"More {number}"))
    with django_assert_num_queries(15):
        client.get(INBOX)


def test_a_long_inbox_has_pages(client, ask, people, company):
    for number in range(26):
        ask(user=people.buyer, about=make_listing(company, f"Lot {number}"))
    client.force_login(people.owner)
    assert client.get(INBOX).text.count('class="state"') == 25
    assert 'rel="next"' in client.get(INBOX).text


def test_a_first_inquiry_is_the_first_thing_to_do(owner, thread):
    (todo,) = list_inquiry_todos(member=owner)
    assert todo.title == "Answer Kontor"
    assert todo.text.startswith("Your first inquiry.")


def test_late_answers_come_before_those_due_soon(owner, crowd):
    now = timezone.now()
    Inquiry.objects.filter(pk=crowd[0].pk).update(answer_due_at=now + timedelta(hours=5))
    Inquiry.objects.filter(pk=crowd[1].pk).update(answer_due_at=now - timedelta(hours=5))
    Inquiry.objects.filter(pk=crowd[2].pk).update(answer_due_at=now + timedelta(hours=40))
    assert [(todo.urgency, todo.kind) for todo in list_inquiry_todos(member=owner)] == [(0, "bad"), (1, "warn")]


def test_an_absence_that_ends_is_told(owner):
    today = timezone.localdate()
    Absence.objects.create(company=owner.company, first_day=today, back_on=today + timedelta(days=2))
    (todo,) = list_inquiry_todos(member=owner)
    assert todo.title.startswith("Your absence ends: back on")


def test_viewers_have_nothing_to_answer(people, thread):
    assert list_inquiry_todos(member=Member.objects.get(user=people.viewer)) == []


def test_nobody_is_late_before_an_answer_was_due(owner, thread):
    waiting, timely = list_inquiry_numbers(member=owner)
    assert (waiting.value, waiting.note, timely.value, timely.note) == ("1", "", "–", "no answer was due yet")


def test_what_is_late_is_told_and_counts_against_the_share(owner, crowd):
    now = timezone.now()
    late, answered, tardy = (Inquiry.objects.filter(pk=inquiry.pk) for inquiry in crowd[:3])
    late.update(answer_due_at=now - timedelta(hours=5))
    values = {"state": "answered", "waits_since": None}
    answered.update(first_answered_at=now - timedelta(hours=2), answer_due_at=now - timedelta(hours=1), **values)
    tardy.update(first_answered_at=now - timedelta(hours=1), answer_due_at=now - timedelta(hours=2), **values)
    waiting, timely = list_inquiry_numbers(member=owner)
    assert (waiting.note, timely.value, timely.note) == ("1 is late", "33%", "1 of 3 in 12 weeks")


def test_the_reply_time_is_shown_from_five_answers_on(owner, thread, django_assert_num_queries):
    Inquiry.objects.update(answer_due_at=timezone.now() - timedelta(hours=5))
    record = ReplyRecord.objects.create(company=owner.company, answers=4)
    assert list_inquiry_numbers(member=owner)[1].note == "0 of 1 in 12 weeks"
    ReplyRecord.objects.filter(pk=record.pk).update(answers=5, median_minutes=312)
    with django_assert_num_queries(2):
        assert list_inquiry_numbers(member=owner)[1].note == "0 of 1 in 12 weeks, usually after 5 hours"


@pytest.mark.parametrize(
    ("minutes", "words"), [(10, "under an hour"), (60, "1 hour"), (2880, "48 hours"), (4320, "3 days")]
)
def test_a_reply_time_is_told_in_words(minutes, words):
    assert describe_reply_time(minutes=minutes) == words


def test_the_panel_keeps_its_query_budget(owner, crowd, django_assert_num_queries):
    (filling,) = [one for one in slots.list_fillings() if "inquiries" in one.template and one.slot == "dashboard.main"]
    with django_assert_num_queries(filling.queries):
        filling.select(member=owner)


def test_inquiries_stand_on_the_dashboard(client, people, thread):
    client.force_login(people.owner)
    page = client.get("/sell/adanu/").text
    assert "Answer Kontor" in page
    assert "Buyers who wait" in page
    assert page.index("h-inquiries") < page.index("h-products")
