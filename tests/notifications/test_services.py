"""People are told once, as they wish, in their language."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from core.jobs import LeaseLost, Run, run_job
from core.mail import release_address, suppress_address
from core.models import AuditEntry, Job, OutboxMail
from notifications.models import Notice
from notifications.rules import get_digest_time
from notifications.services import DIGEST_JOB, save_wishes, send_digest, unsubscribe, withdraw_notice
from tests.notifications.conftest import KIND

pytestmark = pytest.mark.django_db


@pytest.fixture
def daily(anna):
    save_wishes(person=anna, wishes={KIND: ("daily", True)})
    return anna


def run_digest():
    Job.objects.filter(name=DIGEST_JOB).update(due_at=timezone.now())
    return [run_job(job.pk) for job in Job.objects.filter(name=DIGEST_JOB, state="waiting")]


def test_a_person_is_told_on_the_site_and_by_mail(tell, anna):
    notice = tell(anna)
    mail = OutboxMail.objects.get(recipient=anna.email)
    assert notice.title == mail.subject == "Not all of your mail arrived: The Seagull is in"
    assert (notice.url, notice.mail_state, notice.read_at) == ("/help/", "at_once", None)


def test_the_same_thing_is_told_once(tell, anna):
    assert tell(anna) == tell(anna)
    assert OutboxMail.objects.count() == 1


def test_the_mail_says_how_to_stop_it(tell, anna):
    tell(anna)
    mail = OutboxMail.objects.get()
    url = mail.headers["List-Unsubscribe"].strip("<>")
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in mail.text
    assert url in mail.html


def test_an_arabic_reader_gets_arabic_addresses_and_direction(tell, anna):
    anna.language = "ar"
    anna.save()
    notice = tell(anna)
    assert notice.url == "/ar/help/"
    assert 'dir="rtl"' in OutboxMail.objects.get().html
    assert "/ar/notifications/unsubscribe/" in OutboxMail.objects.get().text


def test_who_wants_no_mail_still_reads_it_on_the_site(tell, anna):
    save_wishes(person=anna, wishes={KIND: ("never", True)})
    assert tell(anna).mail_state == "none"
    assert not OutboxMail.objects.exists()


def test_who_wants_it_by_mail_only_does_not_see_it_on_the_site(tell, anna):
    save_wishes(person=anna, wishes={KIND: ("at_once", False)})
    tell(anna)
    assert not Notice.objects.visible_to(anna).exists()
    assert OutboxMail.objects.count() == 1


def test_a_closed_account_hears_nothing(tell, anna):
    anna.is_active = False
    assert tell(anna) is None
    assert not Notice.objects.exists()


def test_the_daily_mail_holds_all_that_was_put_aside(tell, daily):
    tell(daily, key="1")
    tell(daily, key="2", subject="The Heron is in")
    assert not OutboxMail.objects.exists()
    run_digest()
    mail = OutboxMail.objects.get()
    assert mail.subject == "2 things happened on Lateen"
    assert "The Seagull is in" in mail.text
    assert "The Heron is in" in mail.html


def test_what_was_read_on_the_site_is_not_in_the_daily_mail(tell, daily):
    notice = tell(daily)
    Notice.objects.filter(pk=notice.pk).update(read_at=timezone.now())
    run_digest()
    assert not OutboxMail.objects.exists()


def test_a_digest_that_runs_twice_mails_once(tell, daily):
    tell(daily)
    run_digest()
    job = Job.objects.get(name=DIGEST_JOB)
    Job.objects.filter(pk=job.pk).update(state="running", attempts=2, lease_until=timezone.now())
    send_digest(run=Run(job.pk, 2, last=False), person_id=daily.pk)
    assert OutboxMail.objects.count() == 1


def test_a_worker_that_lost_its_lease_mails_nothing_and_loses_nothing(tell, daily):
    tell(daily)
    job = Job.objects.get(name=DIGEST_JOB)
    with pytest.raises(LeaseLost):
        send_digest(run=Run(job.pk, 1, last=False), person_id=daily.pk)
    assert not OutboxMail.objects.exists()
    assert Notice.objects.get().mail_state == "waiting"


def test_the_digest_leaves_at_the_next_seven_o_clock():
    accra = ZoneInfo("Africa/Accra")
    assert get_digest_time(datetime(2026, 11, 25, 6, 59, tzinfo=accra)) == datetime(2026, 11, 25, 7, tzinfo=accra)
    assert get_digest_time(datetime(2026, 11, 25, 7, 0, tzinfo=accra)) == datetime(2026, 11, 26, 7, tzinfo=accra)


def test_an_address_without_an_account_is_told_once(tell):
    assert tell("jana@kontor.example") is not None
    assert tell("Jana@Kontor.example") is None
    assert OutboxMail.objects.count() == 1


def test_an_address_that_stopped_a_kind_hears_no_more_of_it(tell):
    url = tell("jana@kontor.example").headers["List-Unsubscribe"]
    unsubscribe(token=url.strip("<>").rstrip("/").rpartition("/")[2])
    assert tell("jana@kontor.example", key="2") is None


def test_what_is_no_longer_true_is_taken_back_before_its_mail(tell, daily):
    tell(daily)
    withdraw_notice(kind=KIND, key="1")
    assert not Notice.objects.exists()


def test_mails_to_a_suppressed_address_are_kept_and_not_sent(tell, anna):
    suppress_address(address="Anna@example.org", reason="bounce", note="5.1.1")
    tell(anna)
    mail = OutboxMail.objects.get()
    assert mail.withheld_at is not None
    assert not Job.objects.filter(name="core.send_mail").exists()
    assert AuditEntry.objects.filter(action="mail.suppressed").count() == 1


def test_a_released_address_gets_mails_again(tell, anna, ben):
    suppress_address(address=anna.email, reason="bounce")
    release_address(address=anna.email, actor=ben)
    tell(anna)
    assert OutboxMail.objects.get().withheld_at is None


def test_titles_with_line_breaks_reach_no_header(tell, anna):
    tell(anna, subject="Seagull\r\nBcc: all@example.org\nX: y")
    assert "\n" not in OutboxMail.objects.get().subject
    assert "\n" not in Notice.objects.get().title


def test_an_old_notice_does_not_stop_a_new_key(tell, anna):
    tell(anna)
    Notice.objects.update(created_at=timezone.now() - timedelta(days=40))
    tell(anna, key="2")
    assert OutboxMail.objects.count() == 2
