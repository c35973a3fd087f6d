"""The stand's mail server keeps every delivery, so that a repeated one can be counted."""

import smtplib
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from stand.mail import Keeper
from tests.services import free_port


@pytest.fixture
def server(tmp_path):
    server = Controller(Keeper(tmp_path), hostname="127.0.0.1", port=free_port())
    server.start()
    yield server
    server.stop()


def send(server, number):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "a@stand.example", "b@stand.example", f"<{number}@lateen>"
    mail.set_content("Words.")
    with smtplib.SMTP("127.0.0.1", server.port) as line:
        line.send_message(mail)


def test_each_delivery_is_a_file_named_by_recipient_and_message(server, tmp_path):
    send(server, "aa11")
    send(server, "bb22")
    send(server, "aa11")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["b@stand.example-aa11.2.eml", "b@stand.example-aa11.eml", "b@stand.example-bb22.eml"]
    assert b"Words." in (tmp_path / names[0]).read_bytes()
