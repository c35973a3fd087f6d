"""The mailbox is polled: replies arrive, refused mails are flagged and told, what cannot be stored stays unread."""

import io
import os

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError

from core.models import OutboxMail
from tests.inquiries.mailbox_server import Stored, serve
from tests.inquiries.test_receive_mail import reply, texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reply_mailbox(settings):
    settings.REPLY_ADDRESS = "reply@market.example"


def poll(settings, box):
    out = io.StringIO()
    with serve(box) as url:
        settings.REPLY_MAILBOX_URL = url
        call_command("receive_mail", poll=True, stdout=out)
    return out.getvalue().split()


def test_unread_replies_become_messages_and_are_read_once(settings, guest_thread):
    box = Stored({1: reply(guest_thread).as_bytes()})
    assert poll(settings, box) == ["message"]
    assert poll(settings, box) == []
    assert texts(guest_thread)[-1] == "Yes please, in March."
    assert box.flags == {1: {"\\Seen"}}


def test_a_refused_mail_is_flagged_and_its_sender_told_why(settings, guest_thread):
    box = Stored({7: reply(guest_thread, sender="mallory@elsewhere.example").as_bytes()})
    assert poll(settings, box) == ["refused"]
    assert box.flags == {7: {"\\Seen", "\\Flagged"}}
    assert "somebody else" in OutboxMail.objects.get(recipient="mallory@elsewhere.example").text


def test_a_refused_machine_is_not_answered(settings, guest_thread):
    box = Stored({7: reply(guest_thread, sender="mallory@elsewhere.example", Auto_Submitted="auto-replied").as_bytes()})
    poll(settings, box)
    assert not OutboxMail.objects.filter(recipient="mallory@elsewhere.example").exists()


def test_one_bad_mail_does_not_stop_the_next(settings, guest_thread):
    box = Stored({1: b"\x00\xff nothing", 2: reply(guest_thread).as_bytes()})
    assert poll(settings, box) == ["unreadable", "message"]


def test_mails_stay_unread_while_the_database_is_away(settings, guest_thread, monkeypatch):
    def away(**given):
        raise DatabaseError("gone")

    monkeypatch.setattr("inquiries.management.commands.receive_mail.receive_mail", away)
    box = Stored({1: reply(guest_thread).as_bytes()})
    with pytest.raises(CommandError) as trouble:
        poll(settings, box)
    assert (trouble.value.returncode, box.flags) == (os.EX_TEMPFAIL, {})


@pytest.mark.parametrize(("password", "words"), [("other", "cannot be read")])
def test_a_mailbox_that_refuses_the_password_is_said_plainly(settings, password, words):
    with pytest.raises(CommandError, match=words):
        poll(settings, Stored({}, password=password))


def test_without_a_mailbox_there_is_nothing_to_poll(settings):
    settings.REPLY_MAILBOX_URL = ""
    with pytest.raises(CommandError, match="REPLY_MAILBOX_URL"):
        call_command("receive_mail", poll=True)
