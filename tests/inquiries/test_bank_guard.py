"""The bank-change guard in threads and on papers: warnings beside messages, banners, the account on the pro forma alone."""

import json
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from django.utils import timezone

from core.models import OutboxMail
from core.secrets import encrypt
from storefronts.models import PaymentDetails
from tests.inquiries.quoting import accept, quote

pytestmark = pytest.mark.django_db
NUMBER = "GH777888999000"


@pytest.fixture
def account(company, people):
    """An account in use for a month."""
    now = timezone.now()
    return PaymentDetails.objects.create(
        company=company, state="active", last_four="9000", asked_by=people.owner, asked_at=now - timedelta(days=40), usable_from=now,
        sealed=encrypt(json.dumps({"holder": "Adanu", "bank": "GCB", "number": NUMBER, "bic": "GHCBGHAC"})),
        called_by=people.officer, called_at=now, call_note="ok", called_number="1", used_from=now - timedelta(days=30),
    )  # fmt: skip


def change(company, people):
    now = timezone.now()
    return PaymentDetails.objects.create(
        company=company, sealed=encrypt("{}"), last_four="1111", asked_by=people.owner, asked_at=now, usable_from=now
    )


def read_text(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_buyer_reads_a_warning_beside_a_message_with_an_account(client, thread, write, people):
    write(thread, people.owner, "Please use our new bank account from now on.")
    client.force_login(people.buyer)
    assert "Never pay to an account that arrives in a message" in client.get(thread.get_absolute_url()).text
    assert "Never pay to an account" in OutboxMail.objects.get(recipient=people.buyer.email).text
    client.force_login(people.owner)
    assert "The other side reads a warning beside it" in client.get(thread.get_absolute_url()).text


def test_ordinary_messages_carry_none(client, thread, write, people):
    write(thread, people.owner, "Yes, we ship 600 kg in February.")
    client.force_login(people.buyer)
    assert "bank account" not in client.get(thread.get_absolute_url()).text


def test_threads_and_quotations_carry_a_banner_while_an_account_changes(client, thread, company, account, people):
    sent = quote(thread, people.owner)
    pages = (thread.get_absolute_url(), sent.get_absolute_url())
    client.force_login(people.buyer)
    assert [("is being changed since" in client.get(page).text) for page in pages] == [False, False]
    change(company, people)
    assert [("is being changed since" in client.get(page).text) for page in pages] == [True, True]


def test_the_account_stands_on_the_pro_forma_and_on_no_page(client, thread, account, people):
    sent = quote(thread, people.owner)
    client.force_login(people.buyer)
    assert NUMBER not in read_text(client.get(f"{sent.get_absolute_url()}quotation.pdf").content)
    accept(sent, people.buyer)
    assert NUMBER in read_text(client.get(f"{sent.get_absolute_url()}pro_forma.pdf").content)
    pages = [sent.get_absolute_url(), thread.get_absolute_url(), f"/api/v1/quotations/{sent.pk}/?kind=pro_forma"]
    assert [NUMBER in client.get(page).text for page in pages] == [False] * 3


def test_while_it_changes_the_pro_forma_warns_and_names_no_account(client, thread, company, account, people):
    sent = quote(thread, people.owner)
    accept(sent, people.buyer)
    change(company, people)
    client.force_login(people.buyer)
    text = read_text(client.get(f"{sent.get_absolute_url()}pro_forma.pdf").content)
    assert (NUMBER in text, "is being changed since" in text) == (False, True)


def test_without_an_account_the_pro_forma_says_to_ask(client, thread, people):
    sent = quote(thread, people.owner)
    accept(sent, people.buyer)
    client.force_login(people.buyer)
    assert "The account is not given here" in read_text(client.get(f"{sent.get_absolute_url()}pro_forma.pdf").content)


def test_a_missing_key_breaks_no_paper(client, thread, account, people, settings):
    sent = quote(thread, people.owner)
    accept(sent, people.buyer)
    for key in Path(settings.CREDENTIAL_KEY_DIR).glob("field-*.key"):
        key.unlink()
    client.force_login(people.buyer)
    assert "The account is not given here" in read_text(client.get(f"{sent.get_absolute_url()}pro_forma.pdf").content)
