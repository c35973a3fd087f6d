"""Mails that come in: replies in many shapes, forgeries, automatic answers, bounces."""

import io
import os
import time
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from core.models import OutboxMail
from inquiries.models import Inquiry
from inquiries.rules.mails import cut_quoted
from inquiries.selectors.links import build_reply_address
from storefronts.models import Member

pytestmark = pytest.mark.django_db

QUOTED = "\n\nOn Mon, 23 Nov 2026 at 09:14, Lateen <reply+abc@market.example> wrote:\n> ##- Write your answer above this line -##\n> Hello\n"


@pytest.fixture(autouse=True)
def reply_mailbox(settings):
    settings.REPLY_ADDRESS = "reply@market.example"


@pytest.fixture
def deliver(monkeypatch, capsys):
    """Hand a mail to the command as a mail server's pipe does; its word for what became of it."""

    def do(message, **options):
        content = message if isinstance(message, bytes) else message.as_bytes()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        out = io.StringIO()
        call_command("receive_mail", stdout=out, **options)
        return out.getvalue().strip()

    return do


def reply(inquiry, *, text="Yes please, in March." + QUOTED, sender="jana@kontor.example", user=None, **headers):
    mail = EmailMessage()
    mail["From"] = f"Jana Petersen <{sender}>"
    mail["To"] = build_reply_address(inquiry=inquiry, user_id=user.pk if user else None)
    mail["Subject"] = "Re: Washed Arabica"
    mail["Message-ID"] = headers.pop("message_id", "<1@kontor.example>")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def texts(inquiry):
    return [message.text for message in inquiry.messages.all()]


def test_a_buyer_without_an_account_answers_by_mail(deliver, guest_thread, people):
    assert deliver(reply(guest_thread)) == "message"
    newest = guest_thread.messages.last()
    assert (newest.text, newest.side, newest.via, newest.author_name) == (
        "Yes please, in March.", "buyer", "mail", "Jana Petersen",
    )  # fmt: skip
    assert OutboxMail.objects.filter(recipient=people.owner.email, text__contains="Yes please, in March.").exists()


def test_the_same_mail_twice_is_one_message(deliver, guest_thread):
    deliver(reply(guest_thread))
    deliver(reply(guest_thread))
    assert len(texts(guest_thread)) == 2


def test_an_exporter_answers_by_mail_in_their_own_name(deliver, thread, people, again):
    deliver(reply(thread, user=people.editor, sender=people.editor.email))
    assert thread.messages.last().author == people.editor
    assert again(thread).state == "answered"


def test_a_mail_that_names_the_address_only_in_its_envelope_arrives(deliver, guest_thread):
    mail = reply(guest_thread)
    address = parseaddr(mail["To"])[1]
    del mail["To"]
    mail["To"] = "undisclosed-recipients:;"
    assert deliver(mail, recipient=address.upper()) == "message"


@pytest.mark.parametrize("change", ["letter", "thread", "host"])
def test_a_forged_address_is_unknown(deliver, guest_thread, change):
    mail = reply(guest_thread)
    address = parseaddr(mail["To"])[1]
    token = address.partition("+")[2].partition("@")[0]
    forged = {
        "letter": address.replace(token, token[:40] + ("a" if token[40] != "a" else "b") + token[41:]),
        "thread": address.replace(token, ("a" if token[0] != "a" else "b") + token[1:]),
        "host": address.replace("market.example", "elsewhere.example"),
    }[change]
    mail.replace_header("To", forged)
    with pytest.raises(CommandError) as refusal:
        deliver(mail)
    assert refusal.value.returncode == os.EX_NOUSER
    assert len(texts(guest_thread)) == 1


def test_an_address_older_than_ninety_days_is_stale(deliver, guest_thread, monkeypatch):
    mail = reply(guest_thread)
    later = timezone.now() + timezone.timedelta(days=92)
    monkeypatch.setattr("inquiries.selectors.links.timezone.now", lambda: later)
    with pytest.raises(CommandError) as refusal:
        deliver(mail)
    assert refusal.value.returncode == os.EX_NOPERM
    assert "too old" in str(refusal.value)


def test_somebody_else_cannot_use_the_address(deliver, guest_thread):
    with pytest.raises(CommandError, match="somebody else"):
        deliver(reply(guest_thread, sender="mallory@elsewhere.example"))
    assert len(texts(guest_thread)) == 1


def test_a_former_member_cannot_answer_any_more(deliver, thread, people):
    mail = reply(thread, user=people.editor, sender=people.editor.email)
    Member.objects.filter(user=people.editor).delete()
    with pytest.raises(CommandError) as refusal:
        deliver(mail)
    assert refusal.value.returncode == os.EX_NOUSER


def test_a_sender_whose_domain_denies_the_mail_is_refused(deliver, guest_thread):
    mail = reply(guest_thread, Authentication_Results="mx.market.example; dmarc=fail header.from=kontor.example")
    with pytest.raises(CommandError, match="not sent by the domain"):
        deliver(mail)


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<coffee.example>"}, {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
    ],
)  # fmt: skip
def test_automatic_mails_are_ignored(deliver, guest_thread, header):
    assert deliver(reply(guest_thread, **header)) == "ignored"
    assert len(texts(guest_thread)) == 1


def test_our_own_mail_that_comes_back_is_ignored(deliver, guest_thread):
    assert deliver(reply(guest_thread, sender="reply@market.example")) == "ignored"


def test_only_the_quotation_is_no_message(deliver, guest_thread):
    with pytest.raises(CommandError, match="no new words"):
        deliver(reply(guest_thread, text=QUOTED))


def test_html_alone_is_read_as_text(deliver, guest_thread):
    mail = reply(guest_thread)
    mail.set_content(
        "<p>Yes,<br>in <b>March</b>.</p><blockquote>##- above -##<p>Hello</p></blockquote>", subtype="html"
    )
    deliver(mail)
    assert texts(guest_thread)[-1] == "Yes,\nin March."


def test_a_picture_comes_with_the_message_and_other_files_are_named(deliver, guest_thread, jpeg):
    mail = reply(guest_thread)
    mail.add_attachment(jpeg, maintype="image", subtype="jpeg", filename="sample.jpg")
    mail.add_attachment(b"MZ\x00\x01", maintype="application", subtype="octet-stream", filename="list.exe")
    deliver(mail)
    assert [one.upload.name for one in guest_thread.messages.last().attachments.all()] == ["sample.jpg"]
    assert "list.exe" in OutboxMail.objects.get(subject__startswith="Not all of your mail").text


def test_a_mail_that_is_no_mail_is_refused(deliver):
    with pytest.raises(CommandError) as refusal:
        deliver(b"\x00\xff nothing")
    assert refusal.value.returncode == os.EX_DATAERR


def test_a_flood_of_mails_is_put_off(deliver, guest_thread):
    for number in range(30):
        deliver(reply(guest_thread, message_id=f"<{number}@kontor.example>", text=f"Message {number}."))
    with pytest.raises(CommandError) as refusal:
        deliver(reply(guest_thread, message_id="<31@kontor.example>"))
    assert refusal.value.returncode == os.EX_TEMPFAIL


@pytest.mark.parametrize(
    "introduction",
    [
        "Am 23.11.2026 um 09:14 schrieb Lateen <reply+abc@market.example>:",
        "Le lun. 23 nov. 2026 à 09:14, Lateen <reply+abc@market.example> a écrit :",
        "في الاثنين، 23 نوفمبر 2026 كتب Lateen <reply+abc@market.example>:",
        "2026年11月23日(月) 9:14 Lateen <reply+abc@market.example>:",
        "From: Lateen <reply+abc@market.example>\nSent: Monday\nTo: Jana\nSubject: New message:",
    ],
)
def test_the_line_that_introduces_the_quotation_goes_in_any_language(introduction):
    text = f"Ja, gerne.\r\n\r\n{introduction}\r\n\r\n> ##- Write your answer above this line -##\r\n> Hello\r\n"
    assert cut_quoted(text, own_host="market.example") == "Ja, gerne."


def test_words_that_look_like_an_introduction_stay_where_nothing_is_quoted():
    text = "Please write to sales@market.example:\nthat is faster."
    assert cut_quoted(text, own_host="market.example") == text


def bounce(message_id, address, *, status="5.1.1", action="failed"):
    return (
        f"From: MAILER-DAEMON@mx.example\r\nTo: lateen@market.example\r\nReturn-Path: <>\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n\r\nSorry.\r\n--b\r\n'
        f"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {address}\r\n"
        f"Action: {action}\r\nStatus: {status}\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n\r\n--b--\r\n"
    ).encode()


@pytest.fixture
def suppressed(monkeypatch):
    found = []
    monkeypatch.setattr("inquiries.services.incoming.suppress_address", lambda **how: found.append(how["address"]))
    return found


def test_a_dead_address_gets_no_more_mails(deliver, guest_thread, suppressed):
    sent = OutboxMail.objects.filter(recipient="jana@kontor.example").first()
    assert deliver(bounce(sent.message_id, "jana@kontor.example")) == "bounce"
    assert suppressed == ["jana@kontor.example"]


@pytest.mark.parametrize("how", [{"status": "4.2.2"}, {"status": "5.2.2"}, {"status": "5.7.1"}, {"action": "delayed"}])
def test_a_passing_trouble_stops_nothing(deliver, guest_thread, suppressed, how):
    sent = OutboxMail.objects.filter(recipient="jana@kontor.example").first()
    deliver(bounce(sent.message_id, "jana@kontor.example", **how))
    assert suppressed == []


def test_a_made_up_report_stops_nothing(deliver, guest_thread, suppressed):
    sent = OutboxMail.objects.filter(recipient="jana@kontor.example").first()
    deliver(bounce("<made-up@elsewhere.example>", "jana@kontor.example"))
    deliver(bounce(sent.message_id, "lena@hanse.example"))
    assert suppressed == []


def test_without_a_mailbox_for_replies_no_mail_invites_one(settings, ask, people):
    settings.REPLY_ADDRESS = ""
    ask(user=people.buyer)
    mail = OutboxMail.objects.filter(recipient=people.owner.email).get()
    assert (mail.reply_to, "##-" in mail.text) == ("", False)
    assert Inquiry.objects.exists()


def test_a_quotation_without_our_mark_goes_with_its_introduction():
    text = "Ja, gerne.\n\nAm 23.11.2026 um 09:14 schrieb Esinam:\n> Hello\n> there\n"
    assert cut_quoted(text, own_host="market.example") == "Ja, gerne."


def test_a_signature_stays_out():
    assert cut_quoted("We take it.\n-- \nJana Petersen\nKontor\n", own_host="market.example") == "We take it."


def test_what_stands_between_quoted_lines_stays():
    text = "> Which port?\nHamburg.\n> When?\nIn March.\n"
    assert cut_quoted(text, own_host="market.example") == text.strip()


@pytest.mark.parametrize(
    "words", ["On Mon " * 200_000, "> " * 500_000, "x\n" * 300_000, "From: a\n" * 100_000, "_" * 1_000_000]
)
def test_no_text_keeps_the_reader_busy(words):
    began = time.process_time()
    cut_quoted(words, own_host="market.example")
    assert time.process_time() - began < 5


def test_a_mail_of_many_layers_is_refused(deliver):
    layers = b"Content-Type: message/rfc822\r\n\r\n" * 3000
    with pytest.raises(CommandError):
        deliver(
            b"From: jana@kontor.example\r\nTo: reply+x@market.example\r\nMIME-Version: 1.0\r\n" + layers + b"\r\nhi"
        )
