"""The response clock at work: each reminder once, the late answer once, the absence, the public reply time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.jobs import run_job
from core.models import Job, OutboxMail
from inquiries.models import Inquiry, ReplyRecord
from inquiries.rules.messages import Reader
from inquiries.services.clock import WATCH_JOB, measure_replies, plan_watch
from inquiries.services.declining import decline_inquiry
from inquiries.services.desk import end_absence, tell_absence
from storefronts.models import Company, Member
from tests.inquiries.conftest import make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_day_counts(monkeypatch):
    """No weekend and no holiday, so that the tests say the same on every day of the year."""
    monkeypatch.setattr("inquiries.adapters.calendars._is_working_day", lambda country, day: True)


@pytest.fixture
def move_back(run_jobs_of):
    """Let an inquiry have been sent so many hours ago, and its watch look at it."""

    def do(inquiry, hours):
        sent = timezone.now() - timedelta(hours=hours)
        Inquiry.objects.filter(pk=inquiry.pk).update(
            confirmed_at=sent, asked_at=sent, waits_since=sent, answer_due_at=sent + timedelta(hours=48)
        )
        OutboxMail.objects.all().delete()
        run_jobs_of(WATCH_JOB)

    return do


def mails(address=None):
    found = OutboxMail.objects.order_by("pk")
    return [mail.subject for mail in (found.filter(recipient=address) if address else found)]


def test_the_first_answer_stops_the_clock(thread, write, people, again):
    write(thread, people.owner)
    found = again(thread)
    assert (found.state, found.waits_since, found.first_answer_minutes) == ("answered", None, 0)
    assert not Job.objects.filter(name=WATCH_JOB, state="waiting").exists()


def test_a_second_answer_does_not_move_the_first(thread, write, people, again):
    write(thread, people.owner)
    first = again(thread).first_answered_at
    write(thread, people.buyer, "Thank you.")
    write(thread, people.editor, "You are welcome.")
    assert again(thread).first_answered_at == first


def test_a_decline_is_an_answer(thread, people, again):
    decline_inquiry(reader=Reader(people.owner), inquiry_id=thread.pk, reason="market", note="", key="no")
    assert again(thread).first_answered_at is not None
    assert not Job.objects.filter(name=WATCH_JOB, state="waiting").exists()


def test_half_the_time_gone_reminds_those_who_may_answer(thread, people, move_back):
    move_back(thread, 25)
    assert len(mails(people.owner.email)) == len(mails(people.editor.email)) == 1
    assert mails(people.viewer.email) == mails(people.buyer.email) == []


def test_after_a_reminder_the_next_look_is_planned(thread, move_back):
    move_back(thread, 25)
    due = Job.objects.get(name=WATCH_JOB, state="waiting").due_at
    assert timedelta(hours=16) < due - timezone.now() <= timedelta(hours=17)


def test_a_late_answer_is_told_to_both_sides_once(thread, people, move_back):
    move_back(thread, 49)
    assert len(mails(people.owner.email)) == len(mails(people.buyer.email)) == 1
    assert not Job.objects.filter(name=WATCH_JOB, state="waiting").exists()


def test_an_answer_in_time_is_never_called_late(thread, write, people, move_back):
    write(thread, people.owner)
    move_back(thread, 60)
    assert mails() == []


def test_a_suspended_exporter_is_not_reminded(thread, company, move_back):
    Company.objects.filter(pk=company.pk).update(state="suspended")
    move_back(thread, 49)
    assert mails() == []


def test_a_job_that_is_done_is_not_done_again(thread, people, move_back):
    move_back(thread, 49)
    run_job(Job.objects.get(name=WATCH_JOB).pk)
    assert len(mails(people.buyer.email)) == 1


def test_an_absence_moves_the_due_time_and_its_end_moves_it_back(thread, people, company, again):
    owner = Member.objects.select_related("company", "user").get(user=people.owner)
    due = again(thread).answer_due_at
    tell_absence(member=owner, back_on=timezone.localdate() + timedelta(days=10))
    assert again(thread).answer_due_at > due + timedelta(days=8)
    end_absence(member=owner)
    assert again(thread).answer_due_at == due


def test_an_absence_does_not_excuse_what_is_late_already(thread, people, again, move_back):
    move_back(thread, 49)
    due = again(thread).answer_due_at
    owner = Member.objects.select_related("company", "user").get(user=people.owner)
    tell_absence(member=owner, back_on=timezone.localdate() + timedelta(days=10))
    assert again(thread).answer_due_at == due


def test_planning_twice_leaves_one_look(thread):
    plan_watch(inquiry=thread)
    plan_watch(inquiry=thread)
    assert Job.objects.filter(name=WATCH_JOB, state="waiting").count() == 1


def test_the_median_is_public_from_five_answers_on(ask, write, people, company):
    for number in range(4):
        write(ask(user=people.buyer, about=make_listing(company, f"Lot {number}")).inquiry, people.owner)
    assert ReplyRecord.objects.get().median_minutes is None
    write(ask(user=people.buyer, about=make_listing(company, "Lot 5")).inquiry, people.owner)
    assert ReplyRecord.objects.get().median_minutes == 0


def test_answers_of_more_than_a_year_ago_do_not_count(thread, write, people, company):
    write(thread, people.owner)
    Inquiry.objects.update(first_answered_at=timezone.now() - timedelta(days=366))
    assert measure_replies(company_id=company.pk).answers == 0
