"""Mail goes through the outbox, once, and can be taken back before it leaves."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone

from core import jobs
from core.mail import OutboxBackend, suppress_address, withdraw_mail, write_outbox
from core.models import Job, OutboxMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "core.mail.OutboxBackend"


def read_mails(folder):
    return [message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.glob("*.eml"))]


def test_any_mail_that_django_sends_goes_through_the_outbox(mail_folder):
    send_mail("Hello", "A text", "Lateen <a@example.org>", ["b@example.org", "c@example.org"])
    assert OutboxMail.objects.count() == 2
    jobs.run_due_jobs()
    mails = read_mails(mail_folder)
    assert sorted(mail["To"] for mail in mails) == ["b@example.org", "c@example.org"]
    assert {mail["Subject"] for mail in mails} == {"Hello"}


def test_both_parts_of_a_mail_are_kept(mail_folder):
    message = EmailMultiAlternatives("Hello", "plain", "a@example.org", ["b@example.org"])
    message.attach_alternative("<p>rich</p>", "text/html")
    OutboxBackend().send_messages([message])
    jobs.run_due_jobs()
    (mail,) = read_mails(mail_folder)
    assert mail.get_body(("plain",)).get_content().strip() == "plain"
    assert mail.get_body(("html",)).get_content().strip() == "<p>rich</p>"


def test_a_mail_of_a_rolled_back_transaction_is_never_sent(mail_folder):
    with transaction.atomic():
        write_outbox(to="b@example.org", subject="Hello", text="x")
        transaction.set_rollback(True)
    assert jobs.run_due_jobs() == 0
    assert not mail_folder.exists()


def test_a_mail_sent_twice_by_two_workers_is_one_file(mail_folder):
    write_outbox(to="b@example.org", subject="Hello", text="x")
    jobs.run_due_jobs()
    OutboxMail.objects.update(sent_at=None)
    Job.objects.update(state="waiting", attempts=0)
    jobs.run_due_jobs()
    assert len(list(mail_folder.glob("*.eml"))) == 1


def test_a_mail_can_be_withdrawn_while_it_waits(mail_folder):
    mail = write_outbox(to="b@example.org", subject="Hello", text="x", due_at=timezone.now() + timedelta(minutes=10))
    assert withdraw_mail(mail_id=mail.pk) is True
    Job.objects.update(due_at=timezone.now())
    assert jobs.run_due_jobs() == 0
    mail.refresh_from_db()
    assert mail.withdrawn_at is not None


def test_the_longest_address_still_makes_a_file(mail_folder):
    address = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example"
    write_outbox(to=address, subject="Hello", text="x")
    jobs.run_due_jobs()
    (mail,) = read_mails(mail_folder)
    assert mail["To"] == address


def test_a_line_break_in_a_subject_adds_no_header(mail_folder):
    write_outbox(to="b@example.org", subject="Hello\nBcc: d@example.org", text="x")
    jobs.run_due_jobs()
    (mail,) = read_mails(mail_folder)
    assert (mail["Subject"], mail["Bcc"]) == ("Hello Bcc: d@example.org", None)


def test_a_mail_that_waits_while_its_address_dies_is_not_sent(mail_folder):
    write_outbox(to="b@example.org", subject="Hello", text="x")
    suppress_address(address="B@example.org", reason="bounce")
    jobs.run_due_jobs()
    assert list(mail_folder.glob("*.eml")) == []
    assert OutboxMail.objects.get().withheld_at is not None


def test_a_code_that_somebody_has_just_asked_for_is_tried_all_the_same(mail_folder):
    suppress_address(address="b@example.org", reason="bounce")
    write_outbox(to="b@example.org", subject="Your code", text="x", is_asked_for=True)
    jobs.run_due_jobs()
    assert len(read_mails(mail_folder)) == 1


def test_no_line_break_reaches_any_header(mail_folder):
    write_outbox(
        to="b@example.org",
        subject="x",
        text="a\0b",
        reply_to="r@example.org\nBcc: d@example.org",
        headers={"References": "<1>\r\nX-Evil: 1"},
    )
    jobs.run_due_jobs()
    (mail,) = read_mails(mail_folder)
    assert (mail["Bcc"], mail["X-Evil"]) == (None, None)
    assert OutboxMail.objects.get().text == "ab"


def test_a_withheld_mail_counts_as_taken_back(mail_folder):
    suppress_address(address="b@example.org", reason="bounce")
    assert withdraw_mail(mail_id=write_outbox(to="b@example.org", subject="Hello", text="x").pk) is True


def test_a_mail_is_in_its_folder_whole_or_not_at_all(mail_folder, monkeypatch):
    seen = []
    replace = Path.replace
    monkeypatch.setattr(
        Path, "replace", lambda part, target: seen.append((target.exists(), part.read_bytes())) or replace(part, target)
    )
    send_mail("Whole", "A line", None, ["ama@agency.example"])
    jobs.run_due_jobs()
    (mail,) = list(mail_folder.iterdir())
    assert seen == [(False, mail.read_bytes())]
